package column

import (
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Headers of columns with a part of a date beside one of months, in the form of headerKey without blanks.
var (
	dayHeaders  = texts.Set(`day dayofmonth postingday postday liveday tag postingtag monatstag tagdesmonats livetag`)
	yearHeaders = texts.Set(`year years jahr jahre postingyear postingjahr`)
)

// NamesMonths reports whether the header of a column says that its cells are months. In others only what is written as one is.
func (c Column) NamesMonths() bool { return namesMonth(c.Header) }

// ReadMonth reads the month of a row from a column of months. A month without its year has that of the column of years, or
// else that of the title. A blank cell is the zero month.
func (c Column) ReadMonth(r sheet.Row, o cell.DateOrder) (budget.Month, error) {
	shown := r.Cell(c.Index)
	if text := texts.Trim(shown.Text); c.YearColumn > 0 && !shown.Is(sheet.RawDate) && !isNothing(text) {
		named, ok := cell.ParseMonthHeader(text)
		number := texts.IsDigits(text) && len(text) <= len("12")
		if ok && named.Year == 0 || number {
			shown = sheet.Cell{Text: text + " " + texts.Trim(r.Cell(c.YearColumn-1).Text)}
		}
	} else if c.LacksYear(shown) {
		shown = sheet.Cell{Text: text + " " + strconv.Itoa(c.TitleYear)}
	}
	return cell.ReadMonth(shown, o)
}

// holdsMonths reports whether most cells of a column are months, each with its year. Those without one say nothing against it.
func (c Column) holdsMonths(data []sheet.Row) bool {
	yearless := 0
	if !namesMonth(c.Header) { // the first of a month is a day there, also where a spreadsheet shows it as the month
		seen, months := tally(data, c.Index, isNothing, func(shown sheet.Cell, _ string) bool { return c.SaysMonth(shown) })
		return 2*months > seen
	}
	seen, months := tallyRows(data, c.Index, isNothing, func(r sheet.Row, text string) bool {
		month, err := c.ReadMonth(r, cell.OrderUnknown)
		if named, ok := cell.ParseMonthHeader(text); err != nil && ok && named.Year == 0 {
			yearless++
		}
		return err == nil && !month.IsZero()
	})
	return 2*months > seen-yearless
}

// holdsOnlyMonths reports whether all cells of a column are months.
func (c Column) holdsOnlyMonths(data []sheet.Row) bool {
	seen, months := tallyRows(data, c.Index, isNothing, func(r sheet.Row, _ string) bool {
		month, err := c.ReadMonth(r, cell.OrderUnknown)
		return err == nil && !month.IsZero()
	})
	return months == seen
}

// takeMonthlyCosts takes a column such as "Monthly fee" for the cost, where each row is one month and no other column
// has the cost.
func (h *Header) takeMonthlyCosts(months Column, data []sheet.Row) {
	if months.DayColumn > 0 || hasField(h.Columns, Cost) || hasField(h.Columns, End) || !months.holdsOnlyMonths(data) ||
		slices.ContainsFunc(h.Columns, func(c Column) bool { return c.Index != months.Index && saysHowLong(c.Header) }) {
		return
	}
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field != Custom || c.Confidence == Given || unitIn(c.Header) != "" || !isMonthlyCost(c.Header) || !fits(Column{Field: Cost, Index: c.Index}, data) {
			continue
		}
		c.Field, c.Confidence, c.Reason = Cost, Inferred, sentence.Of("each row is a month, and no other column has the cost")
		c.readAmountHeader()
		return
	}
}

// saysHowLong reports whether a header is that of how long a cooperation goes on, or of what that comes to: a row with one is no
// single month, but begins with it.
func saysHowLong(header string) bool {
	if len(header) > maxHeaderLen {
		return false
	}
	words := strings.FieldsFunc(headerKey(headerWords(header)), func(r rune) bool { return strings.ContainsRune(" ?.,", r) })
	all, _ := cutCurrency(strings.Join(words, " "))
	return wholeDeals[compact(all)] || slices.ContainsFunc(words, func(w string) bool { return durations[w] })
}

// Words for how long something goes on, and headers of what all of it comes to, in the form of headerKey; the latter
// without blanks.
var (
	durations  = texts.Set(`duration laufzeit dauer vertragslaufzeit vertragsdauer mindestlaufzeit months monate term`)
	wholeDeals = texts.Set(`total totals sum totalamount totalvalue contractvalue dealvalue summe gesamt gesamtsumme gesamtbetrag insgesamt auftragswert
		vertragswert`)
)

// isMonthlyCost reports whether a header names the cost of a month: "Monthly fee", "Honorar pro Monat (EUR)".
func isMonthlyCost(header string) bool {
	if len(header) > maxHeaderLen {
		return false
	}
	words := strings.Fields(headerKey(headerWords(header)))
	cost := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return aMonth[w] })
	f, _ := lookUp(strings.Join(cost, " "))
	return len(cost) < len(words) && f == Cost && (Column{Field: Cost, Header: strings.Join(cost, " ")}).otherAmount(false) == ""
}

// aMonth are words that make an amount that of a month.
var aMonth = texts.Set(`month monthly monat monatlich monatliche monatlicher monatliches per pro je im a`)

// yearsBeside finds the column of years that a column of months without them needs: its index, plus 1, or 0.
func (h *Header) yearsBeside(months Column, data []sheet.Row) int {
	return h.partBeside(months, data, yearHeaders, func(text string) bool {
		_, ok := cell.ParseYear(text)
		return ok
	})
}

// daysBeside finds the column with the days in a column of months: its index, plus 1, or 0. "Tag" is a word for a day in German
// and for a label in English, so the cells decide.
func (h *Header) daysBeside(months Column, data []sheet.Row) int {
	return h.partBeside(months, data, dayHeaders, func(text string) bool {
		_, ok := cell.ParseDayOfMonth(text)
		return ok
	})
}

// partBeside finds the column with one of some headers whose cells are, most of them, a part of the dates in a column
// of months, and keeps it as a custom field.
func (h *Header) partBeside(months Column, data []sheet.Row, headers map[string]bool, is func(text string) bool) int {
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field != Custom && c.Field != Tags || c.Index == months.Index || len(c.Header) > maxHeaderLen ||
			!headers[compact(headerKey(NormalizeHeader(c.Header)))] {
			continue
		}
		seen, found := tally(data, c.Index, isNothing, func(_ sheet.Cell, text string) bool { return is(text) })
		if 2*found <= seen {
			continue
		}
		if c.Confidence != Given {
			c.Field, c.Confidence = Custom, NoMatch
			c.Reason = sentence.Of("its cells are parts of the dates in column %s %q", months.Letter, texts.Shorten(months.Header))
		}
		return c.Index + 1
	}
	return 0
}
