package main

import (
	"github.com/xuri/excelize/v2"

	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// runOnce runs the program and returns what it printed.
func runOnce(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, progress bytes.Buffer
	args = append([]string{"-on", "2026-11-28"}, args...) // the only thing in the output that changes from day to day
	if err := run(t.Context(), args, &out, &progress); err != nil {
		t.Fatalf("sheet2plan %q: %v", args, err)
	}
	return out.String(), progress.String()
}

func TestSample(t *testing.T) {
	t.Parallel()
	for golden, args := range map[string][]string{
		"testdata/output.txt":      nil,                          // with statuses and budgets
		"testdata/klar-output.txt": {"../sample/klar-sheet.csv"}, // the sheet alone
	} {
		got, stderr := runOnce(t, args...)
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", golden, diff)
		}
		if stderr != "" {
			t.Errorf("standard error is no terminal, and got %q", stderr)
		}
	}
}

func TestSecondRun(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "crm.db")
	first, _ := runOnce(t, "-db", db)
	second, _ := runOnce(t, "-db", db)
	for _, line := range []string{"  unchanged     240\n", "  rejected        7\n", "  Nothing changed.\n"} {
		if !strings.Contains(second, line) {
			t.Errorf("second run lacks %q:\n%s", line, second)
		}
	}
	_, planFirst, _ := strings.Cut(first, "\n\n")
	_, planSecond, _ := strings.Cut(second, "\n\n")
	if diff := cmp.Diff(planFirst, planSecond); diff != "" {
		t.Errorf("the plan changed (-first +second):\n%s", diff)
	}
}

// However many rows there are, they come in together or not at all.
func TestAllOrNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	db, file := filepath.Join(folder, "crm.db"), filepath.Join(folder, "large.csv")
	sheet := "Influencer,Platform,Posting date\n"
	for n := range sheetimport.DefaultRowsPerUnit + 1 {
		sheet += fmt.Sprintf("Ida %d,Instagram,2026-06-01\n", n)
	}
	if err := os.WriteFile(file, []byte(sheet), 0o600); err != nil {
		t.Fatal(err)
	}
	runOnce(t, "-db", db, file)
	store, err := sqlite.Open(t.Context(), db, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	ws, err := openWorkspace(t.Context(), crm.NewAdmin(store, nil), "")
	if err != nil {
		t.Fatal(err)
	}
	runs, err := crm.New(store, nil).ImportRuns(t.Context(), ws.ID, crm.ImportRunFilter{}, crm.ListOptions{})
	if err != nil || len(runs.Items) != 1 || len(runs.Items[0].Units) != 1 {
		t.Errorf("the runs are %+v, error %v; want one of one unit of work", runs.Items, err)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "crm.db")
	for _, test := range []struct {
		args []string
		want map[string]int
	}{
		{[]string{"-plan", "-json", "-db", db}, map[string]int{"created": 240, "duplicate": 2, "conflict": 1, "skipped": 2, "rejected": 7}},
		{[]string{"-json", "-db", db}, map[string]int{"created": 240, "duplicate": 2, "conflict": 1, "skipped": 2, "rejected": 7}},
		{[]string{"-json", "-db", db}, map[string]int{"unchanged": 240, "duplicate": 2, "conflict": 1, "skipped": 2, "rejected": 7}},
	} {
		out, stderr := runOnce(t, test.args...)
		var plan struct {
			Counts  map[string]int
			Columns []struct{ Column, Header, Field, Confidence string }
			Rows    []struct {
				Row      int
				Verdict  string
				Problems []struct{ Code, Column, Header, Value, Message string }
				Changes  []struct{ Record, ID, Field, From, To string }
			}
		}
		if err := json.Unmarshal([]byte(out), &plan); err != nil || stderr != "" {
			t.Fatalf("%v, standard error %q", err, stderr)
		}
		if d := cmp.Diff(test.want, plan.Counts); d != "" {
			t.Errorf("%q (-want +got):\n%s", test.args, d)
		}
		if len(plan.Rows) != 252 || len(plan.Columns) != 37 || plan.Columns[0].Field != "campaign" {
			t.Errorf("%d rows, %d columns, the first %+v", len(plan.Rows), len(plan.Columns), plan.Columns[0])
		}
	}
}

