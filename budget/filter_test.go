package budget_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

func filtered(t failer, r *budget.Report, f budget.Filter) *budget.Report {
	t.Helper()
	part, err := r.Filter(f)
	if err != nil {
		t.Fatalf("%+v: %v", f, err)
	}
	return part
}

func drawFilter(t *rapid.T) budget.Filter {
	some := func(name string, values ...string) []string {
		if rapid.Bool().Draw(t, "all "+name) {
			return nil
		}
		return rapid.SliceOfNDistinct(rapid.SampledFrom(values), 1, 2, rapid.ID).Draw(t, name)
	}
	f := budget.Filter{
		Campaigns: some("campaigns", "a", "b", "c", "x"), Platforms: some("platforms", "", "instagram", "TIKTOK"),
		Tags: some("tags", "", "vip", "New"),
	}
	if rapid.IntRange(0, 2).Draw(t, "stages") == 0 {
		f.Stages = []budget.Stage{rapid.SampledFrom(budget.Stages()).Draw(t, "stage")}
	}
	if rapid.Bool().Draw(t, "from") {
		f.From = budget.MustParseMonth("2026-01").Add(rapid.IntRange(0, 3).Draw(t, "from month"))
	}
	if rapid.Bool().Draw(t, "to") {
		f.To = budget.MustParseMonth("2026-04").Add(rapid.IntRange(0, 3).Draw(t, "to month"))
	}
	return f
}

// selects is Filter once more, item by item and share by share.
func selects(f budget.Filter, it budget.Item, m budget.Month) bool {
	has := func(values []string, value string) bool {
		return len(values) == 0 || slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, value) })
	}
	tags := slices.ContainsFunc(it.Tags, func(tag string) bool { return has(f.Tags, tag) }) || len(it.Tags) == 0 && has(f.Tags, "")
	inRange := m.IsZero() && f.From.IsZero() && f.To.IsZero() ||
		!m.IsZero() && m.Compare(f.From) >= 0 && (f.To.IsZero() || m.Compare(f.To) <= 0)
	return has(f.Campaigns, it.Campaign) && has(f.Platforms, it.Platform) && tags && inRange &&
		(len(f.Stages) == 0 || slices.Contains(f.Stages, it.Stage))
}

// checkSelected compares what lines of a filtered report have with the shares of the whole report that are selected.
func checkSelected(t failer, whole, part *budget.Report, plan budget.Plan, f budget.Filter) {
	t.Helper()
	items := map[string]budget.Item{}
	for _, it := range plan.Items {
		items[it.ID] = it
	}
	var shares []budget.ItemShare
	for _, s := range whole.Items("", budget.Month{}) {
		if selects(f, items[s.Item], s.Month) {
			shares = append(shares, s)
		}
	}
	if diff := cmp.Diff(shares, part.Items("", budget.Month{}), append(reportOptions(), emptyIsNil)...); diff != "" {
		t.Fatalf("items (-selected +filtered):\n%s", diff)
	}
	amount := func(in func(budget.ItemShare) bool) (sum int64, count int) {
		counted := map[string]bool{}
		for _, s := range shares {
			if in(s) {
				sum += s.Share.Minor()
				counted[s.Item] = true
			}
		}
		return sum, len(counted)
	}
	line := func(l budget.Line, in func(budget.ItemShare) bool) {
		t.Helper()
		sum, count := amount(in)
		if l.Allocated().Minor() != sum || l.Count() != count {
			t.Fatalf("%s %s has %s of %d, selected are %d of %d", l.Label, l.Month, l.Allocated(), l.Count(), sum, count)
		}
	}
	for _, l := range part.Cells {
		line(l, func(s budget.ItemShare) bool { return s.Campaign == l.Key && s.Month == l.Month })
	}
	for _, l := range part.Campaigns {
		line(l, func(s budget.ItemShare) bool { return s.Campaign == l.Key })
	}
	for _, l := range part.Months {
		line(l, func(s budget.ItemShare) bool { return s.Month == l.Month })
	}
	line(part.Unscheduled, func(s budget.ItemShare) bool { return s.Month.IsZero() })
	line(part.Total, func(budget.ItemShare) bool { return true })
	line(part.MonthTotal, func(budget.ItemShare) bool { return true })
}

var emptyIsNil = cmp.Transformer("nil", func(s []budget.ItemShare) []budget.ItemShare {
	if len(s) == 0 {
		return nil
	}
	return s
})

