package sheetimport_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
	"github.com/getklar/influencercrm/sheetimport/xlsxfile"
)

// A row that is struck through never counts as signed without a word.
func TestStruckThrough(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		headers []any
		statuses,
		struck []string // the status of each row, and the ranges with a line through them
		want []string
	}{
		{"English", []any{"Influencer", "Platform", "Posting date", "Fee", "Status", "Notes"},
			[]string{"signed", "signed", "", "paid", "negotiating", "cancelled", "signed", "signed", "signed"},
			[]string{"A2:F2", "A3:A3", "A4:F4", "A5:F5", "A6:F6", "A7:F7", "D8:D8", "F9:F9"},
			[]string{"rejected struck_through", "rejected struck_through", "rejected struck_through", "created 100.00 EUR signed struck_through",
				"created 100.00 EUR negotiating struck_through", "created 100.00 EUR cancelled struck_through", "rejected struck_through",
				"created 100.00 EUR signed struck_cell", "created 100.00 EUR signed"}},
		{"German, without a status", []any{"Influencer", "Plattform", "Postingdatum", "Honorar", "Sonstiges", "Notizen"},
			[]string{"", ""}, []string{"A2:F2"}, []string{"rejected struck_through", "created 100.00 EUR signed"}},
	} {
		data := xlsxtest.Book(t, func(f *excelize.File) {
			xlsxtest.Row(t, f, "Sheet1", 1, test.headers...)
			for n, status := range test.statuses {
				xlsxtest.Row(t, f, "Sheet1", n+2, "Person "+string(rune('A'+n)), "Instagram", "2026-06-01", 100, status, "x")
			}
			id, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
			if err != nil {
				t.Fatal(err)
			}
			for _, cells := range test.struck {
				if err := f.SetCellStyle("Sheet1", cells[:2], cells[3:], id); err != nil {
					t.Fatal(err)
				}
			}
		})
		s := memoryShop(t, nil)
		plan, err := s.importer().Plan(s.ctx, s.ws, xlsxfile.New("deals.xlsx", bytes.NewReader(data), nil))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, planWords(plan, []string{"status", "cost"}, "struck_through", "struck_cell")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// A day of the last century is what a spreadsheet has made of two digits, and refused.
func TestDaysOfTheLastCentury(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a start", "Influencer,Platform,Posting date,Fee\nAna,Instagram,1930-06-01,100.00\nBen,Instagram,2026-06-01,100.00\n",
			[]string{"rejected date_of_last_century", "created signed"}},
		{"an end", "Influencer;Plattform;Start;Ende;Honorar\nAna;Instagram;01.06.2026;30.06.1926;100,00\n",
			[]string{"rejected date_of_last_century"}},
		{"a range", "Influencer;Plattform;Datum;Honorar\nAna;Instagram;01.06.1930 - 14.06.1930;100,00\n",
			[]string{"rejected date_of_last_century"}},
	} {
		if diff := cmp.Diff(test.want, rowWords(t, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
