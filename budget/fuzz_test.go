package budget_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
)

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2026-06-01", "1900-01-01", "2200-12-31", "2024-02-29", "1026-06-01", "2026-6-1", "", "\xff026-06-01"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := budget.ParseDate(s)
		if err != nil {
			if !d.IsZero() {
				t.Errorf("%q is %s and an error", s, d)
			}
			return
		}
		if d.String() != s {
			t.Errorf("%q came back as %q", s, d)
		}
		m, err := budget.ParseMonth(s[:7])
		if err != nil || m != d.Month() {
			t.Errorf("%q is in month %s, %v", s, m, err)
		}
	})
}

func FuzzParseMoney(f *testing.F) {
	for _, seed := range []string{"1234.50", "-0.05", "10000000000000.01", "1e3", "1,5", "5.", "007", "-", strings.Repeat("0", 63) + "1"} {
		f.Add(seed, "EUR")
		f.Add(seed, "JPY")
		f.Add(seed, "kwd")
	}
	f.Fuzz(func(t *testing.T, s, code string) {
		c, err := budget.ParseCurrency(code)
		if err != nil {
			if m, err := budget.ParseMoney(s, budget.Currency(code)); err == nil {
				t.Errorf("%q in %q is %s", s, code, m)
			}
			return
		}
		m, err := budget.ParseMoney(s, c)
		if err != nil {
			if m.IsSet() {
				t.Errorf("%q is %s and an error", s, m)
			}
			return
		}
		if m.Minor() > budget.MaxMinor || m.Minor() < -budget.MaxMinor {
			t.Errorf("%q is %d minor units", s, m.Minor())
		}
		if back, err := budget.NewMoney(m.Decimal(), c); err != nil || back != m {
			t.Errorf("%q came back as %s, %v", s, back, err)
		}
		if again, err := budget.ParseMoney(m.Amount(), c); err != nil || again != m {
			t.Errorf("%q is %s, which is %s, %v", s, m, again, err)
		}
	})
}

func FuzzShares(f *testing.F) {
	f.Add(int64(1611481), int32(20605), int32(20700), "by_day")
	f.Add(int64(-1), int32(20605), int32(20606), "")
	f.Add(int64(-9223372036854775808), int32(20605), int32(24264), "on_end")
	f.Add(int64(5), int32(-2147483648), int32(20605), "on_start")
	f.Fuzz(func(t *testing.T, minor int64, start, end int32, spread string) {
		s, err := budget.ParseSpread(spread)
		if err != nil {
			return
		}
		checkShares(t, minor, budget.Period{Start: budget.FromUnixDay(start), End: budget.FromUnixDay(end)}, s)
	})
}

func FuzzPeriodJSON(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"start":"2026-06-01"}`, `{"start":"2026-06-01","end":"2026-06-30"}`, `{"end":""}`,
		`{"start":"2026-07-01","end":"2026-06-30"}`, `{"start":null}`, `{"start":5}`, `null`, `[]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var p budget.Period
		if json.Unmarshal(data, &p) != nil {
			return
		}
		written, err := json.Marshal(p)
		if err != nil {
			t.Fatalf("%s was read and cannot be written: %v", data, err)
		}
		var back budget.Period
		if err := json.Unmarshal(written, &back); err != nil || back != p {
			t.Fatalf("%s came back as %v, %v", written, back, err)
		}
		if p.Validate() == nil && p.Days() > budget.MaxDays {
			t.Fatalf("%v has %d days", p, p.Days())
		}
		for _, d := range []budget.Date{p.Start, p.End, p.Start.AddDays(1)} {
			if common, ok := p.Overlap(p); ok && p.Contains(d) != common.Contains(d) {
				t.Fatalf("%v does not overlap itself on %s", p, d)
			}
		}
	})
}

func FuzzMoneyJSON(f *testing.F) {
	for _, seed := range []string{
		`null`, `{"amount":"1234.50","currency":"EUR"}`, `{"amount":12.5,"currency":"EUR"}`, `{"amount":"1","currency":"jpy"}`, `[]`, `"x"`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var m, back budget.Money
		if json.Unmarshal(data, &m) != nil {
			return
		}
		written, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(written, &back); err != nil || back != m {
			t.Fatalf("%s came back as %v, %v", written, back, err)
		}
	})
}
