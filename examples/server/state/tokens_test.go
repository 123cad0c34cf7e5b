package state_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/state"
)

// There are no more tokens than there may be, whatever comes at once.
func TestMostTokens(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		const most = 5
		db := testdb.Open(t, dsn).State
		var made atomic.Int64
		var all sync.WaitGroup
		for n := range 4 * most {
			all.Go(func() {
				added, err := db.AddToken(t.Context(), state.Token{ID: fmt.Sprint(n), Hash: fmt.Sprint(n)}, 2, 1, most)
				if err != nil {
					t.Error(err)
				}
				if added {
					made.Add(1)
				}
			})
		}
		all.Wait()
		list, err := db.Tokens(t.Context(), "", 100)
		if err != nil || made.Load() != most || len(list) != most {
			t.Errorf("%d added, %d listed, %v; want %d", made.Load(), len(list), err, most)
		}
	})
}

// A token of before migration 6, which renamed a scope, keeps what it may do.
func TestScopeRenamed(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		before := testdb.Open(t, dsn).State
		for _, scope := range []string{"read", "manage"} {
			if _, err := before.AddToken(t.Context(), state.Token{ID: scope, Hash: scope, Scope: scope}, 2, 1, 9); err != nil {
				t.Fatal(err)
			}
		}
		for _, back := range []string{"DROP TABLE server_views", "DROP TABLE server_import_choices",
			"ALTER TABLE server_plans DROP COLUMN names_lost", "DELETE FROM server_migrations WHERE version_id >= 6"} {
			if _, err := before.Exec(t.Context(), "go back", back); err != nil {
				t.Fatal(err)
			}
		}
		after, err := testdb.Open(t, dsn).State.Tokens(t.Context(), "", 9)
		if err != nil || len(after) != 2 || after[0].Scope != "admin" || after[1].Scope != "read" {
			t.Errorf("%+v, %v", after, err)
		}
	})
}
