package budget

import (
	"cmp"
	"slices"
)

// ItemsAfter returns a page of Items: the shares that come after the last one of the page before, at most limit of them.
// The zero ItemShare stands for the first page. more says whether there are others. Of after only Start, Item
// and Month are read, so that a page begins where the last one ended also if its last item is gone by now.
func (r *Report) ItemsAfter(campaignID string, m Month, after ItemShare, limit int) (page []ItemShare, more bool) {
	shares := r.Items(campaignID, m)
	if after.Item != "" {
		at, found := slices.BinarySearchFunc(shares, after, compareShares)
		if found {
			at++
		}
		shares = shares[at:]
	}
	limit = max(limit, 0)
	if len(shares) > limit {
		return slices.Clip(shares[:limit]), true
	}
	return shares, false
}

// compareShares orders shares as Items does.
func compareShares(a, b ItemShare) int {
	return cmp.Or(
		cmp.Compare(a.Start.n-1, b.Start.n-1), // without dates last
		cmp.Compare(a.Item, b.Item),
		a.Month.Compare(b.Month),
	)
}
