package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
)

// retries collects what Options.OnRetry is told.
type retries struct {
	mu    sync.Mutex
	codes []string
}

func (r *retries) on(attempt int, code string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.codes = append(r.codes, fmt.Sprint(attempt, " ", code))
}

func (r *retries) want(t *testing.T, want ...string) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if d := cmp.Diff(want, r.codes); d != "" {
		t.Errorf("retries (-want +got):\n%s", d)
	}
}

// A unit of work that the database ends because of a deadlock runs again.
func TestDeadlockIsTriedAgain(t *testing.T) {
	t.Parallel()
	for range 5 {
		if storeGivesWay(t) {
			return
		}
	}
	t.Fatal("the rival gave way each time")
}

// storeGivesWay makes a deadlock of a unit of work and a rival. Who waits first finds it, unless the other one, on a busy
// machine, begins to wait only after the first has looked for deadlocks, which is once, after a second.
func storeGivesWay(t *testing.T) bool {
	ctx, dsn := t.Context(), pgtest.Database(t)
	var seen retries
	store := openShop(t, dsn, &postgres.Options{OnRetry: seen.on, BusyTimeout: time.Minute})
	update(t, store, func(ctx context.Context, tx crm.Tx) error { return addMember(ctx, tx, 1) })

	db := openDB(t, dsn)
	rival, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer rival.Rollback()
	if _, err := rival.ExecContext(ctx, "SELECT 1 FROM crm_members WHERE workspace_id = $1 FOR UPDATE", shop(1).ID); err != nil {
		t.Fatal(err)
	}
	runs := 0
	done := make(chan error, 1)
	go func() {
		done <- store.Update(ctx, shop(1).ID, func(ctx context.Context, tx crm.Tx) error {
			runs++
			m := member(1)
			m.Name = "Mira Again"
			return tx.Update(ctx, nil, m)
		})
	}()
	for len(column(t, db, "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")) == 0 {
		time.Sleep(time.Millisecond)
	}
	_, gaveWay := rival.ExecContext(ctx, "SELECT 1 FROM crm_workspaces WHERE workspace_id = $1 FOR UPDATE", shop(1).ID)
	if gaveWay != nil {
		_ = rival.Rollback() // which lets the store go on
	} else if err := rival.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	var refused *pgconn.PgError
	switch {
	case errors.As(gaveWay, &refused) && refused.Code == "40P01":
		return false
	case gaveWay != nil:
		t.Fatalf("the rival: %v", gaveWay)
	}
	// Before a rival wakes up that is slow the store can be there again, and then both make the deadlock once more.
	var want []string
	for n := 1; n < runs; n++ {
		want = append(want, fmt.Sprint(n, " 40P01"))
	}
	if len(want) == 0 || store.Stats().Retries != uint64(len(want)) {
		t.Errorf("the callback ran %d times, with %d retries; want at least one, and as many", runs, store.Stats().Retries)
	}
	seen.want(t, want...)
	return true
}

// A connection that the server ends in the middle costs a second run and nothing else.
func TestKilledConnectionIsTriedAgain(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	for name, kill := range map[string]func(ctx context.Context, tx crm.Tx, kill func()) error{
		"before a write": func(ctx context.Context, tx crm.Tx, kill func()) error {
			kill()
			return addMember(ctx, tx, 1)
		},
		"before a read whose error is hidden": func(ctx context.Context, tx crm.Tx, kill func()) error {
			kill()
			if _, err := tx.Members().Count(ctx, crm.MemberFilter{}); err != nil {
				return errors.New("some other error")
			}
			return addMember(ctx, tx, 1)
		},
		"before the commit": func(ctx context.Context, tx crm.Tx, kill func()) error {
			err := addMember(ctx, tx, 1)
			kill()
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := pgtest.Database(t)
			var seen retries
			store := openShop(t, dsn, &postgres.Options{OnRetry: seen.on})
			db := openDB(t, dsn)
			runs := 0
			update(t, store, func(ctx context.Context, tx crm.Tx) error {
				runs++
				return kill(ctx, tx, func() {
					if runs == 1 {
						column(t, db,
							"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'")
					}
				})
			})
			if runs != 2 {
				t.Errorf("the callback ran %d times, want 2", runs)
			}
			wantMembers(t, store, 1)
			if len(seen.codes) != 1 || seen.codes[0] != "1 57P01" && seen.codes[0] != "1 lost" {
				t.Errorf("retries %v, want one for a connection that was ended", seen.codes)
			}
		})
	}
	t.Run("a View before its callback", func(t *testing.T) {
		t.Parallel()
		store := openShop(t, dsn, &postgres.Options{Conns: 1})
		column(t, openDB(t, dsn),
			"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
		wantMembers(t, store, 0)
	})
	t.Run("a View in its callback", func(t *testing.T) {
		t.Parallel()
		dsn := pgtest.Database(t)
		store, runs := openShop(t, dsn, nil), 0
		err := store.View(t.Context(), shop(1).ID, func(ctx context.Context, r crm.Reader) error {
			runs++
			column(t, openDB(t, dsn),
				"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'")
			_, err := r.Workspace(ctx)
			return err
		})
		if !errors.Is(err, crm.ErrUnavailable) || runs != 1 {
			t.Errorf("after %d runs: got error %v, want one that is %q after 1", runs, err, crm.ErrUnavailable)
		}
	})
}

