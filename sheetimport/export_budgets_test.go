package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
)

// An export has the budgets, targets and days of campaigns as an import reads them: importing it changes nothing, and brings
// them into another workspace.
func TestExportOfBudgetsChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := memoryShop(t, nil)
		amount := func(what string) budget.Money {
			if rapid.Bool().Draw(t, what+" is set") {
				return budget.FromMinor(rapid.OneOf(rapid.Int64Range(0, 200_000), rapid.Int64Range(0, 1e15)).Draw(t, what), "EUR")
			}
			return budget.Money{}
		}
		start := budget.MustParseDate("2026-01-01").AddDays(rapid.IntRange(0, 400).Draw(t, "start"))
		var rows []crm.Cooperation
		for n, name := range []string{"Sale", "Autumn 2026"} {
			c := crm.Campaign{Name: name, Budget: amount("budget"), RevenueTarget: amount("target")}
			if rapid.Bool().Draw(t, "starts") {
				c.Period.Start = start
			}
			if rapid.Bool().Draw(t, "ends") {
				c.Period.End = start.AddDays(rapid.IntRange(0, 100).Draw(t, "days"))
			}
			made, err := s.service.CreateCampaign(s.ctx, s.ws, c)
			if err != nil {
				t.Fatal(err)
			}
			ida, err := s.service.CreateInfluencer(s.ctx, s.ws, crm.Influencer{Name: []string{"Ida", "Mats"}[n],
				Profiles: []crm.Profile{{Platform: "instagram"}}})
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, s.add(crm.Cooperation{Campaign: made.ID, Influencer: ida.ID, Profile: ida.Profiles[0].ID, Status: crm.Draft}))
		}
		text, _ := s.export()
		before := s.contents()
		plan := s.bring(text)
		if diff := cmp.Diff(map[sheetimport.Verdict]int{sheetimport.Unchanged: len(rows)}, plan.Counts); diff != "" {
			t.Fatalf("counts (-want +got):\n%s\n%s", diff, text)
		}
		for _, r := range plan.Rows {
			if len(r.Notices) > 0 {
				t.Fatalf("notices %v\n%s", r.Notices, text)
			}
		}
		if after := s.contents(); after.Head != before.Head {
			t.Fatalf("%d changes", after.Head.Seq-before.Head.Seq)
		}
		other := memoryShop(t, nil)
		other.bring(text)
		if diff := cmp.Diff(s.campaigns(), other.campaigns()); diff != "" {
			t.Fatalf("in another workspace (-there +here):\n%s\n%s", diff, text)
		}
	})
}