// checkBudgets holds the budgets of a filtered report to those of the whole: what counts against them is the same,
// selected or not, and so are health and tipping item.
func checkBudgets(t failer, whole, part *budget.Report, f budget.Filter) {
	t.Helper()
	same := func(l, of budget.Line) {
		t.Helper()
		if l.Budget != of.Budget || l.Health != of.Health || l.TippedBy != of.TippedBy ||
			l.RemainingAfterSigned() != of.RemainingAfterSigned() || l.RemainingAfterAllocated() != of.RemainingAfterAllocated() {
			t.Fatalf("filtered %+v\nof %+v", l, of)
		}
	}
	for _, l := range part.Cells {
		of, _ := whole.Cell(l.Key, l.Month)
		same(l, of)
	}
	ranged := f.From != f.To || !f.From.IsZero()
	for _, l := range part.Campaigns {
		if !ranged {
			same(l, whole.Campaigns[slices.IndexFunc(whole.Campaigns, func(o budget.Line) bool { return o.Key == l.Key })])
		}
	}
	for _, l := range part.Months {
		of := whole.Months[slices.IndexFunc(whole.Months, func(o budget.Line) bool { return o.Key == l.Key })]
		if of.BudgetFrom == budget.BudgetMonth || len(f.Campaigns) == 0 {
			same(l, of)
		}
	}
	for _, l := range slices.Concat(part.Campaigns, part.Months, part.Cells, part.Quarters(), []budget.Line{part.Total, part.MonthTotal}) {
		if (l.Health == budget.Over || l.Health == budget.AtRisk) != (l.TippedBy != "") {
			t.Fatalf("%s is %s, tipped by %q", l.Label, l.Health, l.TippedBy)
		}
	}
}

func TestFilterProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plan, f := drawPlan(t), drawFilter(t)
		whole := report(t, plan)
		part := filtered(t, whole, f)
		checkSelected(t, whole, part, plan, f)
		checkBudgets(t, whole, part, f)
		checkTotal(t, part.Total, part.Campaigns)
		for _, months := range [][]budget.Line{part.Months, part.Quarters(), part.Years()} {
			checkTotal(t, part.MonthTotal, append([]budget.Line{part.Unscheduled}, months...))
		}
		checkCovers(t, part.Coverage.Campaigns, append([]budget.Line{part.Total}, part.Campaigns...))
		checkCovers(t, part.Coverage.Months, append([]budget.Line{part.MonthTotal, part.Unscheduled}, part.Months...))
		for _, axis := range budget.Axes() {
			var sum int64
			for _, l := range part.By(axis) {
				sum += l.Allocated().Minor()
			}
			if axis != budget.AxisTag && sum != part.TotalOf(axis).Allocated().Minor() {
				t.Fatalf("%s: %d of %s", axis, sum, part.Total.Allocated())
			}
		}
		if diff := cmp.Diff(part, filtered(t, part, f), reportOptions()...); diff != "" {
			t.Fatalf("filtered twice: %s", diff)
		}
	})
}

// withoutOthers takes out what only filtered reports have.
func withoutOthers(r *budget.Report) *budget.Report {
	lines := []*budget.Line{&r.Total, &r.MonthTotal, &r.Unscheduled}
	for _, list := range [][]budget.Line{r.Campaigns, r.Months, r.Cells} {
		for n := range list {
			lines = append(lines, &list[n])
		}
	}
	for _, l := range lines {
		if l.Others.Allocated().Minor() == 0 {
			l.Others = budget.Amounts{}
		}
	}
	return r
}

// A filter of nothing changes nothing, and one of campaigns is a plan of these campaigns, but for months with budgets of
// their own.
func TestFilterIsThePlanOfItsCampaigns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plan := drawPlan(t)
		if diff := cmp.Diff(report(t, plan), withoutOthers(filtered(t, report(t, plan), budget.Filter{})), reportOptions()...); diff != "" {
			t.Fatalf("a filter of nothing (-whole +filtered): %s", diff)
		}
		plan.MonthBudgets = nil
		part := plan
		part.Campaigns = plan.Campaigns[:2]
		part.Items = slices.DeleteFunc(slices.Clone(plan.Items), func(it budget.Item) bool { return it.Campaign == "c" })
		got := withoutOthers(filtered(t, report(t, plan), budget.Filter{Campaigns: []string{"a", "b"}}))
		if diff := cmp.Diff(report(t, part), got, reportOptions()...); diff != "" {
			t.Fatalf("(-plan of two campaigns +filtered): %s", diff)
		}
	})
}

