package main

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// reported is the report that the program writes into a file, and what it says on the way.
func reported(t *testing.T, name string, args ...string) (file, out string) {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	out, _ = runOnce(t, append([]string{"-report", name}, args...)...)
	if want := name + ": the report of 2026-11-28\n"; !strings.HasSuffix(out, want) {
		t.Errorf("does not end with %q:\n%s", want, out)
	}
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content), out
}

// A report is written as the end of the file's name says, and has the figures that the terminal shows.
func TestReportFile(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "crm.db")
	text, out := reported(t, "plan.txt", "-db", db, "../sample/klar-sheet.csv")
	_, shown, _ := strings.Cut(out, "\n\n")
	if !strings.HasPrefix(shown, text) {
		t.Errorf("the text is not what is shown (-shown +file):\n%s", cmp.Diff(shown, text))
	}

	table, out := reported(t, "plan.CSV", "-db", db)
	if strings.Contains(out, "created") {
		t.Errorf("with -db and no sheet it imports:\n%s", out)
	}
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil || rows[1][0] != "total" || rows[1][8] != "486116.12" {
		t.Errorf("%v, the CSV file begins with %v", err, rows[:2])
	}

	markdown, _ := reported(t, "plan.md", "-db", db, "-past")
	for _, want := range []string{
		"# Budget in EUR on 2026-11-28, forecast 486,116.12\n", "\n| December 2026 | 57,174.75 | 0.00 | 0.00 | 57,174.75 | 57,174.75 |\n",
		"\n| May 2026 |", "\n| Black Week 2026 | 50,807.89 |",
	} {
		if !strings.Contains(markdown, want) {
			t.Errorf("lacks %q:\n%s", want, markdown)
		}
	}

	drawing, _ := reported(t, "plan.svg", "-db", db, "-month-budget", "2026-12=50000")
	for decoder := xml.NewDecoder(strings.NewReader(drawing)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"<title", ">57,174.75</text>", ">50,000.00</text>", "December 2026: 7,174.75 over with what is signed"} {
		if !strings.Contains(drawing, want) {
			t.Errorf("the drawing lacks %q", want)
		}
	}
}

// A workbook has the same figures, and the chart.
func TestReportWorkbook(t *testing.T) {
	t.Parallel()
	content, _ := reported(t, "plan.xlsx", "../sample/klar-sheet.csv")
	f, err := excelize.OpenReader(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Months")
	if err != nil {
		t.Fatal(err)
	}
	if last := rows[len(rows)-1]; last[0] != "Total" || last[5] != "486,116.12 EUR" {
		t.Errorf("the last row is %q", last)
	}
	if sheets := f.GetSheetList(); len(sheets) != 5 || sheets[4] != "Chart" {
		t.Errorf("the sheets are %q", sheets)
	}
}

// In German the report is in German, but for CSV, which programs read.
func TestReportFileInGerman(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for end, want := range map[string]string{
		".txt": "Dezember 2026          57.174,75", ".md": "| Dezember 2026 | 57.174,75 |", ".svg": ">Dez</text>",
		".csv": "December 2026,2026-12,EUR,57174.75",
	} {
		name := filepath.Join(dir, "plan"+end)
		out, _ := runOnce(t, "-lang", "de", "-report", name, "../sample/klar-sheet.csv")
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(content), want) || !strings.HasSuffix(out, name+": der Bericht vom 2026-11-28\n") {
			t.Errorf("%s lacks %q:\n%s", end, want, content)
		}
	}
}

// A file that cannot be a report is told of before anything is written.
func TestReportFileIsCheckedFirst(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "crm.db")
	if err := run(t.Context(), []string{"-db", db, "-report", "plan.pdf"}, &bytes.Buffer{}, &bytes.Buffer{}); err == nil {
		t.Error("a report was written as .pdf")
	}
	if _, err := os.Stat(db); err == nil {
		t.Error("the sheet is imported although its report cannot be written")
	}
}

// TestReadmeChart keeps the README's picture true; UPDATE_GOLDEN=1 draws it anew.
func TestReadmeChart(t *testing.T) {
	t.Parallel()
	const picture = "../../.github/sheet2plan.svg"
	got, _ := reported(t, "plan.svg", "-budget", "Christmas 2026=12000", "-budget", "New Year Reset=15000", "-month-budget", "2026-12=18000",
		"testdata/agency-tracker-de.csv")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(picture, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", picture, diff)
	}
}
