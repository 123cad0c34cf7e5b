package memory

import (
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// planSumBefore orders the sums of the plan by their keys.
func planSumBefore(a, b crm.PlanSum) bool { return a.Compare(b) < 0 }

// addToPlan changes the sums of the plan by those of a tally.
func (s *state) addToPlan(t *crm.PlanTally) {
	for _, change := range t.Sums() {
		sum, known := s.plan.Get(change)
		if known {
			sum.Add(change.Sum)
		} else {
			sum = change
		}
		if sum.Count == 0 {
			s.plan.Delete(sum)
		} else {
			s.plan.Set(sum)
		}
	}
}

// PlanSums implements crm.Reader.
func (u *unit) PlanSums(ctx context.Context, f crm.PlanSumFilter) (sums []crm.PlanSum, kept bool, err error) {
	if err := u.check(ctx); err != nil {
		return nil, false, err
	}
	sums = []crm.PlanSum{}
	u.state.plan.Scan(func(sum crm.PlanSum) bool {
		if f.Selects(sum) {
			sums = append(sums, sum)
		}
		return true
	})
	return sums, true, nil
}

// PlanSpans implements crm.Reader.
func (u *unit) PlanSpans(ctx context.Context, campaigns []crm.CampaignID) (map[crm.CampaignID]budget.Period, error) {
	if err := u.check(ctx); err != nil {
		return nil, err
	}
	spans := map[crm.CampaignID]budget.Period{}
	for _, id := range campaigns {
		edges := crm.PlanSum{Campaign: id, Sum: budget.Sum{SumKey: budget.SumKey{Kind: budget.SumEdge}}}
		u.state.plan.Ascend(edges, func(sum crm.PlanSum) bool {
			if sum.Kind != budget.SumEdge || sum.Campaign != id {
				return false
			}
			span := spans[id]
			if span.IsZero() {
				span.Start = sum.Day
			}
			span.End = sum.Day
			spans[id] = span
			return true
		})
	}
	return spans, nil
}

// RebuildPlanSums implements crm.Tx.
func (u *unit) RebuildPlanSums(ctx context.Context) error {
	return u.write(ctx, func() error {
		var all crm.PlanTally
		u.state.cooperations.rows.Scan(func(each row[crm.Cooperation]) bool {
			all.Add(each.record)
			return true
		})
		u.state.plan.Clear()
		u.state.addToPlan(&all)
		return nil
	})
}
