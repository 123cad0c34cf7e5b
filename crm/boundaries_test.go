package crm_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/getklar/influencercrm/"

// arrows is the house: each package, the packages of this module that it may import itself, and after the bar the
// modules of others. A package that is missing here, an import without an arrow and an arrow without an import fail.
// The programs in examples may import everything.
const arrows = `
utm                           ->                                                     | x/text
discount                      ->                                                     | decimal x/text
budget                        ->                                                     | decimal x/text
budget/written                -> budget                                              | x/text
budget/render                 -> budget budget/written                               | x/text
budget/workbook               -> budget budget/render                                | excelize x/text

crm/internal/text             -> discount                                            | x/text
crm/sentence                  -> budget budget/written discount                      | x/text
crm/internal/badjson          -> crm/sentence                                        |
crm/internal/fieldpath        -> budget crm/sentence discount utm                    |
crm/internal/keyset           ->                                                     | uuid
crm/internal/imagefile        ->                                                     |
crm/internal/claims           -> budget discount                                     | btree
crm/account                   -> crm/internal/text                                   |
crm                           -> budget discount utm crm/account crm/internal/* crm/sentence | decimal uuid phonenumbers x/text
crm/backend                   -> budget crm crm/internal/keyset crm/sentence | uuid
crm/qr                        -> crm/sentence utm                                    | go-qr
crm/attribution               -> budget crm crm/account crm/internal/fieldpath crm/sentence discount utm | decimal
crm/attribution/orders        -> budget crm/attribution crm/internal/badjson crm/sentence utm | decimal x/text
crm/duplicates                -> crm crm/account crm/sentence                        | x/text
crm/history                   -> budget crm crm/account crm/internal/text crm/sentence discount | x/text
crm/wire                      -> crm crm/internal/badjson crm/internal/fieldpath crm/sentence | decimal uuid
crm/web                       -> crm crm/sentence crm/wire                           | x/text
crm/picture                   -> crm/internal/imagefile crm/sentence                 | x/image

sheetimport/internal/texts    -> crm/sentence                                         |
sheetimport/sheet             -> sheetimport/internal/texts crm/sentence              |
sheetimport/cell              -> budget crm crm/account discount sheetimport/sheet sheetimport/internal/texts crm/sentence | decimal x/text
sheetimport/column            -> budget crm crm/account sheetimport/cell sheetimport/sheet sheetimport/internal/texts crm/sentence | decimal x/text
sheetimport/internal/source   -> sheetimport/cell sheetimport/sheet sheetimport/internal/texts crm/sentence | x/text
sheetimport/csvfile           -> sheetimport/cell sheetimport/column sheetimport/sheet sheetimport/internal/source crm/sentence |
sheetimport/xlsxfile          -> budget sheetimport/cell sheetimport/column sheetimport/sheet sheetimport/internal/source sheetimport/internal/texts crm/sentence | decimal excelize
sheetimport/sheetfile         -> sheetimport/column sheetimport/csvfile sheetimport/xlsxfile sheetimport/sheet sheetimport/internal/source sheetimport/internal/texts crm/sentence |
sheetimport/google            -> crm sheetimport/cell sheetimport/column sheetimport/sheet sheetimport/internal/texts crm/sentence | x/oauth2 x/text
sheetimport/internal/records  -> budget crm crm/account discount utm sheetimport/cell sheetimport/column sheetimport/internal/texts |
sheetimport/export            -> budget crm sheetimport/column sheetimport/sheet sheetimport/internal/records sheetimport/internal/texts crm/sentence |
sheetimport                   -> budget crm crm/account discount utm sheetimport/cell sheetimport/column sheetimport/sheet sheetimport/internal/records sheetimport/internal/texts crm/sentence | decimal uuid x/text
sheetimport/report            -> sheetimport sheetimport/column sheetimport/internal/texts crm/sentence | x/text
sheetimport/internal/xlsxtest ->                                                     | excelize

storage                       ->                                                     |
storage/internal/gate         -> crm                                                 |
storage/internal/dialect      -> crm                                                 | squirrel
storage/internal/stmtcache    ->                                                     | sqlx
storage/internal/unit         -> crm storage/internal/dialect storage/internal/gate storage/internal/stmtcache | sqlx uuid
storage/internal/tables       -> budget crm crm/account crm/backend discount utm storage/internal/dialect crm/sentence | decimal squirrel sqlx uuid
storage/internal/sqlstore     -> budget crm crm/account crm/backend storage/internal/dialect storage/internal/tables storage/internal/unit | squirrel sqlx uuid
storage/internal/migrate      ->                                                     | goose
storage/memory                -> budget crm crm/account crm/backend storage/internal/gate               | btree uuid
storage/sqlite                -> crm crm/sentence storage/internal/dialect storage/internal/migrate storage/internal/sqlstore | goose sqlite squirrel
storage/postgres              -> crm storage/internal/dialect storage/internal/migrate storage/internal/sqlstore | goose pgx squirrel
storage/soundness             -> budget crm crm/account utm                          | go-cmp
storage/transfer              -> crm crm/sentence                                    | uuid
storage/storagetest           -> budget crm crm/account crm/backend discount utm     | decimal go-cmp uuid x/text
storage/internal/quickdir     ->                                                     |
storage/internal/pgtest       -> storage/postgres storage/internal/quickdir          | pgx testcontainers uuid
storage/internal/operations   -> budget crm crm/duplicates                           | uuid
storage/internal/sidebyside   ->                                                     |
`

