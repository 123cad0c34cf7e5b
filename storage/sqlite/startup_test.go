package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// wantError is an error of a family with certain words.
func wantError(t *testing.T, what string, err, family error, words string) {
	t.Helper()
	if !errors.Is(err, family) || !strings.Contains(err.Error(), words) {
		t.Errorf("%s: got error %v, want one that is %q with %q", what, err, family, words)
	}
}

// Every call on a database without tables, or with those of an older version, says what to do, and works once that is done.
func TestBeforeMigrate(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	writer, readers := hostPools(t, file(t), writerDSN, readerDSN, 1)
	store, err := sqlite.New(ctx, writer, readers, nil)
	if err != nil {
		t.Fatal(err)
	}
	ws := shop(1)
	calls := func(when string) {
		t.Helper()
		_, read := store.Reader(ws.ID).Workspace(ctx)
		_, heads := store.Heads(ctx, crm.WorkspaceID{}, 1)
		for what, err := range map[string]error{
			"CreateWorkspace": store.CreateWorkspace(ctx, ws, nil),
			"View":            store.View(ctx, ws.ID, func(context.Context, crm.Reader) error { return nil }),
			"Update":          store.Update(ctx, ws.ID, func(context.Context, crm.Tx) error { return nil }),
			"Reader":          read,
			"Heads":           heads,
		} {
			wantError(t, when+": "+what, err, crm.ErrStorage, "call Migrate")
		}
		tx, err := writer.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		err = store.Join(tx).Update(ctx, ws.ID, func(context.Context, crm.Tx) error { return nil })
		wantError(t, when+": Update in the host's transaction", err, crm.ErrStorage, "call Migrate")
	}
	calls("before Migrate")
	if err := errors.Join(store.Migrate(ctx), store.CreateWorkspace(ctx, ws, nil)); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"DELETE FROM crm_migrations WHERE version_id > 1", "ALTER TABLE crm_workspaces RENAME TO old_workspaces",
	} {
		if _, err := writer.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	calls("on an older schema")
}

// A write into a file that is no longer there says so instead of being lost.
func TestFileThatIsGone(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	path := file(t)
	store, err := sqlite.Open(ctx, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	ws := shop(1)
	write := func() error {
		return store.Update(ctx, ws.ID, func(context.Context, crm.Tx) error { return nil })
	}
	if err := errors.Join(store.CreateWorkspace(ctx, ws, nil), write()); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".moved"); err != nil {
		t.Fatal(err)
	}
	wantError(t, "after it was moved", write(), crm.ErrStorage, "deleted, moved or replaced")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wantError(t, "after it was replaced", write(), crm.ErrStorage, "deleted, moved or replaced")
	if err := os.Rename(path+".moved", path); err != nil {
		t.Fatal(err)
	}
	if err := write(); err != nil {
		t.Errorf("after it was put back: %v", err)
	}
}

// onHostPools is a store with a workspace on the pools of a host, of which it returns the writer.
func onHostPools(t *testing.T, o *sqlite.Options) (*sqlite.Store, *sql.DB) {
	t.Helper()
	writer, readers := hostPools(t, file(t), writerDSN, readerDSN, 1)
	store, err := sqlite.New(t.Context(), writer, readers, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(store.Migrate(t.Context()), store.CreateWorkspace(t.Context(), shop(1), nil)); err != nil {
		t.Fatal(err)
	}
	return store, writer
}

// A write in a transaction that is only for reading is refused as such.
func TestReadOnlyTransaction(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, writer := onHostPools(t, nil)
	ws := shop(1)
	if _, err := writer.ExecContext(ctx, "PRAGMA query_only = 1"); err != nil {
		t.Fatal(err)
	}
	err := store.Update(ctx, ws.ID, func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, sample()...) })
	wantError(t, "Update", err, crm.ErrReadOnly, "read-only")
}

// A plain store inside a host's own transaction waits for itself, and says what to use instead.
func TestPlainStoreInTheHostsTransaction(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, writer := onHostPools(t, &sqlite.Options{BusyTimeout: 50 * time.Millisecond})
	ws := shop(1)
	tx, err := writer.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	err = store.Update(ctx, ws.ID, func(context.Context, crm.Tx) error { return nil })
	wantError(t, "Update", err, crm.ErrBusy, "Join of the store")
}

// A transaction of the host is of no use either once the file is gone.
func TestFileThatIsGoneFromAHost(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	path := file(t)
	writer, readers := hostPools(t, path, writerDSN, readerDSN, 1)
	store, err := sqlite.New(ctx, writer, readers, nil)
	if err == nil {
		err = errors.Join(store.Migrate(ctx), store.CreateWorkspace(ctx, shop(1), nil), os.Rename(path, path+".moved"))
	}
	if err != nil {
		t.Fatal(err)
	}
	tx, err := writer.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	err = store.Join(tx).Update(ctx, shop(1).ID, func(context.Context, crm.Tx) error { return nil })
	wantError(t, "Update in the host's transaction", err, crm.ErrStorage, "deleted, moved or replaced")
}

// A unit that has run for longer than the busy timeout when it meets a fault is told the fault, and not that looking
// at the schema took too long.
func TestFaultAfterTheBusyTimeout(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, writer := onHostPools(t, &sqlite.Options{BusyTimeout: 30 * time.Millisecond})
	err := store.View(ctx, shop(1).ID, func(ctx context.Context, r crm.Reader) error {
		time.Sleep(60 * time.Millisecond)
		_, err := r.Picture(ctx, id[crm.Picture](1))
		if !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("a picture that is not there: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := writer.ExecContext(ctx, "ALTER TABLE crm_pictures RENAME TO old_pictures"); err != nil {
		t.Fatal(err)
	}
	err = store.View(ctx, shop(1).ID, func(ctx context.Context, r crm.Reader) error {
		time.Sleep(60 * time.Millisecond)
		_, err := r.Picture(ctx, id[crm.Picture](1))
		return err
	})
	wantError(t, "View of a table that is gone", err, crm.ErrStorage, "storage failed")
}
