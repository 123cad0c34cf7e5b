package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/getklar/influencercrm/crm"
)

// Exec runs one statement that writes, and returns how many rows it wrote. What is attempted stands in its errors, which are
// those of package crm: crm.ErrBusy, crm.ErrRetry and crm.ErrUnavailable for what may pass, crm.ErrStorage for the rest. Of a
// lost connection nobody knows whether it wrote.
func (db *DB) Exec(ctx context.Context, what, query string, args ...any) (rows int64, err error) {
	err = patiently(ctx, what, false, func() error {
		rows, err = Tx{db.write}.Exec(ctx, query, args...)
		return err
	})
	return rows, err
}

// Get reads the only row of a query, into a struct with db tags or a value, and reports whether there is one. It sees what
// this process has written before. Its errors are those of Exec.
func (db *DB) Get(ctx context.Context, what string, row any, query string, args ...any) (found bool, err error) {
	err = patiently(ctx, what, true, func() error {
		found, err = Tx{db.read}.Get(ctx, row, query, args...)
		return err
	})
	return found && err == nil, err
}

// Select reads the rows of a query into a slice of structs with db tags, or of values. Its errors are those of Exec.
func (db *DB) Select(ctx context.Context, what string, rows any, query string, args ...any) error {
	return patiently(ctx, what, true, func() error { return Tx{db.read}.Select(ctx, rows, query, args...) })
}

// Update runs statements in one transaction: all of them or none. The function may run again, so it has no other effects. An
// error of package crm comes back as it is; others are those of Exec.
func (db *DB) Update(ctx context.Context, what string, do func(Tx) error) error {
	return patiently(ctx, what, false, func() error {
		tx, err := db.write.BeginTxx(ctx, nil)
		if err != nil {
			return err
		}
		if err := do(Tx{tx}); err != nil {
			_ = tx.Rollback() // the first error is the one that counts
			return err
		}
		return tx.Commit()
	})
}

// Tx runs statements, in a transaction of DB.Update. Its errors are the driver's.
type Tx struct{ on connection }

// connection is a pool or a transaction.
type connection interface {
	sqlx.ExtContext
	DriverName() string
}

// Lock makes transactions that lock the same name wait for each other until they end, so that what one has counted stays as it
// was counted. In an SQLite file there is one writer anyway.
func (t Tx) Lock(ctx context.Context, name string) error {
	if t.on.DriverName() != string(Postgres) {
		return nil
	}
	_, err := t.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, name)
	return err
}

// Exec is DB.Exec.
func (t Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	done, err := t.on.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// Get is DB.Get.
func (t Tx) Get(ctx context.Context, row any, query string, args ...any) (bool, error) {
	err := sqlx.GetContext(ctx, t.on, row, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// Select is DB.Select. A statement with RETURNING writes too.
func (t Tx) Select(ctx context.Context, rows any, query string, args ...any) error {
	return sqlx.SelectContext(ctx, t.on, rows, query, args...)
}

// Ready reports whether the database answers.
func (db *DB) Ready(ctx context.Context) error {
	var one int
	_, err := db.Get(ctx, "ask the database", &one, "SELECT 1")
	return err
}

// patience is how long a call waits for other processes that write to an SQLite file.
const patience = 5 * time.Second

// patiently calls a function again while another process holds the file. What only reads is tried once more after a lost
// connection: the first one in the pool may be of before the database was started anew.
func patiently(ctx context.Context, what string, reads bool, do func() error) error {
	end := time.Now().Add(patience)
	for wait := 5 * time.Millisecond; ; wait = min(2*wait, 200*time.Millisecond) {
		err := do()
		if err == nil {
			return nil
		}
		if _, said := errors.AsType[*crm.Error](err); said {
			return err
		}
		family := familyOf(ctx, err)
		switch {
		case reads && errors.Is(family, crm.ErrUnavailable):
			reads = false
		case !errors.Is(family, crm.ErrBusy) || time.Now().Add(wait).After(end):
			return fmt.Errorf("%w: %s: %w", family, what, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w: %s: %w", crm.ErrBusy, what, ctx.Err())
		case <-time.After(wait):
		}
	}
}
