package postgres_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
)

// These are the migrations that make no table.
const statistics, times, orders, importSources, codeComparison, importUndos, campaignIndexes, identities = 5, 8, 9, 10, 12, 13, 14, 15

type row struct {
	version int64
	table   string
	values  string
}

// uid is an id in SQL, one for each letter.
func uid(letter byte) string {
	return fmt.Sprintf("'00000000-0000-7000-8000-0000000000%02x'", letter)
}

// rows puts a row into each table that a migration makes, as far as its version has one. A letter in
// brackets is an id.
var rows = []row{
	{1, "crm_workspaces", `(w), 1, 'Beauty', 'beauty', 'EUR', 'UTC', '{}', '[]', 0, '0.5', '0.1', '{}', '{}', 1, 0, (w)`},
	{1, "crm_changes", `(w), 1, (u), 0, '', 'workspace', (w), 'create', '[]', ''`},
	{2, "crm_members", `(w), (m), 1, 'Mira', 'mira', '', '', 'mira'`},
	{2, "crm_influencers", `(w), (i), 1, 'Pam', 'pam', '', '', '', '', '', (m), '[]', '[]', '', '{}', '', 'pam'`},
	{2, "crm_influencer_profiles", `(w), (i), 0, (p), 'instagram', 'pam', ''`},
	{2, "crm_influencer_tags", `(w), 'vip', (i)`},
	{3, "crm_campaigns", `(w), (c), 1, 'Summer', 'summer', 0, '', 0, '', '', '', '', '', 'summer'`},
	{3, "crm_cooperations",
		`(w), (x), 1, (c), (i), NULL, 'N', 'n', 'auto', 'draft', '', '', 0, '', '', '', false, false, '', 0, '', '', '', (m), '', '', '', '', '', 'n'`},
	{3, "crm_claims", `(w), 'equals', 'pam10', (x), (i), '2026-06-01', '', ''`},
	{4, "crm_import_runs", `(w), (r), 1, (r), 'sheet', 0, '', '{}', '', 0`},
	{6, "crm_pictures", `(w), (p), (i), 'image/png', 1, 1, '\x00ff'`},
	{7, "crm_units", `(w), (k), 0`},
	{11, "crm_plan_sums", `(w), 'cost', (c), 'draft', '', '', 1, 0, 0`},
}

// Each migration goes up, takes data, and goes down and up again beside the data of those before.
func TestMigrationsStepByStep(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, db := unmigrated(t, nil)
	steps, err := store.Steps()
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range steps.ListSources() {
		if !slices.Contains([]int64{statistics, times, orders, importSources, codeComparison, importUndos, campaignIndexes, identities}, source.Version) && !slices.ContainsFunc(rows, func(r row) bool { return r.version == source.Version }) {
			t.Errorf("this test has no rows for migration %d", source.Version)
		}
		for range 2 {
			if _, err := steps.UpByOne(ctx); err != nil {
				t.Fatalf("up to %d: %v", source.Version, err)
			}
			insertRows(t, db, source.Version)
			if _, err := steps.Down(ctx); err != nil {
				t.Fatalf("down from %d: %v", source.Version, err)
			}
		}
		if _, err := steps.UpByOne(ctx); err != nil {
			t.Fatalf("up to %d: %v", source.Version, err)
		}
		insertRows(t, db, source.Version)
		for _, row := range rows {
			if row.version > source.Version {
				continue
			}
			if n := column(t, db, "SELECT count(*) FROM "+row.table); n[0] != "1" {
				t.Errorf("at version %d %s has %s rows, want 1", source.Version, row.table, n[0])
			}
		}
	}
	if _, err := steps.DownTo(ctx, 0); err != nil {
		t.Fatalf("down to nothing: %v", err)
	}
	for _, left := range column(t, db, `SELECT relname FROM pg_class WHERE relname LIKE 'crm\_%' AND relname NOT LIKE 'crm\_migrations%'`) {
		t.Errorf("%s is left", left)
	}
}

func TestNewerDatabase(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, db := unmigrated(t, nil)
	if err := store.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO crm_migrations (version_id, is_applied) VALUES (999, true)"); err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(ctx); !errors.Is(err, crm.ErrStorage) || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("got error %v, want one about a newer version", err)
	}
	if _, err := postgres.New(ctx, db, nil); !errors.Is(err, crm.ErrStorage) || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("New: got error %v, want one about a newer version", err)
	}
}

func TestFailedMigration(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, db := unmigrated(t, nil)
	if _, err := db.ExecContext(ctx, "CREATE TABLE crm_claims (secret text)"); err != nil {
		t.Fatal(err)
	}
	err := store.Migrate(ctx)
	if !errors.Is(err, crm.ErrStorage) || !strings.Contains(err.Error(), "42P07") || strings.Contains(err.Error(), "crm_claims") {
		t.Errorf("got error %v, want one that is %q with the code and without the database's words", err, crm.ErrStorage)
	}
}

// Programs that start at the same time all find a database that is ready.
func TestOpenTogether(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Bare(t)
	done := make(chan error)
	const programs = 4
	for range programs {
		go func() {
			store, err := postgres.Open(t.Context(), dsn, nil)
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
	db := openDB(t, dsn)
	if twice := column(t, db, "SELECT version_id FROM crm_migrations GROUP BY version_id HAVING count(*) > 1"); len(twice) > 0 {
		t.Errorf("migrations %v ran more than once", twice)
	}
}

// The migration tool runs what stands between two ends of lines with a semicolon as one statement. Citus refuses several
// statements in one on a distributed table, so a line ends with each.
func TestMigrationsHaveOneStatementALine(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Bare(t)
	for _, schema := range []string{"", "public"} {
		store, err := postgres.New(t.Context(), openDB(t, dsn), &postgres.Options{Schema: schema})
		if err != nil {
			t.Fatal(err)
		}
		files, err := fs.Glob(store.Migrations(), "*.sql")
		if err != nil || len(files) < statistics {
			t.Fatalf("migrations: %q, %v", files, err)
		}
		for _, name := range files {
			text, err := fs.ReadFile(store.Migrations(), name)
			if err != nil {
				t.Fatal(err)
			}
			for n, line := range strings.Split(string(text), "\n") {
				code, _, _ := strings.Cut(line, "--")
				if statement, rest, _ := strings.Cut(code, ";"); strings.TrimSpace(rest) != "" {
					t.Errorf("%s:%d: %q follows %q on the same line", name, n+1, rest, statement)
				}
			}
		}
	}
}

// unmigrated is a store on a database without tables.
func unmigrated(t *testing.T, o *postgres.Options) (*postgres.Store, *sql.DB) {
	t.Helper()
	db := openDB(t, pgtest.Bare(t))
	store, err := postgres.New(t.Context(), db, o)
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
		values := row.values
		for letter := byte('a'); letter <= 'z'; letter++ {
			values = strings.ReplaceAll(values, "("+string(letter)+")", uid(letter))
		}
		if _, err := db.ExecContext(t.Context(), "INSERT INTO "+row.table+" VALUES ("+values+")"); err != nil {
			t.Fatalf("%s: %v", row.table, err)
		}
	}
}