// What was exported is imported again, and nothing changes.
func TestExport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := filepath.Join(dir, "crm.db")
	runOnce(t, "-db", db)
	for _, end := range []string{".csv", ".xlsx"} {
		file := filepath.Join(dir, "deals"+end)
		if out, _ := runOnce(t, "-db", db, "-export", file); out != file+": 240 cooperations\n" {
			t.Errorf("the export says %q", out)
		}
		if out, _ := runOnce(t, "-db", db, file); !strings.Contains(out, "  unchanged     240\n") || !strings.Contains(out, "  Nothing changed.\n") {
			t.Errorf("the import of the export says\n%s", out)
		}
		err := run(t.Context(), []string{"-db", db, "-export", file}, &bytes.Buffer{}, &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), "there is a file") {
			t.Errorf("over a file that is there: %v", err)
		}
	}
	campaigns, months := filepath.Join(dir, "campaigns.csv"), filepath.Join(dir, "months.csv")
	out, _ := runOnce(t, "-db", db, "-month-budget", "2026-12=15000", "-budget", "Black Week 2026=90000",
		"-export-campaigns", campaigns, "-export-months", months)
	if out != campaigns+": 12 campaigns\n"+months+": 1 month\n" {
		t.Errorf("the exports of budgets say %q", out)
	}
	if out, _ := runOnce(t, "-db", db, filepath.Join(dir, "deals.csv"), campaigns, months); !strings.Contains(out, "  Nothing changed.\n") {
		t.Errorf("the import of the exports says\n%s", out)
	}
	other := filepath.Join(dir, "other.db")
	if out, _ := runOnce(t, "-db", other, filepath.Join(dir, "deals.csv"), campaigns, months); !strings.Contains(out, "90,000.00") || !strings.Contains(out, "15,000.00") {
		t.Errorf("another database has not the budgets:\n%s", out)
	}
	whole, third := filepath.Join(dir, "whole.xlsx"), filepath.Join(dir, "third.db")
	runOnce(t, "-db", db, "-export", whole)
	if out, _ := runOnce(t, "-db", db, "-budget-tab", "Campaigns", "-budget-tab", "Months", whole); !strings.Contains(out, "  Nothing changed.\n") {
		t.Errorf("the import of the workbook with its budgets says\n%s", out)
	}
	out, _ = runOnce(t, "-db", third, "-budget-tab", "Campaigns", "-budget-tab", "Months", whole)
	if !strings.Contains(out, "90,000.00") || !strings.Contains(out, "15,000.00") {
		t.Errorf("a database that is made of the workbook has not the budgets:\n%s", out)
	}
	both := filepath.Join(dir, "both.csv")
	if out, _ := runOnce(t, "-export", both); !strings.HasSuffix(out, "\n\n"+both+": 240 cooperations\n") {
		t.Errorf("import and export say\n%s", out)
	}
}

func TestUndo(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "crm.db")
	runOnce(t, "-db", db)
	runOnce(t, "-db", db) // changes nothing, so there is nothing of it to take back
	want := " is taken back\n  gone: 240 cooperations, 64 influencers, 12 campaigns\n"
	if out, _ := runOnce(t, "-db", db, "-undo"); !strings.HasSuffix(out, want) {
		t.Errorf("undo says %q, want %q at its end", out, want)
	}
	if err := run(t.Context(), []string{"-db", db, "-undo"}, &bytes.Buffer{}, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "there is no import to take back") {
		t.Errorf("another undo: %v", err)
	}
	again, _ := runOnce(t, "-db", db)
	if !strings.Contains(again, "  created       240") {
		t.Errorf("the sheet after the undo:\n%s", again)
	}
	out, _ := runOnce(t, "-db", db, "-undo", "-json")
	var done crm.Undone
	if err := json.Unmarshal([]byte(out), &done); err != nil || len(done.Deleted) == 0 {
		t.Errorf("%d records deleted; %v", len(done.Deleted), err)
	}
}

