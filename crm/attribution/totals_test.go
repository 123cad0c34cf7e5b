package attribution_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
)

var money = cmp.Comparer(func(a, b budget.Money) bool { return a == b })

// orderStream is a shop's day with everything in it.
func orderStream() []attribution.Order {
	cancelled := numbered("4", order("06-11T12:00 PAM10"))
	cancelled.Cancelled = true
	dollars := numbered("5", order("06-12T12:00 pam10"))
	dollars.Amount = must(budget.ParseMoney("70.00", "USD"))
	return []attribution.Order{
		numbered("1", order("06-10T12:00 PAM10")), refund("r1", "1", "20.00"),
		numbered("2", order("07-01T12:00 @06-09T12:00 term=b")), numbered("3", order("06-10T12:00 SALE")),
		cancelled, refund("r4", "4", "100.00"), dollars,
	}
}

func totalsIndex() *attribution.Index {
	s := snapshot(crm.Workspace{}, []string{"A 06-01..06-30 =PAM10", "B 06-01..06-30 =EMMA10 utm:term=b", "C draft 06-01..06-30 =ZOE10"})
	for n := range s.Cooperations {
		s.Cooperations[n].Cost = budget.FromMinor(30_000, "EUR")
		s.Cooperations[n].Profile = crm.ProfileID{}
	}
	return must(attribution.NewIndex(s, nil))
}

