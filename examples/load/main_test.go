package main

import (
	"bytes"
	"database/sql"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	for name, db := range databases(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			args := []string{"-workspaces", "3", "-cooperations", "30", "-clients", "4", "-for", "300ms", "-db", db}
			if err := run(t.Context(), args, &out, log.New(io.Discard, "", 0)); err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"3 workspaces with 30 cooperations each, 4 clients", "get", "page of 50", "create", "edit", "p99", "3 workspaces are sound"} {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is missing in\n%s", want, out.String())
				}
			}
		})
	}
}

// databases are a new file and, where CRM_TEST_POSTGRES_DSN names one, a server.
func databases(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{"sqlite": filepath.Join(t.TempDir(), "crm.db")}
	dsn := os.Getenv("CRM_TEST_POSTGRES_DSN")
	if dsn != "" {
		all["postgres"] = dsn
	} else if strings.Contains(os.Getenv("CRM_TEST_REQUIRE"), "postgres") {
		t.Error("CRM_TEST_POSTGRES_DSN names no server")
	}
	return all
}

// What was made on a server for a run is gone after it.
func TestServerIsLeftAsItWas(t *testing.T) {
	t.Parallel()
	dsn := databases(t)["postgres"]
	if dsn == "" {
		t.Skip("CRM_TEST_POSTGRES_DSN names no server")
	}
	store, err := open(t.Context(), plan{db: dsn, clients: 2})
	if err != nil {
		t.Fatal(err)
	}
	schema := store.(temporaryStore).schema
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	schemas := func() (n int) {
		if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM pg_namespace WHERE nspname = $1", schema).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := schemas(); n != 1 {
		t.Errorf("%d schemas while it is open, want 1", n)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if n := schemas(); n != 0 {
		t.Errorf("%d schemas after Close, want none", n)
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ args, want string }{
		{"-workspaces 0", "-workspaces 0 must be between 1 and 100000"},
		{"-cooperations 10001", "-cooperations 10001 must be between 1 and 10000"},
		{"-clients -1", "-clients -1 must be between 1 and 1000"},
		{"-for 25h", "-for 25h0m0s must be between 0s and 24h"},
		{"sheet.csv", `"sheet.csv" is no option; load takes nothing else`},
	} {
		if err := run(t.Context(), strings.Fields(test.args), io.Discard, log.New(io.Discard, "", 0)); err == nil || err.Error() != test.want {
			t.Errorf("%s: %v, want %s", test.args, err, test.want)
		}
	}
}