func TestOtherCurrency(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "crm.db")
	out, _ := runOnce(t, "-db", db, "-currency", "usd")
	if !strings.Contains(out, "Budget in USD") {
		t.Errorf("the report is not in USD:\n%s", out)
	}
	err := run(t.Context(), []string{"-db", db, "-currency", "EUR"}, &bytes.Buffer{}, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "the database is in USD, not EUR") {
		t.Errorf("another currency on the same database: %v", err)
	}
}

// The undo of a table of months says what of it goes back, and which months stay because somebody has set them since.
func TestUndoOfMonths(t *testing.T) {
	t.Parallel()
	db, months := filepath.Join(t.TempDir(), "crm.db"), write(t, "Month,Budget\n2026-11,500\n2026-12,600\n")
	runOnce(t, "-db", db, months)
	out, _ := runOnce(t, "-db", db, "-undo")
	if want := " is taken back\n  as before: budgets of months\n"; !strings.HasSuffix(out, want) {
		t.Errorf("undo says %q, want %q at its end", out, want)
	}
	runOnce(t, "-db", db, months)
	runOnce(t, "-db", db, "-month-budget", "2026-12=700", "-report", filepath.Join(t.TempDir(), "x.txt"))
	out, _ = runOnce(t, "-db", db, "-undo", "-lang", "de")
	for _, want := range []string{"  wie zuvor: Monatsbudgets\n", "  Monatsbudgets bleiben: die Budgets dieser Monate änderten sich seitdem: Dezember 2026, am "} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	notes := filepath.Join(dir, "notes.csv")
	if err := os.WriteFile(notes, []byte("shopping list\nmilk\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"no such sheet", []string{filepath.Join(dir, "none.csv")}, "there is no file"},
		{"a folder", []string{dir}, "is a folder; name the file in it"},
		{"options after the sheet", []string{notes, "-db", "x.db"}, "options come first, and then the sheet: sheet2plan -db x.db " + notes},
		{"unknown order", []string{"-dates", "year"}, "write day or month"},
		{"unknown decimals", []string{"-decimals", "dot"}, "write comma or point"},
		{"plan on what is no database", []string{"-plan", "-db", notes}, "this file is no SQLite database"},
		{"no header", []string{notes}, `"notes.csv": the sheet cannot be read: no header row was found`},
		{"a second sheet that is no table of budgets", []string{"../sample/klar-sheet.csv", notes},
			`"notes.csv" has neither columns for the campaign`},
		{"a tab of no file", []string{"-budget-tab", "Budgets"}, "-budget-tab is a tab of the sheet's file"},
		{"undo without a file", []string{"-undo"}, "name it with -db"},
		{"undo of no file", []string{"-undo", "-db", filepath.Join(dir, "none.db")}, "there is no database"},
		{"undo of a plan", []string{"-undo", "-plan", "-db", "x.db"}, "do not go together"},
		{"undo of a sheet", []string{"-undo", "-db", "x.db", notes}, "-undo reads no sheet"},
		{"export of a plan", []string{"-export", "x.csv", "-plan"}, "goes with neither"},
		{"export of no format", []string{"-export", "x.ods"}, "must end in .csv or .xlsx"},
		{"campaigns of no format", []string{"-export-campaigns", "x.xlsx"}, `-export-campaigns "x.xlsx" must end in .csv`},
		{"months over campaigns", []string{"-export-campaigns", filepath.Join(dir, "b.csv"), "-export-months",
			filepath.Join(dir, "b.csv")}, "both write"},
		{"months of a plan", []string{"-export-months", "x.csv", "-plan"}, "-export-months goes with neither"},
		{"export over a file", []string{"-db", filepath.Join(dir, "unmade.db"), "-export", notes}, "there is a file"},
		{"export into no folder", []string{"-export", filepath.Join(dir, "none", "x.csv")}, "there is no folder"},
		{"export over the report", []string{"-export", filepath.Join(dir, "both.csv"), "-report", dir + "/./both.csv"},
			"-export and -report both write"},
		{"export over the report in other letters", []string{"-export", filepath.Join(dir, "both.csv"), "-report",
			filepath.Join(dir, "Both.CSV")}, "both write"},
		{"export over the records", []string{"-db", filepath.Join(dir, "new.csv"), "-export",
			filepath.Join(dir, "new.csv")}, "is the file of the records"},
		{"a tab of a CSV file", []string{"-tab", "Deals", "../sample/klar-sheet.csv"}, `it is a CSV file, which has no tab "Deals"`},
		{"a tab of budgets of a CSV file", []string{"-budget-tab", "Budgets", "../sample/klar-sheet.csv"},
			`it is a CSV file, which has no tab "Budgets"`},
		{"all tabs for budgets", []string{"-budget-tab", "*", "../sample/klar-sheet.csv"}, "-budget-tab names one tab"},
		{"report of no format", []string{"-report", "x.pdf", "-db", filepath.Join(dir, "unmade.db")},
			`-report "x.pdf" must end in .txt, .csv, .md, .svg or .xlsx`},
		{"report without an end", []string{"-report", "x"}, "must end in"},
		{"report over a file", []string{"-report", notes}, "there is a file"},
		{"report of a plan", []string{"-report", "x.svg", "-plan"}, "goes with neither"},
		{"report of an undo", []string{"-report", "x.svg", "-undo", "-db", "x.db"}, "goes with neither"},
		{"report of no database", []string{"-db", filepath.Join(dir, "none.db"), "-report", filepath.Join(dir, "x.csv")}, "nothing to export"},
		{"export of no database", []string{"-db", filepath.Join(dir, "none.db"), "-export", filepath.Join(dir, "x.csv")}, "nothing to export"},
		{"a link of nobody", []string{"https://docs.google.com/spreadsheets/d/abc/edit"}, "GOOGLE_APPLICATION_CREDENTIALS"},
		{"status of a file", []string{"-status", "-db", "x.db", notes}, "-status writes into a Google sheet; give its link"},
		{"status of a plan", []string{"-status", "-plan", "https://docs.google.com/spreadsheets/d/abc/edit"},
			"goes with neither -undo nor -plan"},
		{"status of what is not kept", []string{"-status", "https://docs.google.com/spreadsheets/d/abc/edit"}, "name its file with -db"},
		{"unknown option", []string{"-frobnicate"}, "flag provided but not defined"},
		{"no currency", []string{"-currency", "gold"}, "currency"},
		{"database is no database", []string{"-db", notes}, "database"},
	}
	t.Cleanup(func() {
		if _, err := os.Stat(filepath.Join(dir, "unmade.db")); err == nil {
			t.Error("a database was made although what is to be written cannot be")
		}
	})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			err := run(t.Context(), test.args, &out, &bytes.Buffer{})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
			if out.Len() > 0 {
				t.Errorf("printed %q", out.String())
			}
		})
	}
}

