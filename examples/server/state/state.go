// Package state keeps what is the server's own, beside the CRM's tables in the same database: tokens, answers that may be
// asked for again, plans of imports, webhooks. Its tables begin with "server_".
//
// # Design
//
// The same SQL runs on SQLite and PostgreSQL: placeholders are $1, $2 …, columns are TEXT and BIGINT, times are
// microseconds since 1970, and bytes are BYTEA, which SQLite takes for a name like any other. So there is one set of
// migrations, and no dialect, but for the one statement of Tx.Lock.
package state

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
)

// DB is the server's own tables.
type DB struct {
	write, read *sqlx.DB
}

// Open makes the tables of the server in a database, or brings them to the version of this program. The pools are those of
// sqlite.Pools or, twice the same, of postgres.Pool; the caller closes them.
func Open(ctx context.Context, write, read *sql.DB, kind Kind) (*DB, error) {
	if err := migrate(ctx, write, kind); err != nil {
		return nil, err
	}
	return &DB{sqlx.NewDb(write, string(kind)), sqlx.NewDb(read, string(kind))}, nil
}

// Kind is a kind of database.
type Kind string

// The kinds of databases.
const (
	SQLite   Kind = Kind(goose.DialectSQLite3)
	Postgres Kind = Kind(goose.DialectPostgres)
)
