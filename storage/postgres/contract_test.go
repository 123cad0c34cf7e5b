package postgres_test

import (
	"sync"
	"testing"

	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/storagetest"
)

func TestContract(t *testing.T) {
	t.Parallel()
	var databases sync.Map // of the open stores
	open := func(t *testing.T, dsn string) storagetest.Backend {
		store := openStore(t, dsn, nil)
		databases.Store(storagetest.Backend(store), dsn)
		return store
	}
	pgtest.Database(t) // so that without a server the suite is skipped as one
	storagetest.Run(t,
		func(t *testing.T) storagetest.Backend { return open(t, pgtest.Database(t)) },
		&storagetest.Options{Reopen: func(t *testing.T, store storagetest.Backend) storagetest.Backend {
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
			dsn, _ := databases.Load(store)
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
