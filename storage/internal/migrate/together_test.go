package migrate_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"github.com/getklar/influencercrm/storage/internal/migrate"
)

// A program that loses every single migration to another one finds the tables ready in the end, however many there are.
func TestUpBehindAnotherProgram(t *testing.T) {
	t.Parallel()
	const migrations = 12
	fast, slow := fstest.MapFS{}, fstest.MapFS{}
	for n := 1; n <= migrations; n++ {
		name := fmt.Sprintf("%05d_table.sql", n)
		table := fmt.Sprintf("CREATE TABLE t%d (id INTEGER);\n", n)
		fast[name] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + table)}
		slow[name] = &fstest.MapFile{Data: []byte("-- +goose Up\nSELECT overtake();\n" + table)}
	}
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "crm.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	set := migrate.Set{Dialect: goose.DialectSQLite3, Files: fast, Table: "migrations"}
	first, err := set.Provider(db)
	if err != nil {
		t.Fatal(err)
	}
	lost := 0
	sqlite.MustRegisterScalarFunction("overtake", 0, func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
		lost++
		_, err := first.UpByOne(context.WithoutCancel(t.Context()))
		return nil, err
	})
	set.Files = slow
	if err := set.Up(t.Context(), db); err != nil {
		t.Error(err)
	}
	if lost != migrations {
		t.Errorf("it lost %d migrations, want each of %d", lost, migrations)
	}
}
