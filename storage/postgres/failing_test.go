package postgres_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
)

// failing is a driver that does what pgx does, but for one call, which fails with an SQLSTATE as if the
// server had said so: the nth of those that begin, run or commit.
type failing struct {
	driver.Connector
	db       *sql.DB
	left     atomic.Int64 // calls until the one that fails; 0 for none
	code     atomic.Pointer[string]
	dial     atomic.Int64 // connections that are refused
	atCommit atomic.Bool  // the call that failed was a COMMIT
}

func (f *failing) arm(nth int, code string) {
	f.code.Store(&code)
	f.atCommit.Store(false)
	f.left.Store(int64(nth))
}

// call counts a call, and fails if it is the one.
func (f *failing) call() error {
	if f.left.Add(-1) == 0 {
		return f.failure()
	}
	return nil
}

func (f *failing) failure() error {
	return &pgconn.PgError{Severity: "ERROR", Code: *f.code.Load(), Message: "secret words of the server"}
}

func (f *failing) Connect(ctx context.Context) (driver.Conn, error) {
	if f.dial.Add(-1) >= 0 {
		return nil, f.failure()
	}
	conn, err := f.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &failingConn{conn.(*stdlib.Conn), f}, nil
}

type failingConn struct {
	*stdlib.Conn
	f *failing
}

func (c *failingConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if err := c.f.call(); err != nil {
		return nil, err
	}
	tx, err := c.Conn.BeginTx(ctx, o)
	return failingTx{tx, c.f}, err
}

func (c *failingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.f.call(); err != nil {
		return nil, err
	}
	return c.Conn.ExecContext(ctx, query, args)
}

func (c *failingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.f.call(); err != nil {
		return nil, err
	}
	return c.Conn.QueryContext(ctx, query, args)
}

type failingTx struct {
	driver.Tx
	f *failing
}

func (t failingTx) Commit() error {
	if err := t.f.call(); err != nil {
		t.f.atCommit.Store(true)
		return errors.Join(err, t.Rollback())
	}
	return t.Tx.Commit()
}

// onFailing is a store with one workspace on a driver that can fail.
func onFailing(t *testing.T, o *postgres.Options) (*postgres.Store, *failing) {
	t.Helper()
	config, err := pgx.ParseConfig(pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	f := &failing{Connector: stdlib.GetConnector(*config)}
	f.db = sql.OpenDB(f)
	t.Cleanup(func() { f.db.Close() })
	store, err := postgres.New(t.Context(), f.db, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.CreateWorkspace(t.Context(), shop(1), nil); err != nil {
		t.Fatal(err)
	}
	return store, f
}

// addMembers writes several records with their changes.
func addMembers(ctx context.Context, tx crm.Tx, first, count int) error {
	for n := first; n < first+count; n++ {
		if err := addMember(ctx, tx, n); err != nil {
			return err
		}
	}
	return nil
}

// A disk that is full at any moment of a unit of work is told, and leaves nothing half-written. An error in answer to
// the COMMIT may not be that of the node that writes, so the store looks, and tries again.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	// One unit in 64 prunes old keys, and has a call more than the next, whose COMMIT then is passed over.
	for !fillDisk(t) {
		t.Log("once more, because the COMMIT was passed over")
	}
}

// fillDisk lets one call after the other fail, and reports whether the COMMIT was among them.
func fillDisk(t *testing.T) (atCommit bool) {
	t.Helper()
	store, f := onFailing(t, nil)
	const each = 3
	for nth := 1; ; nth++ {
		if nth > 100 {
			t.Fatal("a unit of work of three members has more than a hundred calls")
		}
		f.arm(nth, "53100") // disk_full
		err := store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error { return addMembers(ctx, tx, 1, each) })
		atCommit = f.atCommit.Load()
		if err == nil && f.left.Load() > 0 {
			return false
		}
		f.arm(0, "")
		if atCommit {
			if err != nil {
				t.Errorf("at the COMMIT: %v", err)
			}
			wantMembers(t, store, each)
			break
		}
		if !errors.Is(err, crm.ErrStorage) || errors.Is(err, crm.ErrUnknownOutcome) || !strings.Contains(err.Error(), "53100") || strings.Contains(err.Error(), "secret") {
			t.Errorf("call %d: got error %v, want one that is %q with the code and without the server's words", nth, err, crm.ErrStorage)
		}
		wantMembers(t, store, 0)
	}
	err := store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error { return addMember(ctx, tx, each+1) })
	if err != nil {
		t.Errorf("afterwards: %v", err)
	}
	wantMembers(t, store, each+1)
	return atCommit
}

