package budget_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
)

// checkCoverage holds the coverage of a report to its lines.
func checkCoverage(t failer, r *budget.Report) {
	t.Helper()
	campaigns, months := r.Coverage.Campaigns, r.Coverage.Months
	budgeted := map[string]bool{}
	for _, l := range r.Campaigns {
		budgeted[l.Key] = l.Budget.IsSet()
	}
	var planned, covered int64
	uncovered, refunds := 0, false
	for _, l := range r.Cells {
		gross := int64(0)
		for _, m := range []budget.Money{l.Signed, l.Negotiating, l.Draft} {
			gross += max(m.Minor(), -m.Minor())
			refunds = refunds || m.Sign() < 0
		}
		planned += gross
		if budgeted[l.Key] {
			covered += gross
		} else {
			uncovered += l.Count()
		}
	}
	want := budget.Covers{
		Lines: len(r.Campaigns), Planned: budget.FromMinor(planned, r.Currency),
		Covered: budget.FromMinor(covered, r.Currency), Uncovered: uncovered,
	}
	for _, set := range budgeted {
		if set {
			want.Budgeted++
		}
	}
	if campaigns != want {
		t.Fatalf("campaigns: %+v, want %+v", campaigns, want)
	}
	if months.Planned != campaigns.Planned {
		t.Fatalf("campaigns plan %s, months %s", campaigns.Planned, months.Planned)
	}
	if !refunds && (campaigns.Planned != r.Total.Allocated() || campaigns.Covered != r.Total.Covered.Allocated() ||
		months.Covered != r.MonthTotal.Covered.Allocated()) {
		t.Fatalf("without refunds %+v is not that of %+v", r.Coverage, r.Total)
	}
	checkCovers(t, campaigns, append([]budget.Line{r.Total}, r.Campaigns...))
	checkCovers(t, months, append([]budget.Line{r.MonthTotal, r.Unscheduled}, r.Months...))
}

// checkCovers holds what is covered to between nothing and all, and to the lines, of which the first is the total.
func checkCovers(t failer, c budget.Covers, lines []budget.Line) {
	t.Helper()
	share, ok := c.Share()
	one := decimal.NewFromInt(1)
	switch {
	case c.Covered.Sign() < 0 || c.Covered.Minor() > c.Planned.Minor():
		t.Fatalf("%s of %s is covered", c.Covered, c.Planned)
	case ok != (c.Planned.Sign() > 0):
		t.Fatalf("there is a share of %s: %v", c.Planned, ok)
	case share.IsNegative() || share.GreaterThan(one) || ok && share.Equal(one) != (c.Covered == c.Planned):
		t.Fatalf("%s of %s is covered, a share of %s", c.Covered, c.Planned, share)
	case c.Whole() && c.Covered != c.Planned:
		t.Fatalf("whole with %s of %s", c.Covered, c.Planned)
	}
	for n, l := range lines {
		if c.Whole() && l.Unbudgeted().Sign() != 0 {
			t.Fatalf("whole, and %q has %s without a budget", l.Label, l.Unbudgeted())
		}
		if n > 0 && !l.Budget.IsSet() && l.Count() > 0 && c.Whole() {
			t.Fatalf("whole, and %q counts %d without a budget", l.Label, l.Count())
		}
	}
}

// What is covered is part of what is planned, also where refunds and costs without a rate are.
func TestCoverage(t *testing.T) {
	t.Parallel()
	inJune := days("2026-06-01", "2026-06-30")
	campaigns := []budget.Campaign{{ID: "a", Budget: eur("1000"), Period: inJune}, {ID: "b"}}
	item := func(id, campaign, cost string) budget.Item {
		return budget.Item{ID: id, Campaign: campaign, Stage: budget.Signed, Cost: eur(cost), Period: inJune}
	}
	dollars := item("2", "b", "0")
	dollars.Cost = budget.FromMinor(500, "USD")
	free, undated := item("2", "b", "0"), item("2", "a", "100")
	undated.Period = budget.Period{}
	for name, tc := range map[string]struct {
		items []budget.Item
		want  string
	}{
		"a cost": {[]budget.Item{item("1", "a", "1100"), item("2", "b", "5000")},
			"1100.00 of 6100.00, 0.1803, 1|1100.00 of 6100.00, 0.1803, 1"},
		"a refund": {[]budget.Item{item("1", "a", "1100"), item("2", "b", "-5000")},
			"1100.00 of 6100.00, 0.1803, 1|1100.00 of 6100.00, 0.1803, 1"},
		"a refund within": {[]budget.Item{item("1", "a", "-1100"), item("2", "b", "5000")},
			"1100.00 of 6100.00, 0.1803, 1|1100.00 of 6100.00, 0.1803, 1"},
		"no rate":     {[]budget.Item{item("1", "a", "1100"), dollars}, "1100.00 of 1100.00, 1, 1|1100.00 of 1100.00, 1, 1"},
		"for free":    {[]budget.Item{item("1", "a", "1100"), free}, "1100.00 of 1100.00, 1, 1|1100.00 of 1100.00, 1, 1"},
		"unscheduled": {[]budget.Item{item("1", "a", "1100"), undated}, "1200.00 of 1200.00, 1, 0|1100.00 of 1200.00, 0.9166, 1"},
		"all of it":   {[]budget.Item{item("1", "a", "1100")}, "1100.00 of 1100.00, 1, 0|1100.00 of 1100.00, 1, 0"},
		"nothing":     {nil, "0.00 of 0.00, none, 0|0.00 of 0.00, none, 0"},
		"a cent is uncovered": {[]budget.Item{item("1", "a", "99999.99"), item("2", "b", "0.01")},
			"99999.99 of 100000.00, 0.9999, 1|99999.99 of 100000.00, 0.9999, 1"},
	} {
		r := report(t, budget.Plan{Currency: "EUR", Campaigns: campaigns, Items: tc.items})
		checkAgreement(t, r)
		text := func(c budget.Covers) string {
			share, ok := c.Share()
			shown := share.String()
			if !ok {
				shown = "none"
			}
			return fmt.Sprintf("%s of %s, %s, %d", c.Covered.Amount(), c.Planned.Amount(), shown, c.Uncovered)
		}
		if diff := cmp.Diff(tc.want, text(r.Coverage.Campaigns)+"|"+text(r.Coverage.Months)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
