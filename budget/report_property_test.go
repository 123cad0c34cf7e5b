package budget_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

func TestReportProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plan := drawPlan(t)
		r := report(t, plan)
		checkAgreement(t, r)

		shuffled := plan
		shuffled.Items = slices.Clone(plan.Items)
		shuffled.Campaigns = slices.Clone(plan.Campaigns)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "shuffle"), 0))
		random.Shuffle(len(shuffled.Items), func(i, j int) {
			shuffled.Items[i], shuffled.Items[j] = shuffled.Items[j], shuffled.Items[i]
		})
		random.Shuffle(len(shuffled.Campaigns), func(i, j int) {
			shuffled.Campaigns[i], shuffled.Campaigns[j] = shuffled.Campaigns[j], shuffled.Campaigns[i]
		})
		if diff := cmp.Diff(r, report(t, shuffled), reportOptions()...); diff != "" {
			t.Fatalf("the order of the items matters: %s", diff)
		}
	})
}

// checkAgreement compares the axes of a report with each other and every line
// with the items it is made of.
func checkAgreement(t failer, r *budget.Report) {
	t.Helper()
	var none budget.Month
	same := func(what string, whole budget.Line, parts []budget.Line) {
		t.Helper()
		var sum [3]int64
		for _, l := range parts {
			sum[0] += l.Signed.Minor()
			sum[1] += l.Negotiating.Minor()
			sum[2] += l.Draft.Minor()
		}
		if sum != [3]int64{whole.Signed.Minor(), whole.Negotiating.Minor(), whole.Draft.Minor()} {
			t.Fatalf("%s sum to %v, not to %+v", what, sum, whole)
		}
	}
	itemized := func(l budget.Line, campaign string, m budget.Month, all bool, covered func(budget.ItemShare) bool) {
		t.Helper()
		var sum, running int64
		tipped := ""
		shares := slices.DeleteFunc(r.Items(campaign, m), func(s budget.ItemShare) bool { return !all && s.Month != m })
		for i, s := range shares {
			sum += s.Share.Minor()
			if covered(s) && (l.Health == budget.AtRisk || (l.Health == budget.Over && s.Stage == budget.Signed)) {
				running += s.Share.Minor()
			}
			complete := i == len(shares)-1 || shares[i+1].Item != s.Item
			if tipped == "" && complete && l.Budget.IsSet() && l.Health != budget.OK && running > l.Budget.Minor() {
				tipped = s.Item
			}
		}
		if sum != l.Allocated().Minor() {
			t.Fatalf("the items of %s %s sum to %d, want %s", campaign, m, sum, l.Allocated())
		}
		if tipped != l.TippedBy {
			t.Fatalf("%s %s was tipped by %q, want %q", campaign, m, l.TippedBy, tipped)
		}
		if (l.Health == budget.Over || l.Health == budget.AtRisk) != (l.TippedBy != "") {
			t.Fatalf("%s, tipped by %q", l.Health, l.TippedBy)
		}
	}
	whole := func(budget.ItemShare) bool { return true }
	ofCampaignWithBudget := func(s budget.ItemShare) bool {
		return slices.ContainsFunc(r.Campaigns, func(l budget.Line) bool { return l.Key == s.Campaign && l.Budget.IsSet() })
	}
	ofMonthWithBudget := func(s budget.ItemShare) bool {
		cell, _ := r.Cell(s.Campaign, s.Month)
		return !s.Month.IsZero() && (cell.Budget.IsSet() || slices.ContainsFunc(r.Months, func(l budget.Line) bool {
			return l.Month == s.Month && l.BudgetFrom == budget.BudgetMonth
		}))
	}
	same("campaigns", r.Total, r.Campaigns)
	same("months", r.MonthTotal, append([]budget.Line{r.Unscheduled}, r.Months...))
	if r.Total.Amounts != r.MonthTotal.Amounts || r.Total.Counts != r.MonthTotal.Counts {
		t.Fatalf("the totals differ: %+v, %+v", r.Total, r.MonthTotal)
	}
	checkTotal(t, r.Total, r.Campaigns)
	checkCoverage(t, r)
	checkTotal(t, r.MonthTotal, append([]budget.Line{r.Unscheduled}, r.Months...))
	for _, axis := range budget.Axes() {
		if axis != budget.AxisTag {
			same(string(axis), r.TotalOf(axis), r.By(axis))
		}
	}
	for _, axis := range []budget.Axis{budget.AxisCampaign, budget.AxisMonth, budget.AxisQuarter, budget.AxisYear} {
		checkTotal(t, r.TotalOf(axis), r.By(axis))
	}
	ofMonth := map[budget.Month][]budget.Line{}
	ofCampaign := map[string][]budget.Line{}
	for _, l := range r.Cells {
		ofMonth[l.Month] = append(ofMonth[l.Month], l)
		ofCampaign[l.Key] = append(ofCampaign[l.Key], l)
		itemized(l, l.Key, l.Month, false, whole)
		if got, ok := r.Cell(l.Key, l.Month); !ok || got != l {
			t.Fatalf("Cell(%q, %s) = %v, %v", l.Key, l.Month, got, ok)
		}
	}
	for _, l := range r.Campaigns {
		same("months of "+l.Key, l, ofCampaign[l.Key])
		itemized(l, l.Key, none, true, whole)
	}
	for _, l := range r.Months {
		same("campaigns of "+l.Key, l, ofMonth[l.Month])
		itemized(l, "", l.Month, false, ofMonthWithBudget)
	}
	same("unscheduled", r.Unscheduled, ofMonth[none])
	itemized(r.Total, "", none, true, ofCampaignWithBudget)
	itemized(r.MonthTotal, "", none, true, ofMonthWithBudget)
}

