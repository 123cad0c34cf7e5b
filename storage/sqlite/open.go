package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/migrate"
	"github.com/getklar/influencercrm/storage/internal/sqlstore"
)

// The defaults of Options.
const (
	DefaultPrefix      = "crm_"
	DefaultBusyTimeout = 5 * time.Second
	DefaultReaders     = 8
)

// Options are the settings of a Store; nil and zero values are the defaults.
type Options struct {
	// Prefix begins the names of all tables and indexes: lower-case letters, digits and underscores. Empty means
	// DefaultPrefix.
	Prefix string
	// BusyTimeout is the longest wait for other writers, in this process and in others, before crm.ErrBusy. 0 means
	// DefaultBusyTimeout.
	BusyTimeout time.Duration
	// Readers is how many Views run at the same time; further ones wait. 0 means DefaultReaders. New does not use
	// it: the host has sized its pool.
	Readers int
	// Logger gets the database's own error messages, which errors leave out. Nil is silent.
	Logger *slog.Logger
}

func (o *Options) orDefaults() (Options, error) {
	var full Options
	if o != nil {
		full = *o
	}
	if full.Prefix == "" {
		full.Prefix = DefaultPrefix
	}
	if full.BusyTimeout == 0 {
		full.BusyTimeout = DefaultBusyTimeout
	}
	if full.Readers == 0 {
		full.Readers = DefaultReaders
	}
	switch {
	case full.BusyTimeout < 0:
		return full, fmt.Errorf("%w: busy timeout %s must not be negative", crm.ErrInvalid, full.BusyTimeout)
	case full.Readers < 1 || full.Readers > maxReaders:
		return full, fmt.Errorf("%w: %d readers must be between 1 and %d", crm.ErrInvalid, full.Readers, maxReaders)
	}
	return full, sqlstore.CheckPrefix(full.Prefix)
}

const maxReaders = 1_000

//go:embed migrations/*.sql
var migrations embed.FS

// Open opens the file at a path, or at a DSN that begins with file:, creates it if it does not exist, and migrates its
// tables to the version of this program. Its folder must exist.
//
// A DSN may add pragmas that the store does not set itself (_pragma=cache_size(-8000)) and a vfs.
//
// An empty path and ":memory:" are refused, because each connection would get a database of its own. Use the package
// storage/memory instead.
func Open(ctx context.Context, path string, o *Options) (*Store, error) {
	options, err := o.orDefaults()
	if err != nil {
		return nil, err
	}
	source, err := parseSource(path)
	if err != nil {
		return nil, err
	}
	writer, readers, err := source.pools(options)
	if err != nil {
		return nil, err
	}
	store, err := open(ctx, source, writer, readers, options)
	if err != nil {
		return nil, errors.Join(err, readers.Close(), writer.Close())
	}
	store.owned = []*sql.DB{readers, writer}
	return store, nil
}

func open(ctx context.Context, source source, writer, readers *sql.DB, o Options) (*Store, error) {
	// The writer comes first: it creates the file and puts it into WAL mode.
	if err := patiently(ctx, o.BusyTimeout, writer.PingContext); err != nil {
		return nil, source.failed(o.Logger, err)
	}
	store, err := newStore(ctx, writer, readers, o)
	if err != nil {
		return nil, err
	}
	return store, store.Migrate(ctx)
}

// New makes a store on a database that the host has opened and will close itself: a pool of a single connection for
// writing and a pool for reading, as Pools opens them, or with the DSNs of DSNs. Connections that are not set up as the
// contract needs are refused with the DSN to use; so is a busy_timeout above 100 ms, because a wait inside SQLite ends
// neither with its context nor with Options.BusyTimeout.
//
// The host may use both pools for tables of its own. A write through the writer waits for an open Update and the
// other way round; inside a callback of Update it would wait for itself, until its context ends.
//
// While another program writes, New waits up to Options.BusyTimeout, because it tries whether the writer locks others out.
//
// New does not migrate: call Migrate, or run Migrations with a tool of your own.
func New(ctx context.Context, writer, readers *sql.DB, o *Options) (*Store, error) {
	if writer == nil || readers == nil {
		panic("sqlite: New needs two pools, one to write and one to read, and was given nil")
	}
	options, err := o.orDefaults()
	if err != nil {
		return nil, err
	}
	var store *Store
	err = patiently(ctx, options.BusyTimeout, func(ctx context.Context) (err error) {
		store, err = verified(ctx, writer, readers, options)
		return err
	})
	return store, err
}

