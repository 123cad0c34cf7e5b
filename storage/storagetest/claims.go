package storagetest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

var claimChecks = []check{
	inTwoShops("Claims: are those that ClaimsOf derives from the stored cooperations", func(a, b *shop) {
		a.withRecords(cooperations, 100)
		a.check("random cooperations")
		cancelled, archived := b.claiming(budget.Period{Start: day0}), b.claiming(budget.Period{Start: day0})
		cancelled.Cancellation, archived.ArchivedOn = &crm.Cancellation{On: day0}, day0
		b.insert(
			b.claiming(budget.Period{}), b.claiming(budget.Period{Start: day0}), b.claiming(budget.Period{End: day0}),
			b.claiming(budget.Period{Start: day0, End: day0.AddDays(3_659)}), cancelled, archived,
		)
		b.check("cooperations on all kinds of days")
	}),
	// Only both days together say how far tail days reach.
	inShop("Claims: keep the end of their cooperation and the first archive day", func(s *shop) {
		end := day0.AddDays(10)
		for _, on := range []budget.Date{{}, day0.AddDays(-1), day0, end.AddDays(-1), end, end.AddDays(1)} {
			c := s.claiming(budget.Period{Start: day0, End: end})
			c.ArchivedOn = on
			s.insert(c)
			c = s.claiming(budget.Period{Start: day0, End: end})
			c.ArchivedOn, c.ClaimsUntil = end.AddDays(2), on
			s.insert(c)
			c = s.claiming(budget.Period{Start: day0, End: end})
			c.ArchivedOn, c.ClaimsUntil = on, end.AddDays(3)
			s.insert(c)
		}
		var archived []budget.Date
		for _, claim := range s.contents().Claims {
			s.same("end of a claim", claim.To, end)
			if !slices.Contains(archived, claim.Until) {
				archived = append(archived, claim.Until)
			}
		}
		// What was archived before it started claims nothing.
		slices.SortFunc(archived, budget.Date.Compare)
		s.same("archive days of the claims", archived,
			[]budget.Date{{}, day0, end.AddDays(-1), end, end.AddDays(1), end.AddDays(2), end.AddDays(3)})
		s.check("archived cooperations")
	}),
	inShop("Claims: are replaced on Update and gone on Delete", func(s *shop) {
		bystander, c := s.claiming(budget.Period{Start: day0}), s.claiming(budget.Period{Start: day0, End: day0})
		s.insert(bystander, c)
		for _, edit := range []func(){
			func() { c.Rules = c.Rules[2:] },
			func() { c.Rules = append(c.Rules, discount.Rule{Match: discount.EndsWith, Pattern: "new"}) },
			func() { c.Rules[0].Pattern = "other" },
			func() { c.Rules[0].Match = discount.Equals },
			func() { c.UTM = c.UTM.With(utm.Term, utm.Of("other")) },
			func() { c.UTM = utm.Params{Source: utm.Of("instagram")} },
			func() { c.Period = budget.Period{Start: day0.AddDays(9), End: day0.AddDays(10)} },
			func() { c.Period.End = budget.Date{} },
			func() { c.Influencer = s.influencers[1] },
			func() { c.ArchivedOn = day0 },
			func() { c.Period.End = day0.AddDays(10) },
			func() { c.ArchivedOn = day0.AddDays(9) },
			func() { c.ArchivedOn = day0.AddDays(11) },
			func() { c.ClaimsUntil = day0.AddDays(12) },
			func() { c.ClaimsUntil = day0.AddDays(10) },
			func() { c.ArchivedOn = budget.Date{} },
			func() { c.ClaimsUntil = budget.Date{} },
			func() { c.Cancellation = &crm.Cancellation{} },
			func() { c.Cancellation = nil },
			func() { c.Period.Start = budget.Date{} },
			func() { c.Period.Start = day0 },
			func() { c.Rules = nil },
			func() { c.Rules = rules },
		} {
			c = crm.Clone(c)
			edit()
			s.change(c)
			c.Version++
			s.check(fmt.Sprintf("after Update %d", c.Version-1))
		}
		s.remove(c)
		s.check("after Delete")
	}),
	inShop("Claims: a failed unit of work leaves them as they were", func(s *shop) {
		c, fresh := s.claiming(budget.Period{Start: day0}), s.claiming(budget.Period{Start: day0})
		s.insert(c)
		edited := c
		edited.Rules = rules[:1]
		s.wantErr("Update", s.try(failing(func(ctx context.Context, tx crm.Tx) error {
			return errors.Join(tx.Insert(ctx, fresh), tx.Update(ctx, nil, edited))
		})), errOwn)
		s.wantErr("Update", s.tryChange(backend.AtRevision(edited, 2)), crm.ErrConflict)
		s.wantErr("Delete", s.tryRemove(backend.AtRevision(edited, 2)), crm.ErrConflict)
		s.check("afterwards")
	}),
	inShop("Claims: are ordered by start day, cooperation, kind and key", func(s *shop) {
		for n := range 12 {
			// Late days come first, so that order of insertion and order of days differ.
			c := s.claiming(budget.Period{Start: day0.AddDays(5 - n/3)})
			slices.Reverse(c.Rules)
			s.insert(c)
		}
		claims := s.claims()
		s.same("claims", s.contents().Claims, claims)
		s.same("number of claims", len(claims), 12*(len(rules)+1))
	}),
	inShop("Claims: are selected by kinds and key", func(s *shop) {
		s.withRecords(cooperations, 60)
		s.insert(s.claiming(budget.Period{Start: day0}))
		keys := []string{"", "nothing of the kind", "%", "EMMA10", utm.Key(params[2])}
		for _, r := range rules {
			keys = append(keys, r.Key())
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, kinds := range [][]crm.ClaimKind{
				nil, {}, {crm.ClaimEquals}, {crm.ClaimContains}, {crm.ClaimStartsWith}, {crm.ClaimEndsWith}, {crm.ClaimUTM},
				{crm.ClaimUTM, crm.ClaimEquals}, {crm.ClaimEquals, crm.ClaimEquals}, {"nothing of the kind"},
			} {
				for _, key := range keys {
					want := slices.DeleteFunc(s.claims(), func(c crm.Claim) bool {
						return key != "" && c.Key != key || len(kinds) > 0 && !slices.Contains(kinds, c.Kind)
					})
					what := fmt.Sprintf("claims of kinds %q with key %q", kinds, key)
					s.returns(what, want)(r.Claims(ctx, crm.ClaimFilter{Kinds: kinds, Key: key}))
				}
			}
			return nil
		})
	}),
}

// claiming is a cooperation with all sample rules and a UTM set, on some days.
func (s *shop) claiming(p budget.Period) crm.Cooperation {
	c := s.cooperation()
	c.Period, c.UTM, c.Rules = p, params[2], slices.Clone(rules)
	return c
}
