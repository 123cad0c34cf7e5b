package crm_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// muddle does one random thing in a unit of work. What the rules refuse has no effect.
func muddle(t *rapid.T, w *crm.Work, n int) error {
	all := everyRecord(t, w)
	pick := func(label string) crm.Record { return rapid.SampledFrom(all).Draw(t, label) }
	members, campaigns, influencers, cooperations := ofKind[crm.Member](all), ofKind[crm.Campaign](all),
		ofKind[crm.Influencer](all), ofKind[crm.Cooperation](all)
	responsible := func() crm.MemberID {
		if len(members) == 0 || rapid.IntRange(0, 2).Draw(t, "nobody") == 0 {
			return crm.MemberID{}
		}
		return rapid.SampledFrom(members).Draw(t, "responsible").ID
	}
	profile := func() crm.Profile {
		p := crm.Profile{Platform: rapid.SampledFrom([]string{"instagram", "tiktok", "x"}).Draw(t, "platform")}
		if rapid.Bool().Draw(t, "has a handle") {
			p.Handle = fmt.Sprint("handle", n)
		}
		if rapid.Bool().Draw(t, "has a code") {
			p.Rules = []discount.Rule{equals(rapid.SampledFrom([]string{"AAA", "BBB", "CCC"}).Draw(t, "code"))}
		}
		return p
	}
	cooperation := func(c crm.Cooperation) crm.Cooperation {
		i := rapid.SampledFrom(influencers).Draw(t, "influencer")
		c.Campaign, c.Influencer, c.Profile = rapid.SampledFrom(campaigns).Draw(t, "campaign").ID, i.ID, crm.ProfileID{}
		if len(i.Profiles) > 0 && rapid.Bool().Draw(t, "has a profile") {
			c.Profile = rapid.SampledFrom(i.Profiles).Draw(t, "profile").ID
		}
		c.Status = rapid.SampledFrom([]crm.Status{crm.Draft, crm.Negotiating, crm.Signed}).Draw(t, "status")
		if rapid.IntRange(0, 3).Draw(t, "dated") > 0 {
			c.Period.Start = day("2026-05-01").AddDays(rapid.IntRange(0, 3).Draw(t, "start"))
			c.Cost = eur(rapid.Int64Range(0, 1000).Draw(t, "cost"))
		}
		c.Name = rapid.SampledFrom([]string{"", "", c.Name, "Special"}).Draw(t, "name")
		c.Responsible = responsible()
		if c.Cancellation = nil; rapid.IntRange(0, 4).Draw(t, "cancelled") == 0 {
			c.Cancellation = &crm.Cancellation{On: day("2026-08-15")}
		}
		if rapid.Bool().Draw(t, "given codes") {
			c.Rules = []discount.Rule{equals(rapid.SampledFrom([]string{"AAA", "BBB", "CCC"}).Draw(t, "code"))}
		}
		return c
	}
	var err error
	switch do := rapid.IntRange(0, 17).Draw(t, "do"); {
	case do == 0:
		_, err = w.CreateMember(ctx, crm.Member{Name: fmt.Sprint("Member ", n)})
	case do == 1 || len(campaigns) == 0:
		_, err = w.CreateCampaign(ctx, crm.Campaign{Name: fmt.Sprint("Campaign ", n)})
	case do == 2 || len(influencers) == 0:
		_, err = w.CreateInfluencer(ctx, crm.Influencer{Name: "Pam", Responsible: responsible(), Profiles: []crm.Profile{profile()}})
	case do < 5 || len(cooperations) == 0:
		_, err = w.CreateCooperation(ctx, cooperation(crm.Cooperation{}))
	case do == 5:
		c := cooperation(crm.Cooperation{})
		c.Imported = &crm.Imported{Key: "row", Values: map[string]string{"cost": "1"}}
		_, err = w.ImportCooperation(ctx, c)
	case do < 9:
		_, err = w.UpdateCooperation(ctx, cooperation(rapid.SampledFrom(cooperations).Draw(t, "edited")), "because")
	case do == 9:
		c := rapid.SampledFrom(campaigns).Draw(t, "renamed")
		c.Name += "!"
		c.Period = budget.Period{Start: day("2026-05-01")}
		_, err = w.UpdateCampaign(ctx, c, "")
	case do < 12:
		i := crm.Clone(rapid.SampledFrom(influencers).Draw(t, "changed"))
		i.Name = rapid.SampledFrom([]string{"Pam", "Emma"}).Draw(t, "name")
		i.Responsible = responsible()
		i.Tags = append(i.Tags, fmt.Sprint("tag ", n))
		if rapid.Bool().Draw(t, "is a VIP") {
			i.Tags = []string{"vip"}
		}
		if at := rapid.IntRange(0, len(i.Profiles)).Draw(t, "profile"); at == len(i.Profiles) {
			i.Profiles = append(i.Profiles, profile())
		} else if id := i.Profiles[at].ID; rapid.Bool().Draw(t, "remove") {
			i.Profiles = slices.Delete(i.Profiles, at, at+1)
		} else {
			i.Profiles[at] = profile()
			i.Profiles[at].ID = id
		}
		_, err = w.UpdateInfluencer(ctx, i, "")
	case do == 12:
		_, err = w.Archive(ctx, asRead(pick("archived")), "")
	case do == 13:
		_, err = w.Restore(ctx, asRead(pick("restored")), "")
	case do == 14:
		_, err = w.Delete(ctx, asRead(pick("deleted")), "")
	case do < 17:
		into, from := rapid.SampledFrom(influencers).Draw(t, "into"), rapid.SampledFrom(influencers).Draw(t, "from")
		_, err = w.MergeInfluencers(ctx, into.At(), from.At(),
			crm.MergeOptions{Take: rapid.SampledFrom([][]string{nil, {"name", "responsible"}}).Draw(t, "take")}, "")
	default:
		ws := must(w.Workspace(ctx))(t)
		ws.TailDays = rapid.IntRange(0, 3).Draw(t, "tail days")
		_, err = w.UpdateWorkspace(ctx, ws, "")
	}
	for _, family := range []error{crm.ErrInvalid, crm.ErrAlreadyExists, crm.ErrReferenced} {
		if errors.Is(err, family) {
			return nil
		}
	}
	return err
}

