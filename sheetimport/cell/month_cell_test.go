package cell_test

import (
	"testing"

	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

func TestReadMonth(t *testing.T) {
	t.Parallel()
	day := func(shown, value string) sheet.Cell {
		return sheet.Cell{Text: shown, Raw: &sheet.RawValue{Kind: sheet.RawDate, Value: value}}
	}
	for _, test := range []struct {
		cell  sheet.Cell
		want  string // "!" for an error
		order cell.DateOrder
	}{
		{sheet.Cell{Text: "2026-12"}, "2026-12", cell.OrderUnknown},
		{sheet.Cell{Text: "Dezember 2026"}, "2026-12", cell.OrderUnknown},
		{sheet.Cell{Text: "Dec 26"}, "2026-12", cell.OrderUnknown},
		{sheet.Cell{Text: "2026-12-01"}, "2026-12", cell.OrderUnknown},
		{sheet.Cell{Text: "2026-12-02"}, "!", cell.OrderUnknown},
		{sheet.Cell{Text: "December"}, "!", cell.OrderUnknown},
		{sheet.Cell{Text: " "}, "", cell.OrderUnknown},
		{day("Dec 26", "2026-12-01"), "2026-12", cell.OrderUnknown},
		{day("Dec 26", "2026-12-26"), "2026-12", cell.OrderUnknown}, // a day of that month, shown without it
		{day("December", "2026-12-26"), "2026-12", cell.OrderUnknown},
		{day("Jan 27", "2026-01-27"), "!", cell.OrderUnknown}, // typed for January 2027
		{day("Jan 27", "2027-01-01"), "2027-01", cell.OrderUnknown},
		{day("27.01.2026", "2026-01-27"), "!", cell.OrderUnknown},
		{sheet.Cell{Text: "2/1/2026"}, "2026-02", cell.MonthFirst},
		{sheet.Cell{Text: "2/1/2026"}, "!", cell.DayFirst},
		{sheet.Cell{Text: "1/2/2026"}, "2026-02", cell.DayFirst},
		{sheet.Cell{Text: "1/2/2026"}, "!", cell.OrderUnknown},
		{sheet.Cell{Text: "01/01/2026"}, "2026-01", cell.OrderUnknown},
	} {
		month, err := cell.ReadMonth(test.cell, test.order)
		got := month.String()
		if month.IsZero() {
			got = ""
		}
		if err != nil {
			got = "!"
		}
		if got != test.want {
			t.Errorf("%q: %q, %v; want %q", test.cell.Text, got, err, test.want)
		}
	}
}