// write writes a sheet into a folder of its own.
func write(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "sheet.csv")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestLayoutOptions: the tab to read, what words mean, and campaigns that are named once for a group.
func TestLayoutOptions(t *testing.T) {
	t.Parallel()
	sheet := write(t,
		"Campaign,Name,Platform,Date,Fee,Stage\nSale,Ida,IG,2026-05-01,100,Stufe B\n,Mats,IG,2026-06-01,100,Stufe C\n,Pam,IG,2026-06-01,100,\n")
	out, _ := runOnce(t, "-plan", "-value", "status:Stufe B=signed", "-value", "status:stufe c=cancelled", "-value",
		"status:Stufe D=signed", "-fill-down", sheet)
	for _, text := range []string{"created         3  , with 1 campaign", "\"Stufe B\" → signed, 1 row",
		"\"Stufe C\" → cancelled, 1 row", "2 rows without a campaign belong to the one",
		`hint: -value "status:Stufe D=signed" changes nothing, because no cell says that`} {
		if text = strings.Replace(text, "  ,", ",", 1); !strings.Contains(out, text) {
			t.Errorf("lacks %q:\n%s", text, out)
		}
	}
	if strings.Count(out, "changes nothing") != 1 {
		t.Errorf("more than one word is said to change nothing:\n%s", out)
	}
	long := "wartet noch auf " + strings.Repeat("die Freigabe von oben und ", 8) + "den Vertrag"
	sheet = write(t, "Campaign,Name,Platform,Fee,Stage\nSale,Ida,IG,100,n/a\nSale,Mats,IG,100,-\nSale,Pam,IG,100,"+long+"\n")
	out, _ = runOnce(t, "-plan", "-value", "status:n/a=draft", "-value", "status:-=negotiating", "-value", "status:"+long+"=draft", sheet)
	if strings.Contains(out, "changes nothing") || strings.Contains(out, "rejected") ||
		!strings.Contains(out, `"n/a" → draft, 1 row`) || !strings.Contains(out, `"-" → negotiating, 1 row`) {
		t.Errorf("words for no value, and a long one, are mapped:\n%s", out)
	}
	book := excelize.NewFile()
	for tab, row := range map[string][]any{"Sheet1": {"x"}, "June 2026": {"Ida", "IG", 100}, "July 2026": {"Mats", "IG", 200}} {
		if _, err := book.NewSheet(tab); err != nil {
			t.Fatal(err)
		}
		if err := book.SetSheetRow(tab, "A1", &[]any{"Name", "Platform", "Fee"}); err != nil {
			t.Fatal(err)
		}
		if err := book.SetSheetRow(tab, "A2", &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "tabs.xlsx")
	if err := book.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	for tab, text := range map[string]string{"July 2026": "created         1", "*": "created         2"} {
		if out, _ := runOnce(t, "-plan", "-tab", tab, name); !strings.Contains(out, text) {
			t.Errorf("-tab %s lacks %q:\n%s", tab, text, out)
		}
	}
	for _, args := range [][]string{{"-value", "status=signed"}, {"-value", "status:a=b"}, {"-value", "fee:a=1"}} {
		if err := run(t.Context(), append(args, sheet), &bytes.Buffer{}, &bytes.Buffer{}); err == nil {
			t.Errorf("%v is taken", args)
		}
	}
}

// A thousand beside amounts with a point before their decimals is no single euro, whatever -decimals says.
func TestThousandsBesideDecimals(t *testing.T) {
	t.Parallel()
	sheet := write(t, "Campaign,Influencer,Platform,Posting Date,End Date,Fixed Costs,Deal status\n"+
		"Sale,Ida,Instagram,2026-10-09,2026-10-10,1.000,signed\nSale,Mats,Instagram,2026-10-09,2026-10-10,\"1,000.50\",signed\n")
	const hint = "hint: 1 row was rejected for an amount with two readings; run again with -decimals comma if"
	for _, test := range []struct {
		args       []string
		says, lack string
	}{
		{[]string{"-plan"},
			`row 2 rejected in F "Fixed Costs": "1.000" has more than 2 decimals, unless its point groups thousands (1000.00 or 1.00)`, " is read as "},
		{[]string{"-plan"}, hint, " is read as "},
		{[]string{"-plan", "-decimals", "point"}, `row 2 rejected in F "Fixed Costs": "1.000" has more than 2 decimals`, "hint:"},
		{[]string{"-plan", "-decimals", "comma"}, `"1.000" is read as 1000: decimals have a comma by the options of the import`, "rejected"},
		{[]string{"-plan", "-lang", "de"},
			`Zeile 2 abgelehnt in F „Fixed Costs“: „1.000“ hat mehr als 2 Nachkommastellen, es sei denn, Tausender sind`, " gelesen als "},
		{[]string{"-decimals", "comma"}, "2,000.50", "rejected"},
	} {
		out, _ := runOnce(t, append(test.args, sheet)...)
		if !strings.Contains(out, test.says) || strings.Contains(out, test.lack) {
			t.Errorf("%v: lacks %q, or has %q:\n%s", test.args, test.says, test.lack, out)
		}
	}
}

func TestWhatTheSheetLeavesOpen(t *testing.T) {
	t.Parallel()
	sheet := write(t, "Name,Platform,Date,Fee\nIda,IG,03/04/26,100\nMats,IG,2026-05-01,1.234\n")
	open, _ := runOnce(t, sheet)
	for _, line := range []string{
		"  hint: 1 row was rejected for a date with two readings; run again with -dates day if",
		"  hint: 1 row was rejected for an amount with two readings; run again with -decimals comma if",
	} {
		if !strings.Contains(open, line) {
			t.Errorf("lacks %q:\n%s", line, open)
		}
	}
	decided, _ := runOnce(t, "-dates", "month", "-decimals", "comma", sheet)
	for _, text := range []string{"created         2", "is read as 2026-03-04", "is read as 1234:", "March 2026"} {
		if !strings.Contains(decided, text) {
			t.Errorf("lacks %q:\n%s", text, decided)
		}
	}
	if strings.Contains(decided, "hint:") {
		t.Errorf("nothing is open any more:\n%s", decided)
	}
}

func TestPlanOnly(t *testing.T) {
	t.Parallel()
	sheet := write(t, "Name,Platform,Date,Fee\nIda,IG,2026-05-01,100\n")
	db := filepath.Join(t.TempDir(), "crm.db")
	const nothing = "  This is the plan only: nothing was written."
	plan, _ := runOnce(t, "-plan", "-db", db, sheet)
	if !strings.Contains(plan, "created         1") || !strings.Contains(plan, nothing) || strings.Contains(plan, "Budget in") {
		t.Errorf("the plan on a new database:\n%s", plan)
	}
	if _, err := os.Stat(db); !os.IsNotExist(err) {
		t.Errorf("the plan made the database: %v", err)
	}
	runOnce(t, "-db", db, sheet)
	before, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	plan, _ = runOnce(t, "-plan", "-db", db)
	if !strings.Contains(plan, "created       240") || strings.Contains(plan, "of earlier imports") || !strings.Contains(plan, nothing) {
		t.Errorf("the plan on a database with records:\n%s", plan)
	}
	if after, err := os.ReadFile(db); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the plan changed the database: %v", err)
	}
}

