package postgres_test

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
)

// promises is what the schema promises to a database that is spread over nodes: the workspace leads every
// key, ids come from Go, and nothing happens behind the back of the statements. Each query lists what
// breaks one.
var promises = []struct{ name, query string }{
	{"primary keys and unique indexes that the workspace does not lead", `
		SELECT i.indexrelid::regclass FROM pg_index i JOIN ours t ON t.oid = i.indrelid
		LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
		WHERE i.indisunique AND a.attname IS DISTINCT FROM 'workspace_id'`},
	{"tables without a primary key", `
		SELECT t.oid::regclass FROM ours t WHERE NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary)`},
	{"foreign keys that the workspace does not lead on both sides", `
		SELECT c.conname FROM pg_constraint c JOIN ours t ON t.oid = c.conrelid
		JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
		JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
		WHERE c.contype = 'f' AND (a.attname, f.attname) <> ('workspace_id', 'workspace_id')`},
	{"foreign keys that do anything", `
		SELECT c.conname FROM pg_constraint c JOIN ours t ON t.oid = c.conrelid
		WHERE c.contype = 'f' AND (c.confdeltype <> 'a' OR c.confupdtype <> 'a' OR c.condeferrable)`},
	{"exclusion constraints", `SELECT c.conname FROM pg_constraint c JOIN ours t ON t.oid = c.conrelid WHERE c.contype = 'x'`},
	{"workspaces that are not NOT NULL uuid", `
		SELECT t.oid::regclass FROM ours t WHERE NOT EXISTS (SELECT 1 FROM pg_attribute a
		WHERE a.attrelid = t.oid AND a.attname = 'workspace_id' AND a.atttypid = 'uuid'::regtype AND a.attnotnull)`},
	{"texts that are not compared by their bytes", `
		SELECT t.oid::regclass || '.' || a.attname FROM pg_attribute a JOIN ours t ON t.oid = a.attrelid
		WHERE a.attnum > 0 AND a.attcollation <> 0 AND a.attcollation <> '"C"'::regcollation`},
	{"indexes of texts that are not ordered by their bytes", `
		SELECT i.indexrelid::regclass FROM pg_index i JOIN ours t ON t.oid = i.indrelid, unnest(i.indcollation) c
		WHERE c <> 0 AND c <> '"C"'::regcollation`},
	{"triggers", `SELECT g.tgname FROM pg_trigger g JOIN ours t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal`},
	{"generated columns and identities", `
		SELECT t.oid::regclass || '.' || a.attname FROM pg_attribute a JOIN ours t ON t.oid = a.attrelid WHERE a.attidentity <> '' OR a.attgenerated <> ''`},
	{"sequences, views and other relations", `
		SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
		AND c.relkind NOT IN ('r', 'i') AND c.relname NOT LIKE 'crm\_migrations\_%' AND c.relname NOT LIKE 'citus\_%'`},
	{"functions", `SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace`},
	{"domains and enums", `SELECT y.typname FROM pg_type y WHERE y.typnamespace = 'public'::regnamespace AND y.typtype IN ('d', 'e', 'r')`},
}

func TestSchemaIsDistributable(t *testing.T) {
	t.Parallel()
	db := openDB(t, pgtest.Database(t))
	for _, promise := range promises {
		for _, name := range column(t, db, ours+promise.query) {
			t.Errorf("%s: %s", promise.name, name)
		}
	}
	if n := len(column(t, db, ours+"SELECT relname FROM ours")); n < 11 {
		t.Errorf("the catalogue shows %d tables; there are more", n)
	}
}

// A statement for many rows says the types of its columns.
func TestColumnTypes(t *testing.T) {
	t.Parallel()
	for _, column := range column(t, openDB(t, pgtest.Database(t)), ours+`
		SELECT a.attname || ' ' || format_type(a.atttypid, NULL) FROM pg_attribute a JOIN ours t ON t.oid = a.attrelid WHERE a.attnum > 0`) {
		name, is, _ := strings.Cut(column, " ")
		if says := postgres.ColumnType(name); says != is {
			t.Errorf("column %s is %s; the dialect says %s", name, is, says)
		}
	}
}

// A schema that breaks every promise shows that each of them is looked at.
func TestBrokenPromisesAreSeen(t *testing.T) {
	t.Parallel()
	db := openDB(t, pgtest.Bare(t))
	for _, statement := range []string{
		`CREATE DOMAIN crm_percent AS int`,
		`CREATE FUNCTION crm_touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
		`CREATE TABLE crm_parents (id serial PRIMARY KEY, workspace_id text, name text)`,
		`CREATE TABLE crm_children (n int GENERATED ALWAYS AS IDENTITY, parent int REFERENCES crm_parents (id) ON DELETE CASCADE, EXCLUDE USING btree (n WITH =))`,
		`CREATE INDEX crm_parents_by_name ON crm_parents (name)`,
		`CREATE TRIGGER crm_touch BEFORE UPDATE ON crm_parents FOR EACH ROW EXECUTE FUNCTION crm_touch()`,
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	for _, promise := range promises {
		if len(column(t, db, ours+promise.query)) == 0 {
			t.Errorf("%s: not seen", promise.name)
		}
	}
}

// ours is the store's tables, without that of the migration tool, which belongs to no workspace.
const ours = `WITH ours AS (
	SELECT oid, relname FROM pg_class WHERE relkind IN ('r', 'p') AND relname LIKE 'crm\_%' AND relname <> 'crm_migrations') `

// column is the first column of a query's rows.
func column(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			t.Fatal(err)
		}
		all = append(all, value)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func openDB(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