// Whatever becomes of a COMMIT or of its answer, the unit of work is there exactly once.
func TestLostCommitIsThereOnce(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		fate fate
		runs int
		code string
	}{
		{"the COMMIT never arrives", neverArrives, 2, "lost"},
		{"its answer is lost", answerIsLost, 1, "lost"},
		{"it arrives while the store tries again", arrivesLate, 1, "lost"},
		{"it is done and its answer an internal error", failsDone, 1, "XX000"},
		{"it is not done and its answer an internal error", failsUndone, 2, "XX000"},
	} {
		for _, unit := range []uuid.UUID{{1}, uuid.Nil} { // which of an entry in the log; without it a key is looked for
			t.Run(fmt.Sprint(test.name, ", unit ", unit), func(t *testing.T) {
				t.Parallel()
				proxy, dsn := behindProxy(t, pgtest.Database(t))
				var seen retries
				store := openShop(t, dsn, &postgres.Options{OnRetry: seen.on, BusyTimeout: time.Minute})
				proxy.arm(test.fate)
				runs := 0
				update(t, store, func(ctx context.Context, tx crm.Tx) error {
					runs++
					if err := tx.Insert(ctx, member(1)); err != nil {
						return err
					}
					change := created(member(1))
					change.Unit = unit
					return tx.Append(ctx, []crm.Change{change})
				})
				// A late COMMIT may come before the next try has the row or, if its session was ended
				// with its connection, not at all.
				if !proxy.fulfilled() || runs != test.runs && test.fate != arrivesLate {
					t.Errorf("the callback ran %d times, want %d", runs, test.runs)
				}
				wantMembers(t, store, 1)
				seen.want(t, "1 "+test.code)
				want := "1" // of openShop
				if unit == uuid.Nil {
					want = "2"
				}
				if keys := column(t, openDB(t, dsn), "SELECT count(*) FROM crm_units")[0]; keys != want {
					t.Errorf("%s keys, want %s", keys, want)
				}
			})
		}
	}
	for _, fate := range []fate{neverArrives, answerIsLost, failsDone, failsUndone} {
		t.Run(fmt.Sprint("workspaces, fate ", fate), func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			proxy, dsn := behindProxy(t, pgtest.Database(t))
			store := openStore(t, dsn, nil)
			proxy.arm(fate)
			if err := store.CreateWorkspace(ctx, shop(1), []crm.Change{created(shop(1))}); err != nil || !proxy.fulfilled() {
				t.Errorf("CreateWorkspace: %v", err)
			}
			heads, err := store.Heads(ctx, crm.WorkspaceID{}, 10)
			if err != nil || len(heads) != 1 || heads[0].Seq != 1 {
				t.Errorf("after CreateWorkspace: heads %v, %v", heads, err)
			}
			if err := store.CreateWorkspace(ctx, shop(1), nil); !errors.Is(err, crm.ErrAlreadyExists) {
				t.Errorf("CreateWorkspace of a taken id: %v", err)
			}
			proxy.arm(fate)
			if err := store.DeleteWorkspace(ctx, shop(1).ID); err != nil || !proxy.fulfilled() {
				t.Errorf("DeleteWorkspace: %v", err)
			}
			if err := store.DeleteWorkspace(ctx, shop(1).ID); !errors.Is(err, crm.ErrNotFound) {
				t.Errorf("DeleteWorkspace of none: %v", err)
			}
		})
	}
}

