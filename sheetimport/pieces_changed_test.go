package sheetimport_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/storage/memory"
)

// What somebody changes between two pieces is not overwritten: its rows are left, and told. The sheet again settles
// them.
func TestPiecesLeaveWhatHasChanged(t *testing.T) {
	t.Parallel()
	const size = 3 // the rows of one influencer
	before := manyRows(18, 100)
	// The sheet has 18 rows that an earlier import made and whose fee is another, and 18 new ones of other influencers and
	// another campaign. The first piece has the rows 20 to 22, because new cooperations come before changed ones.
	sheet := manyRows(36, 200)
	named := func(c contents, name string) crm.Influencer {
		return c.Influencers[slices.IndexFunc(c.Influencers, func(i crm.Influencer) bool { return i.Name == name })]
	}
	for name, c := range map[string]struct {
		meanwhile func(s *shop, c contents, w *crm.Work) error
		left      []int // rows of the sheet
		why       string
	}{
		"nothing": {func(*shop, contents, *crm.Work) error { return nil }, nil, ""},
		"the notes of a campaign and strangers": {func(s *shop, c contents, w *crm.Work) error {
			campaign := c.Campaigns[0]
			campaign.Notes = "soon"
			_, err := w.UpdateCampaign(s.ctx, campaign, "")
			if err == nil {
				_, err = w.CreateInfluencer(s.ctx,
					crm.Influencer{Name: "Stranger",
						Profiles: []crm.Profile{{Platform: "instagram", Handle: "stranger"}}})
			}
			if err == nil {
				_, err = w.CreateMember(s.ctx, crm.Member{Name: "Stranger"})
			}
			return err
		}, nil, ""},
		"the fee of a cooperation": {func(s *shop, c contents, w *crm.Work) error {
			n := slices.IndexFunc(c.Cooperations, func(o crm.Cooperation) bool { return o.Influencer == named(c, "Ida 5").ID })
			o := c.Cooperations[n]
			o.Cost = budget.FromMinor(77700, "EUR")
			_, err := w.UpdateCooperation(s.ctx, o, "")
			return err
		}, []int{17}, "somebody changed the cooperation"},
		"the address of an influencer": {func(s *shop, c contents, w *crm.Work) error {
			one := named(c, "Ida 5")
			one.Email = "new@x.example"
			_, err := w.UpdateInfluencer(s.ctx, one, "")
			return err
		}, []int{17, 18, 19}, "somebody changed the influencer"},
		"a handle that was free": {func(s *shop, _ contents, w *crm.Work) error {
			_, err := w.CreateInfluencer(s.ctx, crm.Influencer{Name: "X", Profiles: []crm.Profile{{Platform: "instagram", Handle: "IDA8"}}})
			return err
		}, []int{26, 27, 28}, "another influencer got the name, handle or link of the row"}, // the third is on TikTok, but hers too
		"a name that was free": {func(s *shop, _ contents, w *crm.Work) error {
			_, err := w.CreateInfluencer(s.ctx, crm.Influencer{Name: "IDA 11"})
			return err
		}, []int{35, 36, 37}, "another influencer got the name, handle or link of the row"},
		"a campaign that was not there": {func(s *shop, _ contents, w *crm.Work) error {
			_, err := w.CreateCampaign(s.ctx, crm.Campaign{Name: "SALE 2"})
			return err
		}, []int{32, 33, 34, 35, 36, 37}, "somebody added, renamed, archived or deleted the campaign"},
		"a campaign is archived": {func(s *shop, c contents, w *crm.Work) error {
			_, err := w.Archive(s.ctx, c.Campaigns[1].At(), "")
			return err
			// Its cooperations of the first rows have changed with it.
		}, []int{17, 18, 19, 23, 24, 25, 26, 27, 28, 29, 30, 31}, "somebody"},
		"a member is renamed": {func(s *shop, c contents, w *crm.Work) error {
			m := c.Members[0]
			m.Name = "Mira"
			_, err := w.UpdateMember(s.ctx, m, "")
			return err
		}, []int{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 23, 24, 25, 26, 27, 28, 29, 30, 31},
			"somebody added, renamed, archived or deleted the responsible member"},
		"a member that was not there": {func(s *shop, _ contents, w *crm.Work) error {
			_, err := w.CreateMember(s.ctx, crm.Member{Name: "member 1"})
			return err
		}, []int{32, 33, 34, 35, 36, 37}, "somebody added, renamed, archived or deleted the responsible member"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := &betweenStore{Store: memory.New(nil)}
			s := newShop(t, store, &sheetimport.Options{RowsPerUnit: size})
			s.bring(before)
			plan := s.plan(sheet)
			store.after = map[int]func(){store.n + 1: func() {
				there := s.contents()
				err := s.service.Update(s.ctx, s.ws, func(_ context.Context, w *crm.Work) error { return c.meanwhile(s, there, w) })
				if err != nil {
					t.Error(err)
				}
			}}
			run, err := s.importer().Apply(s.ctx, plan)
			if err != nil {
				t.Fatal(err)
			}
			account := accountOf(t, run)
			checkCounts(t, account)
			var left []int
			for n, r := range account.Rows {
				if r.Verdict != sheetimport.Open {
					if diff := cmp.Diff(plan.Rows[n], r); diff != "" {
						t.Errorf("row %d is not as planned (-want +got):\n%s", r.Row, diff)
					}
					continue
				}
				left = append(left, r.Row)
				last := r.Problems[len(r.Problems)-1]
				if last.Code != "changed_meanwhile" || !strings.HasPrefix(last.Message.String(), c.why) || len(r.Changes) > 0 {
					t.Errorf("row %d is left with %+v", r.Row, last)
				}
			}
			if diff := cmp.Diff(c.left, left); diff != "" || run.Counts[string(sheetimport.Open)] != len(c.left) {
				t.Errorf("counts %v, rows left (-want +got):\n%s", run.Counts, diff)
			}
			counts := map[string]int{}
			for verdict, n := range account.Counts {
				counts[string(verdict)] = n
			}
			if diff := cmp.Diff(counts, run.Counts); diff != "" {
				t.Errorf("counts (-account +run):\n%s", diff)
			}

			// What was left is in nobody's way: the sheet again brings it in, or says what a person has to decide.
			again := s.bring(sheet)
			for n, r := range again.Rows {
				done := r.Verdict == sheetimport.Unchanged
				if isLeft := slices.Contains(c.left, r.Row); !isLeft && !done && !strings.HasPrefix(name, "a campaign is archived") {
					t.Errorf("row %d was written, and again it is %s: %v %v", r.Row, r.Verdict, r.Problems, plan.Rows[n])
				}
			}
			if runs := s.contents().Runs; len(c.left) > 0 && (len(runs) != 2 || !slices.Contains(runIDs(runs), run.ID)) {
				t.Errorf("%d runs; what was left belongs to the same run", len(runs))
			}
		})
	}
}
