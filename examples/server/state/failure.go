package state

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/getklar/influencercrm/crm"
)

// familyOf is the family of an error of a database.
func familyOf(ctx context.Context, err error) error {
	if end := ctx.Err(); end != nil {
		return end
	}
	if file, ok := errors.AsType[*sqlite.Error](err); ok {
		switch file.Code() & 0xff {
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			return crm.ErrBusy
		case lib.SQLITE_READONLY:
			return crm.ErrReadOnly
		}
		return crm.ErrStorage
	}
	if server, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case server.Code == "40001", server.Code == "40P01", server.Code == "55P03":
			return crm.ErrBusy
		case strings.HasPrefix(server.Code, "08"), strings.HasPrefix(server.Code, "53"), strings.HasPrefix(server.Code, "57P"):
			return crm.ErrUnavailable
		case server.Code == "25006":
			return crm.ErrReadOnly
		}
		return crm.ErrStorage
	}
	if unreachable(err) {
		return crm.ErrUnavailable
	}
	return crm.ErrStorage
}

// unreachable reports whether there was no connection, or none any more.
func unreachable(err error) bool {
	if _, connecting := errors.AsType[*pgconn.ConnectError](err); connecting {
		return true
	}
	if _, network := errors.AsType[net.Error](err); network {
		return true
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err,
		io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}
