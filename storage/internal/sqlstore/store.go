package sqlstore

import (
	"database/sql"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/jmoiron/sqlx/reflectx"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/gate"
)

// DefaultPrefix begins the names of all tables and indexes.
const DefaultPrefix = "crm_"

// Config is what a Store is made of.
type Config struct {
	Writer      *sql.DB // for Update and the writing calls of AdminStore
	Readers     *sql.DB // for View; may be the same as Writer
	Dialect     Dialect
	Prefix      string                         // of table names; empty means DefaultPrefix
	Schema      string                         // of the tables; empty leaves it to the connection
	BusyTimeout time.Duration                  // the longest wait for a connection or another writer
	OnRetry     func(attempt int, code string) // may be nil
	Logger      *slog.Logger                   // driver errors go here and nowhere else; nil is silent
}

// Store keeps workspaces in a SQL database. It implements crm.Store and crm.AdminStore.
type Store struct {
	dialect Dialect
	schema  *schema
	writers *pool
	readers *pool
	busy    time.Duration
	log     *slog.Logger
	onRetry func(attempt int, code string)

	retries atomic.Uint64

	gate   *gate.Gate
	turns  turns
	joined *joined // the host's transaction; nil if each unit of work gets one of its own
}

var (
	_ crm.Store      = (*Store)(nil)
	_ crm.AdminStore = (*Store)(nil)
)

var prefixForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,30}$`)

// CheckPrefix returns an ErrInvalid unless tables can be named with the prefix; databases keep some
// for themselves.
func CheckPrefix(prefix string) error {
	if prefixForm.MatchString(prefix) && !strings.HasPrefix(prefix, "sqlite_") && !strings.HasPrefix(prefix, "pg_") {
		return nil
	}
	return fmt.Errorf("%w: table prefix %q must be lower-case letters, digits and underscores, begin with a letter, not with sqlite_ or pg_, and have at most 31 characters, like %q",
		crm.ErrInvalid, crm.Shorten(prefix), DefaultPrefix)
}

// New makes a store on tables that are or will be there before its first use. It does not take
// over the databases: Close leaves them open.
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
	log := c.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Store{
		dialect: c.Dialect,
		schema:  schema,
		writers: &pool{db: mapped(c.Writer, c.Dialect.Name), texts: schema.statements},
		readers: &pool{db: mapped(c.Readers, c.Dialect.Name), texts: schema.readStatements},
		busy:    c.BusyTimeout,
		log:     log,
		onRetry: c.OnRetry,
		gate:    &gate.Gate{},
	}, nil
}

// mapped gives sqlx its own column mapper, so that a host that changes sqlx.NameMapper changes
// nothing here.
func mapped(db *sql.DB, driver string) *sqlx.DB {
	x := sqlx.NewDb(db, driver)
	x.Mapper = columnMapper()
	return x
}

func columnMapper() *reflectx.Mapper { return reflectx.NewMapperFunc("db", strings.ToLower) }

// Close waits for open units of work. Later calls of it change nothing.
func (s *Store) Close() error {
	if s.joined != nil {
		s.joined.close()
		return nil
	}
	s.gate.Close()
	s.writers.close()
	s.readers.close()
	return nil
}
