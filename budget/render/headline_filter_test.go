package render_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
)

// The headline of a filtered report tells what is left after each stage that takes something of the budget, also where that
// is not selected.
func TestHeadlineOfAFilteredReport(t *testing.T) {
	t.Parallel()
	part := onlySigned(t)
	const want = ": 40.00 left after signed; if all negotiations close, 10.00 left; with all drafts, 10.00 over\n"
	var out strings.Builder
	if err := render.Text(&out, part, &render.TextOptions{Width: 200}); err != nil {
		t.Fatal(err)
	}
	for _, of := range []string{"July 2026", "  Sale"} {
		if !strings.Contains(out.String(), "\n"+of+want) {
			t.Errorf("%q and %q are not in\n%s", of, want, out.String())
		}
	}
}

// TestNotSelectedHasAColumn: without it a filtered report would show 60 signed of a budget of 100, and 10 over.
func TestNotSelectedHasAColumn(t *testing.T) {
	t.Parallel()
	part := onlySigned(t)
	var text, table, list strings.Builder
	if err := errors.Join(render.Text(&text, part, &render.TextOptions{Width: 200, NoBars: true}),
		render.Markdown(&table, part, nil), render.CSV(&list, part)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct{ in, line string }{
		"text":     {text.String(), "Sale 60.00 0.00 0.00 60.00 60.00 50.00 100.00 40.00 -10.00"},
		"markdown": {table.String(), "| Sale | 60.00 | 0.00 | 0.00 | 60.00 | 60.00 | 50.00 | 100.00 | 40.00 | -10.00"},
		"csv":      {list.String(), "campaign,a,Sale,,EUR,60.00,0.00,0.00,60.00,60.00,100.00,campaign,0.00,50.00,40.00,-10.00"},
	} {
		squeezed := strings.Join(strings.Fields(want.in), " ")
		if !strings.Contains(squeezed, want.line) {
			t.Errorf("%s: %q is not in\n%s", name, want.line, want.in)
		}
	}
}

// onlySigned is what is signed of a budget of 100.00 that is for 50.00 besides.
func onlySigned(t *testing.T) *budget.Report {
	t.Helper()
	july := days("2026-07-01", "2026-07-31")
	r, err := budget.New(budget.Plan{
		Currency: "EUR", Today: budget.MustParseDate("2026-06-15"),
		Campaigns: []budget.Campaign{{ID: "a", Name: "Sale", Budget: eur(100_00), Period: july}},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Stage: budget.Signed, Cost: eur(60_00), Period: july},
			{ID: "2", Campaign: "a", Stage: budget.Negotiating, Cost: eur(30_00), Period: july},
			{ID: "3", Campaign: "a", Stage: budget.Draft, Cost: eur(20_00), Period: july},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	part, err := r.Filter(budget.Filter{Stages: []budget.Stage{budget.Signed}})
	if err != nil {
		t.Fatal(err)
	}
	return part
}
