package demo_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/demo"
)

// Of a month's orders most are earned, and the others have every typical fault, each diagnosed.
func TestOrders(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]demo.Options{
		"sheet": {Seed: 1, Today: today}, "scaled": {Seed: 1, Today: today, Cooperations: 1_200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, s := filled(t, o)
			index, err := attribution.NewIndex(s, nil)
			if err != nil {
				t.Fatal(err)
			}
			by, found, placed := map[attribution.Means]int{}, map[attribution.FindingKind]int{}, 0
			var refunds, cancelled int
			for order := range demo.Orders(s, demo.LastMonth(o.Seed, today)) {
				if order.RefundOf != "" {
					refunds++
					continue
				}
				if placed++; order.Cancelled {
					cancelled++
				}
				d, err := index.Decide(order)
				if err != nil {
					t.Fatal(err)
				}
				by[d.By]++
				findings, err := index.Diagnose(t.Context(), order)
				if err != nil {
					t.Fatal(err)
				}
				kinds := map[attribution.FindingKind]bool{}
				for _, f := range findings {
					kinds[f.Kind] = true
				}
				for kind := range kinds {
					found[kind]++
				}
			}
			t.Logf("%d orders, %d cancelled, %d refunds; by: %v; diagnosed: %v", placed, cancelled, refunds, by, found)
			if earned := placed - by[""]; earned < placed*45/100 || earned > placed*75/100 {
				t.Errorf("%d of %d orders are earned", earned, placed)
			}
			if by[attribution.ByCode] == 0 || by[attribution.ByUTM] == 0 || refunds == 0 || cancelled == 0 {
				t.Errorf("by: %v; %d refunds, %d cancelled", by, refunds, cancelled)
			}
			want := []attribution.FindingKind{
				attribution.FindingKind(discount.Letter), attribution.FindingKind(discount.Separator), attribution.UTMField,
				attribution.FindingKind(attribution.TooEarly), attribution.FindingKind(attribution.TooLate),
				attribution.FindingKind(attribution.NotSigned),
			}
			if o.Cooperations == 0 {
				want = append(want, attribution.FindingKind(attribution.Cancelled), attribution.FindingKind(attribution.Archived))
			}
			for _, kind := range want {
				if found[kind] == 0 {
					t.Errorf("no order is diagnosed as %s", kind)
				}
			}
		})
	}
}

// What is written is read as the same orders, and the same seed makes them again.
func TestWriteOrders(t *testing.T) {
	t.Parallel()
	_, s := filled(t, demo.Options{Seed: 1, Today: today})
	want := slices.Collect(demo.Orders(s, demo.LastMonth(3, today)))
	var file bytes.Buffer
	if err := demo.WriteOrders(&file, demo.Orders(s, demo.LastMonth(3, today))); err != nil {
		t.Fatal(err)
	}
	var got []attribution.Order
	for o, err := range orders.Read(&file, nil) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, o)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(budget.Money{})); diff != "" {
		t.Errorf("orders (-made +read):\n%.2000s", diff)
	}
}
