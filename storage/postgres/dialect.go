package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"regexp"
	"strings"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/getklar/influencercrm/storage/internal/dialect"
)

func postgresDialect() dialect.Dialect {
	return dialect.Dialect{
		Name:        "postgres",
		Placeholder: sq.Dollar,
		Write:       &sql.TxOptions{Isolation: sql.LevelReadCommitted},
		Read:        &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		BeginWrite:  "BEGIN ISOLATION LEVEL READ COMMITTED",
		BeginRead:   "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		Batch:       sendBatch,
		Lock:        "FOR UPDATE",
		Contains:    "strpos(search, ?) > 0",
		LimitInText: true,
		Remote:      true,
		ColumnType:  columnType,
		Classify:    classify,
		Standby:     standby,
	}
}

// standby reports whether a server follows another one.
func standby(ctx context.Context, db *sql.DB) bool {
	var follows bool
	err := db.QueryRowContext(ctx, "SELECT pg_is_in_recovery()").Scan(&follows)
	return err != nil || follows
}

// columnType is the type of a column by its name: columns of the same name have the same type in all tables.
func columnType(column string) string {
	switch column {
	case "workspace_id", "id", "campaign_id", "influencer_id", "cooperation_id", "profile_id", "responsible_id",
		"record_id", "unit", "last_unit", "key":
		return "uuid"
	case "version", "seq", "at", "created_at", "changed_at", "undone_at", "last_at", "target_minor", "budget_minor", "cost_minor", "fee_minor",
		"cooperations", "amount_high", "amount_low", "plan_seq", "identity_seq":
		return "bigint"
	case "place", "tail_days", "width", "height":
		return "integer"
	case "data":
		return "bytea"
	case "last_touch", "cancelled":
		return "boolean"
	}
	return "text"
}

// lost is the code for a connection that ended without an SQLSTATE.
const lost = "lost"

// classify sorts errors by their SQLSTATE; the server's messages are in the language of its administrator. Names that
// they contain are not.
func classify(err error) dialect.Failure {
	var connecting *pgconn.ConnectError
	if errors.As(err, &connecting) {
		return unconnected(connecting)
	}
	var failure *pgconn.PgError
	if errors.As(err, &failure) {
		found := dialect.Failure{
			Class: classOf(failure.Code), Code: failure.Code, Constraint: constraintOf(failure), Refused: refused(failure.Code),
		}
		if found.Class == dialect.Denied {
			found.Problem = "the role of the connections lacks a right; GRANT it SELECT, INSERT, UPDATE and DELETE on the tables; " +
				"only their owner can Migrate"
		}
		return found
	}
	if errors.Is(err, pgx.ErrTxCommitRollback) {
		return dialect.Failure{Code: "rollback", Refused: true}
	}
	if isLost(err) {
		return dialect.Failure{Class: dialect.Lost, Code: lost}
	}
	return dialect.Failure{Code: "none"}
}

// refused tells by its code whether an error in answer to a COMMIT means that nothing was written. Any other may come
// from the coordinator of a cluster whose node has committed and was then lost: Citus reports that as XX000, an internal
// error, as it reports many others.
func refused(code string) bool {
	return code == "40001" || code == "40P01" || strings.HasPrefix(code, "23")
}

// foreignKey is the name of a foreign key in a message, in whatever language and quotes it is, and the number of the
// shard that Citus appends to it.
var foreignKey = regexp.MustCompile(`\b([a-z0-9_]+_fk)(?:_[0-9]+)?\b`)

// constraintOf is the constraint that an error is about. Citus, which passes the errors of its nodes on, leaves the field
// empty and names the constraint of the shard in the message.
func constraintOf(failure *pgconn.PgError) string {
	if failure.ConstraintName == "" && failure.Code == "23503" {
		if found := foreignKey.FindStringSubmatch(failure.Message); found != nil {
			return found[1]
		}
	}
	return failure.ConstraintName
}

func classOf(code string) dialect.Class {
	switch code {
	case "23505": // unique_violation
		return dialect.Unique
	case "23503": // foreign_key_violation
		return dialect.Reference
	case "22021", "22P05", // character_not_in_repertoire, untranslatable_character
		"54000": // program_limit_exceeded: of an index, 2,700 bytes
		return dialect.Unstorable
	case "55P03": // lock_not_available
		return dialect.Busy
	case "40001", "40P01", // serialization_failure, deadlock_detected
		"53300": // too_many_connections
		return dialect.Retry
	case "57P01", "57P02", "57P03": // admin_shutdown, crash_shutdown, cannot_connect_now
		return dialect.Lost
	case "25006": // read_only_sql_transaction
		return dialect.ReadOnly
	case "42501": // insufficient_privilege
		return dialect.Denied
	case "42P01", "42703": // undefined_table, undefined_column
		return dialect.Undefined
	}
	if code[:min(2, len(code))] == "08" { // connection_exception
		return dialect.Lost
	}
	return dialect.Other
}

func isLost(err error) bool {
	for _, gone := range []error{driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, pgconn.ErrConnClosed} {
		if errors.Is(err, gone) {
			return true
		}
	}
	var network net.Error // resets, refusals, time-outs
	return errors.As(err, &network)
}