// modules are the short names of other people's modules in arrows.
var modules = map[string]string{
	"btree": "github.com/tidwall/btree", "decimal": "github.com/shopspring/decimal", "excelize": "github.com/xuri/excelize/v2",
	"go-cmp": "github.com/google/go-cmp", "goose": "github.com/pressly/goose/v3", "pgx": "github.com/jackc/pgx/v5",
	"go-qr":        "github.com/piglig/go-qr",
	"phonenumbers": "github.com/nyaruka/phonenumbers", "sqlite": "modernc.org/sqlite", "sqlx": "github.com/jmoiron/sqlx",
	"squirrel": "github.com/Masterminds/squirrel", "testcontainers": "github.com/testcontainers/testcontainers-go",
	"uuid": "github.com/google/uuid", "x/image": "golang.org/x/image", "x/oauth2": "golang.org/x/oauth2", "x/text": "golang.org/x/text",
}

// weights are what a package must not need through others either, because everybody who imports it would pay for it:
// the packages below a folder, but for some, and what they must not need. The driver sub-package of database/sql
// comes with decimal and uuid, and opens nothing.
var weights = []struct {
	below  string
	except []string
	never  []string
}{
	{"utm", nil, []string{"net/http", "database/sql", "testing"}},
	{"discount", nil, []string{"net/http", "database/sql", "testing"}},
	{"budget", []string{"budget/workbook"}, []string{"net/http", "database/sql", "testing", "github.com/xuri/excelize/v2"}},
	{"budget/workbook", nil, []string{"database/sql", "testing"}},
	{"crm", nil, []string{"database/sql", "testing"}},
	{"crm", []string{"crm/web"}, []string{"net/http"}},
	{"crm", []string{"crm/picture"}, []string{"golang.org/x/image/draw"}},
	{"sheetimport", []string{"sheetimport/google", "sheetimport/xlsxfile", "sheetimport/sheetfile", "sheetimport/internal/xlsxtest"},
		[]string{"net/http", "database/sql", "testing", "github.com/xuri/excelize/v2"}},
	{"storage/memory", nil, []string{"net/http", "database/sql", "testing"}},
	{"storage/transfer", nil, []string{"net/http", "database/sql", "testing"}},
	{"storage/sqlite", nil, []string{"net/http", "testing", "github.com/jackc/pgx/v5"}},
	{"storage/postgres", nil, []string{"net/http", "testing", "modernc.org/sqlite"}},
}

// TestBoundaries holds every package to the arrows of the house.
func TestBoundaries(t *testing.T) {
	t.Parallel()
	type rule struct {
		own, others []string
		used        map[string]bool
	}
	house := map[string]rule{}
	for line := range strings.Lines(arrows) {
		pkg, may, ok := strings.Cut(line, "->")
		if !ok {
			continue
		}
		own, others, _ := strings.Cut(may, "|")
		house[strings.TrimSpace(pkg)] = rule{strings.Fields(own), strings.Fields(others), map[string]bool{}}
	}
	found := map[string]bool{}
	for _, pkg := range packages(t) {
		name := strings.TrimPrefix(pkg.ImportPath, module)
		if strings.HasPrefix(name, "examples/") {
			continue
		}
		found[name] = true
		r, known := house[name]
		if !known {
			t.Errorf("%s is not in the table of arrows", name)
			continue
		}
		for _, imported := range pkg.Imports {
			own, isOwn := strings.CutPrefix(imported, module)
			var entry int
			switch {
			case isOwn:
				if entry = slices.IndexFunc(r.own, func(may string) bool { return matches(may, own) }); entry >= 0 {
					r.used[r.own[entry]] = true
				}
			case strings.Contains(strings.Split(imported, "/")[0], "."):
				entry = slices.IndexFunc(r.others, func(short string) bool { return within(imported, modules[short]) })
				if entry >= 0 {
					r.used[r.others[entry]] = true
				}
			default: // the standard library
				continue
			}
			if entry < 0 {
				t.Errorf("%s imports %s, for which there is no arrow", name, imported)
			}
		}
		for _, w := range weights {
			if !within(name, w.below) || slices.Contains(w.except, name) {
				continue
			}
			for _, never := range w.never {
				if slices.Contains(pkg.Deps, never) {
					t.Errorf("%s needs %s, perhaps through others", name, never)
				}
			}
		}
	}
	for name, r := range house {
		if !found[name] {
			t.Errorf("there is no package %s", name)
		}
		for _, entry := range slices.Concat(r.own, r.others) {
			if !r.used[entry] {
				t.Errorf("%s does not use its arrow to %s", name, entry)
			}
		}
	}
}

type listed struct {
	ImportPath    string
	Imports, Deps []string
}

// packages lists the packages of the module without their tests.
func packages(t *testing.T) (all []listed) {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var pkg listed
		if err := d.Decode(&pkg); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, pkg)
	}
}

// matches reports whether an entry of the table names a package; one that ends in /* names all in its folder.
func matches(entry, pkg string) bool {
	folder, all := strings.CutSuffix(entry, "/*")
	return entry == pkg || all && strings.HasPrefix(pkg, folder+"/")
}

// within reports whether a package is another one or lies below it.
func within(pkg, root string) bool {
	return root != "" && (pkg == root || strings.HasPrefix(pkg, root+"/"))
}

// TestContributingNamesFiles holds the answers of "Where is …" to files that exist.
func TestContributingNamesFiles(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../.github/CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, answers, _ := strings.Cut(string(text), "### Where is …")
	answers, _, _ = strings.Cut(answers, "\n- ")
	paths := regexp.MustCompile("`([a-z]+/[^` ]*)`").FindAllStringSubmatch(answers, -1)
	if len(paths) < 12 {
		t.Fatalf("only %d files are named", len(paths))
	}
	for _, p := range paths {
		if found, err := filepath.Glob(filepath.Join("..", p[1])); err != nil || len(found) == 0 {
			t.Errorf("there is no %s", p[1])
		}
	}
}
