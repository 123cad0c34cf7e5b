package google_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/google"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/storage/memory"
)

// counter makes the ids 1, 2, 3 …
func counter() func() uuid.UUID {
	var n atomic.Uint64
	return func() uuid.UUID {
		id := uuid.UUID{6: 0x70, 8: 0x80}
		binary.BigEndian.PutUint64(id[8:], 0x8000000000000000|n.Add(1))
		return id
	}
}

// crmOf is a new workspace in euros.
func crmOf(t *testing.T) (*crm.Service, crm.WorkspaceID) {
	t.Helper()
	store := memory.New(nil)
	environment := &crm.Options{Now: func() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }, NewID: counter()}
	ws, err := crm.NewAdmin(store, environment).CreateWorkspace(t.Context(), crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	return crm.New(store, environment), ws.ID
}

// planOf is the plan of importing a source into a new workspace, as JSON.
func planOf(t *testing.T, source sheet.Source) string {
	t.Helper()
	service, ws := crmOf(t)
	importer := sheetimport.New(service, &sheetimport.Options{NewID: counter()})
	plan, err := importer.Plan(t.Context(), ws, source)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.MarshalIndent(plan, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := importer.Apply(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// typed is what a spreadsheet makes of a text that somebody types: dates, amounts and percentages get a value of
// their own.
func typed(s string) fakeCell {
	if s == "" {
		return fakeCell{}
	}
	if day, err := budget.ParseDate(s); err == nil {
		serial, _ := json.Marshal(day.UnixDay() + 25569)
		return number(string(serial), s, "DATE")
	}
	if whole, fraction, ok := strings.Cut(s, "."); ok && strings.Trim(whole+fraction, "0123456789") == "" {
		if len(fraction) == 3 { // a German sheet groups thousands like this
			return number(whole+fraction, s, "NUMBER")
		}
		return number(s, s, "NUMBER")
	}
	return text(s)
}

// fromCSV is a sample of package sheetimport as it is read from its file, and as a tab that shows the same.
func fromCSV(t *testing.T, name string) (*sheet.Table, *fakeTab) {
	t.Helper()
	file, err := os.ReadFile("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	csv, err := csvfile.New(name, bytes.NewReader(file), nil).Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plan := &fakeTab{id: 1, title: "Plan", columnCount: 40}
	for _, row := range csv.Rows {
		var cells []fakeCell
		for _, c := range row.Cells {
			cells = append(cells, typed(c.Text))
		}
		for len(cells) > 0 && cells[len(cells)-1].value == nil {
			cells = cells[:len(cells)-1] // the API leaves blank cells at the end out
		}
		plan.rows = append(plan.rows, cells)
	}
	return csv, plan
}

// TestTheSamePlanAsFromCSV: a Google sheet that shows what a CSV file holds is imported like it.
func TestTheSamePlanAsFromCSV(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"klar-sheet.csv", "agency-tracker-de.csv"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			csv, plan := fromCSV(t, name)
			sheet := newFake(t, tab(0, "Read me", []string{"How to fill this in"}), plan).read(&google.Options{Name: name})
			digest := regexp.MustCompile(`"digest": "[^"]+"`) // of what is behind the cells too, which a CSV file does not have
			csv.Notes, sheet.Notes = nil, nil                 // of the encoding of the file, and of which tab it was
			same := func(plan string) string { return digest.ReplaceAllString(plan, "") }
			if diff := cmp.Diff(same(planOf(t, held{csv})), same(planOf(t, held{sheet}))); diff != "" {
				t.Errorf("(-CSV +Google):\n%s", diff)
			}
		})
	}
}

// held is a sheet that has been read.
type held struct{ sheet *sheet.Table }

func (h held) Name() string                               { return h.sheet.Name }
func (h held) Read(context.Context) (*sheet.Table, error) { return h.sheet, nil }

// TestWhatAGoogleSheetShowsCounts: a merged amount counts once, the currency shown is that of the amount, and numbers
// do not tell how texts are written.
func TestWhatAGoogleSheetShowsCounts(t *testing.T) {
	t.Parallel()
	plan := tab(7, "Plan", headers())
	deal := func(name string, cost fakeCell) []fakeCell {
		return []fakeCell{text(name), text("IG"), text("2026-06-01"), cost}
	}
	dated := func(name string, day fakeCell) []fakeCell { return []fakeCell{text(name), text("IG"), day, fakeCell{}} }
	plan.rows = append(plan.rows,
		deal("Ida", number("900", "900,00 €", "CURRENCY")),
		deal("Mats", fakeCell{}),
		deal("Lea", fakeCell{shown: "$1,234.50", value: number("1234.5", "", "").value, format: "CURRENCY", pattern: "[$$-en-CA]#,##0.00"}),
		deal("Tom", number("1234.5", "1.234,50 Kč", "NUMBER")),
		deal("Eva", text("1.500")),
		dated("Jo", number("46127", "15/04/2026", "DATE")),
		dated("Kim", text("03/04/2026")),
	)
	plan.merges = []map[string]any{{"sheetId": 7, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 3, "endColumnIndex": 4}}
	f := newFake(t, plan)
	f.locale = ""
	service, ws := crmOf(t)
	made, err := sheetimport.New(service, &sheetimport.Options{NewID: counter()}).Plan(t.Context(), ws, f.open(documentID, nil))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range made.Rows {
		line := string(row.Verdict)
		for _, c := range row.Changes {
			if c.Field == "cost" {
				line += " " + c.To
			}
		}
		for _, m := range append(row.Problems, row.Notices...) {
			if m.Column == "C" || m.Column == "D" && m.Code != "no_cost" {
				line += " " + m.Code
			}
		}
		got = append(got, line)
	}
	want := []string{"created 900.00 EUR", "created merged_amount", "created 1234.50 CAD", "created 1234.50 CZK", "rejected ambiguous_amount",
		"created", "rejected ambiguous_date"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Texts of a Google sheet have no more decimals than their currency, and its numbers are exact.
func TestThousandsBesideDecimals(t *testing.T) {
	t.Parallel()
	fees := []fakeCell{text("1.000"), text("1,000.50"), text("$ 1.000"), number("1000", "1.000", "NUMBER"),
		number("840.336134", "840.34", "NUMBER"), text("1,000")}
	rows := texts([]string{"Campaign", "Influencer", "Platform", "Posting date", "Fee"})
	for n, fee := range fees {
		row := texts([]string{"Sale", "Person " + string(rune('A'+n)), "IG", "2026-06-01"})[0]
		rows = append(rows, append(row, fee))
	}
	f := newFake(t, &fakeTab{title: "Deals", rows: rows})
	service, ws := crmOf(t)
	plan, err := sheetimport.New(service, nil).Plan(t.Context(), ws, f.open(documentID, nil))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range plan.Rows {
		said := string(r.Verdict)
		for _, m := range append(r.Problems, r.Notices...) {
			said += " " + m.Code
		}
		for _, c := range r.Changes {
			if c.Field == "cost" {
				said += " " + c.To
			}
		}
		got = append(got, said)
	}
	want := []string{"rejected ambiguous_amount", "created 1000.50 EUR", "rejected ambiguous_amount", "created 1000.00 EUR",
		"created rounded 840.34 EUR", "created read_by_column 1000.00 EUR"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