// verified is a store on pools that keep the contract.
func verified(ctx context.Context, writer, readers *sql.DB, o Options) (*Store, error) {
	if err := verify(ctx, writer, readers); err != nil {
		return nil, err
	}
	store, err := newStore(ctx, writer, readers, o)
	if err != nil {
		return nil, err
	}
	if err := store.checkSchema(ctx); err != nil && !errors.Is(err, migrate.ErrPending) {
		return nil, err
	}
	return store, nil
}

func newStore(ctx context.Context, writer, readers *sql.DB, o Options) (*Store, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	path, err := databasePath(ctx, writer)
	if err != nil {
		return nil, err
	}
	spoken := sqliteDialect()
	spoken.Moved = watch(path)
	store := &Store{writer: writer, readers: readers, busy: o.BusyTimeout, log: o.Logger}
	if store.log == nil {
		store.log = slog.New(slog.DiscardHandler)
	}
	store.set = migrate.Set{
		Dialect: goose.DialectSQLite3,
		Exists:  "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?)",
		Files:   migrate.WithPrefix(files, DefaultPrefix, o.Prefix),
		Table:   o.Prefix + "migrations",
	}
	store.inner, err = sqlstore.New(sqlstore.Config{
		Writer: writer, Readers: readers, Dialect: spoken, Prefix: o.Prefix, CheckSchema: store.schemaFault,
		BusyTimeout: o.BusyTimeout, Logger: o.Logger,
	})
	return store, err
}

// checkSchema is an error if the tables are not those of this version of the program.
func (s *Store) checkSchema(ctx context.Context) error {
	err := s.set.Check(ctx, s.readers)
	if errors.Is(err, migrate.ErrNewer) || errors.Is(err, migrate.ErrPending) {
		return fmt.Errorf("%w: %w", crm.ErrStorage, err)
	}
	return unverified(ctx, err)
}

// schemaFault is checkSchema for a look after a failure, which is told itself if nothing can be found out.
func (s *Store) schemaFault(ctx context.Context) error {
	if err := s.checkSchema(ctx); errors.Is(err, migrate.ErrNewer) || errors.Is(err, migrate.ErrPending) {
		return err
	}
	return nil
}

// Migrations are the SQL files that create the store's tables, under the store's prefix, for a host that runs them
// with a tool of its own. They are written for goose.
func (s *Store) Migrations() fs.FS { return s.set.Files }

// Migrate brings the tables to the version of this program. The version is kept in a table of its own, the prefix
// followed by "migrations". A database of a newer version is refused.
func (s *Store) Migrate(ctx context.Context) error {
	err := patiently(ctx, s.busy, func(ctx context.Context) error { return s.set.Up(ctx, s.writer) })
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, migrate.ErrNewer):
		return fmt.Errorf("%w: %w", crm.ErrStorage, err)
	}
	failure := classify(err)
	if failure.Class != dialect.Busy {
		s.log.ErrorContext(ctx, "migration failed", "database", "sqlite", "code", failure.Code, "error", err)
	}
	return failure.During("preparing its tables")
}

// pause is between two tries of patiently, each of which waits up to maxBusy inside SQLite.
const pause = 10 * time.Millisecond

// patiently repeats what fails because other programs hold the file, until the timeout. Programs that start together
// wait for each other: to put a new file into WAL mode, and to make its tables. One that starts later waits for those that
// write.
func patiently(ctx context.Context, timeout time.Duration, do func(context.Context) error) error {
	for deadline := time.Now().Add(timeout); ; {
		err := do(ctx)
		busy := errors.Is(err, crm.ErrBusy) || classify(err).Class == dialect.Busy
		if !busy || ctx.Err() != nil || time.Now().After(deadline) {
			return err
		}
		time.Sleep(pause)
	}
}
