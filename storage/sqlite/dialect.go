package sqlite

import (
	"database/sql"
	"errors"
	"strconv"

	sq "github.com/Masterminds/squirrel"
	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/getklar/influencercrm/storage/internal/sqlstore"
)

func dialect() sqlstore.Dialect {
	return sqlstore.Dialect{
		Name:        "sqlite",
		Placeholder: sq.Question,
		Write:       &sql.TxOptions{}, // immediate, by the connection's _txlock
		Read:        &sql.TxOptions{ReadOnly: true},
		Contains:    "instr(search, ?) > 0",
		Prepare:     true,
		Joinable:    joinable,
		Classify:    classify,
	}
}

// classify goes by the extended result code; the driver's words change between versions.
func classify(err error) sqlstore.Failure {
	var failure *driver.Error
	if !errors.As(err, &failure) {
		return sqlstore.Failure{Code: "none"}
	}
	code := failure.Code()
	return sqlstore.Failure{Class: classOf(code), Code: strconv.Itoa(code)}
}

func classOf(code int) sqlstore.Class {
	switch code {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return sqlstore.Unique
	case lib.SQLITE_CONSTRAINT_FOREIGNKEY:
		return sqlstore.Reference
	}
	switch code & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return sqlstore.Busy
	}
	return sqlstore.Other
}
