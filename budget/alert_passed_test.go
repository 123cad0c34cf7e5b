package budget_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
)

// kindsOf are the kinds of a report's alerts, and the items that each is about.
func kindsOf(a budget.Alerts) []string {
	got := []string{}
	for _, a := range a.Alerts {
		got = append(got, fmt.Sprint(a.Kind, a.Items))
	}
	return got
}

// What is archived and what has ended is in no alert, but counts against budgets.
func TestAlertsOfWhatHasPassed(t *testing.T) {
	t.Parallel()
	week := func(id, campaign, start, end string) budget.Item {
		return budget.Item{ID: id, Campaign: campaign, Influencer: "pam", Stage: budget.Signed, Cost: eur("8"), Period: days(start, end)}
	}
	plan := func(archived bool, budgetOfSale string, items ...budget.Item) budget.Plan {
		return budget.Plan{
			Currency: "EUR", Today: budget.MustParseDate("2026-06-10"), // a Wednesday
			Campaigns: []budget.Campaign{
				{ID: "sale", Budget: eur(budgetOfSale), Period: days("2026-06-01", "2026-07-31"), Archived: archived}, {ID: "fair"},
			},
			MonthBudgets: map[budget.Month]budget.Money{budget.MustParseMonth("2026-06"): eur("100")},
			Items:        items,
		}
	}
	for name, tc := range map[string]struct {
		plan budget.Plan
		want []string
	}{
		"a campaign over its budget": {plan(false, "7", week("1", "sale", "2026-06-08", "")), []string{"over[1]"}},
		"archived, over its budget":  {plan(true, "7", week("1", "sale", "2026-06-08", "")), []string{}},
		"two in a week": {plan(false, "70", week("1", "sale", "2026-06-08", ""),
			week("2", "fair", "2026-06-09", "")), []string{"double_booked[1 2]"}},
		"two in a week, one archived": {plan(true, "70", week("1", "sale", "2026-06-08", ""),
			week("2", "fair", "2026-06-09", "")), []string{}},
		"two in a week, one has ended": {plan(false, "70", week("1", "sale", "2026-06-08", "2026-06-09"),
			week("2", "fair", "2026-06-09", "")), []string{}},
		"over its budget by one that is ended": {plan(false, "7", week("1", "sale", "2026-06-08", "2026-06-09")), []string{"over[1]"}},
	} {
		if diff := cmp.Diff(tc.want, kindsOf(report(t, tc.plan).Alerts(nil))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What is planned without dates is told as an amount only where that is all of it.
func TestUndatedCostSentence(t *testing.T) {
	t.Parallel()
	item := func(id string, cost budget.Money) budget.Item {
		return budget.Item{ID: id, Campaign: "a", Stage: budget.Draft, Cost: cost}
	}
	dollars := budget.FromMinor(9_00, "USD")
	const byCount = `in campaign "Fair" cooperations are planned without dates, and their costs are in no month: `
	for name, tc := range map[string]struct {
		items []budget.Item
		want  string
	}{
		"priced": {[]budget.Item{item("1", eur("33")), item("2", eur("4.50"))},
			`in campaign "Fair" 37.50 EUR are planned without dates, and are in no month`},
		"without a rate":    {[]budget.Item{item("1", dollars)}, byCount + "1"},
		"one has no rate":   {[]budget.Item{item("1", dollars), item("2", eur("5"))}, byCount + "2"},
		"a refund and cost": {[]budget.Item{item("1", eur("-5")), item("2", eur("5"))}, byCount + "2"},
	} {
		got := report(t, budget.Plan{Currency: "EUR", Campaigns: []budget.Campaign{{ID: "a", Name: "Fair"}}, Items: tc.items}).Alerts(nil)
		if got.Count != 1 || got.Alerts[0].Kind != budget.AlertUndatedCost || got.Alerts[0].String() != tc.want {
			t.Errorf("%s: %v, want %q", name, got.Alerts, tc.want)
		}
	}
}
