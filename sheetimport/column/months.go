package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
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

// findMonths takes a column of months for the time of the cooperations, in a sheet that has no column of days. Without it, what one
// influencer costs in each month would be one cooperation, and all rows but the first its repeats.
func (h *Header) findMonths(data []sheet.Row) {
	days := func(c Column) bool {
		return c.Field == End || c.Field == Start && c.Confidence != Given || holdsDays(c, data)
	}
	if slices.ContainsFunc(h.Columns, days) {
		return
	}
	if at := slices.IndexFunc(h.Columns, func(c Column) bool { return c.Field == Start }); at >= 0 { // as somebody says
		h.Columns[at].Months = holdMonths(data, h.Columns[at].Index)
		return
	}
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field != Custom || c.Confidence == Given || !namesMonth(c.Header) || !holdMonths(data, c.Index) {
			continue
		}
		c.Field, c.Confidence, c.Months = Start, Inferred, true
		c.Reason = sentence.Of("its cells are months, and no column has days")
		h.note(i, "months", sentence.Of(`column %s %q has months and no days: each cooperation is planned for the whole of its month, in which its codes count; `+
			`for its days, add a column "Posting date"`, c.Letter, texts.Shorten(c.Header)))
		return
	}
}

// holdsDays reports whether most cells of a column that is no Start are days, so that the months beside it are not all that is known.
func holdsDays(c Column, data []sheet.Row) bool {
	if c.Field != Custom && c.Field != CampaignStart && c.Field != CampaignEnd || namesMonth(c.Header) {
		return false
	}
	seen, found := tally(data, c.Index, isNothing, func(_ sheet.Cell, text string) bool {
		_, err := cell.ParseDate(text, cell.DayFirst)
		_, _, ranged, _ := cell.ParseDateRange(text, cell.DayFirst)
		return err == nil || ranged
	})
	return 2*found > seen
}

// namesMonth reports whether a header is that of a column with months.
func namesMonth(header string) bool {
	words := headerKey(NormalizeHeader(header))
	return NamesMonthOrWeek(header) && (strings.Contains(words, "month") || strings.Contains(words, "monat"))
}

// holdMonths reports whether the cells of a column are months, each with its year.
func holdMonths(data []sheet.Row, index int) bool {
	seen, months := tally(data, index, isNothing, func(shown sheet.Cell, _ string) bool {
		month, err := cell.ReadMonth(shown, cell.OrderUnknown)
		return err == nil && !month.IsZero()
	})
	return seen > 0 && months == seen
}
