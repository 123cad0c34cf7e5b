package budget

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"time"
)

// Month is a month of a year, such as June 2026. The zero value means "no
// month"; in a report that is the unscheduled bucket. Months are comparable with
// == and may be the keys of a JSON object.
type Month struct {
	n uint32 // months since January of year 0, sign bit flipped as in Date
}

// NewMonth returns the given month. Months that do not exist and years outside
// MinYear..MaxYear are refused with ErrMonth.
func NewMonth(year int, m time.Month) (Month, error) {
	if year < MinYear || year > MaxYear {
		return Month{}, wrong(ErrMonth, "year %s, want %s to %s", strconv.Itoa(year), firstYear, lastYear)
	}
	if m < time.January || m > time.December {
		return Month{}, wrong(ErrMonth, "month %d, want 1 to 12", int(m))
	}
	return monthOf(year, m), nil
}

// ParseMonth reads a month written exactly like 2026-06.
func ParseMonth(s string) (Month, error) {
	if len(s) != len("2026-06") || s[4] != '-' {
		return Month{}, wrong(ErrMonth, "%q, want year-month like 2026-06", short(s))
	}
	year, ok1 := digits(s[:4])
	month, ok2 := digits(s[5:])
	if !ok1 || !ok2 {
		return Month{}, wrong(ErrMonth, "%q, want year-month like 2026-06", short(s))
	}
	m, err := NewMonth(year, time.Month(month))
	if err != nil {
		return Month{}, fmt.Errorf("%q: %w", s, err)
	}
	return m, nil
}

// MustParseMonth is ParseMonth for constants and tests: it panics on a text that
// is not a month.
func MustParseMonth(s string) Month {
	m, err := ParseMonth(s)
	if err != nil {
		panic(err)
	}
	return m
}

// First returns the first day of m; no month has none.
func (m Month) First() Date {
	if m.IsZero() {
		return Date{}
	}
	return civil(m.Year(), m.TimeMonth(), 1)
}

// Last returns the last day of m; no month has none.
func (m Month) Last() Date {
	if m.IsZero() {
		return Date{}
	}
	return civil(m.Year(), m.TimeMonth(), m.Days())
}

// Days returns how many days m has, 0 for no month.
func (m Month) Days() int {
	if m.IsZero() {
		return 0
	}
	return daysIn(m.Year(), m.TimeMonth())
}

// Next returns the month after m.
func (m Month) Next() Month { return m.Add(1) }

// Add returns the month n months later, or earlier for a negative n. No month
// stays no month.
func (m Month) Add(n int) Month {
	if m.IsZero() {
		return m
	}
	n = max(min(n, math.MaxUint32), -math.MaxUint32)
	return Month{uint32(max(min(int64(m.n)+int64(n), math.MaxUint32), 1))}
}

// Sub returns how many months m is after o: 1 for the next month. It is 0 when
// either is no month.
func (m Month) Sub(o Month) int {
	if m.IsZero() || o.IsZero() {
		return 0
	}
	return int(int64(m.n) - int64(o.n))
}

// Compare orders months: -1 when m is before o, 0 when they are the same, +1 when
// m is after o. No month comes before every month.
func (m Month) Compare(o Month) int { return cmp.Compare(m.n, o.n) }

// IsZero reports whether m is no month.
func (m Month) IsZero() bool { return m.n == 0 }

// Year returns the year of m, 0 for no month.
func (m Month) Year() int {
	year, _ := m.split()
	return year
}

// TimeMonth returns the month of the year, 0 for no month.
func (m Month) TimeMonth() time.Month {
	_, month := m.split()
	return month
}

// String returns m as 2026-06, and "" for no month.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	year, month := m.split()
	return fmt.Sprintf("%04d-%02d", year, int(month))
}

// MarshalText writes m as String does. Years outside MinYear..MaxYear, which only
// arithmetic can make, are refused with ErrMonth.
func (m Month) MarshalText() ([]byte, error) {
	if year := m.Year(); !m.IsZero() && (year < MinYear || year > MaxYear) {
		return nil, wrong(ErrMonth, "%s is outside the years %s to %s", m, firstYear, lastYear)
	}
	return []byte(m.String()), nil
}

// UnmarshalText reads what MarshalText writes; an empty text is no month.
func (m *Month) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = Month{}
		return nil
	}
	parsed, err := ParseMonth(string(text))
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}

func monthOf(year int, m time.Month) Month {
	return Month{uint32(int32(year*12+int(m)-1)) ^ signBit}
}

func (m Month) split() (int, time.Month) {
	if m.IsZero() {
		return 0, 0
	}
	n := int(int32(m.n ^ signBit))
	year, month := n/12, n%12
	if month < 0 {
		year, month = year-1, month+12
	}
	return year, time.Month(month + 1)
}
