package sheetimport

import (
	"errors"
	"strconv"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// readDates reads when the cooperation starts and ends. A start with both days in one cell gives the end too, where the
// row has no other.
func (x *rowReader) readDates(e *entry, r sheet.Row) {
	word := texts.Trim(x.text(r, column.End))
	open := cell.IsOpenEnd(word)
	if open {
		x.notice(e, r, column.End, "open_end", "%q is no day; the cooperation has no end", texts.Shorten(word))
	} else if month, ok := x.endMonth(r); ok {
		e.period.End = month.Last()
		x.notice(e, r, column.End, "end_of_month", "%q is a month; the cooperation ends with its last day, %s", texts.Shorten(word), month.Last())
	} else {
		e.period.End = x.date(e, r, column.End)
	}
	if c := x.columns[column.Start]; c.Months && x.readMonth(e, r, c) {
		return
	}
	start, end, found, err := cell.ParseDateRange(x.text(r, column.Start), x.orders[column.Start].Value)
	switch {
	case !found:
		e.period.Start = x.date(e, r, column.Start)
	case err != nil:
		x.require(e, r, column.Start, x.orderError(column.Start, err))
	case checkCentury(x.text(r, column.Start), start) != nil:
		x.require(e, r, column.Start, checkCentury(x.text(r, column.Start), start))
	case e.failed[column.End]:
	case open:
		x.problem(e, column.Start, x.remark(r, column.Start, "dates_differ",
			sentence.Of("the cell ends on %s and the end column says %s; write the start alone", end, strconv.Quote(texts.Shorten(word)))))
	case !e.period.End.IsZero() && e.period.End != end:
		x.problem(e, column.Start, x.remark(r, column.Start, "dates_differ",
			sentence.Of("the cell ends on %s and the end column says %s; write the start alone", end, e.period.End)))
	default:
		e.period = budget.Period{Start: start, End: end}
		x.notice(e, r, column.Start, "date_range", "the cell is read as the start %s and the end %s", start, end)
	}
}

// date reads a date without which the row cannot be understood.
func (x *rowReader) date(e *entry, r sheet.Row, f column.Field) budget.Date {
	date, err := x.readDate(e, r, f)
	x.require(e, r, f, err)
	return date
}

// readDate reads a date, with a notice where only the rest of its column or the options decide how to read it.
func (x *rowReader) readDate(e *entry, r sheet.Row, f column.Field) (budget.Date, error) {
	text, ruled, shown := x.text(r, f), x.orders[f], x.cell(r, f)
	if shown.Is(sheet.RawNumber) {
		if date, ok := x.storedDate(shown.Raw.Value); ok {
			x.notice(e, r, f, "date_from_number", "%q is the number by which the spreadsheet stores the date %s",
				texts.Shorten(texts.Trim(shown.Text)), date.String())
			return date, nil
		}
	}
	date, err := cell.ParseDate(text, ruled.Value)
	if err == nil {
		err = checkCentury(text, date)
	}
	if _, open := cell.ParseDate(text, cell.OrderUnknown); err == nil && open != nil {
		x.notice(e, r, f, "read_by_column", "%q is read as %s: %s", texts.Shorten(texts.Trim(text)), date.String(), ruled.Because)
	}
	return date, x.orderError(f, err)
}

// checkCentury refuses a day of the last century. Nobody plans one: of "1.6.30" a spreadsheet makes a day in 1930.
func checkCentury(text string, date budget.Date) error {
	if date.IsZero() || date.Year() < 1900 || date.Year() >= 2000 {
		return nil
	}
	return cell.NewError("date_of_last_century", texts.Trim(text),
		sentence.Of("is a day of the last century, as spreadsheets make of a year in two digits"),
		sentence.Of("write the year in four digits"))
}

// storedDate is the date behind a number of a workbook or Google sheet whose cell does not show it as a date.
func (x *rowReader) storedDate(value string) (budget.Date, bool) {
	number, ok := cell.StoredNumber(value)
	if !ok {
		return budget.Date{}, false
	}
	system := cell.From1900
	if x.date1904 {
		system = cell.From1904
	}
	date, ok := cell.DayOfSerial(number, system)
	return date, ok && date.Year() >= 2000 && date.Year() < 2100
}

// orderError says of an ambiguous date why its column does not decide, where it proves both orders: then no option for all
// of it would be right.
func (x *rowReader) orderError(f column.Field, err error) error {
	bad, ok := errors.AsType[*cell.Error](err)
	if !ok || bad.Code != "ambiguous_date" || len(x.orders[f].Both) == 0 {
		return err
	}
	both := x.orders[f].Both
	return cell.NewError(bad.Code, bad.Value, bad.Problem,
		sentence.Of("the column has both orders of day and month, as %q and %q show; write it like 2026-06-01",
			texts.Shorten(both[0]), texts.Shorten(both[1])), bad.Readings...)
}

// datesBeforeMidnight returns the column of dates whose dates all stand at 22:00 or 23:00. That is midnight in central
// Europe to a program that wrote UTC, and then each date is one day too early.
func (x *rowReader) datesBeforeMidnight(f column.Field, data []sheet.Row) bool {
	found := 0
	for _, r := range data {
		c := x.cell(r, f)
		minute, ok := 0, false
		switch {
		case c.Is(sheet.RawDate):
			minute, ok = c.Raw.Minute, true
		case texts.Trim(c.Text) == "" || c.Raw != nil:
			continue
		default:
			minute, ok = cell.MinuteOf(c.Text)
		}
		if !ok || minute != 22*60 && minute != 23*60 {
			return false
		}
		found++
	}
	return found > 1
}
