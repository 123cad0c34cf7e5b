package budget_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		in string
		ok bool
	}{
		{"2026-06-01", true},
		{"1900-01-01", true},
		{"2200-12-31", true},
		{"2024-02-29", true},
		{"2026-02-29", false},
		{"2026-02-31", false},
		{"1899-12-31", false},
		{"2201-01-01", false},
		{"1026-06-01", false},
		{"2026-00-10", false},
		{"2026-13-10", false},
		{"2026-06-00", false},
		{"2026-6-1", false},
		{"2026/06/01", false},
		{"01.06.2026", false},
		{" 2026-06-01", false},
		{"2026-06-01T00:00:00Z", false},
		{"+026-06-01", false},
		{"", false},
	} {
		d, err := budget.ParseDate(tc.in)
		if tc.ok != (err == nil) {
			t.Errorf("ParseDate(%q) = %v, %v", tc.in, d, err)
		}
		if err != nil && !errors.Is(err, budget.ErrDate) {
			t.Errorf("ParseDate(%q): %v is not ErrDate", tc.in, err)
		}
		if err == nil && d.String() != tc.in {
			t.Errorf("ParseDate(%q).String() = %q", tc.in, d)
		}
	}
}

func TestDateParts(t *testing.T) {
	t.Parallel()
	d := budget.MustParseDate("2026-06-01")
	if d.Year() != 2026 || d.Month().TimeMonth() != time.June || d.Day() != 1 || d.Weekday() != time.Monday {
		t.Errorf("parts of %s: %d %s %d %s", d, d.Year(), d.Month(), d.Day(), d.Weekday())
	}
	if got := d.UnixDay(); got != 20605 {
		t.Errorf("UnixDay = %d", got)
	}
	if got := budget.FromUnixDay(0).String(); got != "1970-01-01" {
		t.Errorf("day 0 is %s", got)
	}
	berlin := time.FixedZone("CEST", 2*60*60)
	if got := budget.DateOf(time.Date(2026, 5, 31, 23, 0, 0, 0, time.UTC).In(berlin)); got != d {
		t.Errorf("an hour before midnight UTC is %s in Berlin", got)
	}
}

func TestNoDate(t *testing.T) {
	t.Parallel()
	var none budget.Date
	if !none.IsZero() || none.Year() != 0 || none.Day() != 0 || !none.Month().IsZero() || none.String() != "" ||
		none.AddDays(5) != none || none.DaysSince(budget.MustParseDate("2026-06-01")) != 0 {
		t.Error("no date is not nothing")
	}
	if budget.FromUnixDay(none.UnixDay()) != none {
		t.Error("no date does not survive UnixDay")
	}
	if !none.Before(budget.MustParseDate("1900-01-01")) {
		t.Error("no date is not first")
	}
}

func TestDateNeverLeavesItsRange(t *testing.T) {
	t.Parallel()
	d := budget.MustParseDate("2026-06-01")
	for _, n := range []int{math.MaxInt, math.MinInt, math.MaxInt32, math.MinInt32} {
		if got := d.AddDays(n); got.IsZero() || got.After(d) != (n > 0) {
			t.Errorf("AddDays(%d) = %v", n, got)
		}
	}
	if _, err := d.AddDays(1_000_000).MarshalText(); !errors.Is(err, budget.ErrDate) {
		t.Errorf("a date nobody can read was written: %v", err)
	}
	if got := budget.DateOf(time.Unix(math.MaxInt64/2, 0)); got.IsZero() {
		t.Error("a very late time has no date")
	}
}

func TestDateProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, n := drawDate(t, "day"), rapid.IntRange(-5000, 5000).Draw(t, "n")
		later := d.AddDays(n)
		want := time.Date(d.Year(), d.Month().TimeMonth(), d.Day()+n, 0, 0, 0, 0, time.UTC)
		if later != budget.DateOf(want) || later.DaysSince(d) != n || later.Compare(d) != sign(n) {
			t.Fatalf("%s + %d = %s", d, n, later)
		}
		if back, err := budget.ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%s came back as %s, %v", d, back, err)
		}
		if budget.FromUnixDay(d.UnixDay()) != d {
			t.Fatalf("%s does not survive UnixDay", d)
		}
	})
}

