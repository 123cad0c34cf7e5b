package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/sqlite"
)

func TestOpenRefusals(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := filepath.Join(folder, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database at all\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, path string
		options    *sqlite.Options
		family     error
		want       string
	}{
		{"no path", "", nil, crm.ErrInvalid, "storage/memory"},
		{"in memory", ":memory:", nil, crm.ErrInvalid, "storage/memory"},
		{"in memory by DSN", "file:x?mode=memory&cache=shared", nil, crm.ErrInvalid, "storage/memory"},
		{"own pragma", "file:" + folder + "/a.db?_pragma=Journal_Mode(DELETE)", nil, crm.ErrInvalid, "journal_mode is set by the store"},
		{"own pragma of a schema", "file:" + folder + "/a.db?_pragma=main.synchronous(OFF)", nil, crm.ErrInvalid,
			"synchronous is set by the store"},
		{"own lock", "file:" + folder + "/a.db?_txlock=deferred", nil, crm.ErrInvalid, "_txlock is set by the store"},
		{"own pragma, short form", "file:" + folder + "/a.db?_fk=0", nil, crm.ErrInvalid, "_fk is set by the store"},
		{"bad escape", "file:100%", nil, crm.ErrInvalid, "%25"},
		{"bad query", "file:a?%zz", nil, crm.ErrInvalid, "after its ?"},
		{"NUL", "a\x00b", nil, crm.ErrInvalid, "NUL"},
		{"absent folder", filepath.Join(folder, "absent", "crm.db"), nil, crm.ErrStorage, `absent" does not exist`},
		{"file for a folder", filepath.Join(text, "crm.db"), nil, crm.ErrStorage, `notes.txt" is no folder`},
		{"a folder", folder, nil, crm.ErrStorage, "this is a folder"},
		{"no database", text, nil, crm.ErrStorage, "no SQLite database"},
		{"prefix", filepath.Join(folder, "p.db"), &sqlite.Options{Prefix: "Crm-"}, crm.ErrInvalid, `"Crm-"`},
		{"timeout", filepath.Join(folder, "t.db"), &sqlite.Options{BusyTimeout: -1}, crm.ErrInvalid, "-1ns"},
		{"readers", filepath.Join(folder, "r.db"), &sqlite.Options{Readers: -1}, crm.ErrInvalid, "-1 readers"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			store, err := sqlite.Open(t.Context(), test.path, test.options)
			if err == nil {
				store.Close()
			}
			if !errors.Is(err, test.family) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want %q with %q", err, test.family, test.want)
			}
		})
	}
}

func TestOpenUnwritable(t *testing.T) {
	t.Parallel()
	// Not even the superuser makes files here.
	const folder = "/proc/self"
	if _, err := os.Stat(folder); err != nil {
		return
	}
	store, err := sqlite.Open(t.Context(), filepath.Join(folder, "crm.db"), nil)
	if err == nil {
		store.Close()
	}
	if !errors.Is(err, crm.ErrStorage) || !strings.Contains(err.Error(), "permissions") {
		t.Errorf("got error %v, want one that names the permissions", err)
	}
}

func TestOpenTakesAnyFileName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plain.db", "50% off?#1.db", "süß .db", "file:x"} {
		path := filepath.Join(t.TempDir(), name)
		store := openFile(t, path, nil)
		if err := store.CreateWorkspace(t.Context(), shop(1), nil); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	dsn := "file:" + filepath.Join(t.TempDir(), "by%20dsn.db") + "?_pragma=cache_size(-8000)"
	openFile(t, dsn, nil)
}

// Two stores on a file are what two processes would be: only the file connects them.
func TestTwoStoresOnOneFile(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), file(t)
	const each = 40
	stores := []*sqlite.Store{openFile(t, path, nil), openFile(t, path, nil)}
	ws := shop(1)
	if err := stores[0].CreateWorkspace(ctx, ws, nil); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, len(stores))
	for n, store := range stores {
		go func() {
			for i := range each {
				err := store.Update(ctx, ws.ID, func(ctx context.Context, tx crm.Tx) error {
					m := crm.Member{ID: id[crm.Member](n*each + i + 1), Version: 1, Name: "Mira"}
					if err := tx.Insert(ctx, m); err != nil {
						return err
					}
					return tx.Append(ctx, []crm.Change{{At: time.Unix(int64(i), 0), Record: m.Ref(), Kind: crm.Created}})
				})
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range stores {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	err := stores[1].View(ctx, ws.ID, func(ctx context.Context, r crm.Reader) error {
		head, err := r.Head(ctx)
		if err == nil && head.Seq != 2*each {
			t.Errorf("the log ends at %d, want %d", head.Seq, 2*each)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnotherProcessHoldsTheFile(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), file(t)
	holder := openFile(t, path, nil)
	waiter := openFile(t, path, &sqlite.Options{BusyTimeout: 1500 * time.Millisecond})
	ws := shop(1)
	if err := holder.CreateWorkspace(ctx, ws, nil); err != nil {
		t.Fatal(err)
	}
	err := holder.Update(ctx, ws.ID, func(context.Context, crm.Tx) error {
		nothing := func(context.Context, crm.Tx) error { return nil }
		if err := waiter.Update(context.Background(), ws.ID, nothing); !errors.Is(err, crm.ErrBusy) {
			t.Errorf("while another writes: got error %v, want one that is %q", err, crm.ErrBusy)
		}
		soon, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		if err := waiter.Update(soon, ws.ID, nothing); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with a context that ends: got error %v, want one that is %q", err, context.DeadlineExceeded)
		}
		return waiter.View(context.Background(), ws.ID, func(context.Context, crm.Reader) error { return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Programs that start at the same time all find a database that is ready.
func TestOpenTogether(t *testing.T) {
	t.Parallel()
	path := file(t)
	done := make(chan error)
	const programs = 4
	for range programs {
		go func() {
			store, err := sqlite.Open(t.Context(), path, nil)
			if err == nil {
				err = store.Close()
			}
			done <- err
		}()
	}
	for range programs {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
