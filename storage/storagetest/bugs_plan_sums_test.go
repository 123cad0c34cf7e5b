package storagetest_test

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// planSumBugs break the sums of the plan.
func planSumBugs() []bug {
	const (
		all    = "PlanSums: are those that a PlanTally has of all cooperations, whatever was written"
		named  = "PlanSums: of the kinds that are named, in the order of PlanSum.Compare"
		ofSome = "PlanSums: of the campaigns that are named"
		inAny  = "PlanSums: sees what the unit has written"
		large  = "PlanSums: amounts of any size add up"
		spans  = "PlanSpans: are the first and the last day of campaigns"
	)
	return []bug{
		{name: "adds currencies up", category: storagetest.Plan, subtest: all, spoil: planSums(func(sums []crm.PlanSum) []crm.PlanSum {
			for n := range sums {
				sums[n].Currency = ""
			}
			return sums
		})},
		{name: "keeps sums of nothing", category: storagetest.Plan, subtest: all, spoil: planSums(func(sums []crm.PlanSum) []crm.PlanSum {
			nothing := crm.PlanSum{Sum: budget.Sum{SumKey: budget.SumKey{Kind: budget.SumMonth, Stage: budget.Draft}}}
			return slices.Insert(sums, 0, nothing)
		})},
		{name: "counts and does not add up", category: storagetest.Plan, subtest: all, spoil: planSums(func(sums []crm.PlanSum) []crm.PlanSum {
			for n := range sums {
				sums[n].High, sums[n].Low = 0, 0
			}
			return sums
		})},
		{name: "gives sums of all kinds", category: storagetest.Plan, subtest: named,
			spoil: planSumsOf(func(ctx context.Context, r crm.Reader, f crm.PlanSumFilter) ([]crm.PlanSum, bool, error) {
				return r.PlanSums(ctx, crm.PlanSumFilter{Campaigns: f.Campaigns})
			})},
		{name: "gives sums of all campaigns", category: storagetest.Plan, subtest: ofSome,
			spoil: planSumsOf(func(ctx context.Context, r crm.Reader, f crm.PlanSumFilter) ([]crm.PlanSum, bool, error) {
				return r.PlanSums(ctx, crm.PlanSumFilter{Kinds: f.Kinds})
			})},
		{name: "gives sums backwards", category: storagetest.Plan, subtest: named, spoil: planSums(func(sums []crm.PlanSum) []crm.PlanSum {
			slices.Reverse(sums)
			return sums
		})},
		{name: "adds up at the end of a unit", category: storagetest.Plan, subtest: inAny, spoil: onReads(func(r crm.Reader) crm.Reader {
			var first []crm.PlanSum
			return planSumsThrough{r, func(ctx context.Context, r crm.Reader, f crm.PlanSumFilter) ([]crm.PlanSum, bool, error) {
				sums, kept, err := r.PlanSums(ctx, f)
				if first == nil {
					first = sums
				}
				return slices.Clone(first), kept, err
			}}
		})},
		{name: "adds the plan up floating", category: storagetest.Plan, subtest: large, spoil: planSums(func(sums []crm.PlanSum) []crm.PlanSum {
			for n := range sums {
				sums[n].High = int64(float64(sums[n].High) * 0.999)
			}
			return sums
		})},
		{name: "spans months", category: storagetest.Plan, subtest: spans, spoil: onReads(func(r crm.Reader) crm.Reader {
			return spansThrough{r}
		})},
	}
}

// planSumsThrough is a Reader with other sums of the plan.
type planSumsThrough struct {
	crm.Reader
	hook func(context.Context, crm.Reader, crm.PlanSumFilter) ([]crm.PlanSum, bool, error)
}

func (p planSumsThrough) PlanSums(ctx context.Context, f crm.PlanSumFilter) ([]crm.PlanSum, bool, error) {
	return p.hook(ctx, p.Reader, f)
}

func planSumsOf(hook func(context.Context, crm.Reader, crm.PlanSumFilter) ([]crm.PlanSum, bool, error)) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader { return planSumsThrough{r, hook} })
}

func planSums(spoil func([]crm.PlanSum) []crm.PlanSum) func(wholeStore) wholeStore {
	return planSumsOf(func(ctx context.Context, r crm.Reader, f crm.PlanSumFilter) ([]crm.PlanSum, bool, error) {
		sums, kept, err := r.PlanSums(ctx, f)
		return spoil(sums), kept, err
	})
}

// spansThrough is a Reader whose spans begin with months.
type spansThrough struct{ crm.Reader }

func (s spansThrough) PlanSpans(ctx context.Context, campaigns []crm.CampaignID) (map[crm.CampaignID]budget.Period, error) {
	spans, err := s.Reader.PlanSpans(ctx, campaigns)
	for id, span := range spans {
		span.Start = span.Start.Month().First()
		spans[id] = span
	}
	return spans, err
}
