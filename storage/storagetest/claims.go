package storagetest

import (
	"cmp"
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

func claimChecks() []check {
	return []check{
		{"Claims: are those that ClaimsOf derives from the stored cooperations", checkDerived},
		{"Claims: keep the end of their cooperation and its archive day", checkUntil},
		{"Claims: are replaced on Update and gone on Delete", checkReplaced},
		{"Claims: a failed unit of work leaves them as they were", checkClaimsRollback},
		{"Claims: are ordered by start day, cooperation, kind and key", checkClaimOrder},
		{"Claims: are selected by kinds and key", checkClaimFilter},
	}
}

// claims derives what the store should return from the model.
func (s *shop) claims() []crm.Claim {
	all := []crm.Claim{}
	for _, r := range s.records(crm.KindCooperation) {
		all = append(all, crm.ClaimsOf(r.(crm.Cooperation))...)
	}
	slices.SortFunc(all, func(a, b crm.Claim) int {
		return cmp.Or(a.From.Compare(b.From), a.Cooperation.Compare(b.Cooperation), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	return all
}

// claiming is a cooperation with all sample rules and a UTM set, on some days.
func (s *shop) claiming(p budget.Period) crm.Cooperation {
	c := s.cooperation()
	c.Period, c.UTM, c.Rules = p, params[2], slices.Clone(rules)
	return c
}

func checkDerived(e *env) {
	s := manyRecords(e, cooperationKit().kind(), 100)
	s.check("random cooperations")
	s = e.shop()
	cancelled, archived := s.claiming(budget.Period{Start: day0}), s.claiming(budget.Period{Start: day0})
	cancelled.Cancellation, archived.ArchivedOn = &crm.Cancellation{On: day0}, day0
	s.insert(
		s.claiming(budget.Period{}), s.claiming(budget.Period{Start: day0}), s.claiming(budget.Period{End: day0}),
		s.claiming(budget.Period{Start: day0, End: day0.AddDays(3_659)}), cancelled, archived,
	)
	s.check("cooperations on all kinds of days")
}

// Only both days together say how far tail days reach.
func checkUntil(e *env) {
	s := e.shop()
	end := day0.AddDays(10)
	for _, on := range []budget.Date{{}, day0.AddDays(-1), day0, end.AddDays(-1), end, end.AddDays(1)} {
		c := s.claiming(budget.Period{Start: day0, End: end})
		c.ArchivedOn = on
		s.insert(c)
	}
	var archived []budget.Date
	for _, claim := range s.contents().Claims {
		e.same("end of a claim", claim.To, end)
		if !slices.Contains(archived, claim.Until) {
			archived = append(archived, claim.Until)
		}
	}
	// What was archived before it started claims nothing.
	e.same("archive days of the claims", archived, []budget.Date{{}, day0, end.AddDays(-1), end, end.AddDays(1)})
	s.check("archived cooperations")
}

func checkReplaced(e *env) {
	s := e.shop()
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
		func() { c.ArchivedOn = budget.Date{} },
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
}

func checkClaimsRollback(e *env) {
	s := e.shop()
	c := s.claiming(budget.Period{Start: day0})
	s.insert(c)
	fresh, edited := s.claiming(budget.Period{Start: day0}), c
	edited.Rules = rules[:1]
	e.wantErr("Update", s.try(failing(func(ctx context.Context, tx crm.Tx) error {
		return errors.Join(tx.Insert(ctx, fresh), tx.Update(ctx, edited))
	})), errOwn)
	e.wantErr("Update", s.tryChange(backend.AtRevision(edited, 2)), crm.ErrConflict)
	e.wantErr("Delete", s.tryRemove(backend.AtRevision(edited, 2)), crm.ErrConflict)
	s.check("afterwards")
}

func checkClaimOrder(e *env) {
	s := e.shop()
	for n := range 12 {
		// Late days come first, so that order of insertion and order of days differ.
		c := s.claiming(budget.Period{Start: day0.AddDays(5 - n/3)})
		slices.Reverse(c.Rules)
		s.insert(c)
	}
	claims := s.claims()
	e.same("claims", s.contents().Claims, claims)
	e.same("number of claims", len(claims), 12*(len(rules)+1))
}

func checkClaimFilter(e *env) {
	s := manyRecords(e, cooperationKit().kind(), 60)
	s.insert(s.claiming(budget.Period{Start: day0}))
	all := s.claims()
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
				want := []crm.Claim{}
				for _, c := range all {
					if (key == "" || c.Key == key) && (len(kinds) == 0 || slices.Contains(kinds, c.Kind)) {
						want = append(want, c)
					}
				}
				got, err := r.Claims(ctx, crm.ClaimFilter{Kinds: kinds, Key: key})
				e.same(fmt.Sprintf("claims of kinds %q with key %q", kinds, key), got, want)
				e.same("error", err, nil)
			}
		}
		return nil
	})
}
