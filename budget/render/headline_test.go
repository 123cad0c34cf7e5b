package render_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
)

// The headline says something of the next month even where the plan has nothing in it.
func TestHeadlineOfAnEmptyMonth(t *testing.T) {
	t.Parallel()
	p := plan()
	for today, want := range map[string]string{
		"2026-06-15": "July 2026: 7,081.97 left after signed",
		"2026-07-31": "August 2026: nothing planned\n",
		"2026-11-01": "December 2026: nothing planned\n",
	} {
		p.Today = budget.MustParseDate(today)
		if got := text(t, p, nil); !strings.Contains(got, "\n\n"+want) {
			t.Errorf("on %s there is no %q\n%s", today, want, got)
		}
	}
	p = budget.Plan{Currency: "EUR", Today: budget.MustParseDate("2026-06-15")}
	if got := text(t, p, nil); !strings.Contains(got, "\nJuly 2026: nothing planned\n") {
		t.Errorf("an empty plan\n%s", got)
	}
}

// How much budgets cover is told in amounts only where these say something.
func TestCoverageSentence(t *testing.T) {
	t.Parallel()
	june := days("2026-06-01", "2026-06-30")
	item := func(id, campaign string, cost budget.Money) budget.Item {
		return budget.Item{ID: id, Campaign: campaign, Stage: budget.Signed, Cost: cost, Period: june}
	}
	for name, tc := range map[string]struct {
		items []budget.Item
		want  string
	}{
		"a part": {[]budget.Item{item("1", "a", eur(100)), item("2", "b", eur(300))},
			"Budgets cover 1 of 2 campaigns, 1.00 of 4.00 planned.\n"},
		"with a refund": {[]budget.Item{item("1", "a", eur(100)), item("2", "b", eur(-300))},
			"Budgets cover 1 of 2 campaigns, 1.00 of 4.00 planned.\n"},
		"with no amount": {[]budget.Item{item("1", "a", eur(100)), item("2", "b", budget.Money{})},
			"Budgets cover 1 of 2 campaigns; nothing else has an amount yet.\n"},
		"all": {[]budget.Item{item("1", "a", eur(100))}, ""},
	} {
		p := budget.Plan{
			Currency: "EUR", Items: tc.items,
			Campaigns: []budget.Campaign{{ID: "a", Budget: eur(1000), Period: june}, {ID: "b"}},
		}
		got := text(t, p, &render.TextOptions{NoBars: true})
		if !strings.Contains(got, tc.want) || strings.Contains(got, "Budgets cover") != (tc.want != "") {
			t.Errorf("%s: want %q\n%s", name, tc.want, got)
		}
	}
}

// A plan of which nothing has a date has a table of months with a single line, and its total.
func TestMonthsOfAnUndatedPlan(t *testing.T) {
	t.Parallel()
	p := budget.Plan{
		Currency: "EUR", Campaigns: []budget.Campaign{{ID: "a", Name: "Sale", Budget: eur(1000)}},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Stage: budget.Signed, Cost: eur(700)}, {ID: "2", Campaign: "a", Stage: budget.Draft, Cost: eur(-50)},
		},
	}
	const want = `
Month        Signed  Negotiating  Draft  Allocated  Forecast
-----------  ------  -----------  -----  ---------  --------
Unscheduled    7.00         0.00  -0.50       6.50      6.95
-----------  ------  -----------  -----  ---------  --------
Total          7.00         0.00  -0.50       6.50      6.95

`
	if got := text(t, p, &render.TextOptions{NoBars: true}); !strings.Contains(got, want) {
		t.Errorf("got:\n%s", got)
	}
}

// A campaign's cost stands beside what it is to bring, where there is room.
func TestTargetsInText(t *testing.T) {
	t.Parallel()
	p := budget.Plan{
		Currency: "EUR", Campaigns: []budget.Campaign{{ID: "a", Name: "Sale", Target: eur(80_000)}, {ID: "b", Name: "Fair"}},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Stage: budget.Signed, Cost: eur(10_050)}, {ID: "2", Campaign: "b", Stage: budget.Draft, Cost: eur(5000)},
		},
	}
	got := text(t, p, &render.TextOptions{NoBars: true, DecimalComma: true})
	const want = `
                                                           Revenue  Cost of
Campaign  Signed  Negotiating  Draft  Allocated  Forecast   target  target
--------  ------  -----------  -----  ---------  --------  -------  -------
Fair        0,00         0,00  50,00      50,00      5,00        -  -
Sale      100,50         0,00   0,00     100,50    100,50   800,00  12,6%
--------  ------  -----------  -----  ---------  --------  -------  -------
Total     100,50         0,00  50,00     150,50    105,50   800,00  12,6%
`
	if !strings.Contains(got, want) {
		t.Errorf("got:\n%s", got)
	}
	if got := text(t, p, &render.TextOptions{NoBars: true, Width: 60}); strings.Contains(got, "target") {
		t.Errorf("in 60 columns:\n%s", got)
	}
}
