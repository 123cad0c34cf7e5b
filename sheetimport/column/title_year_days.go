package column

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// yearInDay is a year as it stands in a day.
var yearInDay = regexp.MustCompile(`(?:^|\D)(20\d\d)(?:\D|$)`)

// YearOfDays is the year of days that name none: that of the title, unless a day of the sheet has another one, or the sheet
// has a column of years. 0 is none.
func (h Header) YearOfDays(s *sheet.Table, data []sheet.Row) int {
	if !hasField(h.Columns, Start) && !hasField(h.Columns, End) {
		return 0
	}
	year := YearOfTitle(s, h.Row)
	for _, c := range h.Columns {
		switch {
		case year == 0:
			return 0
		case len(c.Header) <= maxHeaderLen && yearHeaders[compact(headerKey(NormalizeHeader(c.Header)))] && !sheet.ColumnBlank(data, c.Index):
			return 0
		case c.Months && c.yearOfMonths(s, h.Row, data) == 0:
			return 0
		case (c.Field == Start || c.Field == End) &&
			slices.ContainsFunc(data, func(r sheet.Row) bool { return isOfOtherYear(r.Cell(c.Index), year) }):
			return 0
		}
	}
	return year
}

// isOfOtherYear reports whether a cell names another year than one.
func isOfOtherYear(shown sheet.Cell, year int) bool {
	text := texts.Trim(shown.Text)
	if shown.Is(sheet.RawDate) {
		text = shown.Raw.Value
	}
	for _, m := range yearInDay.FindAllStringSubmatch(text, -1) {
		if m[1] != strconv.Itoa(year) {
			return true
		}
	}
	if start, end, found, err := cell.ParseDateRange(text, cell.DayFirst); found && err == nil {
		return start.Year() != year || end.Year() != year
	}
	for _, o := range []cell.DateOrder{cell.DayFirst, cell.MonthFirst} {
		if day, err := cell.ParseDate(text, o); err == nil && day != (budget.Date{}) && day.Year() != year {
			return true
		}
	}
	return false
}
