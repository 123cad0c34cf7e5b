package budget_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

func TestUpTo(t *testing.T) {
	t.Parallel()
	day := func(s string) budget.Date {
		if s == "" {
			return budget.Date{}
		}
		return budget.MustParseDate(s)
	}
	hundred := budget.FromMinor(10_000, "EUR")
	for _, test := range []struct{ start, end, day, want string }{
		{"2026-06-01", "2026-06-30", "2026-05-31", "0.00 EUR"},
		{"2026-06-01", "2026-06-30", "2026-06-01", "3.33 EUR"},
		{"2026-06-01", "2026-06-30", "2026-06-15", "50.00 EUR"},
		{"2026-06-01", "2026-06-30", "2026-06-30", "100.00 EUR"},
		{"2026-06-01", "2026-06-30", "2027-01-01", "100.00 EUR"},
		{"2026-06-01", "", "2026-06-01", "100.00 EUR"},
		{"", "2026-06-30", "2026-06-29", "0.00 EUR"},
		{"", "2026-06-30", "2026-06-30", "100.00 EUR"},
		{"", "", "2026-06-30", ""},
		{"2026-06-30", "2026-06-01", "2026-06-10", ""},
	} {
		if got := budget.UpTo(hundred, budget.Period{Start: day(test.start), End: day(test.end)}, day(test.day)).String(); got != test.want {
			t.Errorf("%s to %s up to %s: %s, want %s", test.start, test.end, test.day, got, test.want)
		}
	}
	if got := budget.UpTo(budget.Money{}, budget.Period{Start: day("2026-06-01")}, day("2026-06-01")); got.IsSet() {
		t.Errorf("of no amount: %s", got)
	}
}

// At the end of each month it is the sum of the shares so far.
func TestUpToIsTheSharesSoFar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := budget.MustParseDate("2026-01-15").AddDays(rapid.IntRange(0, 400).Draw(t, "start"))
		p := budget.Period{Start: start, End: start.AddDays(rapid.IntRange(0, 900).Draw(t, "days"))}
		amount, sum := budget.FromMinor(rapid.Int64Range(-1e15, 1e15).Draw(t, "amount"), "EUR"), budget.FromMinor(0, "EUR")
		for _, share := range budget.Shares(amount, p, budget.ByDay) {
			var err error
			if sum, err = sum.Add(share.Amount); err != nil {
				t.Fatal(err)
			}
			if got := budget.UpTo(amount, p, share.Month.Last()); got != sum {
				t.Fatalf("%s of %s up to %s: %s, want %s", amount, p, share.Month.Last(), got, sum)
			}
		}
	})
}

func TestMoneyIn(t *testing.T) {
	t.Parallel()
	june, dollars := budget.MustParseDate("2026-06-10"), budget.FromMinor(1_001, "USD")
	if in, ok, err := dollars.In("USD", nil, june); in != dollars || !ok || err != nil {
		t.Errorf("in its own currency: %s, %t, %v", in, ok, err)
	}
	if in, ok, err := dollars.In("EUR", nil, june); in.IsSet() || ok || err != nil {
		t.Errorf("without rates: %s, %t, %v", in, ok, err)
	}
	if in, ok, err := budget.FromMinor(1_000, "USD").In("EUR", monthlyRates{}, june); !in.IsSet() || !ok || err != nil || in.Currency() != "EUR" {
		t.Errorf("by a rate: %s, %t, %v", in, ok, err)
	}
}
