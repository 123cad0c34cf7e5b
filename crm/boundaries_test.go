package crm_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const (
	module   = "github.com/getklar/influencercrm/"
	excelize = "github.com/xuri/excelize"
	// planner is the package sheetimport alone, without the rooms below it.
	planner = module + "sheetimport$"
)

// TestBoundaries holds the packages to the arrows of the house: what a package may need, directly or through others.
func TestBoundaries(t *testing.T) {
	t.Parallel()
	// What no package of the domain may need. The driver sub-package of database/sql comes with decimal and uuid and
	// opens nothing.
	outside := []string{"net/http", "database/sql", "github.com/jmoiron/sqlx", "github.com/Masterminds/squirrel",
		"github.com/pressly/goose", "modernc.org/sqlite", "github.com/jackc/pgx", "github.com/schollz/progressbar",
		"golang.org/x/oauth2", excelize, "pgregory.net/rapid", "github.com/google/go-cmp", "testing", module + "storage", module + "examples"}
	// What the packages that all SQL databases share may not need: a driver, and what stands above them.
	belowDrivers := []string{"net/http", "testing", "modernc.org/sqlite", "github.com/jackc/pgx", "github.com/pressly/goose", module + "storage/sqlite",
		module + "storage/postgres", module + "storage/memory", module + "sheetimport", module + "examples"}
	// What only the packages that keep something in memory and in order may need. It has no dependencies of its own.
	_ = append([]string{"github.com/tidwall/btree"}, outside...)
	const theCRM = module + "crm$" // the package itself, not those below its folder
	leaf := append([]string{"github.com/tidwall/btree"}, outside...)
	// Only those that read workbooks may need excelize, and the net/http that it brings.
	withExcelize := slices.DeleteFunc(slices.Clone(outside), func(pkg string) bool { return pkg == excelize || pkg == "net/http" })
	rules := []struct {
		pkg       string
		forbidden []string
	}{
		{"utm", append([]string{module + "crm", module + "discount", module + "budget", module + "sheetimport"}, outside...)},
		{"discount", append([]string{module + "crm", module + "utm", module + "budget", module + "sheetimport"}, outside...)},
		{"budget", append([]string{module + "crm", module + "utm", module + "discount", module + "sheetimport", module + "budget/render"}, outside...)},
		{"budget/render", append([]string{module + "crm", module + "utm", module + "discount", module + "sheetimport"}, outside...)},
		{"crm", append([]string{module + "crm/history", module + "crm/wire", module + "crm/duplicates", module + "crm/backend", module + "crm/picture",
			module + "sheetimport", module + "budget/render", "golang.org/x/image"}, outside...)},
		{"crm/account", append([]string{theCRM, module + "crm/internal/keyset", module + "budget", module + "sheetimport"}, outside...)},
		{"crm/internal/text", append([]string{theCRM, module + "budget", module + "sheetimport"}, outside...)},
		{"crm/internal/fieldpath", append([]string{theCRM, module + "budget", module + "sheetimport"}, outside...)},
		{"crm/internal/keyset", append([]string{theCRM, module + "utm", module + "discount", module + "budget", module + "sheetimport"}, outside...)},
		{"crm/internal/imagefile", append([]string{theCRM, module + "utm", module + "discount", module + "budget", module + "sheetimport"}, outside...)},
		{"crm/backend", append([]string{module + "crm/history", module + "crm/wire", module + "crm/duplicates", module + "crm/picture", module + "sheetimport"}, outside...)},
		{"crm/history", append([]string{module + "crm/wire", module + "crm/duplicates", module + "crm/backend", module + "crm/picture", module + "sheetimport"}, outside...)},
		{"crm/wire", append([]string{module + "crm/history", module + "crm/duplicates", module + "crm/backend", module + "crm/picture", module + "sheetimport"}, outside...)},
		{"crm/duplicates", append([]string{module + "crm/history", module + "crm/wire", module + "crm/backend", module + "crm/picture", module + "sheetimport"}, outside...)},
		{"crm/picture", append([]string{theCRM, module + "utm", module + "discount", module + "budget", module + "sheetimport"}, outside...)},
		{"sheetimport", append([]string{module + "budget/render", module + "sheetimport/google"}, outside...)},
		{"sheetimport/google", []string{"database/sql", "testing", "google.golang.org/api", "google.golang.org/grpc", "cloud.google.com", module + "budget/render", module + "storage", module + "examples"}},
		{"utm", append([]string{module + "crm", module + "discount", module + "budget", module + "sheetimport"}, leaf...)},
		{"discount", append([]string{module + "crm", module + "utm", module + "budget", module + "sheetimport"}, leaf...)},
		{"budget", append([]string{module + "crm", module + "utm", module + "discount", module + "sheetimport", module + "budget/render"}, leaf...)},
		{"budget/render", append([]string{module + "crm", module + "utm", module + "discount", module + "sheetimport"}, leaf...)},
		{"crm", append([]string{module + "sheetimport", module + "budget/render", "golang.org/x/image"}, outside...)},
		{"crm/internal/claims", append([]string{module + "crm", module + "sheetimport", module + "budget/render", "github.com/google/uuid"}, outside...)},
		{"crm/picture", append([]string{module + "crm", module + "utm", module + "discount", module + "budget", module + "sheetimport"}, leaf...)},
		{"crm/picture", append([]string{module + "crm", module + "utm", module + "discount", module + "budget", module + "sheetimport"}, outside...)},
		{"sheetimport/sheet", append(otherRooms("sheet"), append([]string{module + "crm", module + "utm", module + "discount", module + "budget", "golang.org/x", "github.com/shopspring"}, outside...)...)},
		{"sheetimport/cell", append(otherRooms("cell", "sheet"), outside...)},
		{"sheetimport/column", append(otherRooms("column", "sheet", "cell"), outside...)},
		{"sheetimport/csvfile", append(otherRooms("csvfile", "sheet", "cell", "column"), outside...)},
		{"sheetimport/xlsxfile", append(otherRooms("xlsxfile", "sheet", "cell", "column"), withExcelize...)},
		{"sheetimport/sheetfile", append(otherRooms("sheetfile", "sheet", "cell", "column", "csvfile", "xlsxfile"), withExcelize...)},
		{"sheetimport/export", append(otherRooms("export", "sheet", "cell", "column"), outside...)},
		{"sheetimport", append(otherRooms("", "sheet", "cell", "column"), outside...)},
		{"sheetimport/report", append(otherRooms("report", "sheet", "cell", "column", ""), outside...)},
		{"sheetimport/google", append(otherRooms("google", "sheet", "cell", "column"), excelize, "database/sql", "testing", "google.golang.org/api", "google.golang.org/grpc", "cloud.google.com", module+"budget/render", module+"storage", module+"examples")},
		{"storage/memory", []string{"database/sql", "net/http", "testing", module + "storage/sqlite", module + "storage/internal/sqlstore", module + "storage/internal/migrate", module + "sheetimport", module + "examples"}},
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

// within reports whether a package is another one or, unless the other ends with a dollar sign, lies below it.
// otherRooms are the rooms of sheetimport but for those that are named; "" is the planner.
func otherRooms(allowed ...string) []string {
	var others []string
	for _, room := range []string{"", "sheet", "cell", "column", "csvfile", "xlsxfile", "sheetfile", "google", "export", "report"} {
		switch {
		case slices.Contains(allowed, room):
		case room == "":
			others = append(others, planner)
		default:
			others = append(others, module+"sheetimport/"+room)
		}
	}
	return append(others, module+"budget/render")
}

// within reports whether a package is another one or lies below it.
func within(pkg, root string) bool {
	if exact, ok := strings.CutSuffix(root, "$"); ok {
		return pkg == exact
	}
	if root == "database/sql" || root == "testing" {
		return pkg == root
	}
	return pkg == strings.TrimSuffix(root, "$") || strings.HasPrefix(pkg, root+"/")
}
