package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"

	driver "modernc.org/sqlite"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// setting is a pragma with the values that keep the contract.
type setting struct {
	pragma string
	keeps  func(value string) bool
}

var (
	settings = []setting{
		{"journal_mode", oneOf("wal")},
		{"foreign_keys", oneOf("1")},
		{"synchronous", oneOf("2", "3")}, // FULL, EXTRA
		{"busy_timeout", shortWait},
	}
	readSettings = append([]setting{{"query_only", oneOf("1")}}, settings...)
)

func oneOf(values ...string) func(string) bool {
	return func(value string) bool { return slices.Contains(values, value) }
}

// shortWait holds for a busy_timeout that is set and short: a wait inside SQLite ends neither with the caller's context
// nor with Options.BusyTimeout.
func shortWait(milliseconds string) bool {
	n, err := strconv.Atoi(milliseconds)
	return err == nil && 0 < n && n <= maxBusy
}

// verify refuses connections on which the contract would not hold, and names the DSN to use. It looks at one
// connection of each pool; a DSN makes them all alike.
func verify(ctx context.Context, writer, readers *sql.DB) error {
	for _, db := range []*sql.DB{writer, readers} {
		if _, ok := db.Driver().(*driver.Driver); !ok {
			return fmt.Errorf("%w: the database is opened with the driver %T; use modernc.org/sqlite, whose error codes this store knows",
				crm.ErrInvalid, db.Driver())
		}
	}
	if n := writer.Stats().MaxOpenConnections; n != 1 {
		return fmt.Errorf("%w: the writer has a limit of %d connections (0 is none); call SetMaxOpenConns(1)", crm.ErrInvalid, n)
	}
	path, err := databasePath(ctx, writer)
	if err != nil {
		return err
	}
	other, err := databasePath(ctx, readers)
	if err != nil {
		return err
	}
	if path == "" || path != other {
		return fmt.Errorf("%w: writer and readers must be on the same file; they are on %q and %q", crm.ErrInvalid, path, other)
	}
	at := source{path: path}
	if err := verifySettings(ctx, "writer", writer, settings, at.writer()); err != nil {
		return err
	}
	if err := verifySettings(ctx, "readers", readers, readSettings, at.reader()); err != nil {
		return err
	}
	return verifyImmediate(ctx, writer, at)
}

func databasePath(ctx context.Context, db *sql.DB) (string, error) {
	var path string
	err := db.QueryRowContext(ctx, "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path)
	return path, unverified(ctx, err)
}

func verifySettings(ctx context.Context, pool string, db *sql.DB, wanted []setting, dsn string) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return unverified(ctx, err)
	}
	defer conn.Close()
	for _, s := range wanted {
		var value string
		if err := conn.QueryRowContext(ctx, "PRAGMA "+s.pragma).Scan(&value); err != nil {
			return unverified(ctx, err)
		}
		if !s.keeps(value) {
			return fmt.Errorf("%w: %s: %s is %s, which does not keep the store's promises; open with the DSN %q",
				crm.ErrInvalid, pool, s.pragma, value, dsn)
		}
	}
	return nil
}

// verifyImmediate tries whether a transaction of the writer locks out other writers when it begins. One that does so
// only at its first write can fail in the middle.
func verifyImmediate(ctx context.Context, writer *sql.DB, at source) error {
	tx, err := writer.BeginTx(ctx, nil)
	if err != nil {
		return unverified(ctx, err)
	}
	defer tx.Rollback()
	rival, err := sql.Open(driverName, at.dsn(map[string][]string{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(0)"}}))
	if err != nil {
		return unverified(ctx, err)
	}
	defer rival.Close()
	second, err := rival.BeginTx(ctx, nil)
	if err == nil {
		second.Rollback()
		return fmt.Errorf("%w: writer: _txlock is not immediate; open with the DSN %q", crm.ErrInvalid, at.writer())
	}
	if classify(err).Class == dialect.Busy {
		return nil
	}
	return unverified(ctx, err)
}

// unverified is the error of a check that could not be made.
func unverified(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	failure := classify(err)
	if failure.Class == dialect.Busy {
		return fmt.Errorf("%w: the database is held by another program", crm.ErrBusy)
	}
	return failure.During("looking at the database")
}