func TestUnpricedRows(t *testing.T) {
	t.Parallel()
	out, _ := runOnce(t, write(t, "Name,Platform,Date,Fee\nIda,IG,2026-05-01,100 USD\nMats,IG,2026-05-01,5 CHF\n"))
	const want = "\nhint: 2 costs are in other currencies and in no amount above; -currency CHF or -currency USD with a new database"
	if !strings.Contains(out, want) {
		t.Errorf("lacks %q:\n%s", want, out)
	}
}

// TestReadme keeps the README's output true.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	output, err := os.ReadFile("testdata/output.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(readme, bytes.TrimSpace(output)) {
		t.Error("README.md does not show testdata/output.txt")
	}
}

// Budgets of the command line are kept with the records, and the report begins with what they leave.
func TestBudgets(t *testing.T) {
	t.Parallel()
	sheet := write(t,
		"Name,Platform,Campaign,Date,Fee,Status\nIda,IG,Winter,2026-12-05,700 EUR,signed\nMats,IG,Winter,2026-12-06,400 EUR,negotiating\n")
	db := filepath.Join(t.TempDir(), "crm.db")
	runOnce(t, "-db", db, "-budget", "winter=1000", "-target", "Winter=9000", "-month-budget", "2026-12=600", sheet)
	out, _ := runOnce(t, "-db", db, sheet)
	for _, want := range []string{
		"December 2026: 100.00 over with what is signed; if all negotiations close, 500.00 over\n",
		"  Winter: 300.00 left after signed; if all negotiations close, 100.00 over\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
	for args, want := range map[string]string{
		"-budget Winter":         "write the name, an equals sign and the amount",
		"-budget Summer=5":       `-budget: there is no campaign "Summer"; there are Winter`,
		"-budget Winter=much":    `-budget Winter=much: not an amount`,
		"-budget Winter=20.000":  "-budget Winter=20.000: has more decimals than EUR",
		"-month-budget 12/26=5":  `-month-budget: not a month: "12/26"`,
		"-target Winter=1 -plan": "go with neither -undo nor -plan",
		"-on tomorrow":           "not a date",
		"-width -1":              "-width -1 is no number of columns",
	} {
		var out, progress bytes.Buffer
		err := run(t.Context(), append(strings.Fields(args), "-db", db, sheet), &out, &progress)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", args, err, want)
		}
	}
}

