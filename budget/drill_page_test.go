package budget_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

// Pages put together are the list, and go on where they were if the last item of a page is gone.
func TestItemsAfter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plan := drawPlan(t)
		r := report(t, plan)
		campaign := rapid.SampledFrom([]string{"", "a", "x"}).Draw(t, "campaign")
		size := rapid.IntRange(1, 4).Draw(t, "size")
		all := r.Items(campaign, budget.Month{})
		got, after := []budget.ItemShare{}, budget.ItemShare{}
		for more := true; more; {
			var page []budget.ItemShare
			page, more = r.ItemsAfter(campaign, budget.Month{}, after, size)
			if len(page) > size || more && len(page) < size {
				t.Fatalf("a page of %d, want %d", len(page), size)
			}
			got = append(got, page...)
			if len(page) > 0 {
				after = page[len(page)-1]
			}
		}
		if diff := cmp.Diff(all, got, reportOptions()...); diff != "" {
			t.Fatalf("(-all +paged):\n%s", diff)
		}
		if len(all) == 0 {
			return
		}
		last := rapid.SampledFrom(all).Draw(t, "last")
		at := slices.IndexFunc(all, func(s budget.ItemShare) bool { return s == last })
		rest := slices.DeleteFunc(slices.Clone(all[at:]), func(s budget.ItemShare) bool { return s.Item == last.Item })
		without, err := plan.With(budget.Change{Op: budget.DropItem, Item: last.Item})
		if err != nil {
			t.Fatal(err)
		}
		page, _ := report(t, without).ItemsAfter(campaign, budget.Month{}, last, len(all))
		if diff := cmp.Diff(rest, page, append(reportOptions(), emptyIsNil)...); diff != "" {
			t.Fatalf("without %s (-rest +page):\n%s", last.Item, diff)
		}
	})
}
