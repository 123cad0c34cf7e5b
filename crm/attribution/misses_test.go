package attribution_test

import (
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
)

// Orders that are in none of the groups are counted together, and the groups go on to be counted exactly.
func TestMissesAreBounded(t *testing.T) {
	t.Parallel()
	var misses attribution.Misses
	add := func(n int) {
		o := attribution.Order{Amount: budget.FromMinor(100, "EUR")}
		must(misses.Add(o, []attribution.Finding{{Kind: attribution.IgnoredCode, Code: fmt.Sprint("PAM", n)}}))
	}
	for n := range attribution.MaxMisses + 3 {
		add(n)
	}
	add(0)
	groups := misses.Groups("EUR")
	if len(groups) != attribution.MaxMisses || groups[0].Orders != 2 || groups[0].Finding.Code != "PAM0" {
		t.Errorf("%d groups, the first one of %d orders with %s", len(groups), groups[0].Orders, groups[0].Finding.Code)
	}
	if orders, amounts := misses.Rest(); orders != 3 || fmt.Sprint(amounts) != "[3.00 EUR]" {
		t.Errorf("the rest: %d orders, %v", orders, amounts)
	}
}
