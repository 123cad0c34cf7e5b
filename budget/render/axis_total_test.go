package render_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
)

// The total of a table of months, quarters or years is that of the months, whose budgets are not those of the campaigns.
func TestMarkdownTotalsOfAxes(t *testing.T) {
	t.Parallel()
	p := plan()
	p.MonthBudgets = map[budget.Month]budget.Money{budget.MustParseMonth("2026-06"): eur(77_700)}
	r, err := budget.New(p)
	if err != nil {
		t.Fatal(err)
	}
	if r.Total.Budget == r.MonthTotal.Budget {
		t.Fatal("campaigns and months have the same budgets")
	}
	for axis, want := range map[budget.Axis]budget.Line{
		budget.AxisCampaign: r.Total, budget.AxisMonth: r.MonthTotal, budget.AxisQuarter: r.MonthTotal, budget.AxisYear: r.MonthTotal,
	} {
		_, table, _ := strings.Cut(markdown(t, p, &render.MarkdownOptions{By: []budget.Axis{axis}}), "\n| Campaign |")
		_, table, _ = strings.Cut(table, "\n\n")
		_, row, _ := strings.Cut(table, "\n| **Total** |")
		row, _, _ = strings.Cut(row, "\n")
		if amount := render.Thousands(want.Budget); !strings.Contains(row, " "+amount+" ") {
			t.Errorf("%s: a budget of %s is not in %q", axis, amount, row)
		}
	}
}
