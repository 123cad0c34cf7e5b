// Package testdb gives tests of the server databases of their own.
package testdb

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/storage/postgres"
)

// File is the path of an SQLite file that is not there yet.
func File(t testing.TB) string { return filepath.Join(t.TempDir(), "crm.db") }

// Open opens a database, several times if asked for, as several processes do. The test closes it.
func Open(t testing.TB, dsn string) *database.Database {
	t.Helper()
	db, err := database.Open(t.Context(), dsn, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Schema makes a schema on the server that CRM_TEST_POSTGRES_DSN names, which goes after the test, and returns the DSN of a
// database in which it is the only one. Without a server the test is skipped, or fails if CRM_TEST_REQUIRE has postgres.
func Schema(t testing.TB) string {
	t.Helper()
	dsn := os.Getenv("CRM_TEST_POSTGRES_DSN")
	if !database.IsPostgres(dsn) {
		if strings.Contains(os.Getenv("CRM_TEST_REQUIRE"), "postgres") {
			t.Fatal("CRM_TEST_POSTGRES_DSN names no server by a URL")
		}
		t.Skip("CRM_TEST_POSTGRES_DSN names no server by a URL")
	}
	db, err := postgres.Pool(dsn)
	if err != nil {
		t.Fatal(err)
	}
	schema := "server_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := db.ExecContext(context.Background(), "DROP SCHEMA "+schema+" CASCADE")
		if err := errors.Join(err, db.Close()); err != nil {
			t.Error(err)
		}
	})
	if strings.Contains(dsn, "?") {
		return dsn + "&search_path=" + schema
	}
	return dsn + "?search_path=" + schema
}

// Each runs a test on each kind of database.
func Each(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": File, "postgres": Schema} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, dsn(t))
		})
	}
}
