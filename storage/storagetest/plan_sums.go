package storagetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

var planSumChecks = []check{
	inTwoShops("PlanSums: are those that a PlanTally has of all cooperations, whatever was written", func(a, b *shop) {
		a.withRecords(cooperations, 60)
		b.withRecords(cooperations, 60)
		a.check("random cooperations")
		d := newDraw(a, 11)
		for unit := range 6 {
			a.update(func(ctx context.Context, tx crm.Tx) error {
				var failed error
				for n, r := range a.records(crm.KindCooperation) {
					before := r.(crm.Cooperation)
					switch d.IntN(8) {
					case 0:
						failed = errors.Join(failed, tx.Delete(ctx, before))
						delete(a.model, before.Ref())
					case 1, 2, 3:
						after := cooperations.sample(a, d.IntN(1_000)).(crm.Cooperation)
						after.ID, after.Version = before.ID, before.Version
						var known crm.Record // else the store has to look what it replaces
						if n%2 == 0 {
							known = before
						}
						failed = errors.Join(failed, tx.Update(ctx, known, after))
						a.expect(backend.AtRevision(after, after.Version+1))
					case 4:
						added := cooperations.sample(a, d.IntN(1_000)).(crm.Cooperation)
						failed = errors.Join(failed, tx.Insert(ctx, added))
						a.expect(added)
					}
				}
				return failed
			})
			a.check(fmt.Sprint("after unit ", unit))
		}
		for _, r := range a.records(crm.KindCooperation) {
			a.remove(r)
		}
		a.check("without cooperations")
		b.check("the other workspace")
	}),
	inShop("PlanSums: of the kinds that are named, in the order of PlanSum.Compare", func(s *shop) {
		s.withRecords(cooperations, 40)
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, kinds := range [][]budget.SumKind{
				{}, budget.SummedKinds(), {budget.SumEdge}, {budget.SumMonth, budget.SumCost}, {budget.SumCost, budget.SumCost}, {"x"},
			} {
				want := slices.DeleteFunc(s.planSums(), func(sum crm.PlanSum) bool {
					return len(kinds) > 0 && !slices.Contains(kinds, sum.Kind)
				})
				s.returns(fmt.Sprintf("sums of %q", kinds), want)(readPlanSums(ctx, r, crm.PlanSumFilter{Kinds: kinds}))
			}
			return nil
		})
	}),
	inTwoShops("PlanSums: of the campaigns that are named", func(a, b *shop) {
		a.withRecords(cooperations, 40)
		b.withRecords(cooperations, 40)
		nobody := crm.CampaignID(a.newID())
		a.view(func(ctx context.Context, r crm.Reader) error {
			for _, of := range [][]crm.CampaignID{
				a.campaigns[:1], {nobody}, {a.campaigns[1], nobody, a.campaigns[0], a.campaigns[1]}, b.campaigns[:1], a.campaigns,
				slices.Repeat(a.campaigns[:2], 5_000), // more than any one question takes
			} {
				for _, kinds := range [][]budget.SumKind{nil, budget.SummedKinds()} {
					want := slices.DeleteFunc(a.planSums(), func(sum crm.PlanSum) bool {
						return !slices.Contains(of, sum.Campaign) || len(kinds) > 0 && !slices.Contains(kinds, sum.Kind)
					})
					a.returns(fmt.Sprintf("sums %q of %d campaigns", kinds, len(of)), want)(
						readPlanSums(ctx, r, crm.PlanSumFilter{Kinds: kinds, Campaigns: of}))
				}
			}
			return nil
		})
	}),
	inShop("PlanSums: sees what the unit has written", func(s *shop) {
		c := s.cooperation()
		c.Status, c.Cost, c.Period = crm.Draft, budget.FromMinor(5, "EUR"), budget.Period{Start: day0, End: day0.AddDays(70)}
		s.insert(c)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			changed := c
			changed.Status = crm.Signed
			err := tx.Update(ctx, c, changed)
			s.expect(backend.AtRevision(changed, 2))
			s.returns("after the update", s.planSums())(readPlanSums(ctx, tx, crm.PlanSumFilter{}))
			one := s.cooperation()
			err = errors.Join(err, tx.Insert(ctx, one))
			s.expect(one)
			s.returns("after an insert", s.planSums())(readPlanSums(ctx, tx, crm.PlanSumFilter{}))
			err = errors.Join(err, tx.Delete(ctx, one))
			delete(s.model, one.Ref())
			s.returns("after deleting it again", s.planSums())(readPlanSums(ctx, tx, crm.PlanSumFilter{}))
			return err
		})
		s.check("afterwards")
	}),
	inShop("PlanSums: amounts of any size add up", func(s *shop) {
		for n := range 25 {
			c := s.cooperation()
			c.Status, c.Period = crm.Draft, budget.Period{Start: day0, End: day0.AddDays(n)}
			c.Cost = budget.FromMinor(math.MaxInt64-int64(n), "EUR")
			if n%5 == 0 {
				c.Cost = budget.FromMinor(math.MinInt64+int64(n), "EUR")
			}
			s.insert(c)
		}
		s.check("of the largest amounts")
	}),
	inShop("PlanSpans: are the first and the last day of campaigns", func(s *shop) {
		s.withRecords(cooperations, 40)
		empty := s.campaign("Without cooperations")
		s.insert(empty)
		ids := []crm.CampaignID{empty.ID, crm.CampaignID(s.newID())}
		for range 1_000 { // more than any one question takes
			ids = append(ids, s.campaigns...)
		}
		check := func(what string) {
			s.Helper()
			want := map[crm.CampaignID]budget.Period{}
			for _, sum := range s.planSums() {
				if sum.Kind == budget.SumEdge {
					span := want[sum.Campaign]
					if span.IsZero() {
						span.Start = sum.Day
					}
					span.End = sum.Day
					want[sum.Campaign] = span
				}
			}
			s.view(func(ctx context.Context, r crm.Reader) error {
				s.returns(what, want)(r.PlanSpans(ctx, ids))
				s.returns(what+": of no campaigns", map[crm.CampaignID]budget.Period{})(r.PlanSpans(ctx, nil))
				return nil
			})
		}
		check("at first")
		for n, r := range s.records(crm.KindCooperation) {
			if s.remove(r); n%8 == 0 {
				check("with fewer cooperations")
			}
		}
		check("without cooperations")
	}),
	inShop("RebuildPlanSums: makes the same sums", func(s *shop) {
		s.withRecords(cooperations, 40)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			c := cooperations.full(s).(crm.Cooperation)
			err := errors.Join(tx.Insert(ctx, c), tx.RebuildPlanSums(ctx))
			s.expect(c)
			s.returns("in the unit", s.planSums())(readPlanSums(ctx, tx, crm.PlanSumFilter{}))
			one := s.cooperation()
			err = errors.Join(err, tx.Insert(ctx, one))
			s.expect(one)
			return err
		})
		s.check("afterwards")
	}),
}

// planSums derives from the model what the store should return.
func (s *shop) planSums() []crm.PlanSum {
	var all crm.PlanTally
	for _, r := range s.records(crm.KindCooperation) {
		all.Add(r.(crm.Cooperation))
	}
	return all.Sums()
}

// errNotKept is for a store that does not keep sums.
var errNotKept = errors.New("the sums of the plan are not kept")

func readPlanSums(ctx context.Context, r crm.Reader, f crm.PlanSumFilter) ([]crm.PlanSum, error) {
	sums, kept, err := r.PlanSums(ctx, f)
	if err == nil && !kept {
		err = errNotKept
	}
	return sums, err
}
