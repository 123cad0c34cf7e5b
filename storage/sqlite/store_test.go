package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/getklar/influencercrm/storage/internal/quickdir"
	"github.com/getklar/influencercrm/storage/sqlite"
)

func openFile(t testing.TB, path string, o *sqlite.Options) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), path, o)
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

func file(t testing.TB) string { return filepath.Join(quickdir.New(t), "crm.db") }
