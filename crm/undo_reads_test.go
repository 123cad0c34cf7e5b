package crm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// bookMany creates campaigns, influencers and cooperations in one unit, one of each for each number, and deletes the
// cooperations in another one.
func bookMany(s *shop, n int) (booked []crm.Cooperation) {
	s.Helper()
	s.ok(s.work(func(w *crm.Work) error {
		for at := range n {
			campaign, err := w.CreateCampaign(ctx, crm.Campaign{Name: fmt.Sprint("Summer ", at)})
			if err != nil {
				return err
			}
			i, err := w.CreateInfluencer(ctx, crm.Influencer{Name: fmt.Sprint("Pam ", at)})
			if err != nil {
				return err
			}
			saved, err := w.CreateCooperation(ctx, crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID})
			if err != nil {
				return err
			}
			booked = append(booked, saved.Cooperation)
		}
		return nil
	}))
	return booked
}

func TestUndoOfMoreThanAUnitRemembers(t *testing.T) {
	t.Parallel()
	const n = 1_200
	for _, records := range []int{700, 20_000} {
		t.Run(fmt.Sprint(records), func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			booked := bookMany(s, n)
			s.ok(s.work(func(w *crm.Work) error {
				for _, c := range booked {
					if _, err := w.Delete(ctx, c.At(), ""); err != nil {
						return err
					}
				}
				return nil
			}))
			deleted := s.lastUnit()
			counted := s.watchReads()
			s.crm = s.crm.WithUnitBounds(records, 400_000, 100_000)
			var done crm.Undone
			all, by := counted.during(func() {
				done = must(s.crm.UndoUnit(context.Background(), s.ws, deleted, ""))(t)
			})
			if len(done.Recreated) != n || len(done.Kept) != 0 {
				t.Errorf("%d came back, %d did not", len(done.Recreated), len(done.Kept))
			}
			if all > 60 {
				t.Errorf("%d reads, %v", all, by)
			}
			back := []string{}
			for _, c := range booked {
				back = append(back, s.cooperation(c.ID).Name)
			}
			want := []string{}
			for at := range n {
				want = append(want, fmt.Sprintf("Summer %d - Pam %d", at, at))
			}
			if diff := cmp.Diff(want, back); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What many records need of the log and of the store is read for all of them.
func TestOperationsOnManyReadAtOnce(t *testing.T) {
	t.Parallel()
	const n = 150
	s := newShop(t)
	booked := bookMany(s, n)
	ann, bob := s.influencer("Ann"), s.influencer("Bob")
	s.ok(s.work(func(w *crm.Work) error {
		for at := range n {
			m, err := w.CreateMember(ctx, crm.Member{Name: fmt.Sprint("Mira ", at)})
			if err != nil {
				return err
			}
			i, err := w.Influencers().Get(ctx, booked[at].Influencer)
			if err != nil {
				return err
			}
			i.Responsible = m.ID
			if _, err = w.UpdateInfluencer(ctx, i, ""); err != nil {
				return err
			}
			if _, err := w.Archive(ctx, m.At(), ""); err != nil {
				return err
			}
		}
		return nil
	}))
	s.ok(s.work(func(w *crm.Work) error {
		for _, c := range booked {
			i, err := w.Influencers().Get(ctx, c.Influencer)
			if err != nil {
				return err
			}
			i.Responsible = crm.MemberID{}
			if _, err = w.UpdateInfluencer(ctx, i, ""); err != nil {
				return err
			}
		}
		return nil
	}))
	freed := s.lastUnit()
	counted := s.watchReads()
	reads := func(what string, most int, do func()) {
		t.Helper()
		if all, by := counted.during(do); all > most {
			t.Errorf("%s took %d reads, %v; at most %d are needed", what, all, by, most)
		}
	}
	reads("giving archived members back", 12, func() {
		if done := must(s.crm.UndoUnit(ctx, s.ws, freed, ""))(t); len(done.Restored) != n {
			t.Errorf("%d have their member again: %+v", len(done.Restored), done.Kept)
		}
	})
	s.ok(s.work(func(w *crm.Work) error {
		for _, c := range booked {
			if _, err := w.CreateCooperation(ctx, crm.Cooperation{Campaign: c.Campaign, Influencer: ann.ID}); err != nil {
				return err
			}
		}
		return nil
	}))
	reads("a merge", 12, func() {
		if done := must(s.crm.MergeInfluencers(ctx, s.ws, bob.At(), ann.At(), crm.MergeOptions{}, ""))(t); done.Moved != n {
			t.Errorf("%d moved", done.Moved)
		}
	})
	reads("the undo of a merge", 20, func() {
		if done := must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t); len(done.Kept) != 0 {
			t.Errorf("kept %+v", done.Kept[0])
		}
	})
	merged := must(s.crm.Influencer(ctx, s.ws, bob.ID))(t)
	merged = must(s.crm.MergeInfluencers(ctx, s.ws, merged.At(), must(s.crm.Influencer(ctx, s.ws, ann.ID))(t).At(),
		crm.MergeOptions{}, ""))(t).Influencer
	reads("an erasure", 30, func() {
		if done := must(s.crm.Erase(ctx, s.ws, merged.ID, merged.Version, ""))(t); done.Cooperations != n {
			t.Errorf("%d were erased", done.Cooperations)
		}
	})
}
