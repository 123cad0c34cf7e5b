package budget_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
)

// A campaign's cost stands beside its revenue target, and the total beside what has targets.
func TestTargets(t *testing.T) {
	t.Parallel()
	june := days("2026-06-01", "2026-07-31")
	plan := budget.Plan{
		Currency: "EUR",
		Campaigns: []budget.Campaign{
			{ID: "a", Name: "a", Target: eur("8000"), Period: june}, {ID: "b", Name: "b", Target: eur("300")},
			{ID: "c", Name: "c"}, {ID: "d", Name: "d", Target: eur("0")},
		},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Platform: "tiktok", Stage: budget.Signed, Cost: eur("900"), Period: june},
			{ID: "2", Campaign: "a", Stage: budget.Draft, Cost: eur("100"), Period: june},
			{ID: "3", Campaign: "b", Stage: budget.Signed, Cost: eur("200")},
			{ID: "4", Campaign: "c", Stage: budget.Signed, Cost: eur("7000")},
		},
	}
	show := func(r *budget.Report) string {
		var got []string
		for _, l := range append(r.Campaigns, r.Total) {
			share, ok := l.CostShare()
			got = append(got, fmt.Sprintf("%s %s/%s %s %v", l.Label, l.TargetCost.Amount(), l.Target.Amount(), share, ok))
		}
		return strings.Join(got, "|")
	}
	whole := report(t, plan)
	for name, tc := range map[string]struct {
		of   *budget.Report
		want string
	}{
		"all": {whole,
			"a 1000.00/8000.00 0.125 true|b 200.00/300.00 0.6667 true|c / 0 false|d 0.00/0.00 0 false|Total 1200.00/8300.00 0.1446 true"},
		"a part has the target of the whole": {
			filtered(t, whole, budget.Filter{Platforms: []string{"tiktok"}}), "a 1000.00/8000.00 0.125 true|Total 1000.00/8000.00 0.125 true",
		},
		"a month has no target": {
			filtered(t, whole, budget.Filter{Campaigns: []string{"a"}, From: budget.MustParseMonth("2026-07")}), "a / 0 false|Total / 0 false",
		},
	} {
		if diff := cmp.Diff(tc.want, show(tc.of)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, wrong := range []struct {
		target budget.Money
		want   error
	}{{eur("-1"), budget.ErrAmount}, {budget.FromMinor(1, "USD"), budget.ErrCurrency}, {budget.FromMinor(math.MaxInt64, "EUR"), budget.ErrOverflow}} {
		_, err := budget.New(budget.Plan{Currency: "EUR", Campaigns: []budget.Campaign{{ID: "a", Target: wrong.target, Budget: eur("1")}}})
		if !errors.Is(err, wrong.want) {
			t.Errorf("a target of %s: %v", wrong.target, err)
		}
	}
}
