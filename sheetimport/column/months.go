package column

import (
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// MonthColumn is a column of amounts of one month.
type MonthColumn struct {
	Column
	cell.HeaderMonth
}

// MonthColumns are the columns without another meaning whose headers, in the given row, are months. They are none if two are
// about one month: that is something else, such as plan and actual.
func MonthColumns(columns []Column, header sheet.Row) []MonthColumn {
	var found []MonthColumn
	seen := map[cell.HeaderMonth]bool{}
	for _, c := range columns {
		if c.Field != Custom && c.Field != Ignored || c.Confidence == Given {
			continue
		}
		text := c.Header
		if shown := header.Cell(c.Index); shown.Is(sheet.RawDate) {
			text = shown.Raw.Value[:len("2026-06")]
		}
		m, ok := cell.ParseMonthHeader(text)
		if !ok {
			continue
		}
		if seen[m] {
			return nil
		}
		seen[m] = true
		found = append(found, MonthColumn{c, m})
	}
	return found
}

// monthsAndWeeks are headers of columns that say in which month or week something is posted, in the form of headerKey.
var monthsAndWeeks = texts.Set(`monat monate month months kw kalenderwoche woche week cw calendarweek postingmonat postingmonth postingweek postingwoche
	monthofposting weekofposting livemonth livemonat aktionsmonat zeitpunkt`)

// NamesMonthOrWeek reports whether a header is that of a column with months or weeks, which are no days.
func NamesMonthOrWeek(header string) bool {
	return len(header) <= maxHeaderLen && monthsAndWeeks[compact(headerKey(NormalizeHeader(header)))]
}
