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
					if err := w.Delete(ctx, c, ""); err != nil {
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
