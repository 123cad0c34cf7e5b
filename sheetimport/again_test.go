package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport"
)

// After an import was taken back, the same sheet comes in again whole: what is gone makes no row a duplicate.
func TestImportAgainAfterUndo(t *testing.T) {
	t.Parallel()
	const text = "Campaign,Influencer,Handle,Platform,Posting date,Fee,Discount code\n" +
		"Summer,Ana Ruiz,@ana,Instagram,2026-06-01,100,ANA10\nSummer,Ben Okoro,@ben,TikTok,2026-06-02,100,BEN10\n"
	s := memoryShop(t, nil)
	counts := func() []int {
		c := s.contents()
		return []int{len(c.Campaigns), len(c.Influencers), len(c.Cooperations)}
	}
	for range 2 {
		p := s.bring(text)
		if p.Counts[sheetimport.Created] != 2 {
			t.Errorf("%v", account(p))
		}
		if diff := cmp.Diff([]int{1, 2, 2}, counts()); diff != "" {
			t.Errorf("records (-want +got):\n%s", diff)
		}
		runs := s.contents().Runs
		if _, err := s.service.UndoImport(s.ctx, s.ws, runs[len(runs)-1].ID, "wrong file"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]int{0, 0, 0}, counts()); diff != "" {
			t.Errorf("after the undo (-want +got):\n%s", diff)
		}
	}
}
