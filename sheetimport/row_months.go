package sheetimport

import (
	"errors"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// readMonth reads the time of a row from a column of months. It reports false for a cell that is blank or a day, which is read
// like any date.
func (x *rowReader) readMonth(e *entry, r sheet.Row, c column.Column) bool {
	text := texts.Trim(x.text(r, column.Start))
	if !c.NamesMonths() && !c.SaysMonth(x.cell(r, column.Start)) {
		return false
	}
	month, err := c.ReadMonth(r, x.orders[column.Start].Value)
	switch {
	case text == "" || err == nil && month.IsZero():
		return false
	case err != nil && x.isDay(r, text):
		return false
	case err != nil:
		problem := sentence.Of("is not a month")
		if bad, ok := errors.AsType[*cell.Error](err); ok {
			problem = bad.Problem
		}
		x.notice(e, r, column.Start, "no_month", "%q %s; the cooperation is not scheduled and its codes match nothing yet; write it like 2026-12",
			texts.Shorten(text), problem)
		e.period.Start = budget.Date{}
		e.unscheduled = true
		return true
	}
	if c.LacksYear(x.cell(r, column.Start)) {
		x.notice(e, r, column.Start, "year_from_title",
			"%q has no year; it is read as %s, because %s is the only year that the title, the tab or the file names",
			texts.Shorten(text), month, strconv.Itoa(c.TitleYear))
	}
	start, end := month.First(), month.Last()
	day, isDay := x.dayIn(e, r, c, month)
	if isDay {
		start, end = day, budget.Date{}
	}
	ends := texts.Trim(x.text(r, column.End)) != ""
	switch {
	case !ends:
		e.period = budget.Period{Start: start, End: end}
	case isDay || e.failed[column.End] || e.period.End.IsZero() || !e.period.End.Before(start): // an end before a day is refused
		e.period.Start = start
	default:
		x.notice(e, r, column.Start, "ends_before_month",
			"the row ends on %s, before its %s; it comes in without a start, and its codes match nothing yet",
			e.period.End, month)
		e.unscheduled = true
	}
	return true
}

// endMonth reads the end of a row that is a month, in a sheet whose column of starts has months too: "January" to "March". A month
// without its year has that of the title, as the start has.
func (x *rowReader) endMonth(r sheet.Row) (budget.Month, bool) {
	start, ok := x.columns[column.Start]
	if !ok || !start.Months || start.YearColumn > 0 {
		return budget.Month{}, false
	}
	ends, ok := x.columns[column.End]
	ends.TitleYear = start.TitleYear
	if !ok || !ends.SaysMonth(r.Cell(ends.Index)) {
		return budget.Month{}, false
	}
	month, err := ends.ReadMonth(r, x.orders[column.End].Value)
	return month, err == nil && !month.IsZero()
}

// isDay reports whether a cell in a column of months is a day, or can be one.
func (x *rowReader) isDay(r sheet.Row, text string) bool {
	shown := x.cell(r, column.Start)
	if _, month := cell.ParseMonthHeader(shown.Text); month {
		return false // "Jan 27", of which a spreadsheet has made the 27th
	}
	if shown.Is(sheet.RawNumber) {
		_, ok := x.storedDate(shown.Raw.Value)
		return ok
	}
	_, err := cell.ParseDate(text, x.orders[column.Start].Value)
	bad, _ := errors.AsType[*cell.Error](err)
	_, _, ranged, _ := cell.ParseDateRange(text, x.orders[column.Start].Value)
	return err == nil || ranged || bad != nil && bad.Code == "ambiguous_date"
}

// dayIn reads the day of a row from the column beside its month.
func (x *rowReader) dayIn(e *entry, r sheet.Row, c column.Column, month budget.Month) (d budget.Date, ok bool) {
	if c.DayColumn == 0 {
		return d, false
	}
	days, _ := x.header.At(c.DayColumn - 1)
	text := texts.Trim(r.Cell(days.Index).Text)
	if text == "" || cell.IsBlank(text) || cell.IsNoValue(text) {
		return d, false
	}
	n, ok := cell.ParseDayOfMonth(text)
	if ok {
		var err error
		if d, err = budget.NewDate(month.Year(), month.TimeMonth(), n); err == nil {
			return d, true
		}
	}
	e.notices = append(e.notices, x.remarkIn(r, days, "no_day_of_month", sentence.Of(
		"%q is no day of %s; the row is planned for the whole month", texts.Shorten(text), month)))
	e.unreadDay = text
	return d, false
}

// timeText is what columns of months, weeks and quarters say in a row that has no day, or a day that cannot be read:
// rows that differ in nothing else are cooperations of their own.
func (e *entry) timeText() string {
	if !e.period.Start.IsZero() || e.reader == nil {
		return crm.Fold(e.unreadDay)
	}
	x := e.reader
	var parts []string
	add := func(c column.Column) {
		if text := texts.Trim(e.cells.Cell(c.Index).Text); text != "" && !cell.IsBlank(text) && !cell.IsNoValue(text) {
			parts = append(parts, crm.Fold(text))
		}
	}
	if c := x.columns[column.Start]; c.Months {
		add(c)
	}
	for _, c := range x.custom {
		if column.NamesTime(c.Header) {
			add(c.Column)
		}
	}
	return strings.Join(parts, "\x00")
}
