package crm_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/soundness"
)

// ending is a shop in which Pam has the code SUN in May and June in the campaign Summer.
type ending struct {
	*shop
	summer    crm.Campaign
	pam, emma crm.Influencer
	hers      crm.CooperationID
}

func newEnding(t *testing.T) ending {
	t.Helper()
	s := ending{shop: newShop(t)}
	s.summer, s.pam, s.emma = s.campaign("Summer"), s.influencer("Pam"), s.influencer("Emma")
	s.hers = s.book(s.sun(s.pam)).ID
	return s
}

// sun is a signed cooperation with the code SUN from the first of May to the end of June.
func (s ending) sun(i crm.Influencer) crm.Cooperation {
	return crm.Cooperation{Campaign: s.summer.ID, Influencer: i.ID, Status: crm.Signed, Period: days("2026-05-01", "2026-06-30"),
		Cost: eur(1), Rules: []discount.Rule{equals("SUN")}}
}

// rival is Emma's cooperation with the code SUN, in another campaign, from a day on.
func (s ending) rival(from string) crm.Cooperation {
	c := s.sun(s.emma)
	c.Campaign, c.Period = s.shop.campaign(fmt.Sprint("Rivals ", s.head().Seq)).ID, days(from, "2026-07-31")
	return c
}

func (s ending) archive(ref crm.Ref) {
	s.Helper()
	result := must(s.crm.ArchiveAll(ctx, s.ws, []crm.At{ref.At(0)}, "over"))(s)
	s.ok(result.Results[0].Err)
}

func (s ending) restore(ref crm.Ref) error {
	if ref.Kind == crm.KindCampaign {
		return second(s.crm.Restore(ctx, s.ws, must(s.crm.Campaign(ctx, s.ws, crm.CampaignID(ref.ID)))(s).At(), "back"))
	}
	return second(s.crm.Restore(ctx, s.ws, must(s.crm.Influencer(ctx, s.ws, crm.InfluencerID(ref.ID)))(s).At(), "back"))
}

func (s ending) sound() {
	s.Helper()
	s.ok(s.crm.View(ctx, s.ws, soundness.Check))
}

// Archiving an influencer or a campaign ends the claims of its cooperations on that day, the 20th of May, with tail days
// too: who comes later may have the code. Restoring gives them back, unless somebody has the code by then.
func TestArchivingEndsTheClaimsOfCooperations(t *testing.T) {
	t.Parallel()
	for name, pick := range map[string]func(ending) crm.Ref{
		"influencer": func(s ending) crm.Ref { return s.pam.Ref() },
		"campaign":   func(s ending) crm.Ref { return s.summer.Ref() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newEnding(t)
			s.setWorkspace(func(w *crm.Workspace) { w.TailDays = 30 })
			owner := pick(s)
			if _, err := s.crm.CreateCooperation(ctx, s.ws, s.rival("2026-05-22")); !errors.Is(err, crm.ErrInvalid) {
				t.Fatalf("before: %v", err)
			}
			before := s.states()
			s.archive(owner)
			s.sound()
			archived := s.lastUnit()
			if got := s.cooperation(s.hers); got.ClaimsUntil != day("2026-05-20") || !got.ArchivedOn.IsZero() {
				t.Errorf("claims until %s, archived on %s", got.ClaimsUntil, got.ArchivedOn)
			}

			// The undo gives them back, and the undo of that ends them again.
			must(s.crm.UndoUnit(ctx, s.ws, archived, ""))(t)
			s.sound()
			if diff := cmp.Diff(before, s.states()); diff != "" {
				t.Errorf("undone (-before +after):\n%s", diff)
			}
			must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
			s.sound()

			// On the day itself the code is hers, and on the next it is free.
			if _, err := s.crm.CreateCooperation(ctx, s.ws, s.rival("2026-05-20")); !errors.Is(err, crm.ErrInvalid) {
				t.Errorf("on the day: %v", err)
			}
			s.ok(s.restore(owner))
			s.sound()
			if _, err := s.crm.CreateCooperation(ctx, s.ws, s.rival("2026-05-21")); !errors.Is(err, crm.ErrInvalid) {
				t.Errorf("after she is back: %v", err)
			}
			s.archive(owner)
			rival := s.book(s.rival("2026-05-21"))
			if list := must(s.crm.Conflicts(ctx, s.ws, crm.ConflictFilter{}, crm.ListOptions{}))(t).Items; len(list) != 0 {
				t.Errorf("in conflict: %v", list)
			}

			// Now she cannot come back, nor by an undo.
			want := fmt.Sprintf(`cooperation rules "sun": is also a code of %q at the same time; give one of the two another code or other dates`, rival.Name)
			head := s.head()
			if err := s.restore(owner); !errors.Is(err, crm.ErrInvalid) || err.Error() != want {
				t.Errorf("restored with %v", err)
			}
			if s.head() != head {
				t.Error("a restore that is refused wrote something")
			}
			undone := must(s.crm.UndoUnit(ctx, s.ws, must(s.crm.History(ctx, s.ws, owner, 0, 100))(t)[0].Unit, ""))(t)
			if len(undone.Restored)+len(undone.Deleted) != 0 || len(undone.Kept) == 0 {
				t.Errorf("undone: %+v", undone)
			}
			s.sound()

			// With other dates she can.
			must(s.edit(rival.ID, "", func(c *crm.Cooperation) { c.Period.Start = day("2026-08-15"); c.Period.End = budget.Date{} }))(t)
			s.ok(s.restore(owner))
			s.sound()
			if got := s.cooperation(s.hers).ClaimsUntil; !got.IsZero() {
				t.Errorf("restored, and claims until %s", got)
			}
		})
	}
}

