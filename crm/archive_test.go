package crm_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

func TestArchiveAndRestore(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.now = time.Date(2026, 5, 20, 22, 30, 0, 0, time.UTC) // half past midnight in Berlin
	campaign, pam, anna := s.campaign("Summer"), s.influencer("Pam"), s.member("Anna")
	deal := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Cost: eur(5000)})

	stored := func(r crm.Record) crm.Record {
		switch r := r.(type) {
		case crm.Member:
			return must(s.crm.Member(ctx, s.ws, r.ID))(t)
		case crm.Campaign:
			return must(s.crm.Campaign(ctx, s.ws, r.ID))(t)
		case crm.Influencer:
			return must(s.crm.Influencer(ctx, s.ws, r.ID))(t)
		default:
			return s.cooperation(r.(crm.Cooperation).ID)
		}
	}
	archivedOn := func(r crm.Record) budget.Date {
		switch r := r.(type) {
		case crm.Member:
			return r.ArchivedOn
		case crm.Campaign:
			return r.ArchivedOn
		case crm.Influencer:
			return r.ArchivedOn
		default:
			return r.(crm.Cooperation).ArchivedOn
		}
	}
	for _, r := range []crm.Record{anna, deal, campaign, pam} {
		must(s.crm.Archive(ctx, s.ws, asRead(r), "over"))(s)
		away := stored(r)
		if archivedOn(away) != day("2026-05-21") || away.Revision() != 2 {
			t.Errorf("%s: archived on %s at version %d", r.Ref().Kind, archivedOn(away), away.Revision())
		}
		must(s.crm.Archive(ctx, s.ws, asRead(away), "again"))(s) // keeps its day
		if got := stored(r); got.Revision() != 2 {
			t.Errorf("%s: archived twice", r.Ref().Kind)
		}
		if _, err := s.crm.Archive(ctx, s.ws, asRead(r), ""); !errors.Is(err, crm.ErrConflict) {
			t.Errorf("%s: archived from a stale version: %v", r.Ref().Kind, err)
		}
	}
	if got := must(s.crm.Report(ctx, s.ws, nil))(t).Total.Draft; got != eur(5000) {
		t.Errorf("archived, the cost in the plan is %s", got)
	}
	for _, r := range []crm.Record{anna, campaign, pam, deal} {
		away := stored(r)
		must(s.crm.Restore(ctx, s.ws, asRead(away), "back"))(s)
		if got := stored(r); !archivedOn(got).IsZero() || got.Revision() != away.Revision()+1 {
			t.Errorf("%s: restored to %s at version %d", r.Ref().Kind, archivedOn(got), got.Revision())
		}
	}
}

func TestArchivedRecordsStayWhereTheyAre(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam, anna := s.campaign("Summer"), s.influencer("Pam"), s.member("Anna")
	deal := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Responsible: anna.ID})
	for _, r := range []crm.Record{anna, campaign, pam} {
		must(s.crm.Archive(ctx, s.ws, asRead(r), ""))(s)
	}
	// What was chosen before may stay, and only what is newly chosen is refused.
	must(s.edit(deal.ID, "", func(c *crm.Cooperation) { c.Notes = "x" }))(t)
	autumn := s.campaign("Autumn")
	must(s.edit(deal.ID, "", func(c *crm.Cooperation) { c.Campaign = autumn.ID }))(t)
	if _, err := s.edit(deal.ID, "", func(c *crm.Cooperation) { c.Campaign = campaign.ID }); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("moved back into the archived campaign: %v", err)
	}
}

func TestNothingIsCreatedArchived(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	on := day("2020-01-01")
	c := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer", ArchivedOn: on}))(t)
	i := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Pam", ArchivedOn: on}))(t)
	m := must(s.crm.CreateMember(ctx, s.ws, crm.Member{Name: "Anna", ArchivedOn: on}))(t)
	deal := s.book(crm.Cooperation{Campaign: c.ID, Influencer: i.ID, ArchivedOn: on})
	edited := must(s.edit(deal.ID, "", func(c *crm.Cooperation) { c.Notes, c.ArchivedOn = "x", on }))(t).Cooperation
	if diff := cmp.Diff([]budget.Date{{}, {}, {}, {}, {}}, []budget.Date{c.ArchivedOn, i.ArchivedOn, m.ArchivedOn, deal.ArchivedOn, edited.ArchivedOn}, values); diff != "" {
		t.Error(diff)
	}
}

func TestASignedCooperationIsNotRestoredOntoAnothersCode(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam, emma := s.campaign("Summer"), s.influencer("Pam"), s.influencer("Emma")
	june := days("2026-06-01", "2026-06-30")
	sign := func(i crm.Influencer) crm.Cooperation {
		return s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Status: crm.Signed, Period: june,
			Cost: eur(1), Rules: []discount.Rule{equals("SUN")}})
	}
	hers := sign(pam)
	must(s.crm.Archive(ctx, s.ws, hers.At(), ""))(s)
	sign(emma)
	_, err := s.crm.Restore(ctx, s.ws, s.cooperation(hers.ID).At(), "")
	const want = `cooperation rules "sun": is also a code of "Summer - Emma" at the same time; give one of the two another code or other dates`
	if !errors.Is(err, crm.ErrInvalid) || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestDelete(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam, anna := s.campaign("Summer"), s.influencer("Pam"), s.member("Anna")
	deal := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Responsible: anna.ID})
	for _, r := range []crm.Record{anna, campaign, pam} {
		if _, err := s.crm.Delete(ctx, s.ws, asRead(r), ""); !errors.Is(err, crm.ErrReferenced) {
			t.Errorf("%s in use: %v", r.Ref().Kind, err)
		}
	}
	for _, r := range []crm.Record{deal, anna, campaign, pam} {
		must(s.crm.Delete(ctx, s.ws, asRead(r), "never mind"))(s)
		if _, err := s.crm.Delete(ctx, s.ws, asRead(r), ""); !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("%s deleted twice: %v", r.Ref().Kind, err)
		}
	}
	leo := s.member("Leo")
	kim := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Kim", Responsible: leo.ID}))(t)
	if _, err := s.crm.Delete(ctx, s.ws, leo.At(), ""); err == nil || err.Error() != "member: it is in use by 1 influencer; archive it instead" {
		t.Errorf("responsible for an influencer: %v", err)
	}
	must(s.crm.Delete(ctx, s.ws, kim.At(), "never mind"))(s)
	again := s.campaign("Summer") // the name is free again
	all := s.changes()
	if last := all[len(all)-2]; last.Kind != crm.Deleted || last.Reason != "never mind" || last.Record != kim.Ref() || again.Version != 1 {
		t.Errorf("the log ends with %+v", last)
	}
}
