package attribution

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// Codes beyond the first ones have one line together, also when decisions are taken back.
func TestTotalsAreBounded(t *testing.T) {
	t.Parallel()
	s := Snapshot{Workspace: crm.Workspace{TimeZone: "Europe/Berlin"}, Cooperations: []crm.Cooperation{{ID: crm.CooperationID{1}}}}
	x, err := NewIndex(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	totals, err := NewTotals(x, nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := range MaxCodeLines {
		totals.line(ByDiscountCode, named{key: fmt.Sprint("pam-", n)})
	}
	count := func(n int, as func(Order, Decision) error) {
		d := Decision{Cooperation: crm.CooperationID{1}, By: ByCode, Code: fmt.Sprint("PAM-", n), Credit: budget.FromMinor(100, "EUR")}
		if err := as(Order{At: time.Unix(0, 0)}, d); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 3 {
		count(MaxCodeLines+n, totals.Add)
	}
	count(MaxCodeLines, totals.Remove)
	count(0, totals.Add)
	var got []string
	for _, l := range totals.Lines(ByDiscountCode) {
		got = append(got, fmt.Sprintf("%q: %d orders, %v", l.Key, l.Orders, l.Revenue))
	}
	if diff := cmp.Diff([]string{`"": 2 orders, [2.00 EUR]`, `"pam-0": 1 orders, [1.00 EUR]`}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
