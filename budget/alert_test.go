package budget_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

// alertPlan is a plan with an alert of each kind, on Wednesday 10 June 2026.
func alertPlan() budget.Plan {
	item := func(id, campaign, influencer string, stage budget.Stage, cost string, p budget.Period) budget.Item {
		it := budget.Item{ID: id, Campaign: campaign, Influencer: influencer, Stage: stage, Period: p}
		if cost != "" {
			it.Cost = eur(cost)
		}
		return it
	}
	cancelled := item("90", "sale", "pam", budget.Signed, "", budget.Period{})
	cancelled.Cancellation = &budget.Cancellation{On: budget.MustParseDate("2026-06-01")}
	return budget.Plan{
		Currency: "EUR", Today: budget.MustParseDate("2026-06-10"),
		Labels: map[budget.Axis]map[string]string{budget.AxisInfluencer: {"pam": "Pam"}},
		Campaigns: []budget.Campaign{
			{ID: "sale", Name: "Sale", Budget: eur("100"), Period: days("2026-06-01", "2026-06-24")},
			{ID: "fair", Name: "Fair", Budget: eur("500"), Period: days("2026-07-01", "2026-07-31")},
			{ID: "old", Name: "Old", Budget: eur("1"), Period: days("2026-05-01", "2026-05-31")},
			{ID: "put away", Name: "Put away", Period: days("2026-06-01", "2026-06-12"), Archived: true},
			{ID: "always", Name: "Always on"},
		},
		MonthBudgets: map[budget.Month]budget.Money{budget.MustParseMonth("2026-05"): eur("0")},
		Items: []budget.Item{
			item("01", "sale", "pam", budget.Signed, "120", days("2026-06-08", "2026-06-20")),
			item("02", "sale", "", budget.Draft, "5", days("2026-06-09", "")),
			item("03", "sale", "", budget.Draft, "7", days("2026-06-09", "2026-06-09")), // has ended
			item("04", "sale", "", budget.Draft, "8", days("2026-06-10", "2026-06-11")), // begins today
			item("10", "fair", "zoe", budget.Signed, "450", days("2026-07-06", "2026-07-07")),
			item("11", "fair", "zoe", budget.Negotiating, "80", days("2026-07-13", "2026-07-13")),
			item("12", "fair", "kim", budget.Draft, "1", days("2026-06-14", "2026-07-13")), // a draft books nobody
			item("20", "old", "", budget.Signed, "2", days("2026-05-02", "2026-05-02")),
			item("21", "put away", "", budget.Draft, "2", days("2026-06-02", "")),
			item("30", "always", "pam", budget.Negotiating, "40", days("2026-06-14", "")), // a Sunday
			item("31", "always", "zoe", budget.Signed, "3", days("2026-07-20", "")),       // another week
			item("32", "always", "kim", budget.Signed, "", days("2026-06-11", "")),
			item("33", "always", "", budget.Signed, "9", days("", "2026-06-30")),
			item("34", "always", "", budget.Draft, "33", budget.Period{}),
			item("35", "always", "", budget.Negotiating, "4.50", budget.Period{}),
			item("36", "always", "", budget.Draft, "", budget.Period{}), // costs nothing so far
			cancelled,
		},
	}
}

