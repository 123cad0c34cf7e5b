package sentence_test

import (
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

var update = flag.Bool("update", false, "write testdata/catalogue.txt anew")

var (
	codes = regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)*$`)
	verbs = regexp.MustCompile(`%(\[\d\])?\+?[a-zA-Z]`)
)

// TestCatalogue holds every entry to the form of the catalogue, and shows it with values in both languages.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	seen := map[string]bool{}
	for _, e := range sentence.All() {
		if seen[e.English] {
			t.Errorf("%q stands there twice", e.English)
		}
		seen[e.English] = true
		if e.Code != "" && !codes.MatchString(e.Code) {
			t.Errorf("%q is no code in snake case", e.Code)
		}
		if e.German == "" || (e.EnglishOne == "") != (e.GermanOne == "") {
			t.Errorf("%q has no German", e.English)
		}
		args := []any{}
		for n, verb := range verbs.FindAllString(e.English, -1) {
			switch verb[len(verb)-1] {
			case 'd':
				args = append(args, 1234+n)
			case 'U':
				args = append(args, '\t')
			default:
				args = append(args, string(rune('A'+n)))
			}
		}
		s := sentence.Of(e.English, args...)
		english, german := s.String(), s.In(language.German)
		if strings.Contains(english+german, "%!") || strings.Contains(english+german, "EXTRA") {
			t.Errorf("the values do not fit: %q, %q", english, german)
		}
		for _, v := range s.Values() {
			if strings.HasPrefix(v, "123") {
				v = v[:1] + "." + v[1:] // as German writes a number
			}
			if v != "9" && !strings.Contains(german, v) {
				t.Errorf("%q lacks the value %s", german, v)
			}
		}
		fmt.Fprintf(&shown, "%s\n\t%s\n\t%s\n", cmp.Or(e.Code, "-"), english, german)
	}
	golden := filepath.Join("testdata", "catalogue.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(shown.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(want), shown.String()); diff != "" {
		t.Errorf("(-want +got), go test -run TestCatalogue -update writes it anew:\n%s", diff)
	}
}

// Amounts, days, months, stages and rules are written in German in every sentence that they can stand in, and stay as they are
// in English and for programs.
func TestValuesAreWrittenInTheLanguage(t *testing.T) {
	t.Parallel()
	for _, v := range []struct {
		value           any
		english, german string
	}{
		{budget.FromMinor(2_657_702, "EUR"), "26577.02 EUR", "26.577,02 EUR"},
		{budget.MustParseDate("2026-12-01"), "2026-12-01", "01.12.2026"},
		{budget.MustParseDate("2026-12-01").Month(), "2026-12", "Dezember 2026"},
		{budget.Negotiating, "negotiating", "In Verhandlung"},
		{discount.StartsWith, "starts_with", "beginnt mit"},
		{discount.Rule{Match: discount.Equals, Pattern: "LENA10"}, "equals LENA10", "ist gleich LENA10"},
		{sentence.Moment(time.Date(2026, 11, 29, 22, 4, 0, 0, time.UTC)), "2026-11-29 22:04 UTC", "29.11.2026 22:04 UTC"},
		{sentence.Of("%s", budget.Signed), "signed", "Unterschrieben"},
	} {
		for _, e := range sentence.All() {
			args := []any{}
			written := 0
			for _, verb := range verbs.FindAllString(e.English, -1) {
				switch verb[len(verb)-1] {
				case 'd':
					args = append(args, 7)
				case 'U':
					args = append(args, '\t')
				default:
					args = append(args, v.value)
					written++
				}
			}
			s := sentence.Of(e.English, args...)
			if english, german := s.String(), s.In(language.German); written > 0 && (!strings.Contains(english, v.english) ||
				!strings.Contains(german, v.german) || !strings.Contains(e.German, "2026-") && strings.Contains(german, v.english)) {
				t.Errorf("%q: %q, %q", v.english, english, german)
			}
		}
	}
	for _, v := range []struct {
		value  any
		spoken string
	}{
		{budget.FromMinor(2_657_702, "EUR"), "26,577.02 EUR"}, {budget.MustParseDate("2026-12-01"), "1 Dec 2026"},
		{budget.MustParseDate("2026-12-01").Month(), "December 2026"}, {budget.Money{}, ""}, {"2026-12-01", "2026-12-01"},
		{sentence.Moment(time.Date(2026, 11, 29, 22, 4, 0, 0, time.UTC)), "29 Nov 2026 22:04 UTC"},
		{sentence.List{sentence.Of("%s", budget.FromMinor(1_000_00, "USD")), sentence.Of("all")}, "1,000.00 USD; all"},
	} {
		s := sentence.Of("%d are %s", 2, sentence.Of("%s", v.value))
		if got := s.Spoken(language.English); got != "2 are "+v.spoken {
			t.Errorf("%v for English readers: %s", v.value, got)
		}
		if got := s.Spoken(language.German); got != s.In(language.German) {
			t.Errorf("%v for German readers: %s", v.value, got)
		}
	}
	if got := sentence.Of("%q and %[2]s", "a \"b\"\t", sentence.Quoted("x")).In(language.German); got != `„a "b"\t“ and „x“` {
		t.Errorf("quoted: %s", got)
	}
}

// rooms are the files whose sentences are in the catalogue.
var rooms = []string{
	"crm/*.go", "crm/account/*.go", "crm/backend/*.go", "crm/wire/*.go", "crm/web/*.go", "crm/picture/*.go",
	"crm/attribution/*.go", "crm/qr/*.go",
	"crm/internal/fieldpath/*.go", "crm/internal/badjson/*.go",
	"discount/*.go", "utm/*.go", "budget/*.go", "budget/render/*.go", "budget/workbook/*.go",
	"storage/internal/tables/convert.go", "storage/transfer/*.go", "storage/sqlite/failed.go",
	"crm/history/*.go", "crm/duplicates/*.go",
	"sheetimport/*.go", "sheetimport/cell/*.go", "sheetimport/column/*.go", "sheetimport/sheet/*.go", "sheetimport/csvfile/*.go",
	"sheetimport/xlsxfile/*.go", "sheetimport/sheetfile/*.go", "sheetimport/google/*.go", "sheetimport/export/*.go",
	"sheetimport/report/*.go", "sheetimport/internal/source/*.go", "sheetimport/internal/records/*.go",
	"sheetimport/internal/texts/*.go",
	"crm/attribution/orders/*.go", "examples/server/api/attribution_problem.go",
	"examples/server/*/problem.go", "examples/server/imports/*.go", "examples/server/refusal/*.go",
	"examples/server/pages/language.go", "examples/server/pages/query.go",
}

// notSaid are texts of the rooms that are no sentences for people who use the product: what is stored, names of things
// in English, and errors of calls that a program makes with values of its own.
var notSaid = map[string][]string{
	"crm/account/handle.go":        {"*"}, // lists of words
	"crm/account/platform.go":      {"*"},
	"crm/claims_ahead.go":          {"the claims have not been read yet"},
	"crm/clone_month.go":           {"January 2006"},
	"crm/duplicates/finder.go":     {" and @"},
	"crm/erase_fields.go":          {"Erased person"},
	"crm/import_run.go":            {"%d bytes"},
	"crm/merge_influencer.go":      {" and %d more"},
	"crm/merge_profiles.go":        {"%d on %s"},
	"crm/unit_names.go":            {"%s (%d)"},
	"crm/picture_check.go":         {" behind the end", "chunk %+q"},
	"crm/service.go":               {"the operation panicked, or ended its goroutine", "a dry run writes nothing", "unit of work"},
	"crm/reason.go":                {"undo of a change on ", " UTC by ", " are one", "2006-01-02 15:04"}, // what is stored
	"crm/workspace.go":             {"negotiating %s, draft %s", "time zone %q"},
	"discount/benefit.go":          {" % off", "a number of too many digits", "free shipping"},
	"discount/match.go":            {"starts with", "ends with"},
	"discount/rule.go":             {"invalid discount rule"},
	"budget/money.go":              {"an amount of ", "an amount below the smallest unit", "no amount"},
	"crm/picture/lookalike.go":     {"<!doctype html"},
	"budget/render/csv.go":         {"*"}, // headers for programs
	"budget/render/svg_style.go":   {"*"}, // a style sheet
	"budget/render/svg_letters.go": {"*"}, // lists of letters
	"crm/workspace_unfinished.go":  {"Unfinished copy up to change "},
	"storage/transfer/line.go":     {"%d bytes"},
	"storage/transfer/target.go":   {"%s%d of unit %s"},
	"storage/transfer/transfer.go": {"entries per unit"},

	"sheetimport/account.go":           {"import run: the account has no place for its rows"},
	"sheetimport/row_read.go":          {"No campaign"},
	"sheetimport/row_custom.go":        {"%s (%d)"},
	"sheetimport/resolver_profiles.go": {" (%d followers)"},
	"sheetimport/layout_headings.go":   {"Deal status"},                                            // a header
	"sheetimport/layout.go":            {"Posting date", "End date", "Fixed costs", "Deal status"}, // headers
	"sheetimport/row_total.go": {"grand total", "sub total", "total sum", "sum total", "total amount",
		"total costs", "total cost", "in total"},
	"sheetimport/cell/codes.go":          {"beginnt mit", "startet mit", "endet auf", "endet mit", "ist gleich"},
	"sheetimport/cell/error.go":          {"%s (%s)"},
	"sheetimport/cell/text.go":           {"k. a."},
	"sheetimport/cell/yesno.go":          {"not checked", "nicht angehakt"},
	"sheetimport/column/synonyms.go":     {"*"}, // lists of headers, and their meanings, which Column.Reason says
	"sheetimport/export/layout.go":       {"*"}, // headers of Klar's template
	"sheetimport/export/xlsx.go":         {"*"}, // XML
	"sheetimport/report/text.go":         {"  %-*s %6d%s\n"},
	"sheetimport/importer.go":            {"plan import"},
	"sheetimport/xlsxfile/parts.go":      {"there is no such part"}, // damagedPart stands for these
	"sheetimport/xlsxfile/plain.go":      {"*"},                     // XML
	"sheetimport/xlsxfile/rows.go":       {"rows out of order", "cells out of order", "fewer rows than there are"},
	"sheetimport/xlsxfile/xlsxfile.go":   {"the workbook is not as Excel writes it: %v"},
	"sheetimport/google/errors.go":       {"API key"},
	"sheetimport/currencies.go":          {"%s (%d)"},
	"sheetimport/column/variable.go":     {"cost reference"},
	"sheetimport/internal/texts/size.go": {"%d MB", "%d KB", "%d bytes"},
	"sheetimport/cell/date_text.go":      {"15 04"},

	"crm/attribution/orders/columns.go": {"*"}, // headers of shops' exports
	"crm/attribution/orders/moment.go": {"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 Z07:00",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05", "2006-01-02 15:04",
		"02.01.2006 15:04:05", "02.01.2006 15:04"},
	"crm/internal/badjson/badjson.go": {"unexpected end of JSON input", "exceeded max depth",
		"after top-level value"}, // encoding/json says them
	"crm/attribution/orders/order.go": {"(not set)"},
	"crm/attribution/orders/table.go": {"line too long"},

	"storage/sqlite/failed.go": {"database cannot be opened"}, // logged

	"examples/server/imports/apply.go": {"an import failed", "how an import ended is not stored", "a plan that is not begun is not given back",
		"the choices of an import are too many to be kept for the next one"}, // logged
	"examples/server/imports/errors.go":  {"somebody has cancelled the import", "another process has taken the import for lost"}, // causes
	"examples/server/imports/form.go":    {"the upload is not kept"},                                                             // for the log
	"examples/server/imports/service.go": {"the server ends", "plans of imports that have expired are still there"},
}

// TestEverySentenceIsInTheCatalogue reads the source: a text of more than one word in it is in the catalogue, or is known
// not to be said to people, and what is in the catalogue is said somewhere.
func TestEverySentenceIsInTheCatalogue(t *testing.T) {
	t.Parallel()
	unsaid, known := map[string]bool{}, map[string]bool{}
	for _, e := range sentence.All() {
		// The plural of a kind is made of its name, package time has the months and days, and package context says how one ended.
		unsaid[e.English] = !kinds.MatchString(e.English)
		known[e.English] = true
	}
	for _, room := range rooms {
		files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(room)))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", room, len(files), err)
		}
		for _, file := range files {
			name := path.Dir(room) + "/" + filepath.Base(file)
			if strings.HasSuffix(file, "_test.go") || name == "budget/render/german.go" { // a catalogue too
				continue
			}
			for text := range texts(t, file) {
				unsaid[text] = false
				if !known[text] && isSentence(text) && !slices.Contains(notSaid[name], text) && !slices.Contains(notSaid[name], "*") {
					t.Errorf("%s: not in the catalogue: %q", name, text)
				}
			}
		}
	}
	for _, text := range slices.Sorted(maps.Keys(unsaid)) {
		if unsaid[text] {
			t.Errorf("nobody says %q", text)
		}
	}
}

var kinds = regexp.MustCompile(`^(workspace|member|campaign|influencer|import run)s$|` +
	`^(January|February|March|April|May|June|July|August|September|October|November|December)$|^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|^context `)

// drawn are the classes of a text in a drawing, which begin with the size of its letters, and the paths of shapes.
var drawn = regexp.MustCompile(`^s\d+( [a-z-]+)* ?$|^M%v [%vLHVZ ]+$`)

// isSentence reports whether a text has more than one word, or words beside values.
func isSentence(text string) bool {
	words := strings.Fields(verbs.ReplaceAllString(text, ""))
	if drawn.MatchString(text) {
		return false
	}
	return strings.Contains(strings.TrimSpace(text), " ") && slices.ContainsFunc(words, func(w string) bool { return len(w) > 1 })
}

// texts are the constant texts of a file, but for imports, tags, what only wraps an error, and the names of operations.
func texts(t *testing.T, file string) map[string]bool {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			n.Tag = nil
		case *ast.CallExpr:
			if wordLists[called(n)] {
				return false
			}
			n.Args = slices.DeleteFunc(n.Args, func(arg ast.Expr) bool {
				text, ok := constantText(arg)
				return called(n) == "panic" || ok && (strings.Contains(text, "%w") || operations[called(n)])
			})
		case ast.Expr:
			if text, ok := constantText(n); ok {
				found[text] = true
				return false
			}
		}
		return true
	})
	return found
}

// operations are the functions that are given the name of an operation, or say what only a programmer reads.
var operations = map[string]bool{
	"mustBeGiven": true, "update": true, "read": true, "view": true, "follow": true, "Named": true,
	"ErrorContext": true,
}

// wordLists are the functions that are given patterns, and lists of words that sheets use.
var wordLists = map[string]bool{
	"MustCompile": true, "Phrases": true, "Set": true, "indexPhrases": true, "indexMonths": true, "indexWeekdays": true, "indexStatuses": true,
	"indexSigns": true, "indexAmbiguous": true, "wordSet": true,
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func constantText(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			return constant.StringVal(constant.MakeFromLiteral(e.Value, token.STRING, 0)), true
		}
	case *ast.BinaryExpr:
		left, ok := constantText(e.X)
		right, both := constantText(e.Y)
		return left + right, ok && both && e.Op == token.ADD
	}
	return "", false
}
