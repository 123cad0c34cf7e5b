package sheetimport_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// cellCode is the code of a cell's error, "" for nil.
func cellCode(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*cell.Error](err); ok {
		return e.Code
	}
	return "not a CellError: " + err.Error()
}

// readSample reads a sample sheet and finds its header.
func readSample(t *testing.T, name string) (*sheet.Table, column.Header) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, err := csvfile.New(name, f, nil).Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h, err := column.FindHeader(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, h
}

// expected decodes one member of a sample's expected figures.
func expected[T any](t *testing.T, name, member string) T {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]json.RawMessage
	var v T
	if err := json.Unmarshal(data, &members); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(members[member], &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// fieldsByLetter shows the columns that have a field: "A campaign".
func fieldsByLetter(h column.Header) []string {
	var out []string
	for _, c := range h.Columns {
		if c.Field != column.Custom {
			out = append(out, c.Letter+" "+string(c.Field))
		}
	}
	return out
}

// column returns the texts of a field's column below the header.
func columnTexts(t *testing.T, s *sheet.Table, h column.Header, f column.Field) []string {
	t.Helper()
	c, ok := h.Column(f)
	if !ok {
		t.Fatalf("no column for %s", f)
	}
	var out []string
	for _, r := range s.Rows[h.Row:] {
		out = append(out, r.Cell(c.Index).Text)
	}
	return out
}

func TestKlarSheet(t *testing.T) {
	t.Parallel()
	s, h := readSample(t, "klar-sheet.csv")
	if h.Row != 3 || !h.KlarTemplate || len(h.Columns) != 36 || len(h.Notes)+len(s.Notes) != 0 {
		t.Errorf("row %d, template %v, %d columns, notes %v %v; want row 3 of the template, 36 columns, no notes",
			h.Row, h.KlarTemplate, len(h.Columns), s.Notes, h.Notes)
	}
	want := strings.Split("A campaign|B influencer|C handle|D platform|E category|F profile_link|G followers|I start|J end|K cost|"+
		"O utm_source|P utm_medium|Q utm_campaign|R utm_term|S utm_content|T code|U percentage|Y last_touch|AH email|AI notes|AJ import_status", "|")
	if diff := cmp.Diff(want, fieldsByLetter(h)); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	data := s.Rows[h.Row:]
	if len(data) != 252 || data[0].Number != 4 || data[251].Number != 255 || !data[250].Blank() {
		t.Fatalf("%d rows of data, the last with number %d; want 252 to row 255, of which 254 is blank", len(data), data[len(data)-1].Number)
	}
	campaigns, costs := columnTexts(t, s, h, column.Campaign), columnTexts(t, s, h, column.Cost)
	got := map[string]string{}
	sums := map[string]decimal.Decimal{}
	style, _ := cell.DecimalStyleOf(costs)
	for i, c := range campaigns[:240] { // the good rows
		if err := h.Check(data[i]); err != nil {
			t.Fatalf("row %d: %v", data[i].Number, err)
		}
		amount, err := cell.ParseAmount(costs[i], style, "")
		if err != nil {
			t.Fatalf("row %d: %v", data[i].Number, err)
		}
		sums[c] = sums[c].Add(amount.Value)
		got[c] = sums[c].StringFixed(2)
	}
	if diff := cmp.Diff(expected[map[string]string](t, "klar-sheet.expected.json", "signed_by_campaign"), got); diff != "" {
		t.Errorf("costs by campaign (-want +got):\n%s", diff)
	}
	starts := columnTexts(t, s, h, column.Start)
	for row, code := range map[int]string{250: "not_a_date"} {
		if _, err := cell.ParseDate(starts[row-4], cell.OrderUnknown); cellCode(err) != code {
			t.Errorf("start in row %d: %v, want %s", row, err, code)
		}
	}
	for row, code := range map[int]string{251: "not_an_amount", 252: "negative_amount"} {
		if _, err := cell.ParseAmount(costs[row-4], style, ""); cellCode(err) != code {
			t.Errorf("cost in row %d: %v, want %s", row, err, code)
		}
	}
}

func TestGermanTracker(t *testing.T) {
	t.Parallel()
	s, h := readSample(t, "agency-tracker-de.csv")
	if h.Row != 1 || h.KlarTemplate || len(h.Notes) != 0 || len(s.Notes) != 1 || s.Notes[0].Code != "read_as_windows_1252" {
		t.Errorf("row %d, template %v, notes %v %v; want row 1 of no template, read as Windows-1252", h.Row, h.KlarTemplate, s.Notes, h.Notes)
	}
	want := strings.Split("A campaign|B influencer|C handle|D platform|E status|F start|G end|H cost|I code|J utm_source|K utm_medium|"+
		"L utm_campaign|M utm_term|N responsible|O followers|P notes", "|")
	if diff := cmp.Diff(want, fieldsByLetter(h)); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	names := columnTexts(t, s, h, column.Influencer)
	if len(names) != 60 || names[4] != "Noah Sørensen" || names[10] != "Kian Weiß" {
		t.Errorf("%d names, %q, %q; want 60 with their special letters", len(names), names[4], names[10])
	}
	costs, statuses := columnTexts(t, s, h, column.Cost), columnTexts(t, s, h, column.Status)
	starts, ends := columnTexts(t, s, h, column.Start), columnTexts(t, s, h, column.End)
	style, _ := cell.DecimalStyleOf(costs)
	if style != cell.CommaDecimals {
		t.Errorf("style of the costs = %s, want comma", style)
	}
	got := map[string]map[budget.Stage]string{}
	sums := map[string]decimal.Decimal{}
	for i, campaign := range columnTexts(t, s, h, column.Campaign) {
		amount, err := cell.ParseAmount(costs[i], style, "")
		if err != nil || amount.Currency != "EUR" {
			t.Fatalf("row %d: %s, %v", i+2, amount.Currency, err)
		}
		stage, cancelled, err := cell.ParseStatus(statuses[i])
		if err != nil || cancelled {
			t.Fatalf("row %d: %v", i+2, err)
		}
		start, err1 := cell.ParseDate(starts[i], cell.OrderUnknown)
		end, err2 := cell.ParseDate(ends[i], cell.OrderUnknown)
		if err1 != nil || err2 != nil || end.Before(start) {
			t.Fatalf("row %d: %v, %v, %s to %s", i+2, err1, err2, start, end)
		}
		key := campaign + "|" + string(stage)
		sums[key] = sums[key].Add(amount.Value)
		if got[campaign] == nil {
			got[campaign] = map[budget.Stage]string{}
		}
		got[campaign][stage] = sums[key].StringFixed(2)
	}
	if diff := cmp.Diff(expected[map[string]map[budget.Stage]string](t, "agency-tracker-de.expected.json", "by_campaign"), got); diff != "" {
		t.Errorf("costs by campaign and status (-want +got):\n%s", diff)
	}
	for i, text := range columnTexts(t, s, h, column.Followers) {
		if n, blank, err := cell.ParseCount(text); err != nil || blank || n < 1000 {
			t.Errorf("followers in row %d: %d, %v, %v", i+2, n, blank, err)
		}
	}
}
