package sqlite

import (
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// These are the migrations that make no table.
const statistics, times, orders, importSources, codeComparison, importUndos, campaignIndexes, identities = 5, 8, 9, 10, 12, 13, 14, 15

type row struct {
	version int64
	table   string
	insert  string
}

// rows puts a row into each table that a migration makes, as far as its version has one.
var rows = []row{
	{1, "crm_workspaces",
		`INSERT INTO crm_workspaces VALUES ('w', 1, 'Beauty', 'beauty', 'EUR', 'UTC', '{}', '[]', 0, '0.5', '0.1', '{}', '{}', 1, 0, 'u')`},
	{1, "crm_changes", `INSERT INTO crm_changes VALUES ('w', 1, 'u', 0, '', 'workspace', 'w', 'create', '[]', '')`},
	{2, "crm_members", `INSERT INTO crm_members VALUES ('w', 'm', 1, 'Mira', 'mira', '', '', 'mira')`},
	{2, "crm_influencers",
		`INSERT INTO crm_influencers VALUES ('w', 'i', 1, 'Pam', 'pam', '', '', '', '', '', 'm', '[]', '[]', '', '{}', '', 'pam')`},
	{2, "crm_influencer_profiles", `INSERT INTO crm_influencer_profiles VALUES ('w', 'i', 0, 'p', 'instagram', 'pam', '')`},
	{2, "crm_influencer_tags", `INSERT INTO crm_influencer_tags VALUES ('w', 'vip', 'i')`},
	{3, "crm_campaigns", `INSERT INTO crm_campaigns VALUES ('w', 'c', 1, 'Summer', 'summer', 0, '', 0, '', '', '', '', '', 'summer')`},
	{3, "crm_cooperations",
		`INSERT INTO crm_cooperations VALUES ('w', 'x', 1, 'c', 'i', NULL, 'N', 'n', 'auto', 'draft', '', '', 0, '', '', '', 0, 0, '', 0, '', '', '', 'm', '', '', '', '', '', 'n')`},
	{3, "crm_claims", `INSERT INTO crm_claims VALUES ('w', 'equals', 'pam10', 'x', 'i', '2026-06-01', '', '')`},
	{4, "crm_import_runs", `INSERT INTO crm_import_runs VALUES ('w', 'r', 1, 'u', 'sheet', 0, '', '{}', '', 0)`},
	{6, "crm_pictures", `INSERT INTO crm_pictures VALUES ('w', 'p', 'i', 'image/png', 1, 1, x'00ff')`},
	{7, "crm_units", `INSERT INTO crm_units VALUES ('w', 'k', 0)`},
	{11, "crm_plan_sums", `INSERT INTO crm_plan_sums VALUES ('w', 'cost', 'c', 'draft', '', '', 1, 0, 0)`},
}

// Each migration goes up, takes data, and goes down and up again beside the data of those before.
func TestMigrationsStepByStep(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, db := unmigrated(t)
	provider, err := store.set.Provider(db)
	if err != nil {
		t.Fatal(err)
	}
	sources := provider.ListSources()
	for _, source := range sources {
		if !slices.Contains([]int64{statistics, times, orders, importSources, codeComparison, importUndos, campaignIndexes, identities}, source.Version) && !slices.ContainsFunc(rows, func(r row) bool { return r.version == source.Version }) {
			t.Errorf("this test has no rows for migration %d", source.Version)
		}
		for range 2 {
			if _, err := provider.UpByOne(ctx); err != nil {
				t.Fatalf("up to %d: %v", source.Version, err)
			}
			insertRows(t, db, source.Version)
			if _, err := provider.Down(ctx); err != nil {
				t.Fatalf("down from %d: %v", source.Version, err)
			}
		}
		if _, err := provider.UpByOne(ctx); err != nil {
			t.Fatalf("up to %d: %v", source.Version, err)
		}
		insertRows(t, db, source.Version)
		for _, row := range rows {
			if row.version <= source.Version && count(t, db, row.table) != 1 {
				t.Errorf("at version %d %s has %d rows, want 1", source.Version, row.table, count(t, db, row.table))
			}
		}
	}
	if _, err := provider.DownTo(ctx, 0); err != nil {
		t.Fatalf("down to nothing: %v", err)
	}
	if n := count(t, db, "sqlite_schema WHERE name LIKE 'crm_%' AND name NOT LIKE 'crm_migrations'"); n != 0 {
		t.Errorf("%d tables and indexes are left", n)
	}
}

func TestNewerDatabase(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, db := unmigrated(t)
	if err := store.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO crm_migrations (version_id, is_applied) VALUES (999, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(ctx); !errors.Is(err, crm.ErrStorage) || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("got error %v, want one about a newer version", err)
	}
	path, err := databasePath(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	readers, err := sql.Open(driverName, source{path: path}.reader())
	if err != nil {
		t.Fatal(err)
	}
	defer readers.Close()
	if _, err := New(ctx, db, readers, nil); !errors.Is(err, crm.ErrStorage) || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("New: got error %v, want one about a newer version", err)
	}
}

func TestFailedMigration(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, db := unmigrated(t)
	if _, err := db.ExecContext(ctx, "CREATE TABLE crm_claims (secret TEXT)"); err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(ctx); !errors.Is(err, crm.ErrStorage) || strings.Contains(err.Error(), "crm_claims") {
		t.Errorf("got error %v, want one that is %q without the database's words", err, crm.ErrStorage)
	}
}

// What the schema promises a distributed database: the workspace leads every key, and nothing
// happens behind the back of the statements.
func TestSchemaIsDistributable(t *testing.T) {
	t.Parallel()
	store, db := unmigrated(t)
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, query string }{
		{"unique indexes that the workspace does not lead", `
			SELECT m.name || ' ' || i.name FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
			WHERE m.type = 'table' AND m.name LIKE 'crm\_%' ESCAPE '\' AND m.name <> 'crm_migrations'
			AND i."unique" AND c.seqno = 0 AND c.name <> 'workspace_id'`},
		{"foreign keys that the workspace does not lead", `
			SELECT m.name || ' ' || f."table" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
			WHERE m.type = 'table' AND m.name LIKE 'crm\_%' ESCAPE '\' AND f.seq = 0
			AND (f."from" <> 'workspace_id' OR f.on_delete <> 'NO ACTION' OR f.on_update <> 'NO ACTION')`},
		{"tables that are not strict", `
			SELECT name FROM pragma_table_list WHERE name LIKE 'crm\_%' ESCAPE '\' AND name <> 'crm_migrations' AND NOT strict`},
		{"indexes without statistics", `
			SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name LIKE 'crm\_%' ESCAPE '\' AND tbl_name NOT IN ('crm_migrations', 'crm_units')
			AND name NOT LIKE 'sqlite_autoindex_crm_influencer_%' AND name NOT LIKE 'sqlite_autoindex_crm_claims%'
			AND NOT EXISTS (SELECT 1 FROM sqlite_stat1 WHERE idx = name)`},
		{"triggers and views", `SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')`},
	} {
		found, err := db.QueryContext(t.Context(), test.query)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		for found.Next() {
			var name string
			if err := found.Scan(&name); err != nil {
				t.Fatal(err)
			}
			t.Errorf("%s: %s", test.name, name)
		}
		if err := found.Err(); err != nil {
			t.Error(err)
		}
	}
}

func unmigrated(t *testing.T) (*Store, *sql.DB) {
	t.Helper()
	at := source{path: filepath.Join(t.TempDir(), "crm.db")}
	db, err := sql.Open(driverName, at.writer())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	options, err := (*Options)(nil).orDefaults()
	if err != nil {
		t.Fatal(err)
	}
	store, err := newStore(t.Context(), db, db, options)
	if err != nil {
		t.Fatal(err)
	}
	return store, db
}

func insertRows(t *testing.T, db *sql.DB, version int64) {
	t.Helper()
	for _, row := range rows {
		if row.version != version {
			continue
		}
		if _, err := db.ExecContext(t.Context(), row.insert); err != nil {
			t.Fatalf("%s: %v", row.table, err)
		}
	}
}

func count(t *testing.T, db *sql.DB, from string) int {
	t.Helper()
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+from).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
