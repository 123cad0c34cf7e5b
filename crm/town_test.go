package crm_test

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// town is a shop with something of everything in it, and a second shop in the same store.
type town struct {
	*shop
	anna, gone    crm.Member
	summer, old   crm.Campaign
	pam, emma     crm.Influencer
	otto          crm.Influencer  // archived
	deal          crm.Cooperation // Pam in Summer, signed, PAM10, June
	idea          crm.Cooperation // Emma in Summer, a draft
	shelved       crm.Cooperation // Emma in Summer, archived
	elsewhere     crm.WorkspaceID
	otherMember   crm.Member
	otherCampaign crm.Campaign
	otherPerson   crm.Influencer
}

func newTown(t tester) *town {
	s := newShop(t)
	w := &town{shop: s}
	w.anna, w.gone = s.member("Anna"), s.member("Gone")
	must(s.crm.Archive(ctx, s.ws, w.gone.At(), ""))(s)
	w.summer = must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer Sale", Budget: eur(500000),
		Period: days("2026-06-01", "2026-08-31")}))(t)
	w.old = s.campaign("Winter Sale")
	must(s.crm.Archive(ctx, s.ws, w.old.At(), ""))(s)
	w.pam = s.influencer("Pam", crm.Profile{Platform: "Instagram", Handle: "pam.style"}, crm.Profile{Platform: "TikTok"})
	w.emma = must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{
		Name: "Emma", Responsible: w.anna.ID, Profiles: []crm.Profile{{Platform: "Instagram", Handle: "emma"}},
	}))(t)
	w.otto = s.influencer("Otto")
	must(s.crm.Archive(ctx, s.ws, w.otto.At(), ""))(s)
	w.deal = s.book(crm.Cooperation{
		Campaign: w.summer.ID, Influencer: w.pam.ID, Profile: w.pam.Profiles[0].ID, Status: crm.Signed,
		Period: days("2026-06-01", "2026-06-30"), Cost: eur(100000), Rules: []discount.Rule{equals("PAM10")},
	})
	w.idea = s.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID})
	w.shelved = s.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID, Period: days("2026-06-01", "")})
	must(s.crm.Archive(ctx, s.ws, w.shelved.At(), ""))(s)

	w.elsewhere = must(s.admin.CreateWorkspace(ctx, crm.Workspace{Name: "Elsewhere", Currency: "USD"}))(t).ID
	w.otherMember = must(s.crm.CreateMember(ctx, w.elsewhere, crm.Member{Name: "Zoe"}))(t)
	w.otherCampaign = must(s.crm.CreateCampaign(ctx, w.elsewhere, crm.Campaign{Name: "Autumn"}))(t)
	w.otherPerson = must(s.crm.CreateInfluencer(ctx, w.elsewhere, crm.Influencer{Name: "Yara", Profiles: []crm.Profile{{Platform: "X"}}}))(t)
	return w
}

// The operations below are one call each with one thing changed.

func (w *town) settings(edit func(*crm.Workspace)) error {
	ws := w.workspace()
	edit(&ws)
	_, err := w.crm.UpdateWorkspace(ctx, w.ws, ws, "")
	return err
}

func (w *town) newMember(m crm.Member) error {
	_, err := w.crm.CreateMember(ctx, w.ws, m)
	return err
}

func (w *town) newCampaign(c crm.Campaign) error {
	_, err := w.crm.CreateCampaign(ctx, w.ws, c)
	return err
}

func (w *town) newInfluencer(i crm.Influencer) error {
	_, err := w.crm.CreateInfluencer(ctx, w.ws, i)
	return err
}

// join makes one influencer of two.
func (w *town) join(into, from crm.Influencer, o crm.MergeOptions, reason string) error {
	_, err := w.crm.MergeInfluencers(ctx, w.ws, into.At(), from.At(), o, reason)
	return err
}

// newProfile adds a profile to Emma.
func (w *town) newProfile(p crm.Profile) error {
	emma := crm.Clone(w.emma)
	emma.Profiles = append(emma.Profiles, p)
	_, err := w.crm.UpdateInfluencer(ctx, w.ws, emma, "")
	return err
}

// offer books Emma for Summer Sale with changes.
func (w *town) offer(edit func(*crm.Cooperation)) error {
	c := crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID}
	edit(&c)
	_, err := w.crm.CreateCooperation(ctx, w.ws, c)
	return err
}

func (w *town) change(c crm.Cooperation, reason string, edit func(*crm.Cooperation)) error {
	_, err := w.edit(c.ID, reason, edit)
	return err
}

func (w *town) record(run crm.ImportRun) error {
	return w.crm.Update(ctx, w.ws, func(ctx context.Context, u *crm.Work) error {
		_, err := u.RecordImport(ctx, run)
		return err
	})
}

func (w *town) list(o crm.ListOptions) error {
	_, err := w.crm.Campaigns(ctx, w.ws, crm.CampaignFilter{}, o)
	return err
}

// everything is the head of the log and the import runs, which stand outside of it.
func (w *town) everything() map[string]int {
	all := map[string]int{"head": int(w.head().Seq)}
	w.ok(w.crm.View(ctx, w.ws, func(ctx context.Context, r crm.Reader) (err error) {
		all["import runs"], err = r.ImportRuns().Count(ctx, crm.ImportRunFilter{})
		return err
	}))
	return all
}