func TestFilter(t *testing.T) {
	t.Parallel()
	june := days("2026-06-01", "2026-06-30")
	plan := budget.Plan{
		Currency:     "EUR",
		Campaigns:    []budget.Campaign{{ID: "a", Name: "a", Budget: eur("100"), Period: days("2026-06-01", "2026-07-30")}, {ID: "b", Name: "b"}},
		MonthBudgets: map[budget.Month]budget.Money{budget.MustParseMonth("2026-07"): eur("80")},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Platform: "tiktok", Stage: budget.Signed, Cost: eur("60"), Period: june},
			{ID: "2", Campaign: "a", Platform: "Instagram", Stage: budget.Signed, Cost: eur("70"), Period: days("2026-06-02", "2026-06-02")},
			{ID: "3", Campaign: "b", Platform: "instagram", Stage: budget.Draft, Cost: eur("90"), Period: days("2026-07-01", "2026-07-01")},
			{ID: "4", Campaign: "b", Platform: "tiktok", Stage: budget.Draft, Cost: eur("5")},
		},
	}
	months := func(from, to string) budget.Filter {
		return budget.Filter{From: budget.MustParseMonth(from), To: budget.MustParseMonth(to)}
	}
	for name, tc := range map[string]struct {
		filter budget.Filter
		want   string // campaigns, months
	}{
		"what is left is left after the others": {
			budget.Filter{Platforms: []string{"TIKTOK"}},
			"a 60.00 of 100.00 beside 70.00, left -30.00: over 2|b 5.00 of  beside , left : no_budget |" +
				"June 2026 60.00 of 50.00 beside 70.00, left -80.00: over 1",
		},
		"a campaign has a part of its budget in a month": {
			months("2026-06", "2026-06"),
			"a 130.00 of 50.00 beside 0.00, left -80.00: over 1|b 0.00 of  beside , left : no_budget |" +
				"June 2026 130.00 of 50.00 beside 0.00, left -80.00: over 1",
		},
		"a month's own budget is for all campaigns": {
			budget.Filter{Campaigns: []string{"a"}, From: budget.MustParseMonth("2026-07")},
			"a 0.00 of 50.00 beside 0.00, left 50.00: ok |July 2026 0.00 of 80.00 beside 90.00, left 80.00: at_risk 3",
		},
		"nobody": {budget.Filter{Influencers: []string{"x"}}, ""},
	} {
		r := filtered(t, report(t, plan), tc.filter)
		var got []string
		for _, l := range append(slices.Clone(r.Campaigns), r.Months...) {
			got = append(got, fmt.Sprintf("%s %s of %s beside %s, left %s: %s %s", l.Label, l.Allocated().Amount(), l.Budget.Amount(),
				l.Others.Allocated().Amount(), l.RemainingAfterSigned().Amount(), l.Health, l.TippedBy))
		}
		if diff := cmp.Diff(tc.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	whole := report(t, plan)
	for name, tc := range map[string]struct {
		of     *budget.Report
		filter budget.Filter
		want   error
	}{
		"unknown stage":    {whole, budget.Filter{Stages: []budget.Stage{"sold"}}, budget.ErrStage},
		"a range of none":  {whole, months("2026-07", "2026-06"), budget.ErrMonth},
		"without items":    {whole.WithoutItems(), budget.Filter{}, budget.ErrPlan},
		"read from a JSON": {&budget.Report{}, budget.Filter{}, budget.ErrPlan},
	} {
		if _, err := tc.of.Filter(tc.filter); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
	}
}

// A filter may name as many values as there are items: each is looked up, so that 30,000 of them take milliseconds. Compared
// with each other they would take half a minute.
func TestFilterByManyValues(t *testing.T) {
	t.Parallel()
	const n = 30_000
	plan := budget.Plan{Currency: "EUR", Today: budget.MustParseDate("2026-06-01")}
	var f budget.Filter
	for i := range n {
		campaign, id := fmt.Sprintf("campaign %05d", i), fmt.Sprintf("item %05d", i)
		plan.Campaigns = append(plan.Campaigns, budget.Campaign{ID: campaign, Name: campaign})
		plan.Items = append(plan.Items, budget.Item{
			ID: id, Campaign: campaign, Influencer: id, Responsible: id, Platform: id, Category: id, Tags: []string{id},
			Stage: budget.Signed, Cost: budget.FromMinor(100, "EUR"), Period: budget.Period{Start: plan.Today},
		})
		if i%2 == 0 {
			f.Campaigns = append(f.Campaigns, campaign)
			f.Influencers, f.Responsibles, f.Tags = append(f.Influencers, id), append(f.Responsibles, id), append(f.Tags, id)
			f.Platforms, f.Categories = append(f.Platforms, strings.ToUpper(id)), append(f.Categories, id)
			f.Stages = append(f.Stages, budget.Signed)
		}
	}
	whole, err := budget.New(plan)
	if err != nil {
		t.Fatal(err)
	}
	part, err := whole.Filter(f)
	if err != nil {
		t.Fatal(err)
	}
	if got := part.Total.Count(); got != n/2 || len(part.Campaigns) != n/2 {
		t.Errorf("%d items in %d campaigns, want %d each", got, len(part.Campaigns), n/2)
	}
}
