package cell

import (
	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// ReadMonth reads a cell that is a month: "2026-12", "12/2026", "Dezember 2026", "Dec 26", or its first day, which is what
// spreadsheet programs make of a month that somebody types. A blank cell is the zero month.
func ReadMonth(shown sheet.Cell) (budget.Month, error) {
	t := texts.Trim(shown.Text)
	if IsBlank(t) {
		return budget.Month{}, nil
	}
	named, isMonth := ParseMonthHeader(t)
	day, err := ParseDate(t, OrderUnknown)
	if shown.Is(sheet.RawDate) {
		day, err = budget.ParseDate(shown.Raw.Value)
		if err == nil && (isMonth || day.Day() == 1) {
			return day.Month(), nil
		}
	}
	switch {
	case isMonth && named.Year == 0:
		return budget.Month{}, NewError("not_a_month", t, sentence.Of("is a month without its year"), wantMonth)
	case isMonth:
		if month, err := budget.NewMonth(named.Year, named.Month); err == nil {
			return month, nil
		}
	case err == nil && day.Day() == 1:
		return day.Month(), nil
	}
	return budget.Month{}, NewError("not_a_month", t, sentence.Of("is not a month"), wantMonth)
}

var wantMonth = sentence.Of("write it like 2026-12")