// Where nobody can be asked any more the error says that the outcome is not known.
func TestUnknownOutcome(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		fate    fate
		timeout time.Duration
		family  error
	}{
		{"the server is gone", serverIsGone, time.Minute, crm.ErrUnavailable},
		{"the context ends during the COMMIT", neverIsAnswered, 500 * time.Millisecond, context.DeadlineExceeded},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dsn := pgtest.Database(t)
			proxy, through := behindProxy(t, dsn)
			store := openShop(t, through, &postgres.Options{BusyTimeout: 2 * time.Second})
			proxy.arm(test.fate)
			ctx, cancel := context.WithTimeout(t.Context(), test.timeout)
			defer cancel()
			err := store.Update(ctx, shop(1).ID, func(ctx context.Context, tx crm.Tx) error { return addMember(ctx, tx, 1) })
			if !errors.Is(err, test.family) || !errors.Is(err, crm.ErrUnknownOutcome) {
				t.Errorf("got error %v, want one that is %q and says that the outcome is not known", err, test.family)
			}
			wantMembers(t, openStore(t, dsn, nil), 1) // as it happens
		})
	}
}

// A transaction in which a read has failed cannot be committed. Whoever hides the error of the read is told so, and that
// nothing was written.
func TestHiddenErrorIsTold(t *testing.T) {
	t.Parallel()
	for name, store := range map[string]*postgres.Store{
		"batches": openShop(t, pgtest.Database(t), nil),
		"a driver around pgx": func() *postgres.Store {
			store, _ := onFailing(t, nil)
			return store
		}(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runs := 0
			err := store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error {
				runs++
				if err := addMember(ctx, tx, 1); err != nil {
					return err
				}
				if _, err := tx.Members().Count(ctx, crm.MemberFilter{Text: "a\x00b"}); err == nil {
					t.Error("the database takes a text with NUL; this test needs a read that fails")
				}
				return nil
			})
			if !errors.Is(err, crm.ErrStorage) || errors.Is(err, crm.ErrUnknownOutcome) || runs != 1 {
				t.Errorf("after %d runs: got error %v, want one that is %q alone after 1", runs, err, crm.ErrStorage)
			}
			wantMembers(t, store, 0)
		})
	}
}

// What fails by itself, or for ever, is not tried for ever.
func TestRetriesEnd(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	var seen retries
	store := openShop(t, dsn, &postgres.Options{OnRetry: seen.on, BusyTimeout: 5 * time.Second})
	db := openDB(t, dsn)
	err := store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error {
		column(t, db,
			"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'")
		return addMember(ctx, tx, 1)
	})
	if !errors.Is(err, crm.ErrUnavailable) || errors.Is(err, crm.ErrUnknownOutcome) {
		t.Errorf("got error %v, want one that is %q", err, crm.ErrUnavailable)
	}
	if n := len(seen.codes); n < 2 || n > 9 {
		t.Errorf("%d retries, want a few", n)
	}
	wantMembers(t, store, 0)

	seen.codes = nil
	err = store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error {
		return tx.Insert(ctx, crm.Member{ID: id[crm.Member](1), Version: 1, Name: "a\x00b"})
	})
	if !errors.Is(err, crm.ErrInvalid) || len(seen.codes) != 0 {
		t.Errorf("a text with NUL: got error %v after retries %v, want one that is %q at once", err, seen.codes, crm.ErrInvalid)
	}
}

// The keys that units of work leave do not pile up.
func TestKeysArePruned(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	store, db := openShop(t, dsn, nil), openDB(t, dsn)
	_, err := db.ExecContext(t.Context(),
		`INSERT INTO crm_units SELECT workspace_id, gen_random_uuid(), 0 FROM crm_workspaces, generate_series(1, 500)`)
	if err != nil {
		t.Fatal(err)
	}
	const most = 5_000 // one unit in 64 removes old keys
	for n := 1; column(t, db, "SELECT count(*) FROM crm_units WHERE at = 0")[0] != "0"; n++ {
		if n > most {
			t.Fatalf("after %d units of work the old keys are there", most)
		}
		update(t, store, func(ctx context.Context, tx crm.Tx) error { return addMember(ctx, tx, n) })
	}
	if left := column(t, db, "SELECT count(*) FROM crm_units")[0]; left == "0" {
		t.Error("no key is left; those of today are wanted")
	}
	before := column(t, db, "SELECT count(*) FROM crm_units")[0]
	update(t, store, func(context.Context, crm.Tx) error { return nil })
	if after := column(t, db, "SELECT count(*) FROM crm_units")[0]; after != before {
		t.Errorf("a unit that writes nothing leaves a key: %s keys, before %s", after, before)
	}
}

func update(t testing.TB, store *postgres.Store, fn func(context.Context, crm.Tx) error) {
	t.Helper()
	if err := store.Update(t.Context(), shop(1).ID, fn); err != nil {
		t.Fatal(err)
	}
}
