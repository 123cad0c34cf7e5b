package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/tables"
	"github.com/getklar/influencercrm/storage/internal/unit"
)

// DefaultPrefix begins the names of all tables and indexes.
const DefaultPrefix = "crm_"

// Config is what a Store is made of.
type Config struct {
	Writer      *sql.DB // for Update and the writing calls of AdminStore
	Readers     *sql.DB // for View; may be the same as Writer
	Dialect     dialect.Dialect
	Prefix      string                         // of table names; empty means DefaultPrefix
	Schema      string                         // of the tables; empty leaves it to the connection
	BusyTimeout time.Duration                  // the longest wait for a connection or another writer
	CheckSchema func(context.Context) error    // what is wrong with the tables; asked when one may be missing
	OnRetry     func(attempt int, code string) // may be nil
	Logger      *slog.Logger                   // driver errors go here and nowhere else; nil is silent
}

// Store keeps workspaces in a SQL database. It implements crm.Store and crm.AdminStore.
type Store struct {
	// AtOnce is how many writes of a unit of work on a local database are done as they come. Those of a larger one are done
	// behind, while it makes the next.
	AtOnce int

	dialect dialect.Dialect
	schema  *tables.Schema
	units   *unit.Runner
}

var (
	_ crm.Store      = (*Store)(nil)
	_ crm.AdminStore = (*Store)(nil)
)

var prefixForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,30}$`)

// CheckPrefix returns an ErrInvalid unless tables can be named with the prefix: databases reserve some.
func CheckPrefix(prefix string) error {
	if prefixForm.MatchString(prefix) && !strings.HasPrefix(prefix, "sqlite_") && !strings.HasPrefix(prefix, "pg_") {
		return nil
	}
	return fmt.Errorf("%w: table prefix %q must be lower-case letters, digits and underscores, begin with a letter, not with sqlite_ or pg_, and have at most 31 characters, like %q",
		crm.ErrInvalid, crm.Shorten(prefix), DefaultPrefix)
}

// New makes a store on tables that exist before its first use. Close leaves the databases open.
func New(c Config) (*Store, error) {
	if c.Prefix == "" {
		c.Prefix = DefaultPrefix
	}
	if err := CheckPrefix(c.Prefix); err != nil {
		return nil, err
	}
	schema, err := newSchema(c.Dialect, c.Schema, c.Prefix)
	if err != nil {
		return nil, err
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return &Store{
		AtOnce:  atOnce,
		dialect: c.Dialect,
		schema:  schema,
		units: unit.New(unit.Config{
			Dialect:     c.Dialect,
			Writers:     sqlx.NewDb(c.Writer, c.Dialect.Name),
			Readers:     sqlx.NewDb(c.Readers, c.Dialect.Name),
			Keys:        unit.KeyStatements(schema.Keys),
			CheckSchema: c.CheckSchema,
			BusyTimeout: c.BusyTimeout,
			OnRetry:     c.OnRetry,
			Logger:      c.Logger,
		}),
	}, nil
}

// Close waits for open units of work. Further calls do nothing.
func (s *Store) Close() error {
	s.units.Close()
	return nil
}

// Stats is how busy a store is at this moment.
func (s *Store) Stats() unit.Stats { return s.units.Stats() }

// Tables are the full names of all tables, each after those that its foreign keys name: workspaces first.
func (s *Store) Tables() []string { return s.schema.Names() }

// Join returns a store whose units of work, of any workspaces, are parts of a host's transaction. Close of it
// lets no more of them in, and does nothing else.
func (s *Store) Join(tx *sql.Tx) *Store {
	if tx == nil {
		panic("crm: Join needs a transaction, and was given nil")
	}
	return &Store{AtOnce: s.AtOnce, dialect: s.dialect, schema: s.schema, units: s.units.Join(tx)}
}

// View implements crm.Store. The first statement, which reads the workspace, takes the snapshot.
func (s *Store) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	o := s.opening(ws, s.schema.Open)
	return s.units.Read(ctx, ws, []*dialect.Query{o.query}, func(u *unit.Session) error {
		r := s.reader(u, ws)
		if err := r.open(ctx, o); err != nil {
			return err
		}
		u.NoRetry() // nobody expects the callback of a View to run twice
		return fn(u.Inside(ctx), r)
	})
}

// Update implements crm.Store.
func (s *Store) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return s.write(ctx, ws, func(w *writer, missing error) error {
		if missing != nil {
			return missing
		}
		if w.unit.CommitUnknown() {
			if committed, err := w.unit.ResolveCommit(ctx); committed || err != nil {
				return err
			}
		}
		if err := fn(w.unit.Inside(ctx), w); err != nil {
			return err
		}
		return w.finish(ctx)
	})
}

// write runs fn in a transaction that has locked the workspace's row, so that other writers of the workspace wait. Missing
// is the error of a workspace that does not exist.
func (s *Store) write(ctx context.Context, ws crm.WorkspaceID, fn func(w *writer, missing error) error) error {
	o := s.opening(ws, s.schema.Lock)
	opening := []*dialect.Query{o.query}
	if s.units.Joined() && s.dialect.Lock == "" {
		// A write locks the database, which the host's transaction may not have done yet.
		opening = []*dialect.Query{{Text: s.schema.Changes.Hold, Args: o.query.Args}, o.query}
	}
	return s.units.Write(ctx, ws, opening, func(u *unit.Session) error {
		w := s.writer(u, ws)
		defer w.behind.stop() // also if fn panics
		return fn(w, w.open(ctx, o))
	})
}

// CreateWorkspace implements crm.AdminStore.
func (s *Store) CreateWorkspace(ctx context.Context, ws crm.Workspace, changes []crm.Change) error {
	return s.units.Write(ctx, ws.ID, nil, func(u *unit.Session) error {
		w := s.writer(u, ws.ID)
		defer w.behind.stop()
		w.head.Workspace = ws.ID
		err := w.insertOne(ctx, s.schema.KindOf(ws), ws)
		if u.CommitUnknown() && errors.Is(err, crm.ErrAlreadyExists) {
			if committed, failed := u.ResolveCommit(ctx); committed || failed != nil {
				return failed
			}
		}
		if err != nil {
			return err
		}
		u.CommitResolved() // the id was free, so no earlier attempt was committed
		if err := w.Append(ctx, changes); err != nil {
			return err
		}
		return w.finish(ctx)
	})
}

// DeleteWorkspace implements crm.AdminStore. It goes table by table in one transaction, and blocks other writers
// for that time.
func (s *Store) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	return s.write(ctx, id, func(w *writer, missing error) error {
		if w.unit.CommitUnknown() && errors.Is(missing, crm.ErrNotFound) {
			w.unit.CommitResolved() // an earlier attempt was committed
			return nil
		}
		if missing != nil {
			return missing
		}
		w.unit.CommitResolved()
		for _, text := range s.schema.Wipe {
			if _, err := w.unit.ExecMany(ctx, text, w.wsText); err != nil {
				return w.unit.Fail(ctx, "deleting the workspace", err)
			}
		}
		return nil
	})
}

// Workspaces implements crm.AdminStore.
func (s *Store) Workspaces(ctx context.Context, o crm.ListOptions) (crm.Page[crm.Workspace], error) {
	var page crm.Page[crm.Workspace]
	err := s.across(ctx, func(r *reader) error {
		keyset, err := backend.NewKeyset[crm.Workspace](crm.WorkspaceID{}, nil, o)
		if err != nil {
			return err
		}
		all := recordsOf(r, s.schema.Workspaces)
		found, err := all.query(ctx, keyset.Size+1, all.table.ListAll(keyset), all.table.Row())
		if err != nil {
			return err
		}
		page, err = backend.PageOf(keyset, found)
		return err
	})
	return page, err
}

// Heads implements crm.AdminStore.
func (s *Store) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	heads := []crm.Head{}
	err := s.across(ctx, func(r *reader) error {
		if err := crm.CheckLimit(limit); err != nil {
			return err
		}
		heads = heads[:0] // this may be another attempt
		var row tables.HeadRow
		return r.each(ctx, "reading the heads of the logs", row.Dest(), s.schema.Changes.Heads(after, limit), func() error {
			head, err := row.Head()
			if err != nil {
				return r.unit.Unreadable(ctx, crm.Ref{Kind: crm.KindWorkspace}, err)
			}
			heads = append(heads, head)
			return nil
		})
	})
	return heads, err
}

// across reads across workspaces, which row security forbids.
func (s *Store) across(ctx context.Context, fn func(*reader) error) error {
	if s.dialect.SetWorkspace != nil {
		return fmt.Errorf("%w: this store sees one workspace at a time; ask one of the tables' owner", crm.ErrInvalid)
	}
	return s.units.Read(ctx, crm.WorkspaceID{}, nil, func(u *unit.Session) error { return fn(s.reader(u, crm.WorkspaceID{})) })
}
