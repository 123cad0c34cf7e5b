package crm_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// TestTwoProcessesFindTheConflictsOfAFreshOne lets two Services on one store change cooperations in turn, as two
// processes do. Each must find what a Service finds that has nothing cached.
func TestTwoProcessesFindTheConflictsOfAFreshOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		campaign := s.campaign("Summer")
		people := []crm.Influencer{s.influencer("Pam"), s.influencer("Emma"), s.influencer("Zoe")}
		processes := []*crm.Service{s.crm, crm.New(s.store, nil)}
		deals := []crm.CooperationID{}
		for n := range rapid.IntRange(1, 12).Draw(t, "steps") {
			process := processes[rapid.IntRange(0, 1).Draw(t, "process")]
			rules := []discount.Rule{{
				Match:   rapid.SampledFrom(discount.Matches()).Draw(t, "match"),
				Pattern: rapid.SampledFrom([]string{"SUN", "SUNNY", "MOON"}).Draw(t, "pattern"),
			}}
			do := rapid.IntRange(0, 4).Draw(t, "do")
			if len(deals) == 0 {
				do = 0
			}
			var deal crm.CooperationID
			if do > 0 {
				deal = rapid.SampledFrom(deals).Draw(t, "deal")
			}
			switch do {
			case 0, 1:
				made := must(process.CreateCooperation(ctx, s.ws, crm.Cooperation{
					Campaign: campaign.ID, Influencer: rapid.SampledFrom(people).Draw(t, "who").ID, Name: fmt.Sprint("Deal ", n),
					Period: days("2026-06-01", ""), Rules: rules,
				}))(t)
				deals = append(deals, made.Cooperation.ID)
			case 2:
				c := must(process.Cooperation(ctx, s.ws, deal))(t)
				c.Rules = rules
				if c.ArchivedOn.IsZero() {
					must(process.UpdateCooperation(ctx, s.ws, c, ""))(t)
				}
			case 3:
				c := must(process.Cooperation(ctx, s.ws, deal))(t)
				if c.ArchivedOn.IsZero() {
					must(process.Archive(ctx, s.ws, c.At(), ""))(t)
				} else {
					must(process.Restore(ctx, s.ws, c.At(), ""))(t)
				}
			case 4:
				w := must(process.Workspace(ctx, s.ws))(t)
				w.TailDays = rapid.IntRange(0, 3).Draw(t, "tail days")
				must(process.UpdateWorkspace(ctx, s.ws, w, ""))(t)
			}
			if rapid.Bool().Draw(t, "look") {
				want := must(crm.New(s.store, nil).Conflicts(ctx, s.ws, crm.ConflictFilter{}, crm.ListOptions{}))(t)
				for which, process := range processes {
					got := must(process.Conflicts(ctx, s.ws, crm.ConflictFilter{}, crm.ListOptions{}))(t)
					if diff := cmp.Diff(want.Items, got.Items, values); diff != "" {
						t.Fatalf("process %d (-fresh +got):\n%s", which, diff)
					}
				}
			}
		}
	})
}