func drawPlan(t *rapid.T) budget.Plan {
	plan := budget.Plan{
		Currency: "EUR",
		Spread:   rapid.SampledFrom([]budget.Spread{"", budget.ByDay, budget.OnStart, budget.OnEnd}).Draw(t, "plan spread"),
		Campaigns: []budget.Campaign{
			{ID: "a", Name: "A"},
			{ID: "b", Name: "B"},
			{ID: "c", Name: "A"},
		},
	}
	money := func(name string) budget.Money {
		if rapid.IntRange(0, 4).Draw(t, name+" set") == 0 {
			return budget.Money{}
		}
		c := rapid.SampledFrom([]budget.Currency{"EUR", "EUR", "EUR", "USD"}).Draw(t, name+" currency")
		return budget.FromMinor(rapid.Int64Range(-500, 10_000).Draw(t, name), c)
	}
	for i := range plan.Campaigns {
		if m := money("budget"); m.Currency() == "EUR" && m.Sign() >= 0 {
			plan.Campaigns[i].Budget = m
		}
		if rapid.Bool().Draw(t, "campaign dated") {
			plan.Campaigns[i].Period = drawPeriod(t)
		}
	}
	if rapid.Bool().Draw(t, "month budget") {
		plan.MonthBudgets = map[budget.Month]budget.Money{budget.MustParseMonth("2026-02"): eur("5")}
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "items") {
		it := budget.Item{
			ID:       string(rune('a' + i)),
			Campaign: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "campaign"),
			Platform: rapid.SampledFrom([]string{"", "instagram", "tiktok", "TikTok"}).Draw(t, "platform"),
			Tags:     rapid.SampledFrom([][]string{nil, {"vip"}, {"VIP", "new"}}).Draw(t, "tags"),
			Stage:    rapid.SampledFrom(budget.Stages()).Draw(t, "stage"),
			Cost:     money("cost"),
			Spread:   rapid.SampledFrom([]budget.Spread{"", "", budget.ByDay, budget.OnStart, budget.OnEnd}).Draw(t, "spread"),
		}
		if rapid.IntRange(0, 4).Draw(t, "dated") > 0 {
			it.Period = drawPeriod(t)
		}
		if rapid.IntRange(0, 5).Draw(t, "cancelled") == 0 {
			it.Cancellation = &budget.Cancellation{On: budget.MustParseDate("2026-03-03"), Fee: money("fee")}
		}
		plan.Items = append(plan.Items, it)
	}
	return plan
}
