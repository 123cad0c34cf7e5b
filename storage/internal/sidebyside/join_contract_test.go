package sidebyside_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/sqlite"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// host is a program with a database of its own, in which the store's tables stand beside its orders.
type host struct {
	writer, readers *sql.DB
	read            *sql.TxOptions // for a snapshot
	placeholder     sq.PlaceholderFormat
	store           storagetest.Backend
	join            func(*sql.Tx) storagetest.Backend
}

const ordersTable = "CREATE TABLE IF NOT EXISTS orders (cooperation TEXT NOT NULL)"

func hostOnSQLite(t testing.TB) *host {
	t.Helper()
	open := func(dsn string) *sql.DB {
		db, err := sql.Open("sqlite", dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	writerDSN, readersDSN, err := sqlite.DSNs(emptyFile(t))
	if err != nil {
		t.Fatal(err)
	}
	h := &host{writer: open(writerDSN), readers: open(readersDSN), read: &sql.TxOptions{ReadOnly: true}, placeholder: sq.Question}
	h.writer.SetMaxOpenConns(1)
	store, err := sqlite.New(t.Context(), h.writer, h.readers, nil)
	if err != nil {
		t.Fatal(err)
	}
	h.store, h.join = store, func(tx *sql.Tx) storagetest.Backend { return store.Join(tx) }
	h.prepare(t, store.Migrate)
	return h
}

func hostOnPostgres(t testing.TB) *host { return hostAt(t, pgtest.Database(t)) }

func hostAt(t testing.TB, dsn string) *host {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxIdleConns(postgres.DefaultConns)
	db.SetMaxOpenConns(postgres.DefaultConns)
	store, err := postgres.New(t.Context(), db, nil)
	if err != nil {
		t.Fatal(err)
	}
	h := &host{
		writer: db, readers: db, read: &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, placeholder: sq.Dollar,
		store: store, join: func(tx *sql.Tx) storagetest.Backend { return store.Join(tx) },
	}
	h.prepare(t, store.Migrate)
	return h
}

// sql is a statement with the placeholders of the database.
func (h *host) sql(text string) string {
	text, err := h.placeholder.ReplacePlaceholders(text)
	if err != nil {
		panic(err) // a test's own text
	}
	return text
}

func (h *host) prepare(t testing.TB, migrate func(context.Context) error) {
	t.Helper()
	_, err := h.writer.ExecContext(t.Context(), ordersTable)
	if err := errors.Join(err, migrate(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// inTx is how a host uses a joined store: its transaction, its commit, and another try where that is said
// to help.
func (h *host) inTx(ctx context.Context, db *sql.DB, o *sql.TxOptions, fn func(*sql.Tx) error) error {
	for {
		wait, cancel := context.WithTimeout(ctx, 5*time.Second)
		conn, err := db.Conn(wait)
		if err != nil {
			err = errors.Join(crm.ErrBusy, ctx.Err())
		}
		cancel()
		if err != nil {
			return err
		}
		err = func() error {
			defer conn.Close()
			tx, err := conn.BeginTx(ctx, o)
			if err != nil {
				return err
			}
			defer tx.Rollback()
			if err := fn(tx); err != nil {
				return err
			}
			return tx.Commit()
		}()
		if !errors.Is(err, crm.ErrRetry) {
			return err
		}
	}
}

// joining is a store that does everything in transactions of its host.
type joining struct{ *host }

func (h joining) Reader(ws crm.WorkspaceID) crm.Reader {
	return backend.Direct(func(ctx context.Context, read func(crm.Reader) (bool, error)) error {
		return h.inTx(ctx, h.readers, h.read, func(tx *sql.Tx) error {
			_, err := read(h.join(tx).Reader(ws))
			return err
		})
	})
}

func (h joining) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	return h.inTx(ctx, h.readers, h.read, func(tx *sql.Tx) error { return h.join(tx).View(ctx, ws, fn) })
}

func (h joining) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error { return h.join(tx).Update(ctx, ws, fn) })
}

func (h joining) CreateWorkspace(ctx context.Context, w crm.Workspace, changes []crm.Change) error {
	return h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error { return h.join(tx).CreateWorkspace(ctx, w, changes) })
}

func (h joining) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	return h.inTx(ctx, h.writer, nil, func(tx *sql.Tx) error { return h.join(tx).DeleteWorkspace(ctx, id) })
}

func (h joining) Workspaces(ctx context.Context, o crm.ListOptions) (page crm.Page[crm.Workspace], err error) {
	err = h.inTx(ctx, h.readers, h.read, func(tx *sql.Tx) (err error) {
		page, err = h.join(tx).Workspaces(ctx, o)
		return err
	})
	return page, err
}

func (h joining) Heads(ctx context.Context, after crm.WorkspaceID, limit int) (heads []crm.Head, err error) {
	err = h.inTx(ctx, h.readers, h.read, func(tx *sql.Tx) (err error) {
		heads, err = h.join(tx).Heads(ctx, after, limit)
		return err
	})
	return heads, err
}

func (h joining) Close() error { return h.store.Close() }

// What a joined store does between BEGIN and COMMIT of its host keeps the same contract. Joining changes how a unit of
// work begins, ends and is taken back, and nothing of the statements that read; those are proved by each store's own test.
func TestJoinedContract(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the same units of work run in the contract of each store")
	}
	const (
		outside = "the transaction is begun before the store is asked"
		reads   = "joining changes none of the statements that read; the store's own TestContract proves them"
	)
	skip := map[storagetest.Category]string{
		storagetest.Nesting: outside, storagetest.Lifecycle: outside,
		storagetest.Values: reads, storagetest.Aliasing: reads, storagetest.Lists: reads, storagetest.Filters: reads,
		storagetest.Pages: reads,
	}
	contract := func(t *testing.T, open func(testing.TB) *host) {
		storagetest.Run(t, func(t *testing.T) storagetest.Backend { return joining{open(t)} }, &storagetest.Options{Skip: skip})
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		contract(t, hostOnSQLite)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		databases := pgtest.NewPool(t)
		contract(t, func(t testing.TB) *host { return hostAt(t, databases.Database(t)) })
	})
}
