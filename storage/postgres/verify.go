package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
)

const oldest = 13 // the oldest major version that is accepted

var schemaForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

func checkSchema(schema string) error {
	if schemaForm.MatchString(schema) && !strings.HasPrefix(schema, "pg_") {
		return nil
	}
	return fmt.Errorf("%w: schema %q must be lower-case letters, digits and underscores, begin with a letter, not with pg_, and have at most 63 characters, like \"crm\"",
		crm.ErrInvalid, crm.Shorten(schema))
}

// verify refuses a database on which the contract would not hold.
func verify(ctx context.Context, db *sql.DB, o Options) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return failed(ctx, o.Logger, "connecting", err)
	}
	defer conn.Close()
	if err := verifyDriver(ctx, conn, o); err != nil {
		return err
	}
	var version int
	var encoding, conforming, schema string
	var reserved, missing bool
	err = conn.QueryRowContext(ctx, `
		SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'),
			current_setting('standard_conforming_strings'), coalesce(current_schema(), ''),
			quote_ident($1) <> $1, NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1)`, o.Schema).
		Scan(&version, &encoding, &conforming, &schema, &reserved, &missing)
	switch {
	case err != nil:
		return failed(ctx, o.Logger, "looking at the database", err)
	case version < oldest:
		return fmt.Errorf("%w: the server is PostgreSQL %d; version %d or later is needed", crm.ErrInvalid, version, oldest)
	case encoding != "UTF8":
		return fmt.Errorf("%w: the database is in %s; make it with ENCODING 'UTF8' TEMPLATE template0", crm.ErrInvalid, encoding)
	case conforming != "on":
		return fmt.Errorf("%w: standard_conforming_strings is %s; set it to on", crm.ErrInvalid, conforming)
	case o.Schema == "" && schema == "":
		return fmt.Errorf("%w: no schema of the search path exists; set Options.Schema, or search_path in the DSN", crm.ErrInvalid)
	case o.Schema != "" && reserved:
		return fmt.Errorf("%w: schema %q is a word of SQL; choose another name", crm.ErrInvalid, o.Schema)
	case o.Schema != "" && missing:
		return fmt.Errorf("%w: there is no schema %q; make it with CREATE SCHEMA %s", crm.ErrInvalid, o.Schema, o.Schema)
	}
	return nil
}

// verifyDriver looks whether errors have the form that classify reads, by a statement that fails. So a driver that
// wraps pgx will do.
func verifyDriver(ctx context.Context, conn *sql.Conn, o Options) error {
	_, err := conn.ExecContext(ctx, "SELECT 1/0")
	var failure *pgconn.PgError
	switch {
	case errors.As(err, &failure) && failure.Code == "22012": // division_by_zero
		return nil
	case errors.As(err, &failure) || ctx.Err() != nil || isLost(err):
		return failed(ctx, o.Logger, "looking at the database", err)
	}
	return fmt.Errorf("%w: the errors of the driver carry no SQLSTATE that this store can read; open the database with github.com/jackc/pgx/v5/stdlib",
		crm.ErrInvalid)
}

// failed brings an error from outside units of work into the families of crm, without the database's message.
func failed(ctx context.Context, log *slog.Logger, what string, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	failure := classify(err)
	if failure.Class != dialect.Busy {
		log.ErrorContext(ctx, "storage failed", "database", "postgres", "while", what, "code", failure.Code, "error", err)
	}
	return failure.During(what)
}
