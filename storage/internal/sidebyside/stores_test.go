package sidebyside_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/internal/quickdir"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/sqlite"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// stores are an empty one of each kind.
func stores(t *testing.T) map[string]storagetest.Backend {
	t.Helper()
	all := map[string]storagetest.Backend{"memory": inMemory(), "sqlite": inFile(t)}
	if pgtest.Offered(t) {
		all["postgres"] = onServer(t)
	}
	return all
}

func onServer(t *testing.T) storagetest.Backend {
	t.Helper()
	store, err := postgres.Open(t.Context(), pgtest.Database(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func inMemory() storagetest.Backend { return memory.New(nil) }

// emptyFile is the path of a database with all tables, a copy of one that is made once.
func emptyFile(t testing.TB) string {
	t.Helper()
	content, err := migratedFile()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(quickdir.New(t), "crm.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var migratedFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp(quickdir.Parent(), "crm-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "crm.db")
	store, err := sqlite.Open(context.Background(), path, nil)
	if err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func inFile(t *testing.T) storagetest.Backend {
	t.Helper()
	store, err := sqlite.Open(t.Context(), emptyFile(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// shop is a workspace in a store, at noon on 20 May 2026.
type shop struct {
	testing.TB
	side
	ctx context.Context
}

func openShop(t testing.TB, store storagetest.Backend) *shop {
	t.Helper()
	options := &crm.Options{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }}
	s := &shop{TB: t, side: side{admin: crm.NewAdmin(store, options), crm: crm.New(store, options)}, ctx: t.Context()}
	w, err := s.admin.CreateWorkspace(s.ctx, crm.Workspace{Name: "Shop", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	s.ws = w.ID
	return s
}

func (s *shop) update(fn func(context.Context, *crm.Work) error) {
	s.Helper()
	if err := s.crm.Update(s.ctx, s.ws, fn); err != nil {
		s.Fatal(err)
	}
}

func (s *shop) view(fn func(context.Context, crm.Reader) error) {
	s.Helper()
	if err := s.crm.View(s.ctx, s.ws, fn); err != nil {
		s.Fatal(err)
	}
}

// wantRefusal checks that bad input was refused with the name of the field.
func wantRefusal(t testing.TB, err error, field, problem string) {
	t.Helper()
	if !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("got error %v, want one about %s", err, field)
		return
	}
	for _, e := range crm.FieldErrors(err) {
		if e.Field != field || !strings.Contains(e.Error(), problem) {
			t.Errorf("got error %v, want one about %s with %q", e, field, problem)
		}
	}
}
