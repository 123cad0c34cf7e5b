package backend

import (
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// SortLoaded puts the records that a need has found into the order of crm.Loaded, for stores that read them in another
// one.
func SortLoaded(l *crm.Loaded, n crm.Need) {
	if max(len(l.Members), len(l.Campaigns), len(l.Influencers), len(l.Cooperations)) < 2 {
		return
	}
	ranks := make(map[crm.Ref]int, len(n.Refs))
	rank := func(ref crm.Ref) {
		if _, known := ranks[ref]; !known {
			ranks[ref] = len(ranks)
		}
	}
	for _, ref := range n.Refs {
		rank(ref)
	}
	byRank(l.Cooperations, ranks)
	if n.Parents {
		for _, c := range l.Cooperations {
			rank(crm.RefTo(c.Campaign))
			rank(crm.RefTo(c.Influencer))
		}
	}
	byRank(l.Members, ranks)
	byRank(l.Campaigns, ranks)
	byRank(l.Influencers, ranks)
}

// byRank sorts records by rank. Those without one come last, by id.
func byRank[R crm.Record](all []R, ranks map[crm.Ref]int) {
	rank := func(r R) int {
		if n, ok := ranks[r.Ref()]; ok {
			return n
		}
		return len(ranks)
	}
	slices.SortFunc(all, func(a, b R) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), crm.ID[R](a.Ref().ID).Compare(crm.ID[R](b.Ref().ID)))
	})
}

// Folded are texts in the form in which they are compared, in their order.
func Folded(texts []string) []string {
	all := make([]string, len(texts))
	for n, text := range texts {
		all[n] = crm.Fold(text)
	}
	return all
}
