package budget_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
)

// checkTotal compares the total of a table with its lines, in every column that adds up, and
// holds each line to what a budget can cover.
func checkTotal(t failer, total budget.Line, lines []budget.Line) {
	t.Helper()
	columns := map[string]func(budget.Line) budget.Money{
		"signed":                 func(l budget.Line) budget.Money { return l.Signed },
		"negotiating":            func(l budget.Line) budget.Money { return l.Negotiating },
		"draft":                  func(l budget.Line) budget.Money { return l.Draft },
		"allocated":              func(l budget.Line) budget.Money { return l.Allocated() },
		"budget":                 func(l budget.Line) budget.Money { return l.Budget },
		"covered signed":         func(l budget.Line) budget.Money { return l.Covered.Signed },
		"covered":                func(l budget.Line) budget.Money { return l.Covered.Allocated() },
		"unbudgeted":             budget.Line.Unbudgeted,
		"left after signed":      budget.Line.RemainingAfterSigned,
		"left after negotiating": budget.Line.RemainingAfterNegotiating,
		"left after all":         budget.Line.RemainingAfterAllocated,
	}
	for name, column := range columns {
		var sum int64
		set := false
		for _, l := range lines {
			sum, set = sum+column(l).Minor(), set || column(l).IsSet()
		}
		if got := column(total); got.Minor() != sum || (got.IsSet() != set && len(lines) > 0) {
			t.Fatalf("%s: the lines sum to %d, the total is %q", name, sum, got)
		}
	}
	over := 0
	for _, l := range append(lines, total) {
		signed := l.Covered.Signed.Minor() + l.Others.Signed.Minor()
		if got, want := l.Health == budget.Over, l.Budget.IsSet() && signed > l.Budget.Minor(); got != want {
			t.Fatalf("%s is %s with %s signed of %s", l.Label, l.Health, l.Covered.Signed, l.Budget)
		}
		if !l.Budget.IsSet() && l.Covered.Allocated().Sign() != 0 {
			t.Fatalf("%s covers %s without a budget", l.Label, l.Covered.Allocated())
		}
		if l.Health == budget.Over {
			over++
		}
	}
	if total.Health == budget.Over && over == 1 {
		t.Fatalf("the total is over, and none of its lines")
	}
}

