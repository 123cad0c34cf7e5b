package sqlite

import (
	"database/sql"
	"errors"
	"strconv"

	sq "github.com/Masterminds/squirrel"
	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/getklar/influencercrm/storage/internal/dialect"
)

func sqliteDialect() dialect.Dialect {
	return dialect.Dialect{
		Name:        "sqlite",
		Placeholder: sq.Question,
		Write:       &sql.TxOptions{}, // immediate, by the connection's _txlock
		Read:        &sql.TxOptions{ReadOnly: true},
		Contains:    "instr(search, ?) > 0",
		Prepare:     true,
		CheckJoin:   checkJoin,
		Classify:    classify,
	}
}

// classify sorts errors by the extended result code; the driver's messages change between versions.
func classify(err error) dialect.Failure {
	var failure *driver.Error
	if !errors.As(err, &failure) {
		return dialect.Failure{Code: "none"}
	}
	code := failure.Code()
	return dialect.Failure{Class: classOf(code), Code: strconv.Itoa(code)}
}

func classOf(code int) dialect.Class {
	switch code {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return dialect.Unique
	case lib.SQLITE_CONSTRAINT_FOREIGNKEY:
		return dialect.Reference
	}
	switch code & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return dialect.Busy
	case lib.SQLITE_READONLY:
		return dialect.ReadOnly
	case lib.SQLITE_ERROR: // of any statement that is not understood
		return dialect.Undefined
	}
	return dialect.Other
}
