package cell

import (
	"strconv"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// DateOrder says how a column writes dates like 03/04/2026.
type DateOrder uint8

// The orders of a date in digits.
const (
	OrderUnknown DateOrder = iota
	DayFirst
	MonthFirst
)

// String returns "unknown", "day first" or "month first".
func (o DateOrder) String() string {
	switch o {
	case DayFirst:
		return "day first"
	case MonthFirst:
		return "month first"
	}
	return "unknown"
}

// DateOrderOf finds the order of a whole column: 13/04/2026 proves day first, 04/13/2026 month first. Dates with dots
// or month names prove nothing, because they are read alike in every column. The second result is the text that proved
// it. The order is unknown without proof, or with proof of both; the texts are then both of them.
func DateOrderOf(all []string) (o DateOrder, proofs []string) {
	for _, t := range all {
		t = texts.Trim(t)
		for _, part := range rangeEnds(t) {
			found := provenOrder(part)
			switch {
			case found == OrderUnknown, found == o:
			case o == OrderUnknown:
				o, proofs = found, []string{t}
			default:
				return OrderUnknown, append(proofs, t)
			}
		}
	}
	return o, proofs
}

// provenOrder is the order of day and month without which a text would be no date.
func provenOrder(t string) DateOrder {
	day, _ := cutWeekday(cutTime(t))
	d, ok := splitDigits(day)
	if !ok || d.separator == '.' {
		return OrderUnknown
	}
	_, dayProblem := d.date(DayFirst)
	_, monthProblem := d.date(MonthFirst)
	switch {
	case dayProblem.IsZero() == monthProblem.IsZero():
		return OrderUnknown
	case monthProblem.IsZero():
		return MonthFirst
	}
	return DayFirst
}

// IsSlashDate reports whether a text is a date like 21/04/2026, whose order of day and month depends on who reads it.
func IsSlashDate(text string) bool {
	day, _ := cutWeekday(cutTime(texts.Trim(text)))
	d, ok := splitDigits(day)
	return ok && d.separator == '/'
}

var wantDate = sentence.Of("write it like 2026-06-01")

// wantDateOrder is the same for a date with two readings.
var wantDateOrder = sentence.Of("write it like 2026-06-01, or say how the whole sheet writes dates")

// ParseDate reads a date as people type it and programs write it; a blank cell is the zero date. A time of day beside the
// date is left out, and the day stays as written whatever its zone. A day of the week has to be that of the date.
//
// These have one reading: 2026-06-01, 20260601, 2026/6/1, 31122026; dates with dots, which are day first (1.6.2026, 01.06.26);
// dates with a month's name in English or German (1. Juni 2026, Jun 1, 2026); and dates with slashes or dashes whose
// digits allow only one order (13/04/2026, 05/05/2026). For 03/04/26 the order that the column proves decides (see
// [DateOrderOf]), or the caller of an import (sheetimport.Options.DateOrder); without one the error is ambiguous_date
// with both readings. Two digits of a year mean 2000 to 2069. A date without a year, a calendar week, and a day that
// the calendar lacks are errors.
func ParseDate(text string, o DateOrder) (budget.Date, error) {
	t, err := ParseText(text)
	if err != nil || IsBlank(t) {
		return budget.Date{}, err
	}
	if d, err := budget.ParseDate(t); err == nil {
		return d, nil
	}
	day, weekday := cutWeekday(cutTime(t))
	d, err := parseDate(t, day, o)
	if err == nil && weekday != "" && weekdayNames[weekday] != d.Weekday() {
		return budget.Date{}, NewError("not_a_date", t, sentence.Of("names another day of the week than that of %s, which is a %s",
			d.String(), sentence.Of(d.Weekday().String())), sentence.Of("correct the one that is wrong"))
	}
	return d, err
}

// parseDate reads the date in day, which is the text t without a time.
func parseDate(t, day string, o DateOrder) (budget.Date, error) {
	fail := func(problem sentence.Sentence, readings ...string) (budget.Date, error) {
		return budget.Date{}, NewError("not_a_date", t, problem, wantDate, readings...)
	}
	if texts.IsDigits(day) {
		if len(day) == 8 {
			d, problem := newDate(day[:4], day[4:6], day[6:])
			if problem.IsZero() {
				return d, nil
			}
			if last, ok := splitDigits(day); ok {
				return last.read(t, o)
			}
			return fail(problem)
		}
		if d, ok := serialDate(day, From1900); ok {
			return fail(sentence.Of("looks like the number by which a spreadsheet stores a date"), d.String())
		}
	}
	if y, m, d, ok := splitYearFirst(day); ok {
		date, problem := newDate(y, m, d)
		if !problem.IsZero() {
			return fail(problem)
		}
		return date, nil
	}
	if d, ok := splitDigits(day); ok {
		return d.read(t, o)
	}
	date, problem := parseMonthName(day)
	if !problem.IsZero() {
		return fail(problem)
	}
	return date, nil
}

// digitDate is a date of three numbers with the year last.
type digitDate struct {
	a, b, year string
	separator  rune
}

// splitDigits cuts 1.6.2026, 01/06/26, 01-06-2026, or 01062026 if that begins with no year.
func splitDigits(t string) (digitDate, bool) {
	if len(t) == 8 && texts.IsDigits(t) {
		_, problem := newDate(t[:4], t[4:6], t[6:])
		year, _ := strconv.Atoi(t[4:])
		return digitDate{t[:2], t[2:4], t[4:], '/'}, !problem.IsZero() && budget.MinYear <= year && year <= budget.MaxYear
	}
	for _, sep := range "./-" {
		parts := strings.Split(t, string(sep))
		if len(parts) != 3 {
			continue
		}
		for i := range parts {
			parts[i] = texts.Trim(parts[i]) // "1. 6. 2026"
		}
		if isShort(parts[0]) && isShort(parts[1]) && texts.IsDigits(parts[2]) && (len(parts[2]) == 2 || len(parts[2]) == 4) {
			return digitDate{parts[0], parts[1], parts[2], sep}, true
		}
	}
	return digitDate{}, false
}

// splitYearFirst cuts 2026-6-1, 2026/06/01 or 2026.06.01.
func splitYearFirst(t string) (y, m, d string, ok bool) {
	for _, sep := range []string{"-", "/", "."} {
		parts := strings.Split(t, sep)
		if len(parts) == 3 && len(parts[0]) == 4 && texts.IsDigits(parts[0]) && isShort(parts[1]) && isShort(parts[2]) {
			return parts[0], parts[1], parts[2], true
		}
	}
	return "", "", "", false
}

func isShort(s string) bool { return len(s) <= 2 && texts.IsDigits(s) }

// date reads the numbers in one order, or says in words why that is no date.
func (d digitDate) date(o DateOrder) (date budget.Date, problem sentence.Sentence) {
	if o == MonthFirst {
		return newDate(d.year, d.a, d.b)
	}
	return newDate(d.year, d.b, d.a)
}

// read reads the numbers if there is only one way to do so, or if the order is known.
func (d digitDate) read(t string, o DateOrder) (budget.Date, error) {
	dayFirst, dayProblem := d.date(DayFirst)
	monthFirst, monthProblem := d.date(MonthFirst)
	if d.separator == '.' {
		monthFirst, monthProblem = dayFirst, dayProblem
	}
	switch {
	case !dayProblem.IsZero() && !monthProblem.IsZero():
		return budget.Date{}, NewError("not_a_date", t, dayProblem, wantDate)
	case !monthProblem.IsZero(), dayFirst == monthFirst, dayProblem.IsZero() && o == DayFirst:
		return dayFirst, nil
	case !dayProblem.IsZero(), o == MonthFirst:
		return monthFirst, nil
	}
	return budget.Date{}, NewError("ambiguous_date", t, twoReadings, wantDateOrder,
		dayFirst.String(), monthFirst.String())
}

// newDate makes a date of digits, or says in words why there is none.
func newDate(year, month, day string) (d budget.Date, problem sentence.Sentence) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	n, _ := strconv.Atoi(day)
	if len(year) == 2 {
		if y >= 70 {
			return d, sentence.Of("has a year of two digits that can be of this century or the last")
		}
		y += 2000
	}
	switch {
	case y < budget.MinYear || y > budget.MaxYear:
		return d, sentence.Of("has the year %s, which cannot be right", strconv.Itoa(y))
	case m < 1 || m > 12:
		return d, sentence.Of("is not a date: there is no month %d", m)
	}
	d, err := budget.NewDate(y, time.Month(m), n)
	if err != nil {
		return d, sentence.Of("is not a date: %s %s has no day %d", monthWord(m), strconv.Itoa(y), n)
	}
	return d, sentence.Sentence{}
}

// serialDate reads the number of days by which spreadsheets store dates, within the years that a plan is about.
func serialDate(t string, system DateSystem) (d budget.Date, ok bool) {
	number, ok := StoredNumber(t)
	if ok {
		d, ok = DayOfSerial(number, system)
	}
	return d, ok && d.Year() >= 2000 && d.Year() < 2100
}
