package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/migrate"
	"github.com/getklar/influencercrm/storage/internal/sqlstore"
)

// The defaults of Options.
const (
	DefaultPrefix      = "crm_"
	DefaultBusyTimeout = 5 * time.Second
	DefaultConns       = 16
)

// Options are the settings of a Store; nil and zero values are the defaults.
type Options struct {
	// Prefix begins the names of all tables and indexes: lower-case letters, digits and underscores. Empty means
	// DefaultPrefix.
	Prefix string
	// Schema is the schema of the tables; it must exist. Empty means the first one on the search path of each
	// connection, which is public unless the DSN says otherwise.
	Schema string
	// BusyTimeout is the longest wait for a connection and for other writers of a workspace before crm.ErrBusy, and
	// the longest time that all pauses between attempts at a unit of work add up to. 0 means DefaultBusyTimeout.
	BusyTimeout time.Duration
	// Conns is how many connections Open makes at most; each unit of work takes one. 0 means DefaultConns. New does
	// not use it: the host has sized its pool.
	Conns int
	// RowSecurity says that the role of the connections is one that Store.SecureRows was called for, so that the
	// database itself shows it one workspace at a time; New and Open refuse a role for which it would not. Such a
	// store neither migrates nor lists workspaces: Admin.Workspaces and Admin.Heads are for a store of the tables'
	// owner.
	RowSecurity bool
	// OnRetry is called before a unit of work is repeated, from the goroutine that waits for it, with the number of
	// the attempt that failed, from 1, and the SQLSTATE, or "lost" for a connection that ended without one. It must
	// return soon.
	OnRetry func(attempt int, code string)
	// Logger gets the database's own error messages, which errors leave out. Nil is silent.
	Logger *slog.Logger
}

const maxConns = 1_000

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
	if full.Conns == 0 {
		full.Conns = DefaultConns
	}
	if full.Logger == nil {
		full.Logger = slog.New(slog.DiscardHandler)
	}
	switch {
	case full.BusyTimeout < 0:
		return full, fmt.Errorf("%w: busy timeout %s must not be negative", crm.ErrInvalid, full.BusyTimeout)
	case full.Conns < 1 || full.Conns > maxConns:
		return full, fmt.Errorf("%w: %d connections must be between 1 and %d", crm.ErrInvalid, full.Conns, maxConns)
	}
	if full.Schema != "" {
		if err := checkSchema(full.Schema); err != nil {
			return full, err
		}
	}
	return full, sqlstore.CheckPrefix(full.Prefix)
}

//go:embed migrations/*.sql
var migrations embed.FS

// Open connects to the database of a DSN, as a URL (postgres://crm@localhost/shop?sslmode=disable) or in
// words (host=localhost user=crm dbname=shop), and migrates its tables to the version of this program. A store with
// Options.RowSecurity does not migrate. What a DSN leaves out comes from the environment (PGHOST, PGPASSWORD, …), as
// in libpq.
func Open(ctx context.Context, dsn string, o *Options) (*Store, error) {
	options, err := o.orDefaults()
	if err != nil {
		return nil, err
	}
	db, err := pool(dsn, options.Conns)
	if err != nil {
		return nil, err
	}
	store, err := New(ctx, db, &options)
	if err == nil && !options.RowSecurity {
		err = store.Migrate(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	store.owned = true
	return store, nil
}

// Pool opens the pool of a host that owns it, for New and for tables of its own: of at most DefaultConns connections, which
// the host may change, to the database of a DSN as Open takes it. A connection outlives a statement whose context ends.
// Nothing is asked of the server yet. The host closes the pool after the store.
func Pool(dsn string) (*sql.DB, error) { return pool(dsn, DefaultConns) }

func pool(dsn string, conns int) (*sql.DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		// The error of pgx quotes the DSN, which may hold a password.
		return nil, fmt.Errorf("%w: the DSN cannot be read; write it like postgres://user:password@host:5432/database", crm.ErrInvalid)
	}
	config.BuildContextWatcherHandler = cancelStatements
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}

// cancelStatements ends a statement with its context by a request to the server. By default pgx closes the connection,
// so that each writer who waited in vain would cost a new one.
func cancelStatements(conn *pgconn.PgConn) ctxwatch.Handler {
	return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: time.Second}
}

