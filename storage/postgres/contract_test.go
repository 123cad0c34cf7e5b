package postgres_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/storagetest"
)

func TestContract(t *testing.T) {
	t.Parallel()
	contract(t, directly)
}

// Citus answers differently in some places. The contract does not depend on these.
func TestContractOnAnswersOfCitus(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the same statements run in TestContract")
	}
	contract(t, throughCitus, append(slices.Clone(readCategories), storagetest.Filters, storagetest.Pages)...)
}

// directly and throughCitus choose how a store reaches its database.
func directly(_ *testing.T, dsn string) string { return dsn }

func throughCitus(t *testing.T, dsn string) string {
	t.Helper()
	_, through := behindCitus(t, dsn)
	return through
}

// contract runs the suite on stores that are opened with another DSN than that of their database, without some categories
// that Citus has no part in.
func contract(t *testing.T, through func(t *testing.T, dsn string) string, without ...storagetest.Category) {
	t.Helper()
	skip := map[storagetest.Category]string{}
	for _, category := range without {
		skip[category] = likewise
	}
	var opened sync.Map // the DSNs of the open stores
	open := func(t *testing.T, dsn string) storagetest.Backend {
		store := openStore(t, through(t, dsn), nil)
		opened.Store(storagetest.Backend(store), dsn)
		return store
	}
	databases := pgtest.NewPool(t)
	storagetest.Run(t,
		func(t *testing.T) storagetest.Backend { return open(t, databases.Database(t)) },
		&storagetest.Options{Skip: skip, Reopen: func(t *testing.T, store storagetest.Backend) storagetest.Backend {
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
			dsn, _ := opened.Load(store)
			return open(t, dsn.(string))
		}})
}

func openStore(t testing.TB, dsn string, o *postgres.Options) *postgres.Store {
	t.Helper()
	store, err := postgres.Open(t.Context(), dsn, o)
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