// Budgets that cannot be saved keep the sheet out too: an import is not half of what was asked for.
func TestBudgetsAreCheckedBeforeTheImport(t *testing.T) {
	t.Parallel()
	sheet := write(t, "Name,Platform,Campaign,Date,Fee,Status\nIda,IG,Winter,2026-12-05,700 EUR,signed\n")
	db := filepath.Join(t.TempDir(), "crm.db")
	for args, want := range map[string]string{
		"-budget Summer=5":                            `-budget: there is no campaign "Summer"; there are Winter`,
		"-target Winter=much":                         "-target Winter=much: not an amount",
		"-budget Winter=-5":                           "-budget Winter=-5:",
		"-month-budget 12/26=5":                       `-month-budget: not a month: "12/26"`,
		"-month-budget 2026-12=1,5":                   "-month-budget 2026-12=1,5: not an amount",
		"-budget Winter=1 -month-budget 2026-12=-1":   "budget",
		"-budget winter=1 -target Winter=2 -budget X": "write the name, an equals sign and the amount",
	} {
		var out, progress bytes.Buffer
		err := run(t.Context(), append(strings.Fields(args), "-db", db, sheet), &out, &progress)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", args, err, want)
		}
	}
	out, _ := runOnce(t, "-db", db, "-plan", sheet)
	if !strings.Contains(out, "created         1, with 1 campaign") {
		t.Errorf("something came in:\n%s", out)
	}
}