// What a second try can mend is tried again, at whatever call it comes, and written once.
func TestTransientFailuresAreTriedAgain(t *testing.T) {
	t.Parallel()
	for _, code := range []string{
		"40001", // serialization_failure
		"40P01", // deadlock_detected
		"57P01", // admin_shutdown
		"08006", // connection_failure
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			var seen retries
			store, f := onFailing(t, &postgres.Options{OnRetry: seen.on, BusyTimeout: time.Minute})
			for nth := 1; ; nth++ {
				seen.codes = nil
				runs := 0
				f.arm(nth, code)
				err := store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error {
					runs++
					return addMember(ctx, tx, nth)
				})
				reached := f.left.Load() <= 0
				f.arm(0, "")
				if err != nil {
					t.Fatalf("call %d: %v", nth, err)
				}
				wantMembers(t, store, nth)
				if !reached {
					break
				}
				if seen.want(t, "1 "+code); runs > 2 {
					t.Errorf("call %d: the callback ran %d times", nth, runs)
				}
				if nth > 100 {
					t.Fatal("a unit of work of one member has more than a hundred calls")
				}
			}
		})
	}
}

// A server that has no connection left is asked again, for as long as may be waited.
func TestTooManyConnections(t *testing.T) {
	t.Parallel()
	var seen retries
	store, f := onFailing(t, &postgres.Options{OnRetry: seen.on, BusyTimeout: 500 * time.Millisecond})
	f.db.SetMaxIdleConns(0) // so that each unit of work connects
	f.arm(0, "53300")       // too_many_connections
	f.dial.Store(2)
	wantMembers(t, store, 0)
	seen.want(t, "1 53300", "2 53300")
	f.dial.Store(1 << 40)
	err := store.View(t.Context(), shop(1).ID, func(context.Context, crm.Reader) error { return nil })
	if !errors.Is(err, crm.ErrBusy) || !strings.Contains(err.Error(), "53300") {
		t.Errorf("got error %v, want one that is %q with the code", err, crm.ErrBusy)
	}
	f.dial.Store(0)
	wantMembers(t, store, 0)
}

// A statement that takes too long ends with its context, on the server too, and its connection goes on.
func TestSlowStatementEndsWithItsContext(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	store := openShop(t, dsn, &postgres.Options{Conns: 1})
	db := openDB(t, dsn)
	held, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Rollback()
	if _, err := held.ExecContext(t.Context(), "LOCK TABLE crm_members"); err != nil {
		t.Fatal(err)
	}
	slow := func() error {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		return store.View(ctx, shop(1).ID, func(ctx context.Context, r crm.Reader) error {
			done := make(chan error)
			go func() {
				_, err := r.Members().Count(ctx, crm.MemberFilter{})
				done <- err
			}()
			for len(waiting(t, db)) == 0 {
				time.Sleep(time.Millisecond)
			}
			cancel()
			return <-done
		})
	}
	for range 2 {
		if err := slow(); !errors.Is(err, context.Canceled) {
			t.Errorf("got error %v, want %v", err, context.Canceled)
		}
		if pids := waiting(t, db); len(pids) != 0 {
			t.Errorf("the server still runs the statement, in %q", pids)
		}
	}
	if err := held.Rollback(); err != nil {
		t.Fatal(err)
	}
	wantMembers(t, store, 0)
}

// waiting are the server's processes that wait for a lock.
func waiting(t *testing.T, db *sql.DB) []string {
	t.Helper()
	return column(t, db, "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
}