func TestAlerts(t *testing.T) {
	t.Parallel()
	show := func(a budget.Alerts) []string {
		got := []string{fmt.Sprint(a.Count)}
		for _, a := range a.Alerts {
			got = append(got, fmt.Sprintf("%s %s%s%s %s %v %d %s: %s", a.Kind, a.Campaign, a.Month, a.Influencer, a.On,
				a.Items, a.Count, a.Amount.Amount(), a))
		}
		return got
	}
	all := []string{
		"10",
		`over 2026-06 2026-06-01 [01] 1 20.00: 2026-06 is over its budget by 20.00 EUR`,
		`over sale 2026-06-24 [01] 1 20.00: campaign "Sale" is over its budget by 20.00 EUR`,
		`signed_undated always  [33] 1 9.00: signed without a start date in campaign "Always on": 1`,
		`signed_no_cost always  [32] 1 0.00: signed without a cost in campaign "Always on": 1`,
		`draft_started sale 2026-06-09 [02] 1 5.00: drafts whose start has passed in campaign "Sale": 1`,
		`at_risk 2026-07 2026-07-01 [11] 1 30.43: 2026-07 will be over its budget by 30.43 EUR if everything is signed`,
		`at_risk fair 2026-07-31 [11] 1 31.00: campaign "Fair" will be over its budget by 31.00 EUR if everything is signed`,
		`double_booked pam 2026-06-08 [01 30] 2 160.00: "Pam" starts for several campaigns in the week of 2026-06-08: 2`,
		`ends_soon sale 2026-06-24 [02 04] 2 13.00: campaign "Sale" ends on 2026-06-24 and has drafts: 2`,
		`undated_cost always  [34 35] 2 37.50: in campaign "Always on" 37.50 EUR are planned without dates, and are in no month`,
	}
	r := report(t, alertPlan())
	if diff := cmp.Diff(all, show(r.Alerts(nil))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(append(all[:1:1], all[1:3]...), show(r.Alerts(&budget.AlertOptions{Limit: 2}))); diff != "" {
		t.Errorf("two of them (-want +got):\n%s", diff)
	}
	for _, a := range r.Alerts(&budget.AlertOptions{Within: 13}).Alerts {
		if a.Kind == budget.AlertEndsSoon {
			t.Errorf("14 days are within 13: %s", a)
		}
	}
	doc, err := json.Marshal(r.Alerts(&budget.AlertOptions{Limit: 1}))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"alerts":[{"kind":"over","month":"2026-06","on":"2026-06-01","items":["01"],"count":1,"amount":{"amount":"20.00","currency":"EUR"},` +
		`"message":"2026-06 is over its budget by 20.00 EUR"}],"count":10}`
	if string(doc) != want {
		t.Errorf("got  %s\nwant %s", doc, want)
	}
	if empty := (&budget.Report{}).Alerts(nil); len(empty.Alerts) != 0 || empty.Alerts == nil {
		t.Errorf("an empty report has %+v", empty)
	}
}

// What is over or at risk has an alert and nothing else has; alerts are bounded and in order, and the order of items is
// no part of them.
func TestAlertProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plan := drawPlan(t)
		for n := range plan.Items {
			plan.Items[n].Influencer = rapid.SampledFrom([]string{"", "pam", "zoe"}).Draw(t, "influencer")
		}
		if rapid.Bool().Draw(t, "dated") {
			plan.Today = budget.MustParseDate("2026-02-01").AddDays(rapid.IntRange(0, 60).Draw(t, "today"))
		}
		r := report(t, plan)
		all := r.Alerts(&budget.AlertOptions{Limit: 1000})
		checkHealthAlerts(t, r, all)
		if !slices.IsSortedFunc(all.Alerts, func(a, b budget.Alert) int {
			return slices.Index(budget.AlertKinds(), a.Kind) - slices.Index(budget.AlertKinds(), b.Kind)
		}) || len(all.Alerts) != all.Count {
			t.Fatalf("%d of %d are not in order: %v", len(all.Alerts), all.Count, all.Alerts)
		}
		campaigns := map[string]string{}
		for _, it := range plan.Items {
			campaigns[it.ID] = it.Campaign
		}
		for _, a := range all.Alerts {
			of := map[string]bool{}
			for _, id := range a.Items {
				of[campaigns[id]] = true
			}
			if double := a.Kind == budget.AlertDoubleBooked; double && len(of) < 2 || !double && len(of) != 1 || a.Count < len(a.Items) {
				t.Fatalf("%+v is about campaigns %v", a, of)
			}
		}
		few := r.Alerts(&budget.AlertOptions{Limit: 2})
		if diff := cmp.Diff(all.Alerts[:min(2, all.Count)], few.Alerts, reportOptions()...); diff != "" || few.Count != all.Count {
			t.Fatalf("the first two of %d (-all +few): %s", few.Count, diff)
		}
		shuffled := plan
		shuffled.Items = slices.Clone(plan.Items)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "shuffle"), 0))
		random.Shuffle(len(shuffled.Items), func(i, j int) {
			shuffled.Items[i], shuffled.Items[j] = shuffled.Items[j], shuffled.Items[i]
		})
		if diff := cmp.Diff(all, report(t, shuffled).Alerts(&budget.AlertOptions{Limit: 1000}), reportOptions()...); diff != "" {
			t.Fatalf("the order of the items matters: %s", diff)
		}
	})
}

func checkHealthAlerts(t failer, r *budget.Report, all budget.Alerts) {
	t.Helper()
	told := map[string]int64{}
	for _, a := range all.Alerts {
		if a.Kind == budget.AlertOver || a.Kind == budget.AlertAtRisk {
			told[fmt.Sprint(a.Kind, a.Campaign, a.Month, a.Items)] = a.Amount.Minor()
		}
	}
	up := r.Upcoming(r.Today)
	want := map[string]int64{}
	for _, l := range append(up.Campaigns, up.Months...) {
		campaign := l.Key
		if !l.Month.IsZero() {
			campaign = ""
		}
		switch key := fmt.Sprint(l.Health, campaign, l.Month, []string{l.TippedBy}); l.Health {
		case budget.Over:
			want[key] = -l.RemainingAfterSigned().Minor()
		case budget.AtRisk:
			want[key] = -l.RemainingAfterAllocated().Minor()
		}
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Fatalf("healths (-lines +alerts): %s", diff)
	}
}