// Budgets come from files beside the sheet and from tabs of its workbook; the report counts with them.
func TestTablesOfBudgets(t *testing.T) {
	t.Parallel()
	sheet := write(t,
		"Name,Platform,Campaign,Date,Fee,Status\nIda,IG,Winter,2026-12-05,700 EUR,signed\nMats,IG,Winter,2026-12-06,400 EUR,negotiating\n")
	campaigns, months := write(t, "Kampagne;Budget\nWinter;1.000,00\n"), write(t, "Month,Budget\nDec 26,600\n")
	db := filepath.Join(t.TempDir(), "crm.db")
	out, _ := runOnce(t, "-db", db, sheet, campaigns, months)
	for _, want := range []string{
		"December 2026: 100.00 over with what is signed; if all negotiations close, 500.00 over\n",
		"  Winter: 300.00 left after signed; if all negotiations close, 100.00 over\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
	if again, _ := runOnce(t, "-db", db, sheet, campaigns, months); !strings.Contains(again, "  Nothing changed.\n") {
		t.Errorf("again:\n%s", again)
	}
	open := write(t, "Month,Budget\n2/1/2027,1.234\n3/1/2027,7\n")
	if hints, _ := runOnce(t, "-db", db, "-plan", sheet, open); !strings.Contains(hints, "-dates day") || !strings.Contains(hints, "-decimals comma") {
		t.Errorf("no hints:\n%s", hints)
	}

	book, file := excelize.NewFile(), filepath.Join(t.TempDir(), "book.xlsx")
	rows := map[string][][]any{
		"Sheet1":  {{"Name", "Platform", "Campaign", "Date", "Fee"}, {"Ida", "IG", "Winter", "2026-12-05", 700}},
		"Budgets": {{"Campaign", "Budget"}, {"Winter", 1000}},
	}
	if _, err := book.NewSheet("Budgets"); err != nil {
		t.Fatal(err)
	}
	for tab, lines := range rows {
		for n, line := range lines {
			if err := book.SetSheetRow(tab, fmt.Sprint("A", n+1), &line); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	out, _ = runOnce(t, "-budget-tab", "Budgets", file)
	if want := "  Winter: 300.00 left after signed"; !strings.Contains(out, want) {
		t.Errorf("lacks %q:\n%s", want, out)
	}
}
