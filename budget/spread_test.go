package budget_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

func TestShares(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		cost   string
		period budget.Period
		spread budget.Spread
		want   map[string]string
	}{
		"one month": {"100.00", days("2026-06-01", "2026-06-30"), budget.ByDay, map[string]string{"2026-06": "100.00"}},
		"default is by day": {"30.00", days("2026-06-30", "2026-07-02"), budget.SpreadDefault,
			map[string]string{"2026-06": "10.00", "2026-07": "20.00"}},
		"thirds": {"100.00", days("2026-06-30", "2026-07-02"), budget.ByDay,
			map[string]string{"2026-06": "33.33", "2026-07": "66.67"}},
		"half a cent up":   {"0.01", days("2026-06-30", "2026-07-01"), budget.ByDay, map[string]string{"2026-06": "0.01", "2026-07": "0.00"}},
		"half a cent down": {"-0.01", days("2026-06-30", "2026-07-01"), budget.ByDay, map[string]string{"2026-06": "-0.01", "2026-07": "0.00"}},
		"nothing, every month": {"0.00", days("2026-06-30", "2026-08-01"), budget.ByDay,
			map[string]string{"2026-06": "0.00", "2026-07": "0.00", "2026-08": "0.00"}},
		"over new year":    {"62.00", days("2026-12-01", "2027-01-31"), budget.ByDay, map[string]string{"2026-12": "31.00", "2027-01": "31.00"}},
		"on start":         {"100.00", days("2026-06-30", "2026-07-02"), budget.OnStart, map[string]string{"2026-06": "100.00"}},
		"on end":           {"100.00", days("2026-06-30", "2026-07-02"), budget.OnEnd, map[string]string{"2026-07": "100.00"}},
		"only a start":     {"100.00", days("2026-06-30", ""), budget.OnEnd, map[string]string{"2026-06": "100.00"}},
		"only an end":      {"100.00", days("", "2026-07-02"), budget.OnStart, map[string]string{"2026-07": "100.00"}},
		"no dates":         {"100.00", budget.Period{}, budget.ByDay, map[string]string{}},
		"end before start": {"100.00", days("2026-07-02", "2026-06-30"), budget.ByDay, map[string]string{}},
	} {
		got := map[string]string{}
		for _, share := range budget.Shares(eur(tc.cost), tc.period, tc.spread) {
			got[share.Month.String()] = share.Amount.Amount()
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
	if got := budget.Shares(budget.Money{}, days("2026-06-01", "2026-06-30"), budget.ByDay); got != nil {
		t.Errorf("shares of no amount: %v", got)
	}
}

// Shares agree with a day-by-day count in big integers, for every cost that fits.
func TestSharesProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.OneOf(rapid.Int64Range(-1000, 1000), rapid.Int64()).Draw(t, "cost")
		p := drawPeriod(t)
		checkShares(t, minor, p, rapid.SampledFrom([]budget.Spread{"", budget.ByDay, budget.OnStart, budget.OnEnd}).Draw(t, "spread"))
	})
	checkShares(t, math.MinInt64, days("2026-01-15", "2026-03-15"), budget.ByDay)
	checkShares(t, math.MaxInt64, days("2026-01-15", "2026-03-15"), budget.ByDay)
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func checkShares(t failer, minor int64, p budget.Period, s budget.Spread) {
	t.Helper()
	shares := budget.Shares(budget.FromMinor(minor, "EUR"), p, s)
	if p.IsZero() || p.Validate() != nil {
		if shares != nil {
			t.Fatalf("%v has shares %v", p, shares)
		}
		return
	}
	sum := new(big.Int)
	for i, share := range shares {
		if i > 0 && share.Month != shares[i-1].Month.Next() {
			t.Fatalf("%s follows %s", share.Month, shares[i-1].Month)
		}
		if share.Amount.Sign() != 0 && (share.Amount.Sign() < 0) != (minor < 0) {
			t.Fatalf("share %s of %d has the wrong sign", share.Amount, minor)
		}
		sum.Add(sum, big.NewInt(share.Amount.Minor()))
	}
	if sum.Cmp(big.NewInt(minor)) != 0 {
		t.Fatalf("shares of %d over %v sum to %s", minor, p, sum)
	}
	if p.Days() == 0 || s == budget.OnStart || s == budget.OnEnd {
		if len(shares) != 1 {
			t.Fatalf("%d shares on one day", len(shares))
		}
		return
	}
	byDay := map[budget.Month]int64{}
	before := int64(0)
	for d := 1; d <= p.Days(); d++ {
		upTo := rounded(minor, int64(d), int64(p.Days()))
		byDay[p.Start.AddDays(d-1).Month()] += upTo - before
		before = upTo
	}
	if len(byDay) != len(shares) {
		t.Fatalf("%d shares over %d months", len(shares), len(byDay))
	}
	for _, share := range shares {
		if share.Amount.Minor() != byDay[share.Month] {
			t.Fatalf("%s of %d over %v is %s, want %d", share.Month, minor, p, share.Amount, byDay[share.Month])
		}
	}
}

// rounded is cost·d/of rounded half away from zero, in exact fractions.
func rounded(cost, d, of int64) int64 {
	twice := new(big.Int).Mul(big.NewInt(cost), big.NewInt(2*d))
	if cost < 0 {
		twice.Sub(twice, big.NewInt(of))
	} else {
		twice.Add(twice, big.NewInt(of))
	}
	return twice.Quo(twice, big.NewInt(2*of)).Int64()
}

func drawPeriod(t *rapid.T) budget.Period {
	var p budget.Period
	start := budget.MustParseDate("2025-11-10").AddDays(rapid.IntRange(0, 500).Draw(t, "start"))
	if rapid.IntRange(0, 9).Draw(t, "starts") > 0 {
		p.Start = start
	}
	if rapid.IntRange(0, 9).Draw(t, "ends") > 0 {
		p.End = start.AddDays(rapid.OneOf(rapid.IntRange(0, 80), rapid.IntRange(0, budget.MaxDays-1)).Draw(t, "days"))
	}
	return p
}

func TestSpread(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]budget.Spread{"": "", "by_day": budget.ByDay, "ON_START": budget.OnStart, " on_end ": budget.OnEnd} {
		if got, err := budget.ParseSpread(in); got != want || err != nil {
			t.Errorf("ParseSpread(%q) = %q, %v", in, got, err)
		}
	}
	if _, err := budget.ParseSpread("by_week"); !errors.Is(err, budget.ErrSpread) {
		t.Errorf("by_week: %v", err)
	}
}
