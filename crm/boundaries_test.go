package crm_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/getklar/influencercrm/"

// TestBoundaries holds the packages to the arrows of the house: what a package may need, directly or through others.
func TestBoundaries(t *testing.T) {
	t.Parallel()
	// What no package of the domain may need. The driver sub-package of database/sql comes with decimal and uuid and
	// opens nothing.
	outside := []string{"net/http", "database/sql", "github.com/jmoiron/sqlx", "github.com/Masterminds/squirrel",
		"github.com/pressly/goose", "modernc.org/sqlite", "github.com/jackc/pgx", "github.com/schollz/progressbar",
		"golang.org/x/oauth2", "pgregory.net/rapid", "github.com/google/go-cmp", "testing", module + "storage", module + "examples"}
	// What the packages that all SQL databases share may not need: a driver, and what stands above them.
	belowDrivers := []string{"net/http", "testing", "modernc.org/sqlite", "github.com/jackc/pgx", "github.com/pressly/goose", module + "storage/sqlite",
		module + "storage/postgres", module + "storage/memory", module + "sheetimport", module + "examples"}
	// What only the packages that keep something in memory and in order may need. It has no dependencies of its own.
	leaf := append([]string{"github.com/tidwall/btree"}, outside...)
	rules := []struct {
		pkg       string
		forbidden []string
	}{
		{"utm", append([]string{module + "crm", module + "discount", module + "budget", module + "sheetimport"}, leaf...)},
		{"discount", append([]string{module + "crm", module + "utm", module + "budget", module + "sheetimport"}, leaf...)},
		{"budget", append([]string{module + "crm", module + "utm", module + "discount", module + "sheetimport", module + "budget/render"}, leaf...)},
		{"budget/render", append([]string{module + "crm", module + "utm", module + "discount", module + "sheetimport"}, leaf...)},
		{"crm", append([]string{module + "sheetimport", module + "budget/render", "golang.org/x/image"}, outside...)},
		{"crm/internal/claims", append([]string{module + "crm", module + "sheetimport", module + "budget/render", "github.com/google/uuid"}, outside...)},
		{"crm/picture", append([]string{module + "crm", module + "utm", module + "discount", module + "budget", module + "sheetimport"}, leaf...)},
		{"sheetimport", append([]string{module + "budget/render", module + "sheetimport/google"}, outside...)},
		{"sheetimport/google", []string{"database/sql", "testing", "google.golang.org/api", "google.golang.org/grpc", "cloud.google.com", module + "budget/render", module + "storage", module + "examples"}},
		{"storage/memory", []string{"database/sql", "net/http", "testing", module + "storage/sqlite", module + "storage/internal/sqlstore", module + "storage/internal/dialect", module + "storage/internal/migrate", module + "sheetimport", module + "examples"}},
		{"storage/sqlite", []string{"net/http", "testing", "github.com/jackc/pgx", module + "storage/postgres", module + "storage/memory", module + "storage/storagetest", module + "sheetimport", module + "examples"}},
		{"storage/postgres", []string{"net/http", "testing", "modernc.org/sqlite", "github.com/testcontainers", module + "storage/sqlite", module + "storage/memory", module + "storage/storagetest", module + "storage/internal/pgtest", module + "sheetimport", module + "examples"}},
		{"storage/internal/sqlstore", append([]string{module + "storage/internal/migrate"}, belowDrivers...)},
		{"storage/internal/tables", append([]string{module + "storage/internal/unit", module + "storage/internal/stmtcache", module + "storage/internal/sqlstore", module + "storage/internal/gate"}, belowDrivers...)},
		{"storage/internal/unit", append([]string{module + "storage/internal/tables", module + "storage/internal/sqlstore"}, belowDrivers...)},
		{"storage/internal/stmtcache", append([]string{"github.com/Masterminds/squirrel", module + "crm", module + "storage/internal/unit", module + "storage/internal/tables", module + "storage/internal/dialect"}, belowDrivers...)},
		{"storage/internal/dialect", append([]string{"github.com/jmoiron/sqlx", module + "storage/internal/sqlstore", module + "storage/internal/unit", module + "storage/internal/tables"}, belowDrivers...)},
	}
	for _, rule := range rules {
		t.Run(rule.pkg, func(t *testing.T) {
			t.Parallel()
			out, err := exec.Command("go", "list", "-deps", module+rule.pkg).Output()
			if err != nil {
				t.Fatalf("go list: %v", err)
			}
			for dep := range strings.FieldsSeq(string(out)) {
				if i := slices.IndexFunc(rule.forbidden, func(f string) bool { return within(dep, f) }); i >= 0 && dep != module+rule.pkg {
					t.Errorf("%s needs %s, which is not allowed: no %s here", rule.pkg, dep, rule.forbidden[i])
				}
			}
		})
	}
}

// within reports whether a package is another one or lies below it.
func within(pkg, root string) bool {
	if root == "database/sql" || root == "testing" {
		return pkg == root
	}
	return pkg == root || strings.HasPrefix(pkg, root+"/")
}
