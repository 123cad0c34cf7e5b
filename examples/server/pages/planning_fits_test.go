package pages_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// The plan leads to what still fits into the budget of the next month, a list to that of its campaign; what fits is as
// the API says, and goes into a what-if.
func TestWhatStillFits(t *testing.T) {
	t.Parallel()
	w := newTown(t) // a budget of 1,000.00 in July
	for _, cost := range []int64{700_00, 400_00, 300_00} {
		w.deal(func(c *crm.Cooperation) {
			c.Cost, c.Period, c.Status = budget.FromMinor(cost, "EUR"), period("2026-07-01", "2026-07-10"), crm.Negotiating
		})
	}
	of := "campaign=" + w.campaign.ID.String()
	w.has("the plan", w.get("planning", "en"), 200, "planning/fits?month=2026-07")
	w.has("the list", w.get("planning/cooperations?"+of, "en"), 200, "planning/fits?"+of)
	w.has("of the next month", w.get("planning/fits", "en"), 200, "<small>July 2026</small>")
	for order, want := range map[string]struct {
		costs []string
		says  string
	}{
		"":         {[]string{"700.00", "300.00"}, "With all of them signed, 0.00 of 1,000.00 would be left."},
		"cheapest": {[]string{"300.00", "400.00"}, "With all of them signed, 300.00 of 1,000.00 would be left."},
	} {
		p := w.get("planning/fits?"+of+"&order="+order, "en")
		w.has(order, p, 200, "2 cooperations still fit", want.says, `<input type="hidden" name="campaign" value="`+w.campaign.ID.String())
		var at []int
		for _, cost := range want.costs {
			at = append(at, strings.Index(p.main(), `data-label="Share">`+cost))
		}
		if at[0] < 0 || at[1] < at[0] || strings.Count(p.main(), `data-label="Share"`) != 2 {
			t.Errorf("%s: %v %s", order, at, p.main())
		}
		if n := strings.Count(p.main(), `name="sign"`); n != 2 {
			t.Errorf("%s: %d to be signed", order, n)
		}
	}
	w.has("in German", w.get("planning/fits?"+of+"&month=2026-07", "de"), 200, "2 Kooperationen passen noch",
		"Summer, Juli 2026", "bleiben 0,00 von 1.000,00 übrig")
	one := w.deal(func(c *crm.Cooperation) {
		c.Cost, c.Period = budget.FromMinor(900_00, "EUR"), period("2026-09-01", "2026-09-10")
	})
	ok(w.crm.SetMonthBudget(t.Context(), w.ws.ID, budget.MustParseMonth("2026-09"), budget.FromMinor(1_000_00, "EUR"), ""))(w.host)
	w.has("only one", w.get("planning/fits?month=2026-09", "en"), 200, "One cooperation still fits",
		"With it signed, 100.00 of 1,000.00 would be left.", one.ID.String())
	w.has("only one in German", w.get("planning/fits?month=2026-09", "de"), 200, "Ist sie unterschrieben, bleiben 100,00 von 1.000,00 übrig.")
	w.deal(func(c *crm.Cooperation) {
		c.Cost, c.Period, c.Status = budget.FromMinor(1_250_00, "EUR"), period("2026-07-01", "2026-07-10"), crm.Signed
	})
	w.has("over", w.get("planning/fits?"+of, "en"), 200, "Nothing more fits", "What is signed is over the budget by 250.00.")
	w.has("no budget", w.get("planning/fits?month=2031-01", "en"), 200,
		"There is no budget that anything could fit into", "planning/months?from=2031-01")
	for path, status := range map[string]int{"month=x": 422, "campaign=x": 422, "order=x": 422, "planet=mars": 422, "campaign=" + w.influencer.ID.String(): 404} {
		w.has(path, w.get("planning/fits?"+path, "en"), status)
	}
}