// Days and months are counted as the time package counts them: each day of the years that can be typed, and some
// of far years, also before year 0.
func TestDatesAreThoseOfTheTimePackage(t *testing.T) {
	t.Parallel()
	first := time.Date(budget.MinYear, time.January, 1, 0, 0, 0, 0, time.UTC)
	for day := first; day.Year() <= budget.MaxYear; day = day.AddDate(0, 0, 1) {
		want := int32(day.Unix() / (24 * 60 * 60))
		if day.Unix() < 0 {
			want = int32((day.Unix() - (24*60*60 - 1)) / (24 * 60 * 60))
		}
		d, err := budget.NewDate(day.Date())
		if err != nil || d.UnixDay() != want {
			t.Fatalf("%s is day %d, want %d (%v)", day.Format(time.DateOnly), d.UnixDay(), want, err)
		}
		if last := day.AddDate(0, 0, 1).Day() == 1; last != (d.Month().Last() == d) || last != (d.Month().Days() == day.Day()) {
			t.Fatalf("%s: the last day of its month is %s", d, d.Month().Last())
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(-2_000_000, 2_000_000).Draw(t, "year")
		day := time.Date(year, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		if got := budget.DateOf(day); int64(got.UnixDay())*24*60*60 != day.Unix() {
			t.Fatalf("%v is day %d, not second %d", day, got.UnixDay(), day.Unix())
		}
	})
	for _, far := range []int{-292_277_022_399, 292_277_026_596, 1 << 40} {
		if got := budget.DateOf(time.Date(far, time.June, 1, 0, 0, 0, 0, time.UTC)); got.IsZero() {
			t.Errorf("a day of year %d is no date", far)
		}
	}
}

func TestMonth(t *testing.T) {
	t.Parallel()
	feb := budget.MustParseMonth("2024-02")
	if feb.Days() != 29 || feb.First().String() != "2024-02-01" || feb.Last().String() != "2024-02-29" {
		t.Errorf("%s: %d days, %s to %s", feb, feb.Days(), feb.First(), feb.Last())
	}
	if got := feb.Add(-2).String(); got != "2023-12" {
		t.Errorf("two months before February 2024 is %s", got)
	}
	if got := budget.MustParseMonth("2025-01").Sub(feb); got != 11 {
		t.Errorf("January 2025 is %d months after February 2024", got)
	}
	for _, bad := range []string{"", "2026", "2026-13", "2026-00", "2026-6", "1026-06", "06-2026", "2026-06-01"} {
		if _, err := budget.ParseMonth(bad); !errors.Is(err, budget.ErrMonth) {
			t.Errorf("ParseMonth(%q): %v", bad, err)
		}
	}
	var none budget.Month
	if none.Add(3) != none || !none.First().IsZero() || !none.Last().IsZero() || none.Days() != 0 || none.Next() != none {
		t.Error("no month is not nothing")
	}
	if _, err := budget.NewMonth(2026, 13); !errors.Is(err, budget.ErrMonth) {
		t.Errorf("month 13: %v", err)
	}
	if got := feb.Add(-24_290).String(); got != "-001-12" {
		t.Errorf("the month before year 0 is %q", got)
	}
}

func TestDatesInJSON(t *testing.T) {
	t.Parallel()
	type record struct {
		Day    budget.Date             `json:"day"`
		Period budget.Period           `json:"period,omitzero"`
		Budget map[budget.Month]string `json:"budget"`
	}
	in := record{
		Day:    budget.MustParseDate("2026-06-01"),
		Period: budget.Period{Start: budget.MustParseDate("2026-06-01")},
		Budget: map[budget.Month]string{budget.MustParseMonth("2026-06"): "x"},
	}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"day":"2026-06-01","period":{"start":"2026-06-01"},"budget":{"2026-06":"x"}}`
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	var out record
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	if out.Day != in.Day || out.Period != in.Period || len(out.Budget) != 1 {
		t.Errorf("came back as %+v", out)
	}
	if err := json.Unmarshal([]byte(`{"day":""}`), &out); err != nil || !out.Day.IsZero() {
		t.Errorf("an empty day is %v, %v", out.Day, err)
	}
}

func TestPeriod(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		period budget.Period
		days   int
		ok     bool
	}{
		{days("2026-06-01", "2026-06-01"), 1, true},
		{days("2026-06-01", "2026-06-30"), 30, true},
		{days("2026-06-02", "2026-06-01"), 0, false},
		{days("2026-01-01", "2036-01-07"), 3659, true},
		{days("2026-01-01", "2036-01-08"), budget.MaxDays, true},
		{days("2026-01-01", "2036-01-09"), 3661, false},
		{days("2026-06-01", ""), 0, true},
		{days("", "2026-06-01"), 0, true},
		{budget.Period{}, 0, true},
		{budget.Period{Start: budget.DateOf(time.Time{})}, 0, false},
	} {
		err := tc.period.Validate()
		if (err == nil) != tc.ok || (err != nil && !errors.Is(err, budget.ErrPeriod)) {
			t.Errorf("%v: %v", tc.period, err)
		}
		if got := tc.period.Days(); got != tc.days {
			t.Errorf("%v has %d days, want %d", tc.period, got, tc.days)
		}
	}
}

// The overlap of two periods contains exactly the days that both contain.
func TestOverlap(t *testing.T) {
	t.Parallel()
	first := budget.MustParseDate("2026-01-01")
	draw := func(t *rapid.T, name string) budget.Period {
		var p budget.Period
		from := rapid.IntRange(0, 20).Draw(t, name)
		if rapid.Bool().Draw(t, name+" starts") {
			p.Start = first.AddDays(from)
		}
		if rapid.Bool().Draw(t, name+" ends") {
			p.End = first.AddDays(from + rapid.IntRange(0, 10).Draw(t, name+" days"))
		}
		return p
	}
	rapid.Check(t, func(t *rapid.T) {
		p, o := draw(t, "p"), draw(t, "o")
		common, ok := p.Overlap(o)
		some := false
		for i := range 60 {
			d := first.AddDays(i)
			both := p.Contains(d) && o.Contains(d)
			some = some || both
			if both != common.Contains(d) {
				t.Fatalf("%v and %v overlap in %v, wrong on %s", p, o, common, d)
			}
		}
		if ok != some {
			t.Fatalf("%v and %v overlap: %v", p, o, ok)
		}
	})
}

func drawDate(t *rapid.T, name string) budget.Date {
	first := budget.MustParseDate("1900-01-01")
	return first.AddDays(rapid.IntRange(0, budget.MustParseDate("2200-12-31").DaysSince(first)).Draw(t, name))
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}
