// Package database opens the database that the server is told to use: an SQLite file, or PostgreSQL by its DSN.
package database

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// Store is what the server needs of a store.
type Store interface {
	crm.Store
	crm.AdminStore
	Migrate(ctx context.Context) error
	Close() error
}

// Database is an open database: the CRM's store and, beside it, the server's own tables.
type Database struct {
	Store Store
	State *state.DB
	pools []*sql.DB
}

// Open opens an SQLite file, which is made if it is missing, or a database of PostgreSQL, by a DSN that begins with
// postgres:// or postgresql://. Tables are brought to the version of this program.
func Open(ctx context.Context, dsn string, log *slog.Logger) (*Database, error) {
	d := &Database{}
	err := d.open(ctx, dsn, log)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *Database) open(ctx context.Context, dsn string, log *slog.Logger) (err error) {
	kind, write, read := state.SQLite, (*sql.DB)(nil), (*sql.DB)(nil)
	if IsPostgres(dsn) {
		kind = state.Postgres
		if write, err = postgres.Pool(dsn); err != nil {
			return err
		}
		read, d.pools = write, []*sql.DB{write}
		var store *postgres.Store
		if store, err = postgres.New(ctx, write, &postgres.Options{Logger: log}); err != nil {
			return err
		}
		d.Store = store
	} else {
		if write, read, err = sqlite.Pools(ctx, dsn); err != nil {
			return err
		}
		d.pools = []*sql.DB{read, write}
		var store *sqlite.Store
		if store, err = sqlite.New(ctx, write, read, &sqlite.Options{Logger: log}); err != nil {
			return err
		}
		d.Store = store
	}
	if err := d.Store.Migrate(ctx); err != nil {
		return err
	}
	d.State, err = state.Open(ctx, write, read, kind)
	return err
}

// IsPostgres reports whether a DSN is one of PostgreSQL.
func IsPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// Close closes the store and its pools.
func (d *Database) Close() error {
	var errs []error
	if d.Store != nil {
		errs = append(errs, d.Store.Close())
	}
	for _, pool := range d.pools {
		errs = append(errs, pool.Close())
	}
	return errors.Join(errs...)
}