// New makes a store on a database that the host has opened with Pool or pgx (sql.Open("pgx", …), or stdlib.OpenDBFromPool) and
// will close itself. A database on which the contract would not hold is refused, with what to do. Each unit of work
// takes one connection; at least two are needed where a callback uses the store with another context.
//
// New does not migrate: call Migrate, or run Migrations with a tool of your own.
func New(ctx context.Context, db *sql.DB, o *Options) (*Store, error) {
	if db == nil {
		panic("postgres: New needs a pool, and was given nil")
	}
	options, err := o.orDefaults()
	if err != nil {
		return nil, err
	}
	if err := verify(ctx, db, options); err != nil {
		return nil, err
	}
	store := &Store{db: db, secured: options.RowSecurity, schema: options.Schema, log: options.Logger}
	dialect := postgresDialect()
	dialect.Copy = store.statistics.countingCopy
	if options.RowSecurity {
		dialect.Copy = nil // row security has none
		dialect.SetWorkspace = setWorkspace
	}
	if store.set, err = migrationSet(options); err != nil {
		return nil, err
	}
	store.inner, err = sqlstore.New(sqlstore.Config{
		Writer: db, Readers: db, Dialect: dialect, Schema: options.Schema, Prefix: options.Prefix, CheckSchema: store.schemaFault,
		BusyTimeout: options.BusyTimeout, OnRetry: options.OnRetry, Logger: options.Logger,
	})
	if err != nil {
		return nil, err
	}
	if err := store.checkSchema(ctx); err != nil && !errors.Is(err, migrate.ErrPending) {
		return nil, err
	}
	if store.secured {
		if err := store.verifyRowSecurity(ctx); err != nil {
			return nil, err
		}
	}
	return store, nil
}

// checkSchema is an error if the tables are not those of this version of the program. A role that may not look cannot be
// told.
func (s *Store) checkSchema(ctx context.Context) error {
	err := s.set.Check(ctx, s.db)
	switch {
	case errors.Is(err, migrate.ErrNewer), errors.Is(err, migrate.ErrPending):
		return fmt.Errorf("%w: %w", crm.ErrStorage, err)
	case err != nil && classify(err).Code == "42501": // insufficient_privilege
		return nil
	}
	return failed(ctx, s.log, "looking at the schema", err)
}

// schemaFault is checkSchema for a look after a failure, which is told itself if nothing can be found out.
func (s *Store) schemaFault(ctx context.Context) error {
	if err := s.checkSchema(ctx); errors.Is(err, migrate.ErrNewer) || errors.Is(err, migrate.ErrPending) {
		return err
	}
	return nil
}

func migrationSet(o Options) (migrate.Set, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return migrate.Set{}, err
	}
	set := migrate.Set{
		Dialect: goose.DialectPostgres,
		Exists:  "SELECT to_regclass($1) IS NOT NULL",
		Files:   migrate.WithPrefix(files, DefaultPrefix, o.Prefix),
		Table:   o.Prefix + "migrations",
	}
	if o.Schema != "" {
		set.Files = migrate.InSchema(set.Files, o.Schema)
		set.Table = o.Schema + "." + set.Table
	}
	set.Lock = lockFor(set.Table)
	return set, nil
}

// Migrations are the SQL files that create the store's tables, under the store's prefix and in its schema, for a host
// that runs them with a tool of its own. They are written for goose; each is one transaction.
func (s *Store) Migrations() fs.FS { return s.set.Files }

// Migrate brings the tables to the version of this program. The version is kept in a table of its own, the prefix
// followed by "migrations". Programs that start together wait for each other. A database of a newer version is refused; one
// that is read-only, such as a standby, has to have the tables already.
func (s *Store) Migrate(ctx context.Context) error {
	if s.secured {
		return errNotOwner
	}
	var readOnly bool
	if err := s.db.QueryRowContext(ctx, "SELECT current_setting('transaction_read_only')::bool").Scan(&readOnly); err != nil {
		return failed(ctx, s.log, "preparing its tables", err)
	}
	if readOnly {
		err := s.checkSchema(ctx)
		if errors.Is(err, migrate.ErrPending) {
			err = fmt.Errorf("%w: its tables cannot be prepared", crm.ErrReadOnly)
		}
		return err
	}
	err := s.set.Up(ctx, s.db)
	if errors.Is(err, migrate.ErrNewer) {
		return fmt.Errorf("%w: %w", crm.ErrStorage, err)
	}
	return failed(ctx, s.log, "preparing its tables", err)
}