// The first of the archive days counts, whichever comes and goes.
func TestClaimsEndWithTheFirstThatIsArchived(t *testing.T) {
	t.Parallel()
	s := newEnding(t)
	for _, step := range []struct {
		name string
		do   func() error
		want string
	}{
		{"the campaign is archived", func() error { s.archive(s.summer.Ref()); return nil }, "2026-05-20"},
		{"the influencer two days later", func() error {
			s.now = s.now.AddDate(0, 0, 2)
			s.archive(s.pam.Ref())
			return nil
		}, "2026-05-20"},
		{"only a note changes", func() error {
			_, err := s.edit(s.hers, "", func(c *crm.Cooperation) { c.Notes, c.ClaimsUntil = "x", budget.Date{} })
			return err
		}, "2026-05-20"},
		{"the campaign is back", func() error { return s.restore(s.summer.Ref()) }, "2026-05-22"},
		{"it moves to another influencer", func() error {
			_, err := s.edit(s.hers, "", func(c *crm.Cooperation) { c.Influencer = s.emma.ID })
			return err
		}, ""},
		{"who is erased", func() error {
			_, err := s.crm.Erase(ctx, s.ws, s.emma.ID, must(s.crm.Influencer(ctx, s.ws, s.emma.ID))(t).Version, "")
			return err
		}, "2026-05-22"},
	} {
		s.ok(step.do())
		s.sound()
		if got := s.cooperation(s.hers).ClaimsUntil.String(); got != step.want {
			t.Errorf("%s: claims until %q, want %q", step.name, got, step.want)
		}
	}
}

// Who is merged out of the archive has claims again.
func TestClaimsGoOnAfterAMerge(t *testing.T) {
	t.Parallel()
	s := newEnding(t)
	s.archive(s.pam.Ref())
	s.merge(s.emma.ID, s.pam.ID)
	s.sound()
	if got := s.cooperation(s.hers).ClaimsUntil; !got.IsZero() {
		t.Errorf("claims until %s", got)
	}
}

// Two signed cooperations that got one code while their campaign was archived do not both come back.
func TestRestoringLooksAtWhatComesBackTogether(t *testing.T) {
	t.Parallel()
	s := newEnding(t)
	other := s.sun(s.emma)
	other.Rules, other.Period = []discount.Rule{equals("MOON")}, days("2026-06-01", "2026-06-30")
	other = s.book(other)
	s.archive(s.summer.Ref())
	must(s.edit(other.ID, "", func(c *crm.Cooperation) { c.Rules = []discount.Rule{equals("SUN")} }))(t)
	head := s.head()
	if err := s.restore(s.summer.Ref()); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("restored with %v", err)
	}
	if s.head() != head {
		t.Error("a restore that is refused wrote something")
	}
	if list := must(s.crm.Conflicts(ctx, s.ws, crm.ConflictFilter{}, crm.ListOptions{}))(t).Items; len(list) != 0 {
		t.Errorf("in conflict: %v", list)
	}
}
