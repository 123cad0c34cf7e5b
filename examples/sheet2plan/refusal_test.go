package main

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestGermanRefusals asks for what cannot be, with -lang de.
func TestGermanRefusals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	sheet := write(t, "Name,Platform,Campaign,Date,Fee,Status\nIda,IG,Winter,2026-12-05,700 EUR,signed\n")
	db, link := file("crm.db"), "https://docs.google.com/spreadsheets/d/abc/edit"
	runOnce(t, "-db", db, sheet)
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{sheet, "-db", "x.db"}, "Optionen stehen vor der Tabelle: sheet2plan -db x.db " + sheet},
		{[]string{"-undo"}, "-undo nimmt einen Import in der Datei zurück, in der er steht; sie mit -db nennen"},
		{[]string{"-undo", "-plan", "-db", db}, "-undo und -plan passen nicht zusammen"},
		{[]string{"-undo", "-db", db, sheet}, "-undo liest keine Tabelle; " + sheet + " weglassen"},
		{[]string{"-undo", "-db", file("none.db")}, "es gibt keine Datenbank „" + file("none.db") + "“ und so nichts zurückzunehmen: "},
		{[]string{"-status", "-plan", link}, "-status sagt in der Tabelle, was ein Import getan hat; es passt weder zu -undo noch zu -plan"},
		{[]string{"-status", link}, "-status ist für einen Import, der bleibt; seine Datei mit -db nennen"},
		{[]string{"-status", "-db", db, sheet}, "-status schreibt in eine Google-Tabelle; ihren Link angeben"},
		{[]string{"-target", "Winter=1", "-plan", sheet},
			"-budget, -target und -month-budget schreiben; sie passen weder zu -undo noch zu -plan"},
		{[]string{"-width", "-1"}, "-width -1 ist keine Anzahl von Spalten"},
		{[]string{"-budget-tab", "Budgets"}, "-budget-tab ist ein Blatt der Datei mit der Tabelle; die Datei nennen"},
		{[]string{"-budget-tab", "*", sheet}, "-budget-tab nennt ein Blatt; es für jedes einmal angeben"},
		{[]string{"-month-budget", "12/26=5", sheet}, "-month-budget: kein Monat: „12/26“; erwartet wird Jahr-Monat wie 2026-06"},
		{[]string{"-budget", "Winter=much", sheet}, "-budget Winter=much: kein Betrag: „much“; erwartet wird eine einfache Zahl wie 1234.50"},
		{[]string{"-budget", "Winter=20.000", sheet}, "-budget Winter=20.000: hat mehr Nachkommastellen als EUR; schreiben wie 1234.50"},
		{[]string{"-budget", "Winter=-5", sheet}, "-budget Winter=-5: Kampagne budget „-5.00 EUR“: darf nicht negativ sein"},
		{[]string{"-budget", "Summer=5", "-db", db, sheet}, "-budget: es gibt keine Kampagne „Summer“, sondern Winter"},
		{[]string{"-plan", "-db", sheet}, "der Speicher ist ausgefallen: Datenbank „" + sheet +
			"“: diese Datei ist keine SQLite-Datenbank, oder sie ist verschlüsselt"},
		{[]string{"-db", sheet, sheet}, "der Speicher ist ausgefallen: Datenbank „" + sheet +
			"“: diese Datei ist keine SQLite-Datenbank, oder sie ist verschlüsselt"},
		{[]string{"-db", dir, sheet}, "der Speicher ist ausgefallen: Datenbank „" + dir + "“: das ist ein Ordner; eine Datei darin nennen"},
		{[]string{"-plan", "-db", dir, sheet}, "der Speicher ist ausgefallen: Datenbank „" + dir +
			"“: das ist ein Ordner; eine Datei darin nennen"},
		{[]string{"-db", file("none/crm.db"), sheet}, "der Speicher ist ausgefallen: Datenbank „" +
			file("none/crm.db") + "“: ihren Ordner „" + file("none") + "“ gibt es nicht; ihn vorher anlegen"},
		{[]string{"-currency", "USD", "-db", db, sheet},
			"die Datenbank ist in EUR, nicht in USD; -currency weglassen oder eine andere Datei nehmen"},
		{[]string{"-export", "x.csv", "-plan"}, "-export passt weder zu -undo noch zu -plan"},
		{[]string{"-export", file("b.csv"), "-report", file("b.csv")}, "-export und -report schreiben beide in „" +
			file("b.csv") + "“; für eine davon einen anderen Namen wählen"},
		{[]string{"-export", file("b.csv"), "-db", file("b.csv")},
			"-db „" + file("b.csv") +
				"“ ist die Datei der Datensätze; für das, was geschrieben wird, einen anderen Namen wählen"},
		{[]string{"-export", "x.ods"}, "-export „x.ods“ muss auf .csv oder .xlsx enden"},
		{[]string{"-export-months", "x.ods"}, "-export-months „x.ods“ muss auf .csv enden"},
		{[]string{"-report", "x.pdf"}, "-report „x.pdf“ muss auf .txt, .csv, .md, .svg oder .xlsx enden"},
		{[]string{"-report", file("none/x.csv")}, "es gibt keinen Ordner „" + file("none") + "“ für den Bericht"},
		{[]string{"-export", sheet}, "es gibt schon eine Datei „" + sheet + "“; einen anderen Namen für den Export wählen"},
		{[]string{"-export", file("x.csv"), "-db", file("none.db")}, "es gibt keine Datenbank „" + file("none.db") +
			"“ und so nichts zu exportieren: "},
		{[]string{file("none.csv")}, "es gibt keine Datei „" + file("none.csv") + "“; Namen und Ordner prüfen"},
		{[]string{dir}, "„" + dir + "“ ist ein Ordner; die Datei darin nennen"},
		{[]string{link}, "um eine Google-Tabelle zu lesen, in GOOGLE_APPLICATION_CREDENTIALS die Schlüsseldatei"},
	} {
		var stdout bytes.Buffer
		err := run(t.Context(), append([]string{"-lang", "de"}, test.args...), &stdout, &bytes.Buffer{})
		if err == nil || !strings.HasPrefix(err.Error(), test.want) || stdout.Len() > 0 {
			t.Errorf("%q: %v, want an error that begins with %q, and no output", test.args, err, test.want)
		}
	}
	runOnce(t, "-undo", "-db", db)
	err := run(t.Context(), []string{"-lang", "de", "-undo", "-db", db}, &bytes.Buffer{}, &bytes.Buffer{})
	if err == nil || err.Error() != "es gibt keinen Import, der sich zurücknehmen ließe" {
		t.Errorf("another undo: %v", err)
	}
	err = run(t.Context(), []string{"-lang", "de", "-undo", "-db", file("none.db")}, &bytes.Buffer{}, &bytes.Buffer{})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v does not wrap the cause", err)
	}
}

// TestEveryErrorHasGerman reads the program for errors that it makes itself.
func TestEveryErrorHasGerman(t *testing.T) {
	t.Parallel()
	saidByFlag := []string{ // while it reads the options, before the language is known
		"write field:word=meaning, like status:Stage B=signed",
		"write %s",
		"write the name, an equals sign and the amount, like Summer=20000",
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			literal, ok := call.Args[0].(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			switch calledName(call) {
			case "errors.New", "fmt.Errorf":
				if !slices.Contains(saidByFlag, text) {
					t.Errorf("%s makes the error %q, which has no German: call refuse", name, text)
				}
			case "refuse":
				if _, ok := ownGerman[text]; !ok {
					t.Errorf("%s refuses with %q, which ownGerman does not have", name, text)
				}
			}
			return true
		})
	}
}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if of, ok := f.X.(*ast.Ident); ok {
			return of.Name + "." + f.Sel.Name
		}
	}
	return ""
}
