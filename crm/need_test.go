package crm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// Preload takes references that are not set, and refuses kinds that it would not read.
func TestPreloadRefusals(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.member("Mira")
	s.ok(s.work(func(w *crm.Work) error {
		return w.Preload(ctx, crm.Need{Refs: []crm.Ref{m.Ref(), crm.RefTo(crm.MemberID{}), crm.RefTo(crm.CooperationID{})}})
	}))
	for _, ref := range []crm.Ref{{}, {Kind: "x"}, {Kind: "x", ID: uuid.UUID(m.ID)}, crm.RefTo(s.ws), crm.RefTo(crm.ImportRunID(m.ID))} {
		err := s.work(func(w *crm.Work) error { return w.Preload(ctx, crm.Need{Refs: []crm.Ref{m.Ref(), ref}}) })
		found := crm.FieldErrors(err)
		if !errors.Is(err, crm.ErrInvalid) || len(found) != 1 || found[0].Field != "refs[1].kind" || found[0].Value != string(ref.Kind) {
			t.Errorf("Preload of %q: got error %v, want one that names the field and the value", ref.Kind, err)
		}
	}
}

// A past state loads as a store does.
func TestLoadAsOf(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	first, second := s.campaign("Summer"), s.campaign("Winter")
	pam := s.influencer("Pam", crm.Profile{Platform: "instagram", Handle: "pam"})
	zoe := s.influencer("Zoe", crm.Profile{Platform: "tiktok", Handle: "pam"})
	a := s.book(crm.Cooperation{Campaign: first.ID, Influencer: pam.ID})
	b := s.book(crm.Cooperation{Campaign: second.ID, Influencer: zoe.ID})
	at := s.head().Seq
	must(s.edit(a.ID, "", func(c *crm.Cooperation) { c.Notes = "later" }))(s)
	s.influencer("Zoe") // later too
	s.ok(s.crm.AsOf(ctx, s.ws, at, func(ctx context.Context, r crm.Reader) error {
		found := must(r.Load(ctx, crm.Need{
			Refs: []crm.Ref{b.Ref(), a.Ref(), b.Ref()}, Parents: true,
			Handles: []crm.Handle{
				{Platform: "instagram", Handle: "Pam"}, {Platform: "tiktok", Handle: "pam"},
				// Platforms are compared as they are, in other spellings and where there is none.
				{Platform: "Instagram", Handle: "pam"}, {Platform: "", Handle: "pam"}, {Platform: "myspace", Handle: "pam"},
			},
		}))(s)
		want := crm.Loaded{
			Members: []crm.Member{}, Campaigns: []crm.Campaign{second, first}, Influencers: []crm.Influencer{zoe, pam},
			Cooperations: []crm.Cooperation{b, a}, Names: []crm.Names{}, Owners: []crm.InfluencerID{pam.ID, zoe.ID, {}, {}, {}},
		}
		if d := cmp.Diff(want, found, values); d != "" {
			t.Errorf("Load (-want +got):\n%s", d)
		}
		alike := must(r.Load(ctx, crm.Need{
			Identities: []crm.IdentityKey{{Kind: crm.IdentityHandle, Text: "pam"}, {Kind: crm.IdentityName, Text: "zoe"}, {Kind: crm.IdentityEmail}},
		}))(s)
		if d := cmp.Diff([]crm.Influencer{pam, zoe}, alike.Influencers, values); d != "" {
			t.Errorf("Load of who has an identity key (-want +got):\n%s", d)
		}
		_, err := r.Load(ctx, crm.Need{Refs: []crm.Ref{{Kind: "x"}}})
		if !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("Load of an unknown kind: got error %v, want one that is %q", err, crm.ErrInvalid)
		}
		return nil
	}))
}
