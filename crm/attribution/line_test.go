package attribution_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
)

func TestLineRatios(t *testing.T) {
	t.Parallel()
	eur := func(minor int64) []budget.Money { return []budget.Money{budget.FromMinor(minor, "EUR")} }
	for _, test := range []struct {
		name string
		line attribution.Line
		want string
	}{
		{"nothing", attribution.Line{}, "0.00 EUR, - per cost, - an order, - of the target, due -"},
		{"refunds and cancelled orders", attribution.Line{
			Orders: 4, Cancelled: 1, Refunds: 1, Revenue: eur(30_000), Refunded: eur(-5_000), Costs: eur(10_000),
			Target: budget.FromMinor(100_000, "EUR"), Period: budget.Period{Start: date("06-01"), End: date("06-30")},
		}, "250.00 EUR, 2.5 per cost, 33.33 EUR an order, 0.25 of the target, due 500.00 EUR"},
		{"cost without orders", attribution.Line{Costs: eur(10_000), Target: budget.FromMinor(0, "EUR")},
			"0.00 EUR, 0 per cost, - an order, - of the target, due -"},
		{"another currency", attribution.Line{Orders: 1, Revenue: eur(100), Costs: []budget.Money{budget.FromMinor(100, "USD")}},
			"1.00 EUR, - per cost, - an order, - of the target, due -"},
		{"thirds", attribution.Line{Orders: 3, Revenue: eur(100), Costs: eur(300), Target: budget.FromMinor(300, "EUR")},
			"1.00 EUR, 0.3333 per cost, 1.00 EUR an order, 0.3333 of the target, due -"},
	} {
		said := func(v fmt.Stringer, ok bool) string {
			if !ok {
				return "-"
			}
			return v.String()
		}
		cost, hasCost := test.line.RevenuePerCost("EUR")
		order, hasOrder := test.line.CostPerOrder("EUR")
		share, hasTarget := test.line.TargetReached()
		due := test.line.Due(date("06-15"))
		got := fmt.Sprintf("%s, %s per cost, %s an order, %s of the target, due %s", test.line.Net("EUR"),
			said(cost, hasCost), said(order, hasOrder), said(share, hasTarget), said(due, due.IsSet()))
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

type halfInJune struct{}

func (halfInJune) Rate(from, to budget.Currency, on budget.Date) (decimal.Decimal, bool) {
	return decimal.New(5, -1), from == "USD" && to == "EUR" && on.Month().String() == "2026-06"
}

// With rates, orders count on their day and costs on the cooperation's first one; what has no rate is kept apart.
func TestTotalsConverted(t *testing.T) {
	t.Parallel()
	s := snapshot(crm.Workspace{Currency: "EUR"}, []string{"A 06-01..07-31 =PAM10", "B 07-01..07-31 =TOM10"})
	for n := range s.Cooperations {
		s.Cooperations[n].Cost = budget.FromMinor(1_000, "USD")
	}
	x := must(attribution.NewIndex(s, nil))
	totals := must(attribution.NewTotals(x, halfInJune{}))
	for _, text := range []string{"06-10T12:00 PAM10", "07-10T12:00 PAM10"} {
		o := order(text)
		o.Amount = budget.FromMinor(4_001, "USD")
		d := must(x.Decide(o))
		for range 2 {
			if err := totals.Add(o, d); err != nil {
				t.Fatal(err)
			}
		}
		if err := totals.Remove(o, d); err != nil {
			t.Fatal(err)
		}
	}
	line := totals.Lines(attribution.ByCampaign)[0]
	want, got := "[20.01 EUR 40.01 USD] for [5.00 EUR 10.00 USD]", fmt.Sprint(line.Revenue, " for ", line.Costs)
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
