package crm

import (
	"cmp"
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
)

// PlanSum counts and adds up cooperations of one campaign for Service.Summary; see budget.Sum.
type PlanSum struct {
	Campaign CampaignID
	budget.Sum
}

// Compare orders sums as Reader.PlanSums returns them: by kind, campaign, and then as budget.SumKey does.
func (s PlanSum) Compare(o PlanSum) int {
	return cmp.Or(
		cmp.Compare(s.Kind, o.Kind),
		s.Campaign.Compare(o.Campaign),
		s.SumKey.Compare(o.SumKey),
	)
}

// PlanSumFilter selects sums; the zero PlanSumFilter selects all.
type PlanSumFilter struct {
	Kinds     []budget.SumKind // all if none is named
	Campaigns []CampaignID     // all if none is named
}

// Selects reports whether a sum passes the filter.
func (f PlanSumFilter) Selects(s PlanSum) bool {
	return (len(f.Kinds) == 0 || slices.Contains(f.Kinds, s.Kind)) &&
		(len(f.Campaigns) == 0 || slices.Contains(f.Campaigns, s.Campaign))
}

// PlanTally adds up what cooperations add to the sums of a plan, for stores: of all cooperations of a workspace, or of
// those that a unit of work changes. The zero PlanTally is empty.
type PlanTally struct {
	sums    map[planKey]budget.Sum
	scratch []budget.Sum
}

type planKey struct {
	campaign CampaignID
	key      budget.SumKey
}

// Add adds a cooperation.
func (t *PlanTally) Add(c Cooperation) { t.count(c, false) }

// Remove takes a cooperation out. One that has not been added leaves sums below zero, which are what a store has to add to
// its own.
func (t *PlanTally) Remove(c Cooperation) { t.count(c, true) }

func (t *PlanTally) count(c Cooperation, removed bool) {
	item := budget.Item{Stage: c.Status, Cost: c.Cost, Period: c.Period, Spread: c.Spread}
	cancel(&item, c.Cancellation)
	t.scratch = budget.AppendSums(t.scratch[:0], &item)
	if t.sums == nil {
		t.sums = map[planKey]budget.Sum{}
	}
	for _, s := range t.scratch {
		if removed {
			s = s.Negated()
		}
		key := planKey{c.Campaign, s.SumKey}
		sum := t.sums[key]
		sum.Add(s)
		t.sums[key] = sum
	}
}

// Sums returns the sums that are not zero, in the order of PlanSum.Compare.
func (t *PlanTally) Sums() []PlanSum {
	all := make([]PlanSum, 0, len(t.sums))
	for key, s := range t.sums {
		if s != (budget.Sum{}) {
			s.SumKey = key.key
			all = append(all, PlanSum{key.campaign, s})
		}
	}
	slices.SortFunc(all, PlanSum.Compare)
	return all
}

// PlanSums implements Reader. The sums are those of today, so there are none.
func (a *asOfReader) PlanSums(ctx context.Context, _ PlanSumFilter) ([]PlanSum, bool, error) {
	return []PlanSum{}, false, ctx.Err()
}

// PlanSpans implements Reader.
func (a *asOfReader) PlanSpans(ctx context.Context, _ []CampaignID) (map[CampaignID]budget.Period, error) {
	return map[CampaignID]budget.Period{}, ctx.Err()
}