func TestTotals(t *testing.T) {
	t.Parallel()
	x := totalsIndex()
	totals := must(attribution.NewTotals(x, nil))
	for d, err := range x.DecideAll(t.Context(), stream(orderStream(), nil)) {
		if err != nil {
			t.Fatal(err)
		}
		if err := totals.Add(d.Order, d.Decision); err != nil {
			t.Fatal(err)
		}
	}
	got := map[attribution.Axis][]string{}
	for _, axis := range attribution.Axes() {
		for _, line := range totals.Lines(axis) {
			got[axis] = append(got[axis], fmt.Sprintf("%s: %d orders, %d cancelled, %d refunds, %v %v, costs %v",
				line.Name, line.Orders, line.Cancelled, line.Refunds, line.Revenue, line.Refunded, line.Costs))
		}
	}
	want := map[attribution.Axis][]string{
		attribution.ByCooperation: {
			"A: 3 orders, 1 cancelled, 2 refunds, [100.00 EUR 70.00 USD] [-20.00 EUR], costs [300.00 EUR]",
			"B: 1 orders, 0 cancelled, 0 refunds, [100.00 EUR] [], costs [300.00 EUR]",
		},
		attribution.ByCampaign: {"Summer: 4 orders, 1 cancelled, 2 refunds, [200.00 EUR 70.00 USD] [-20.00 EUR], costs [600.00 EUR]"},
		attribution.ByInfluencer: {
			"Person A: 3 orders, 1 cancelled, 2 refunds, [100.00 EUR 70.00 USD] [-20.00 EUR], costs [300.00 EUR]",
			"Person B: 1 orders, 0 cancelled, 0 refunds, [100.00 EUR] [], costs [300.00 EUR]",
		},
		attribution.ByPlatform: {"TikTok: 4 orders, 1 cancelled, 2 refunds, [200.00 EUR 70.00 USD] [-20.00 EUR], costs [600.00 EUR]"},
		attribution.ByMonth: {
			"2026-06: 3 orders, 1 cancelled, 2 refunds, [100.00 EUR 70.00 USD] [-20.00 EUR], costs []",
			"2026-07: 1 orders, 0 cancelled, 0 refunds, [100.00 EUR] [], costs []",
		},
		attribution.ByDiscountCode: {"pam10: 3 orders, 1 cancelled, 2 refunds, [100.00 EUR 70.00 USD] [-20.00 EUR], costs []"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is added and taken back leaves the totals as they were.
func TestTotalsTakeBack(t *testing.T) {
	t.Parallel()
	x := totalsIndex()
	var all []attribution.Decided
	for d, err := range x.DecideAll(t.Context(), stream(orderStream(), nil)) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	rapid.Check(t, func(t *rapid.T) {
		kept, gone := must(attribution.NewTotals(x, nil)), must(attribution.NewTotals(x, nil))
		for n, decided := range rapid.Permutation(all).Draw(t, "order") {
			if n%2 == 0 {
				if err := kept.Add(decided.Order, decided.Decision); err != nil {
					t.Fatal(err)
				}
			}
			if err := gone.Add(decided.Order, decided.Decision); err != nil {
				t.Fatal(err)
			}
			if n%2 == 1 {
				if err := gone.Remove(decided.Order, decided.Decision); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, axis := range attribution.Axes() {
			if diff := cmp.Diff(kept.Lines(axis), gone.Lines(axis), money, cmp.Comparer(sameDate)); diff != "" {
				t.Fatalf("by %s (-kept +taken back):\n%s", axis, diff)
			}
		}
	})
}

// The fixes of a group mend each order in it.
func TestMissesFixTheWholeGroup(t *testing.T) {
	t.Parallel()
	s := snapshot(crm.Workspace{}, []string{"A 06-10..06-12 =PAM10", "B draft 06-10..06-12 =EMMA10", "C =ZOE10"})
	x := must(attribution.NewIndex(s, nil))
	var misses attribution.Misses
	var all []attribution.Order
	for _, text := range []string{
		"06-13T12:00 PAM10", "06-20T12:00 PAM10", "06-15T12:00 PAM10", "06-01T12:00 PAM10", "06-05T12:00 PAM10", "06-11T12:00 EMMA10",
		"06-14T12:00 EMMA10", "06-16T12:00 EMMA10", "06-11T12:00 PAM10-AB12", "06-11T12:00 pam10-cd34", "06-20T12:00 ZOE10", "06-10T12:00 ZOE10",
	} {
		o := order(text)
		all = append(all, o)
		must(misses.Add(o, must(x.Diagnose(t.Context(), o))))
	}
	groups := misses.Groups("EUR")
	if len(groups) != 6 {
		t.Errorf("%d groups", len(groups))
	}
	credited := 0
	for _, m := range groups {
		here := 0
		for _, o := range all {
			better, link := mended(s, m.Finding, o)
			if d := must(must(attribution.NewIndex(better, nil)).Decide(link)); d.Cooperation == m.Finding.Cooperation {
				here++
			}
		}
		if here < m.Orders {
			t.Errorf("%s mends %d of %d orders", explained([]attribution.Finding{m.Finding}), here, m.Orders)
		}
		credited += m.Orders
	}
	if credited != len(all) {
		t.Errorf("%d of %d orders are in groups", credited, len(all))
	}
}

func TestMisses(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, "A 06-01..06-30 =PAM10", "B draft 06-01..06-30 =EMMA10")
	var misses attribution.Misses
	unexplained := 0
	for n, text := range []string{"06-10T12:00 EMMA10", "06-10T12:00 PAM15", "06-11T12:00 pam15", "06-11T12:00 SALE", "06-11T12:00 PAM10"} {
		o := numbered(fmt.Sprint(n), order(text))
		if !must(misses.Add(o, must(x.Diagnose(t.Context(), o)))) {
			unexplained++
		}
	}
	var got []string
	for _, m := range misses.Groups("EUR") {
		got = append(got, fmt.Sprintf("%d orders, %v: %s", m.Orders, m.Amounts, m.Finding.Text()))
	}
	want := []string{
		`2 orders, [200.00 EUR]: "PAM15" is one letter off "PAM10"`,
		"1 orders, [100.00 EUR]: the cooperation is not signed",
	}
	if diff := cmp.Diff(want, got); diff != "" || unexplained != 2 {
		t.Errorf("%d unexplained (-want +got):\n%s", unexplained, diff)
	}
}
