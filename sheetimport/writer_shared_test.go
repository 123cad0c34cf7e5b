package sheetimport_test

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// While a workspace imports 15,000 rows into a SQLite file, another one writes, in this program and in another one that has
// the file open: none of its writes ends with crm.ErrBusy.
func TestOthersWriteDuringALargeImport(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("imports 15,000 rows")
	}
	path := t.TempDir() + "/crm.db"
	open := func() *sqlite.Store {
		store, err := sqlite.Open(t.Context(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := store.Close(); err != nil {
				t.Error(err)
			}
		})
		return store
	}
	a := newShop(t, open(), nil)
	begun, ended := make(chan struct{}), make(chan struct{})
	a.options.Progress = func(p sheetimport.Progress) {
		if p.Done == 1 {
			close(begun)
		}
	}
	written := make(chan map[string]int, 2)
	for name, store := range map[string]*sqlite.Store{"the same program": a.store.(*sqlite.Store), "another program": open()} {
		ws, err := crm.NewAdmin(store, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: name, Currency: "EUR"})
		if err != nil {
			t.Fatal(err)
		}
		service := crm.New(store, nil)
		go func() {
			n := 0
			defer func() { written <- map[string]int{name: n} }()
			for <-begun; ; n++ {
				if _, err := service.CreateMember(t.Context(), ws.ID, crm.Member{Name: fmt.Sprint("Member ", n)}); err != nil {
					t.Errorf("%s: write %d: %v", name, n, err)
					return
				}
				select {
				case <-ended:
					return
				case <-time.After(20 * time.Millisecond): // SQLite's lock has no queue: who never pauses starves the rest
				}
			}
		}()
	}
	plan := a.plan(manyRows(15_000, 100))
	run, err := a.importer().Apply(a.ctx, plan)
	close(ended)
	if err != nil {
		t.Error(err)
	}
	n := map[string]int{}
	maps.Copy(n, <-written)
	maps.Copy(n, <-written)
	t.Logf("%d units of work; writes of others meanwhile: %v", len(run.Units), n)
	for name, n := range n {
		if n < 2 { // the first waited for the first piece; one more came in between
			t.Errorf("%s wrote %d times in between", name, n)
		}
	}
	if run.Counts[string(sheetimport.Created)] != 15_000 || len(run.Units) != 15_000/sheetimport.DefaultRowsPerUnit {
		t.Errorf("counts %v in %d units", run.Counts, len(run.Units))
	}
}
