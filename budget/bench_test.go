package budget_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
)

func BenchmarkShares(b *testing.B) {
	cost := eur("16114.81")
	for _, period := range []budget.Period{
		days("2026-06-10", "2026-06-20"),
		days("2026-06-10", "2026-08-20"),
		days("2026-01-01", "2027-12-31"),
	} {
		b.Run(fmt.Sprintf("%dd", period.Days()), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				budget.Shares(cost, period, budget.ByDay)
			}
		})
	}
}

// BenchmarkNew makes reports of growing plans; CRM_BENCH_MAX allows larger ones.
// "healthy" has ample budgets; "tipped" has to find out who tipped every line.
func BenchmarkNew(b *testing.B) {
	largest := 10_000
	if s := os.Getenv("CRM_BENCH_MAX"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			b.Fatalf("CRM_BENCH_MAX=%q is not a number", s)
		}
		largest = n
	}
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		if n > largest {
			break
		}
		for _, budgets := range []struct{ name, amount string }{
			{"healthy", "9000000000.00"},
			{"tipped", "1.00"},
		} {
			plan := largePlan(n, eur(budgets.amount))
			b.Run(fmt.Sprintf("%d/%s", n, budgets.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := budget.New(plan); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/item")
			})
		}
	}
}

// BenchmarkAdd compares adding Money with adding decimals.
func BenchmarkAdd(b *testing.B) {
	b.Run("money", func(b *testing.B) {
		x := eur("0.01")
		sum := eur("0")
		for b.Loop() {
			sum, _ = sum.Add(x)
		}
	})
	b.Run("decimal", func(b *testing.B) {
		x := decimal.RequireFromString("0.01")
		sum := decimal.New(0, -2)
		for b.Loop() {
			sum = sum.Add(x)
		}
	})
}

func BenchmarkParseMoney(b *testing.B) {
	for b.Loop() {
		if _, err := budget.ParseMoney("16114.81", "EUR"); err != nil {
			b.Fatal(err)
		}
	}
}

// largePlan spreads n items over a year and a hundred campaigns.
func largePlan(n int, each budget.Money) budget.Plan {
	const campaigns = 100
	plan := budget.Plan{Currency: "EUR"}
	first := budget.MustParseDate("2026-01-01")
	for i := range campaigns {
		start := first.AddDays(i * 3)
		plan.Campaigns = append(plan.Campaigns, budget.Campaign{
			ID: fmt.Sprintf("019abc00-0000-7000-8000-%012d", i), Name: fmt.Sprint("Campaign ", i),
			Budget: each, Period: budget.Period{Start: start, End: start.AddDays(60)},
		})
	}
	stages := budget.Stages()
	for i := range n {
		c := plan.Campaigns[i*7919%campaigns]
		start := c.Period.Start.AddDays(i % 45)
		plan.Items = append(plan.Items, budget.Item{
			ID: fmt.Sprintf("019abc01-0000-7000-8000-%012d", i*7919%n), Campaign: c.ID,
			Stage: stages[i%3], Cost: budget.FromMinor(int64(i%100_000), "EUR"),
			Period: budget.Period{Start: start, End: start.AddDays(i % 31)},
		})
	}
	return plan
}

func eur(amount string) budget.Money {
	m, err := budget.ParseMoney(amount, "EUR")
	if err != nil {
		panic(err)
	}
	return m
}

func days(start, end string) budget.Period {
	var p budget.Period
	if start != "" {
		p.Start = budget.MustParseDate(start)
	}
	if end != "" {
		p.End = budget.MustParseDate(end)
	}
	return p
}
