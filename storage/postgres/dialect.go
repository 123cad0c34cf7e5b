package postgres

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/getklar/influencercrm/storage/internal/sqlstore"
)

func dialect() sqlstore.Dialect {
	return sqlstore.Dialect{
		Name:        "postgres",
		Placeholder: sq.Dollar,
		Write:       &sql.TxOptions{Isolation: sql.LevelReadCommitted},
		Read:        &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		Lock:        "FOR UPDATE",
		Contains:    "strpos(search, ?) > 0",
		Remote:      true,
		Classify:    classify,
	}
}

// lost is the code of a connection that ended without an SQLSTATE.
const lost = "lost"

// classify goes by the SQLSTATE; the server's words are in the language of its administrator.
func classify(err error) sqlstore.Failure {
	var failure *pgconn.PgError
	if errors.As(err, &failure) {
		return sqlstore.Failure{Class: classOf(failure.Code), Code: failure.Code, Constraint: failure.ConstraintName}
	}
	if isLost(err) {
		return sqlstore.Failure{Class: sqlstore.Lost, Code: lost}
	}
	return sqlstore.Failure{Code: "none"}
}

func classOf(code string) sqlstore.Class {
	switch code {
	case "23505": // unique_violation
		return sqlstore.Unique
	case "23503": // foreign_key_violation
		return sqlstore.Reference
	case "22021", "22P05": // character_not_in_repertoire, untranslatable_character
		return sqlstore.Unstorable
	case "55P03": // lock_not_available
		return sqlstore.Busy
	case "40001", "40P01", // serialization_failure, deadlock_detected
		"53300": // too_many_connections
		return sqlstore.Retry
	case "57P01", "57P02", "57P03", // admin_shutdown, crash_shutdown, cannot_connect_now
		"25006": // read_only_sql_transaction: the server has become a standby
		return sqlstore.Lost
	}
	if code[:min(2, len(code))] == "08" { // connection_exception
		return sqlstore.Lost
	}
	return sqlstore.Other
}

func isLost(err error) bool {
	for _, gone := range []error{driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, pgconn.ErrConnClosed} {
		if errors.Is(err, gone) {
			return true
		}
	}
	var network net.Error // resets, refusals, time-outs
	var connecting *pgconn.ConnectError
	return errors.As(err, &network) || errors.As(err, &connecting)
}
