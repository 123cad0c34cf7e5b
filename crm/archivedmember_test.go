package crm_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// A member who is archived keeps what they have and gets nothing new, whichever call would give it to them.
func TestArchivedMembersGetNothingNew(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	leo, anna := s.member("Leo"), s.member("Anna")
	campaign := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer", Period: days("2026-06-01", "2026-06-30")}))(t)
	pam := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Pam", Responsible: leo.ID}))(t)
	emma := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Emma", Responsible: anna.ID}))(t)
	zoe := s.influencer("Zoe")
	deal := func(i crm.Influencer, m crm.Member) crm.Cooperation {
		return crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Responsible: m.ID}
	}
	pams, emmas, annas := s.book(deal(pam, leo)), s.book(deal(emma, leo)), s.book(deal(emma, anna))
	must(s.crm.Archive(ctx, s.ws, leo.At(), ""))(s)

	refused := func(name string, err error) {
		t.Helper()
		var e *crm.Error
		if !errors.As(err, &e) || e.Field != "responsible" || e.Value != "Leo" || !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// By hand: nobody gives him anything, for whomever he is responsible.
	for _, i := range []crm.Influencer{pam, emma, zoe} {
		_, err := s.crm.CreateCooperation(ctx, s.ws, deal(i, leo))
		refused("create for "+i.Name, err)
		refused("import for "+i.Name, s.work(func(w *crm.Work) error {
			_, err := w.ImportCooperation(ctx, deal(i, leo))
			return err
		}))
	}
	_, err := s.edit(annas.ID, "", func(c *crm.Cooperation) { c.Responsible = leo.ID })
	refused("edit", err)
	_, err = s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Kim", Responsible: leo.ID})
	refused("create influencer", err)
	zoe.Responsible = leo.ID
	_, err = s.crm.UpdateInfluencer(ctx, s.ws, zoe, "")
	refused("edit influencer", err)

	// What he has he keeps, through edits of other things.
	for _, c := range []crm.Cooperation{pams, emmas} {
		edited := must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Notes, c.Influencer = "call her", emma.ID }))(t)
		if edited.Cooperation.Responsible != leo.ID {
			t.Errorf("an edit took it from him: %+v", edited.Cooperation)
		}
	}
	pam.Notes = "tall"
	if pam = must(s.crm.UpdateInfluencer(ctx, s.ws, pam, ""))(t); pam.Responsible != leo.ID {
		t.Error("an edit took the influencer from him")
	}

	// The pre-fill gives a new cooperation to nobody, and says so.
	nobodys := []crm.Notice{{Field: "responsible",
		Code:    "archived_member",
		Message: sentence.Of(`nobody is responsible, because "Leo", who is for the influencer, is archived; choose a member who is still in the team`)}}
	saved := must(s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID}))(t)
	if !saved.Cooperation.Responsible.IsZero() || !cmp.Equal(nobodys, saved.Notices[:1]) {
		t.Errorf("created with %s and %v", saved.Cooperation.Responsible, saved.Notices)
	}
	saved = must(s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{Campaign: campaign.ID, Influencer: emma.ID}))(t)
	if saved.Cooperation.Responsible != anna.ID {
		t.Errorf("created with %s, not the influencer's", saved.Cooperation.Responsible)
	}

	// So does a clone, of a cooperation that is his and of one that is nobody's.
	cloned := must(s.crm.CloneCampaign(ctx, s.ws, campaign.ID, crm.CloneOptions{Name: "Autumn", Days: 90, Cooperations: true}))(t)
	if len(cloned.Cooperations) != 5 {
		t.Fatalf("%d cooperations, left out %v", len(cloned.Cooperations), cloned.LeftOut)
	}
	for _, c := range cloned.Cooperations {
		old, want := s.cooperation(c.From), crm.MemberID{}
		if old.Influencer == emma.ID {
			want = anna.ID
		}
		if c.Cooperation.Responsible != want {
			t.Errorf("the clone of %s is %s's, want %s", old.Name, c.Cooperation.Responsible, want)
		}
		if told := len(c.Notices) > 0 && cmp.Equal(c.Notices[0], nobodys[0]); told != want.IsZero() {
			t.Errorf("the clone of %s says %v", old.Name, c.Notices)
		}
	}
}
