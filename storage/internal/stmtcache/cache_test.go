package stmtcache_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"
	_ "modernc.org/sqlite"

	"github.com/getklar/influencercrm/storage/internal/stmtcache"
)

const limit = 10

func open(t *testing.T, conns int) (*sqlx.DB, *stmtcache.Cache) {
	t.Helper()
	db, err := sqlx.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "cache.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(conns)
	cache := stmtcache.New(db, limit)
	t.Cleanup(cache.Close)
	return db, cache
}

// ask runs statements in a transaction, twice each.
func ask(ctx context.Context, db *sqlx.DB, cache *stmtcache.Cache, numbers ...int) error {
	cache.Fill(ctx)
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	on := stmtcache.NewTx(tx, cache)
	for range 2 {
		for _, n := range numbers {
			rows, err := on.QueryContext(ctx, fmt.Sprint("SELECT ", n))
			if err != nil {
				return fmt.Errorf("SELECT %d: %w", n, err)
			}
			got := 0
			for rows.Next() {
				err = rows.Scan(&got)
			}
			if err := errors.Join(err, rows.Err(), rows.Close()); err != nil || got != n {
				return fmt.Errorf("SELECT %d: %d, %w", n, got, err)
			}
		}
	}
	return nil
}

// A statement that a transaction missed is there for the next one, up to a limit; the one that was not used for
// the longest time goes.
func TestCacheKeepsWhatIsUsed(t *testing.T) {
	t.Parallel()
	db, cache := open(t, 1)
	run := func(numbers ...int) {
		t.Helper()
		if err := ask(t.Context(), db, cache, numbers...); err != nil {
			t.Fatal(err)
		}
		cache.Fill(t.Context())
	}
	want := func(numbers ...int) {
		t.Helper()
		if got := len(stmtcache.Texts(cache)); got != len(numbers) {
			t.Errorf("%d statements, want %d", got, len(numbers))
		}
		for _, n := range numbers {
			if !stmtcache.Texts(cache)[fmt.Sprint("SELECT ", n)] {
				t.Errorf("SELECT %d is not there", n)
			}
		}
	}
	want()
	run(1)
	want(1)
	run(1, 2)
	want(1, 2)
	for n := 3; n <= limit; n++ {
		run(n)
	}
	run(1) // so that 2 is the oldest
	run(100)
	want(1, 3, 4, 5, 6, 7, 8, 9, 10, 100)
	run(2)
	want(1, 2, 4, 5, 6, 7, 8, 9, 10, 100)
}

// A statement that cannot be prepared is an error for who runs it, and keeps no other out.
func TestBadStatement(t *testing.T) {
	t.Parallel()
	db, cache := open(t, 1)
	tx, err := db.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stmtcache.NewTx(tx, cache).ExecContext(t.Context(), "SELECT FROM"); err == nil {
		t.Error("a bad statement runs")
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	for range limit {
		if err := ask(t.Context(), db, cache, 1); err != nil {
			t.Fatal(err)
		}
	}
	if !stmtcache.Texts(cache)["SELECT 1"] {
		t.Error("a good statement is not kept beside a bad one")
	}
}

// A transaction that has many statements, or is one of another pool, runs them all.
func TestTransactionWithoutCache(t *testing.T) {
	t.Parallel()
	db, _ := open(t, 1)
	tx, err := db.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	on := stmtcache.NewTx(tx, nil)
	for n := range 2 * stmtcache.MaxPerTx {
		rows, err := on.QueryContext(t.Context(), fmt.Sprint("SELECT ", n%(stmtcache.MaxPerTx+10)))
		if err != nil || !rows.Next() {
			t.Fatalf("statement %d: %v", n, err)
		}
		rows.Close()
	}
}

// Statements are evicted while others use them.
func TestEvictionWhileInUse(t *testing.T) {
	t.Parallel()
	db, cache := open(t, 4)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				numbers := make([]int, 5)
				for n := range numbers {
					numbers[n] = rand.N(5 * limit)
				}
				if err := ask(t.Context(), db, cache, numbers...); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := len(stmtcache.Texts(cache)); n > limit {
		t.Errorf("%d statements, want at most %d", n, limit)
	}
}