// A total is that of its own lines, and a budget stands against what it is for.
func TestTrueTotals(t *testing.T) {
	t.Parallel()
	june, july := budget.MustParseMonth("2026-06"), budget.MustParseMonth("2026-07")
	item := func(id, campaign string, stage budget.Stage, cost string, p budget.Period) budget.Item {
		return budget.Item{ID: id, Campaign: campaign, Stage: stage, Cost: eur(cost), Period: p}
	}
	inJune, inJuly := days("2026-06-01", "2026-06-30"), days("2026-07-01", "2026-07-31")
	for name, tc := range map[string]struct {
		plan budget.Plan
		want []string
	}{
		"months with budgets beside a campaign with another": {
			budget.Plan{
				Campaigns:    []budget.Campaign{{ID: "a", Budget: eur("20000"), Period: inJune}},
				MonthBudgets: map[budget.Month]budget.Money{june: eur("15000"), july: eur("16990.29")},
				Items:        []budget.Item{item("1", "a", budget.Signed, "16000", inJune)},
			},
			[]string{
				"a 20000.00, signed 16000.00, unbudgeted 0.00, left 4000.00: ok ",
				"Total 20000.00, signed 16000.00, unbudgeted 0.00, left 4000.00: ok ",
				"June 2026 15000.00, signed 16000.00, unbudgeted 0.00, left -1000.00: over 1",
				"July 2026 16990.29, signed 0.00, unbudgeted 0.00, left 16990.29: ok ",
				"Total 31990.29, signed 16000.00, unbudgeted 0.00, left 15990.29: ok ",
				"campaigns 1 of 1, 16000.00 of 16000.00", "months 2 of 2, 16000.00 of 16000.00",
			},
		},
		"months alone have budgets": {
			budget.Plan{
				Campaigns:    []budget.Campaign{{ID: "a"}},
				MonthBudgets: map[budget.Month]budget.Money{june: eur("100")},
				Items: []budget.Item{
					item("1", "a", budget.Signed, "90", inJune), item("2", "a", budget.Signed, "20", inJune), item("3", "a", budget.Draft, "50", inJuly),
				},
			},
			[]string{
				"a , signed 110.00, unbudgeted 160.00, left : no_budget ",
				"Total , signed 110.00, unbudgeted 160.00, left : no_budget ",
				"June 2026 100.00, signed 110.00, unbudgeted 0.00, left -10.00: over 2",
				"July 2026 , signed 0.00, unbudgeted 50.00, left : no_budget ",
				"Total 100.00, signed 110.00, unbudgeted 50.00, left -10.00: over 2",
				"campaigns 0 of 1, 0.00 of 160.00", "months 1 of 2, 110.00 of 160.00",
			},
		},
		"a month is made of some campaigns' budgets": {
			budget.Plan{
				Campaigns: []budget.Campaign{{ID: "a", Budget: eur("1000"), Period: inJune}, {ID: "b"}, {ID: "c"}},
				Items: []budget.Item{
					item("1", "a", budget.Signed, "400", inJune), item("2", "a", budget.Negotiating, "700", inJune),
					item("3", "b", budget.Signed, "5000", inJune), item("4", "c", budget.Draft, "3000", inJuly),
				},
			},
			[]string{
				"a 1000.00, signed 400.00, unbudgeted 0.00, left 600.00: at_risk 2",
				"b , signed 5000.00, unbudgeted 5000.00, left : no_budget ",
				"c , signed 0.00, unbudgeted 3000.00, left : no_budget ",
				"Total 1000.00, signed 5400.00, unbudgeted 8000.00, left 600.00: at_risk 2",
				"June 2026 1000.00, signed 5400.00, unbudgeted 5000.00, left 600.00: at_risk 2",
				"July 2026 , signed 0.00, unbudgeted 3000.00, left : no_budget ",
				"Total 1000.00, signed 5400.00, unbudgeted 8000.00, left 600.00: at_risk 2",
				"campaigns 1 of 3, 1100.00 of 9100.00", "months 1 of 2, 1100.00 of 9100.00",
			},
		},
		"a campaign is spent outside its dates and without any": {
			budget.Plan{
				Campaigns: []budget.Campaign{{ID: "a", Budget: eur("100"), Period: inJune}, {ID: "b", Budget: eur("0"), Period: inJuly}},
				Items: []budget.Item{
					item("1", "a", budget.Signed, "70", inJuly), item("2", "a", budget.Draft, "20", budget.Period{}),
					item("3", "b", budget.Signed, "1", inJuly),
				},
			},
			[]string{
				"a 100.00, signed 70.00, unbudgeted 0.00, left 30.00: ok ",
				"b 0.00, signed 1.00, unbudgeted 0.00, left -1.00: over 3",
				"Total 100.00, signed 71.00, unbudgeted 0.00, left 29.00: ok ",
				"June 2026 100.00, signed 0.00, unbudgeted 0.00, left 100.00: ok ",
				"July 2026 0.00, signed 71.00, unbudgeted 70.00, left -1.00: over 3",
				"Total 100.00, signed 71.00, unbudgeted 90.00, left 99.00: ok ",
				"campaigns 2 of 2, 91.00 of 91.00", "months 2 of 2, 1.00 of 91.00",
			},
		},
	} {
		for n := range tc.plan.Campaigns {
			tc.plan.Campaigns[n].Name = tc.plan.Campaigns[n].ID
		}
		tc.plan.Currency = "EUR"
		r := report(t, tc.plan)
		var got []string
		for _, l := range append(append(append(r.Campaigns, r.Total), r.Months...), r.MonthTotal) {
			got = append(got, fmt.Sprintf("%s %s, signed %s, unbudgeted %s, left %s: %s %s", l.Label, l.Budget.Amount(),
				l.Signed.Amount(), l.Unbudgeted().Amount(), l.RemainingAfterSigned().Amount(), l.Health, l.TippedBy))
		}
		for _, c := range []struct {
			of string
			budget.Covers
		}{{"campaigns", r.Coverage.Campaigns}, {"months", r.Coverage.Months}} {
			got = append(got, fmt.Sprintf("%s %d of %d, %s of %s", c.of, c.Budgeted, c.Lines, c.Covered.Amount(), c.Planned.Amount()))
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
		checkAgreement(t, r)
	}
}

// Quarters and years add up their months, and count each cooperation once.
func TestQuartersAndYears(t *testing.T) {
	t.Parallel()
	plan := budget.Plan{
		Currency:  "EUR",
		Campaigns: []budget.Campaign{{ID: "a", Budget: eur("365"), Period: days("2026-01-01", "2026-12-31")}, {ID: "b"}},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Stage: budget.Signed, Cost: eur("200"), Period: days("2026-03-23", "2026-04-01")},
			{ID: "2", Campaign: "b", Stage: budget.Draft, Cost: eur("31"), Period: days("2026-12-16", "2027-01-15")},
			{ID: "3", Campaign: "b", Stage: budget.Draft, Cost: eur("5")},
		},
	}
	r := report(t, plan)
	text := func(lines ...budget.Line) (got []string) {
		for _, l := range lines {
			got = append(got, fmt.Sprintf("%s|%s|%s of %s, unbudgeted %s, %d: %s %s, forecast %s", l.Key, l.Label, l.Allocated().Amount(),
				l.Budget.Amount(), l.Unbudgeted().Amount(), l.Count(), l.Health, l.TippedBy, l.Forecast.Amount()))
		}
		return got
	}
	between, ok := r.Between(budget.MustParseMonth("2026-04"), budget.MustParseMonth("2026-11"))
	_, none := r.Between(budget.MustParseMonth("2028-04"), budget.Month{})
	if !ok || none {
		t.Errorf("months in the year %v, after it %v", ok, none)
	}
	for name, tc := range map[string]struct{ got, want []string }{
		"quarters": {text(r.Quarters()...), []string{
			"2026-Q1|Q1 2026|180.00 of 90.00, unbudgeted 0.00, 1: over 1, forecast 180.00",
			"2026-Q2|Q2 2026|20.00 of 91.00, unbudgeted 0.00, 1: ok , forecast 20.00",
			"2026-Q3|Q3 2026|0.00 of 92.00, unbudgeted 0.00, 0: ok , forecast 0.00",
			"2026-Q4|Q4 2026|16.00 of 92.00, unbudgeted 16.00, 1: ok , forecast 1.60",
			"2027-Q1|Q1 2027|15.00 of , unbudgeted 15.00, 1: no_budget , forecast 1.50",
		}},
		"years": {text(r.Years()...), []string{
			"2026|2026|216.00 of 365.00, unbudgeted 16.00, 2: ok , forecast 201.60",
			"2027|2027|15.00 of , unbudgeted 15.00, 1: no_budget , forecast 1.50",
		}},
		"between": {text(between), []string{"months|Months|20.00 of 244.00, unbudgeted 0.00, 1: ok , forecast 20.00"}},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}
