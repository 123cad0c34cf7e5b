package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// The pools that a host asks for are ones that New takes, and the readers only read.
func TestPools(t *testing.T) {
	t.Parallel()
	writer, readers, err := sqlite.Pools(t.Context(), file(t))
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	defer readers.Close()
	store, err := sqlite.New(t.Context(), writer, readers, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := readers.ExecContext(t.Context(), "CREATE TABLE orders (id TEXT)"); err == nil {
		t.Error("the readers write")
	}
	if n := writer.Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d connections write", n)
	}
	for path, family := range map[string]error{
		"": crm.ErrInvalid, ":memory:": crm.ErrInvalid, t.TempDir(): crm.ErrStorage,
		filepath.Join(t.TempDir(), "none", "shop.db"): crm.ErrStorage,
	} {
		if _, _, err := sqlite.Pools(t.Context(), path); !errors.Is(err, family) {
			t.Errorf("%q: got error %v, want one that is %q", path, err, family)
		}
	}
}
