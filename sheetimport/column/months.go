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

// quarterHeaders and timeHeaders are those that say when something is posted, and no day. Some of the latter are those of days
// too, in sheets whose cells say so; "Laufzeit" is none, because it may be how long something goes on.
var (
	quarterHeaders = texts.Set(`quarter quarters quartal quartale halbjahr halfyear`)
	timeHeaders    = texts.Set(`zeitraum postingzeitraum aktionszeitraum kooperationszeitraum period postingperiod timeframe timeline
		flight flightdates dates wann when wave welle`)
)

// NamesNoDay reports whether a header is that of a column with months, weeks or quarters, which are no days.
func NamesNoDay(header string) bool {
	return NamesMonthOrWeek(header) || len(header) <= maxHeaderLen && quarterHeaders[compact(headerKey(NormalizeHeader(header)))]
}

// NamesTime reports whether a header is that of a column that says when something is posted, and no whole date: the month, week,
// quarter or year, or a day without them.
func NamesTime(header string) bool {
	if len(header) > maxHeaderLen {
		return false
	}
	key := compact(headerKey(NormalizeHeader(header)))
	return monthsAndWeeks[key] || quarterHeaders[key] || timeHeaders[key] || dayHeaders[key] || yearHeaders[key]
}

// findMonths takes a column of months for the time of the cooperations, in a sheet that has no column of days on which
// they start. Without it, what one influencer costs in each month would be one cooperation, and all rows but the first
// its repeats. Most of the cells have to be months; one that is none is told in its row.
func (h *Header) findMonths(s *sheet.Table, data []sheet.Row) {
	if at := slices.IndexFunc(h.Columns, func(c Column) bool { return c.Field == Start }); at >= 0 {
		c := &h.Columns[at]
		if !h.readAsMonths(s, c, data) {
			return
		}
		h.takeMonthlyCosts(*c, data)
		if c.Confidence != Given {
			h.noteMonths(at)
		}
		return
	}
	if slices.ContainsFunc(h.Columns, func(c Column) bool { return holdsDays(c, data) }) {
		return
	}
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field != Custom || c.Confidence == Given || !namesMonth(c.Header) {
			continue
		}
		if !h.readAsMonths(s, c, data) {
			h.daysBeside(*c, data) // which are days all the same
			continue
		}
		c.Field, c.Confidence, c.Reason = Start, Inferred, sentence.Of("its cells are months, and no column has days")
		if days, ok := h.At(c.DayColumn - 1); ok {
			c.Reason = sentence.Of("its cells are months, and column %s has their days", days.Letter)
		}
		h.takeMonthlyCosts(*c, data)
		h.noteMonths(i)
		return
	}
}

// readAsMonths says that the cells of a column are months, if they are.
func (h *Header) readAsMonths(s *sheet.Table, c *Column, data []sheet.Row) bool {
	if c.YearColumn = h.yearsBeside(*c, data); c.YearColumn == 0 {
		c.TitleYear = c.yearOfMonths(s, h.Row, data)
	}
	if c.Months = c.holdsMonths(data); !c.Months {
		c.YearColumn, c.TitleYear = 0, 0
		return false
	}
	c.DayColumn = h.daysBeside(*c, data)
	return true
}

// noteMonths tells how the column of months at i is read.
func (h *Header) noteMonths(i int) {
	c := h.Columns[i]
	days, hasDays := h.At(c.DayColumn - 1)
	switch {
	case hasDays:
		h.note(i, "months",
			sentence.Of("column %s %q has months, and column %s %q the days in them; each row is planned for its day, or for the whole month where it names none",
				c.Letter, texts.Shorten(c.Header), days.Letter, texts.Shorten(days.Header)))
	case !c.NamesMonths():
		h.note(i, "months",
			sentence.Of("column %s %q has months where it should have days: a row with a month is planned for the whole of it, or from its first day to the end that the row names; write the day where there is one",
				c.Letter, texts.Shorten(c.Header)))
	case hasField(h.Columns, End):
		h.note(i, "months", sentence.Of(`column %s %q has months and no days: each cooperation begins with its month, in which its codes count; `+
			`for its days, add a column "Posting date"`, c.Letter, texts.Shorten(c.Header)))
	default:
		h.note(i, "months",
			sentence.Of(`column %s %q has months and no days: each cooperation is planned for the whole of its month, in which its codes count; `+
				`for its days, add a column "Posting date"`, c.Letter, texts.Shorten(c.Header)))
	}
}

// holdsDays reports whether most cells of a column that is no Start are days, so that the months beside it are not all
// that is known.
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
