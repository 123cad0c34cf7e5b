package crm_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/wire"
)

// A Service that notes says of every call that writes where the log has it, and an undo of that unit takes it back.
func TestNoting(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	var done crm.Done
	noting := s.crm.Noting(&done)
	picture := portrait(20, 20, 1)
	var (
		member     crm.Member
		campaign   crm.Campaign
		influencer crm.Influencer
		err        error
	)
	for _, step := range []struct {
		name string
		call func()
	}{
		{"create member", func() { member, err = noting.CreateMember(ctx, s.ws, crm.Member{Name: "Anna"}) }},
		{"update member", func() { member.Name = "Ann"; member, err = noting.UpdateMember(ctx, s.ws, member, "") }},
		{"create campaign", func() { campaign, err = noting.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer"}) }},
		{"update campaign", func() { campaign.Notes = "hot"; campaign, err = noting.UpdateCampaign(ctx, s.ws, campaign, "") }},
		{"create influencer", func() { influencer, err = noting.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Pam"}) }},
		{"update influencer", func() {
			influencer.Notes = "tall"
			influencer, err = noting.UpdateInfluencer(ctx, s.ws, influencer, "")
		}},
		{"set picture", func() {
			influencer, err = noting.SetPicture(ctx, s.ws, influencer.ID, influencer.Version, picture, "")
		}},
		{"remove picture", func() { influencer, err = noting.RemovePicture(ctx, s.ws, influencer.ID, influencer.Version, "") }},
		{"patch", func() {
			influencer, err = wire.EditInfluencer(ctx, noting, s.ws, influencer.ID,
				wire.Edit{Version: influencer.Version, Doc: []byte(`{"notes":"x"}`)})
		}},
		{"update", func() {
			err = noting.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
				for _, name := range []string{"Bo", "Cy"} {
					if _, err := w.CreateMember(ctx, crm.Member{Name: name}); err != nil {
						return err
					}
				}
				return nil
			})
		}},
		{"an update that changes nothing", func() { member, err = noting.UpdateMember(ctx, s.ws, member, "") }},
	} {
		before := s.head()
		step.call()
		s.ok(err)
		if after := s.head(); after.Seq == before.Seq {
			if done.Seq != before.Seq || done.Unit == before.Unit {
				t.Errorf("%s: %+v after %+v", step.name, done, before)
			}
		} else if diff := cmp.Diff(s.lastDone(), done); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
	last := done
	if _, err := noting.CreateMember(ctx, s.ws, crm.Member{}); err == nil || done != last {
		t.Errorf("a call that fails: %v, %+v", err, done)
	}
	must(noting.DryRun().CreateMember(ctx, s.ws, crm.Member{Name: "Di"}))(t)
	if done != (crm.Done{}) {
		t.Errorf("a dry run did %+v", done)
	}
	must(noting.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Winter"}))(t)
	if undone := must(s.crm.UndoUnit(ctx, s.ws, done.Unit, ""))(t); len(undone.Deleted) != 1 {
		t.Errorf("undone: %+v", undone)
	}
}
