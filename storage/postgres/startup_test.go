package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
)

// wantError is an error of a family with certain words.
func wantError(t *testing.T, what string, err, family error, words string) {
	t.Helper()
	if !errors.Is(err, family) || !strings.Contains(err.Error(), words) {
		t.Errorf("%s: got error %v, want one that is %q with %q", what, err, family, words)
	}
}

// Every call on a database without tables, or with those of an older version, says what to do.
func TestBeforeMigrate(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	db := openDB(t, pgtest.Bare(t))
	store, err := postgres.New(ctx, db, nil)
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
		inTx(t, db, nil, func(tx *sql.Tx) {
			err := store.Join(tx).Update(ctx, ws.ID, func(context.Context, crm.Tx) error { return nil })
			wantError(t, when+": Update in the host's transaction", err, crm.ErrStorage, "call Migrate")
		})
	}
	calls("before Migrate")
	if err := errors.Join(store.Migrate(ctx), store.CreateWorkspace(ctx, ws, nil)); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"DELETE FROM crm_migrations WHERE version_id > 1", "ALTER TABLE crm_workspaces RENAME TO old_workspaces",
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	calls("on an older schema")
}

func inTx(t *testing.T, db *sql.DB, o *sql.TxOptions, fn func(*sql.Tx)) {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	fn(tx)
}

// A write where only reading is allowed is refused at once, as such: there is nothing to try again.
func TestReadOnlyTransaction(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	openShop(t, dsn, nil)
	var seen retries
	add := func(store crm.Store) error {
		return store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error { return addMember(ctx, tx, 1) })
	}
	db := openDB(t, with(t, dsn, "default_transaction_read_only", "on"))
	store, err := postgres.New(t.Context(), db, &postgres.Options{OnRetry: seen.on})
	if err != nil {
		t.Fatal(err)
	}
	wantError(t, "Update", add(store), crm.ErrReadOnly, "25006")
	reading, err := postgres.Open(t.Context(), with(t, dsn, "default_transaction_read_only", "on"), nil)
	if err != nil {
		t.Fatalf("Open of what is migrated: %v", err)
	}
	defer reading.Close()
	if _, err := reading.Reader(shop(1).ID).Workspace(t.Context()); err != nil {
		t.Errorf("a read: %v", err)
	}
	inTx(t, db, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) {
		joined := store.Join(tx)
		wantError(t, "in the host's transaction", add(joined), crm.ErrReadOnly, "25006")
		err := add(joined)
		if wantError(t, "again", err, crm.ErrReadOnly, "read-only"); errors.Is(err, crm.ErrRetry) {
			t.Errorf("again: error %v asks to try it again", err)
		}
	})
	seen.want(t)
}

// A role without rights on the tables is told so.
func TestRoleWithoutRights(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	openShop(t, dsn, nil)
	owner := openDB(t, dsn)
	for _, statement := range []string{
		"CREATE ROLE crm_without_rights LOGIN NOSUPERUSER", "GRANT USAGE ON SCHEMA public TO crm_without_rights",
	} {
		if _, err := owner.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		for _, statement := range []string{"DROP OWNED BY crm_without_rights", "DROP ROLE crm_without_rights"} {
			if _, err := owner.ExecContext(context.Background(), statement); err != nil {
				t.Error(err)
			}
		}
	})
	store, err := postgres.New(t.Context(), openDB(t, with(t, dsn, "user", "crm_without_rights")), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.Reader(shop(1).ID).Workspace(t.Context())
	wantError(t, "a read", err, crm.ErrUnavailable, "GRANT it SELECT")
}
