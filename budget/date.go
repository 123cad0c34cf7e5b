package budget

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"time"
)

// The years that are accepted on input. A calendar has no such bounds, but a
// plan has: 1026-06-01 and 20260-06-01 are slips of the keyboard, and refusing
// them where they are typed is kinder than a report that is a thousand years long.
const (
	MinYear = 1900
	MaxYear = 2200
)

// The years as they stand in errors: a translation would write the number 1,900.
var firstYear, lastYear = strconv.Itoa(MinYear), strconv.Itoa(MaxYear)

const secondsPerDay = 24 * 60 * 60

// Date is a calendar day without a time of day and without a zone. The zero
// value means "no date". Dates are comparable with == and take four bytes.
type Date struct {
	// n is the Unix day with its sign bit flipped: zero is then a day millions
	// of years away, which stands for "no date", and n orders like the days do.
	n uint32
}

const signBit = 1 << 31

var (
	firstDay = civil(MinYear, time.January, 1)
	lastDay  = civil(MaxYear, time.December, 31)
)

// NewDate returns the given day. A day that the month does not have (31
// February) and a year outside MinYear..MaxYear are refused with ErrDate; nothing
// rolls over.
func NewDate(year int, month time.Month, day int) (Date, error) {
	if year < MinYear || year > MaxYear {
		return Date{}, wrong(ErrDate, "year %s, want %s to %s", strconv.Itoa(year), firstYear, lastYear)
	}
	if month < time.January || month > time.December {
		return Date{}, wrong(ErrDate, "month %d, want 1 to 12", int(month))
	}
	if last := daysIn(year, month); day < 1 || day > last {
		return Date{}, wrong(ErrDate, "day %d, want 1 to %d in %s", day, last, monthOf(year, month))
	}
	return civil(year, month, day), nil
}

// ParseDate reads a day written exactly like 2026-06-01. Anything else is
// ErrDate: guessing between day-first and month-first is left to those who see
// the whole column.
func ParseDate(s string) (Date, error) {
	if len(s) != len("2026-06-01") || s[4] != '-' || s[7] != '-' {
		return Date{}, wrong(ErrDate, "%q, want year-month-day like 2026-06-01", short(s))
	}
	year, ok1 := digits(s[:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:])
	if !ok1 || !ok2 || !ok3 {
		return Date{}, wrong(ErrDate, "%q, want year-month-day like 2026-06-01", short(s))
	}
	d, err := NewDate(year, time.Month(month), day)
	if err != nil {
		return Date{}, fmt.Errorf("%q: %w", s, err)
	}
	return d, nil
}

// MustParseDate is ParseDate for constants and tests: it panics on a text that is
// not a date, as regexp.MustCompile does.
func MustParseDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf returns the day that t shows in its own location. Bring t into the zone
// you mean first: DateOf(t.In(berlin)).
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return civil(year, month, day)
}

// FromUnixDay returns the day n days after 1970-01-01. The most negative n is no date.
func FromUnixDay(n int32) Date { return Date{uint32(n) ^ signBit} }

// UnixDay returns the days since 1970-01-01, which are negative before it. No
// date gives math.MinInt32, so that FromUnixDay always leads back.
func (d Date) UnixDay() int32 { return int32(d.n ^ signBit) }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// Year returns the year of d, 0 for no date.
func (d Date) Year() int {
	if d.IsZero() {
		return 0
	}
	return d.time().Year()
}

// Month returns the calendar month that d lies in, the zero Month for no date.
func (d Date) Month() Month {
	if d.IsZero() {
		return Month{}
	}
	year, month, _ := d.time().Date()
	return monthOf(year, month)
}

// Day returns the day of the month, 0 for no date.
func (d Date) Day() int {
	if d.IsZero() {
		return 0
	}
	return d.time().Day()
}

// Weekday returns the day of the week. No date has none; it gives Sunday.
func (d Date) Weekday() time.Weekday {
	if d.IsZero() {
		return time.Sunday
	}
	return d.time().Weekday()
}

// AddDays returns the day n days later, or earlier for a negative n. No date stays no date.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	n = max(min(n, math.MaxUint32), -math.MaxUint32)
	day := int64(d.UnixDay()) + int64(n)
	return FromUnixDay(int32(max(min(day, math.MaxInt32), math.MinInt32+1)))
}

// DaysSince returns how many days d is after o: 1 for the next day. It is 0 when
// either is no date.
func (d Date) DaysSince(o Date) int {
	if d.IsZero() || o.IsZero() {
		return 0
	}
	return int(int64(d.n) - int64(o.n))
}

// Compare orders dates: -1 when d is before o, 0 when they are the same day, +1
// when d is after o. No date comes before every day.
func (d Date) Compare(o Date) int { return cmp.Compare(d.n, o.n) }

// Before reports whether d is a day before o.
func (d Date) Before(o Date) bool { return d.n < o.n }

// After reports whether d is a day after o.
func (d Date) After(o Date) bool { return d.n > o.n }

// String returns d as 2026-06-01, and "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

// MarshalText writes d as String does. A day outside MinYear..MaxYear, which only
// arithmetic can make, is refused with ErrDate because nobody could read it back.
func (d Date) MarshalText() ([]byte, error) {
	if !d.IsZero() && !d.inRange() {
		return nil, wrong(ErrDate, "%s is outside the years %s to %s", d, firstYear, lastYear)
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes; an empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// inRange reports whether d is a day that could have been typed.
func (d Date) inRange() bool {
	return !d.Before(firstDay) && !d.After(lastDay)
}

func (d Date) time() time.Time {
	return time.Unix(int64(d.UnixDay())*secondsPerDay, 0).UTC()
}

// civil returns the day of a date that is known to exist. Days beyond what 32
// bits hold stop at the last one.
//
// It counts from March, so that a leap day is the last day of its year: of five months in a row from March or August
// three have 31 days. time.Date takes any number of months and days, and five times as long.
func civil(year int, month time.Month, day int) Date {
	y, m := int64(year), int64(month)-int64(time.March)
	if m < 0 {
		y, m = y-1, m+12
	}
	leapDays := floorDiv(y, 4) - floorDiv(y, 100) + floorDiv(y, 400)
	n := 365*y + leapDays + (153*m+2)/5 + int64(day) - 1 - unixEpoch
	return FromUnixDay(int32(max(min(n, math.MaxInt32), math.MinInt32+1)))
}

// unixEpoch is 1970-01-01 in days since 1 March of year 0.
const unixEpoch = 719_468

// floorDiv is a/b rounded down, for a positive b.
func floorDiv(a, b int64) int64 {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// digits reads an unsigned number that consists of nothing but digits.
func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// Monday returns the first day of the week, as ISO 8601 counts weeks. Of the zero Date it has no meaning.
func (d Date) Monday() Date {
	return d.AddDays(-((int(d.Weekday()) + 6) % 7))
}
