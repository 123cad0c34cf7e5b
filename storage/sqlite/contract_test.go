package sqlite_test

import (
	"os"
	"sync"
	"testing"

	"github.com/getklar/influencercrm/storage/sqlite"
	"github.com/getklar/influencercrm/storage/storagetest"
)

func TestContract(t *testing.T) {
	t.Parallel()
	testContract(t, func(*sqlite.Store) {}, nil)
}

// What a large unit of work has done behind is no different from what is done at once.
func TestContractBehind(t *testing.T) {
	t.Parallel()
	skip := map[storagetest.Category]string{}
	for _, reads := range []storagetest.Category{
		storagetest.DirectReads, storagetest.Lists, storagetest.Filters, storagetest.Pages, storagetest.Facets, storagetest.Isolation,
		storagetest.Concurrency, storagetest.Durability,
	} {
		skip[reads] = "what is read after a unit of work is the same; TestContract looks at it"
	}
	testContract(t, (*sqlite.Store).WriteBehind, skip)
}

func testContract(t *testing.T, set func(*sqlite.Store), skip map[storagetest.Category]string) {
	empty := migrated(t)
	var paths sync.Map // of the open stores
	open := func(t *testing.T, path string) storagetest.Backend {
		store := openFile(t, path, nil)
		set(store)
		paths.Store(storagetest.Backend(store), path)
		return store
	}
	storagetest.Run(t,
		func(t *testing.T) storagetest.Backend {
			path := file(t)
			if err := os.WriteFile(path, empty, 0o600); err != nil {
				t.Fatal(err)
			}
			return open(t, path)
		},
		&storagetest.Options{Skip: skip, Reopen: func(t *testing.T, store storagetest.Backend) storagetest.Backend {
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
			path, _ := paths.Load(store)
			return open(t, path.(string))
		}})
}

// migrated is an empty database, to be copied where a test does not care how it came to be.
func migrated(t *testing.T) []byte {
	t.Helper()
	path := file(t)
	store, err := sqlite.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