func ofKind[R crm.Record](all []crm.Record) []R {
	found := []R{}
	for _, r := range all {
		if r, ok := r.(R); ok {
			found = append(found, r)
		}
	}
	return found
}

func TestUndoAndUndoOfUndo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		n := 0
		unit := func(atMost int) {
			s.ok(s.work(func(w *crm.Work) error {
				for range rapid.IntRange(1, atMost).Draw(t, "things") {
					n++
					if err := muddle(t, w, n); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		for range rapid.IntRange(0, 4).Draw(t, "units before") {
			unit(6)
		}
		head, before := s.head(), s.states()
		unit(8)
		if s.head() == head {
			return // nothing was allowed
		}
		after := s.states()
		for round, want := range []map[string]map[string]string{before, after, before, after} {
			done := must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
			if diff := cmp.Diff(want, s.states()); diff != "" || len(done.Kept) > 0 {
				t.Fatalf("undo %d kept %v (-want +got):\n%s", round+1, done.Kept, diff)
			}
			if s.lastUnit() != done.Unit {
				break // the unit left everything as it was
			}
		}
	})
}

// What was done in between stays, whatever it was, and the undo never breaks the unit of work.
func TestUndoOfAnyUnit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		n, units := 0, []uuid.UUID{}
		for range rapid.IntRange(1, 8).Draw(t, "units") {
			s.ok(s.work(func(w *crm.Work) error {
				for range rapid.IntRange(1, 5).Draw(t, "things") {
					n++
					if err := muddle(t, w, n); err != nil {
						return err
					}
				}
				return nil
			}))
			units = append(units, s.lastUnit())
		}
		before := s.states()
		done := must(s.crm.UndoUnit(ctx, s.ws, rapid.SampledFrom(units).Draw(t, "unit"), "why not"))(t)
		after := s.states()
		for _, kept := range done.Kept {
			if kept.Why.IsZero() || before[kept.Record.String()]["name"] != "" && after[kept.Record.String()] == nil {
				t.Fatalf("%+v: %v", kept, after[kept.Record.String()])
			}
		}
		if s.lastUnit() == done.Unit {
			again := must(s.crm.UndoUnit(ctx, s.ws, done.Unit, ""))(t)
			if diff := cmp.Diff(before, s.states()); diff != "" || len(again.Kept) > 0 {
				t.Fatalf("undo of the undo kept %v (-before +after):\n%s", again.Kept, diff)
			}
		}
	})
}
