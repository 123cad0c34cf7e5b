package budget_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

// A range of months holds against a campaign's budget all that the campaign has in it, also in months in which the budget
// has no part.
func TestRangeHoldsWhatIsSpentBesideTheBudget(t *testing.T) {
	t.Parallel()
	plan := budget.Plan{
		Currency: "EUR",
		Campaigns: []budget.Campaign{
			{ID: "a", Name: "a", Budget: eur("1000"), Period: days("2026-06-01", "2026-06-30")}, {ID: "b", Name: "b"},
		},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Platform: "tiktok", Stage: budget.Signed, Cost: eur("5000"), Period: days("2026-07-05", "2026-07-05")},
			{ID: "2", Campaign: "b", Stage: budget.Draft, Cost: eur("7"), Period: days("2026-06-05", "2026-06-05")},
		},
	}
	filter := func(from, to string, platforms ...string) budget.Filter {
		return budget.Filter{From: budget.MustParseMonth(from), To: budget.MustParseMonth(to), Platforms: platforms}
	}
	whole := report(t, plan)
	for name, tc := range map[string]struct {
		filter budget.Filter
		want   []string // campaigns, total, coverage
	}{
		"both months": {filter("2026-06", "2026-07"), []string{
			"a 5000.00 of 1000.00, unbudgeted 0.00, left -4000.00: over 1", "b 7.00 of , unbudgeted 7.00, left : no_budget ",
			"Total 5007.00 of 1000.00, unbudgeted 7.00, left -4000.00: over 1", "1 of 2, 5000.00 of 5007.00",
		}},
		"both months, without what is selected": {filter("2026-06", "2026-07", ""), []string{
			"b 7.00 of , unbudgeted 7.00, left : no_budget ", "Total 7.00 of , unbudgeted 7.00, left : no_budget ", "0 of 1, 0.00 of 7.00",
		}},
		"the month of the budget": {filter("2026-06", "2026-06"), []string{
			"a 0.00 of 1000.00, unbudgeted 0.00, left 1000.00: ok ", "b 7.00 of , unbudgeted 7.00, left : no_budget ",
			"Total 7.00 of 1000.00, unbudgeted 7.00, left 1000.00: ok ", "1 of 2, 0.00 of 7.00",
		}},
		"another month": {filter("2026-07", "2026-08"), []string{
			"a 5000.00 of , unbudgeted 5000.00, left : no_budget ", "b 0.00 of , unbudgeted 0.00, left : no_budget ",
			"Total 5000.00 of , unbudgeted 5000.00, left : no_budget ", "0 of 2, 0.00 of 5000.00",
		}},
	} {
		r := filtered(t, whole, tc.filter)
		var got []string
		for _, l := range append(slices.Clone(r.Campaigns), r.Total) {
			got = append(got, fmt.Sprintf("%s %s of %s, unbudgeted %s, left %s: %s %s", l.Label, l.Allocated().Amount(), l.Budget.Amount(),
				l.Unbudgeted().Amount(), l.RemainingAfterSigned().Amount(), l.Health, l.TippedBy))
		}
		c := r.Coverage.Campaigns
		got = append(got, fmt.Sprintf("%d of %d, %s of %s", c.Budgeted, c.Lines, c.Covered.Amount(), c.Planned.Amount()))
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A range of all months is the whole of each campaign that has no cost without a date, and a budget that lies in months.
func TestRangeOfAllMonthsIsTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := report(t, drawPlan(t))
		part := filtered(t, whole, budget.Filter{From: budget.MustParseMonth("1990-01")})
		for n, want := range whole.Campaigns {
			_, undated := whole.Cell(want.Key, budget.Month{})
			spread := slices.ContainsFunc(whole.Cells, func(l budget.Line) bool { return l.Key == want.Key && l.Budget.IsSet() })
			if undated || want.Budget.IsSet() && !spread {
				continue
			}
			got := part.Campaigns[n]
			got.BudgetFrom, got.Target, got.TargetCost = want.BudgetFrom, want.Target, want.TargetCost
			if got.Others.Allocated().Minor() == 0 {
				got.Others = budget.Amounts{}
			}
			if diff := cmp.Diff(want, got, reportOptions()...); diff != "" {
				t.Fatalf("(-whole +range): %s", diff)
			}
		}
	})
}

// Quarters, years and spans of a filtered report have what is not selected, also without the items and out of JSON.
func TestGroupsKeepOthers(t *testing.T) {
	t.Parallel()
	june := days("2026-06-01", "2026-06-30")
	part := filtered(t, report(t, budget.Plan{
		Currency: "EUR", Campaigns: []budget.Campaign{{ID: "a", Name: "a", Budget: eur("100"), Period: june}},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Platform: "tiktok", Stage: budget.Signed, Cost: eur("60"), Period: june},
			{ID: "2", Campaign: "a", Platform: "instagram", Stage: budget.Signed, Cost: eur("70"), Period: june},
		},
	}), budget.Filter{Platforms: []string{"tiktok"}})
	doc, err := json.Marshal(part)
	if err != nil {
		t.Fatal(err)
	}
	var decoded budget.Report
	if err := json.Unmarshal(doc, &decoded); err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]*budget.Report{"with items": part, "without items": part.WithoutItems(), "out of JSON": &decoded} {
		all, _ := r.Between(budget.MustParseMonth("2026-01"), budget.Month{})
		var got []string
		for _, l := range slices.Concat(r.Quarters(), r.Years(), []budget.Line{all}) {
			got = append(got, fmt.Sprintf("%s beside %s, left %s, %s", l.Label, l.Others.Signed.Amount(),
				l.RemainingAfterSigned().Amount(), l.Health))
		}
		const beside = " beside 70.00, left -30.00, over"
		if diff := cmp.Diff("Q2 2026"+beside+"|2026"+beside+"|Months"+beside, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
