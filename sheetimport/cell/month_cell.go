package cell

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// ReadMonth reads a cell that is a month: "2026-12", "12/2026", "Dezember 2026", "Dec 26", or its first day, which is what
// spreadsheet programs make of a month that somebody types. A blank cell is the zero month. The order decides whether 2/1/2026
// is the first of February or a day in January, which is no month; see [ParseDate].
func ReadMonth(shown sheet.Cell, o DateOrder) (budget.Month, error) {
	t := texts.Trim(shown.Text)
	if IsBlank(t) {
		return budget.Month{}, nil
	}
	named, isMonth := ParseMonthHeader(t)
	day, err := ParseDate(t, o)
	if shown.Is(sheet.RawDate) {
		day, err = budget.ParseDate(shown.Raw.Value)
		if err == nil && isMonth && named.Year != 0 {
			// "Jan 27" is typed for January 2027, and kept by spreadsheet programs as 27 January of the year in which it is typed.
			if says, e := budget.NewMonth(named.Year, named.Month); e != nil || says != day.Month() {
				return budget.Month{}, NewError("not_a_month", t, sentence.Of("reads like %s, and the cell holds the day %s", says, day), wantMonth)
			}
		}
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
	case isFirstInOneOrder(t, err):
		return budget.Month{}, err
	}
	return budget.Month{}, NewError("not_a_month", t, sentence.Of("is not a month"), wantMonth)
}

// IsWrittenMonth reports whether a cell is the text of a month with its year that can be no day: "June 2026" and
// "06/2026", and not "6/26".
func IsWrittenMonth(shown sheet.Cell) bool {
	t := texts.Trim(shown.Text)
	named, ok := ParseMonthHeader(t)
	return ok && named.Year != 0 && !shown.Is(sheet.RawDate) && (strings.Contains(t, strconv.Itoa(named.Year)) ||
		strings.ContainsFunc(t, unicode.IsLetter))
}

// isFirstInOneOrder reports whether a date is ambiguous, and in one of its readings the first day of a month.
func isFirstInOneOrder(t string, err error) bool {
	bad, ok := errors.AsType[*Error](err)
	return ok && bad.Code == "ambiguous_date" && slices.ContainsFunc([]DateOrder{DayFirst, MonthFirst}, func(o DateOrder) bool {
		day, err := ParseDate(t, o)
		return err == nil && day.Day() == 1
	})
}

var wantMonth = sentence.Of("write it like 2026-12")
