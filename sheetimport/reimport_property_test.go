package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/utm"
)

// sharedCells are few values for each column, so that the rows of a sheet, and those of its next version, name the same
// people, accounts and cooperations in many ways.
var sharedCells = []struct {
	header string
	cells  []string
}{
	{"Influencer", []string{"Ida", "Mats", "Lea", "IDA", "Ida C."}},
	{"Handle", []string{"", "", "@ida", "@mats", "@i.d.a", "IDA"}},
	{"Profile link", []string{"", "", "", "https://www.instagram.com/ida/", "https://www.tiktok.com/@mats", "https://bit.ly/1"}},
	{"Platform", []string{"Instagram", "TikTok"}},
	{"Campaign", []string{"Sale", "Fall", ""}},
	{"Posting date", []string{"2026-06-01", "2026-06-02", ""}},
	{"Fee", []string{"100", "200", "", "x"}},
	{"Email", []string{"", "ida@klar.example", "mats@klar.example"}},
	{"Responsible", []string{"", "Mira", "Tom"}},
	{"Discount code", []string{"", "IDA10", "MATS10"}},
	{"Followers", []string{"", "1000"}},
}

// drawShared draws a sheet, of which some rows are those of the sheet before with one cell changed.
func drawShared(t *rapid.T, before [][]string) table {
	s := table{comma: ','}
	for _, c := range sharedCells {
		s.headers = append(s.headers, c.header)
	}
	for range rapid.IntRange(1, 5).Draw(t, "rows") {
		row := make([]string, len(sharedCells))
		for n, c := range sharedCells {
			row[n] = rapid.SampledFrom(c.cells).Draw(t, c.header)
		}
		if len(before) > 0 && rapid.IntRange(0, 2).Draw(t, "of the sheet before") > 0 {
			at := rapid.IntRange(0, len(sharedCells)-1).Draw(t, "changed column")
			was := rapid.SampledFrom(before).Draw(t, "row before")
			row = append(append(append([]string{}, was[:at]...), row[at]), was[at+1:]...)
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// meddle does one thing in the CRM that a person may do between two imports. What the CRM refuses is left.
func meddle(t *rapid.T, s *shop) {
	c := s.contents()
	one := rapid.SampledFrom(c.Influencers).Draw(t, "influencer")
	cooperation := rapid.SampledFrom(c.Cooperations).Draw(t, "cooperation")
	switch rapid.SampledFrom([]string{
		"merge", "merge", "rename", "archive", "restore", "undo", "profile", "handle", "move", "unmerge", "pending", "campaign",
	}).Draw(t, "meanwhile") {
	case "merge", "unmerge":
		other := rapid.SampledFrom(c.Influencers).Draw(t, "merged")
		merged, err := s.service.MergeInfluencers(s.ctx, s.ws, one.At(), other.At(), crm.MergeOptions{}, "")
		if err == nil && rapid.Bool().Draw(t, "taken back") {
			s.done(s.service.UndoUnit(s.ctx, s.ws, merged.Unit, ""))
		}
	case "rename":
		one.Name = rapid.SampledFrom(sharedCells[0].cells).Draw(t, "new name")
		_, _ = s.service.UpdateInfluencer(s.ctx, s.ws, one, "")
	case "archive":
		at := []crm.At{one.At(), cooperation.At(), c.Campaigns[0].At()}
		for _, m := range c.Members {
			at = append(at, m.At())
		}
		_, _ = s.service.Archive(s.ctx, s.ws, rapid.SampledFrom(at).Draw(t, "archived"), "")
	case "restore":
		_, _ = s.service.Restore(s.ctx, s.ws, one.At(), "")
	case "undo":
		_, _ = s.service.UndoImport(s.ctx, s.ws, rapid.SampledFrom(c.Runs).Draw(t, "run").ID, "")
	case "profile": // of a platform where they may have one already
		handle := rapid.SampledFrom([]string{"", "lea", "mats"}).Draw(t, "new handle")
		one.Profiles = append(one.Profiles,
			crm.Profile{Platform: rapid.SampledFrom([]string{"instagram", "tiktok"}).Draw(t,
				"new platform"), Handle: handle})
		_, _ = s.service.UpdateInfluencer(s.ctx, s.ws, one, "")
	case "handle":
		if len(one.Profiles) > 0 {
			one.Profiles[0].Handle = rapid.SampledFrom([]string{"", "ida", "mats"}).Draw(t, "other handle")
			_, _ = s.service.UpdateInfluencer(s.ctx, s.ws, one, "")
		}
	case "move": // to another profile of the same influencer
		for _, i := range c.Influencers {
			if i.ID == cooperation.Influencer && len(i.Profiles) > 0 {
				cooperation.Profile = rapid.SampledFrom(i.Profiles).Draw(t, "profile").ID
			}
		}
		_, _ = s.service.UpdateCooperation(s.ctx, s.ws, cooperation, "")
	case "pending": // UTM fields that wait for a handle
		ws, err := s.service.Workspace(s.ctx, s.ws)
		if err != nil {
			t.Fatal(err)
		}
		ws.UTM = utm.MustParseTemplate(utm.Params{Term: utm.Of("{handle}")})
		s.done(s.service.UpdateWorkspace(s.ctx, s.ws, ws, ""))
		_, _ = s.service.UseDefaults(s.ctx, s.ws, cooperation.ID, cooperation.Version, []string{"utm.term"}, "")
	case "campaign":
		campaign := rapid.SampledFrom(c.Campaigns).Draw(t, "campaign")
		campaign.Name = rapid.SampledFrom([]string{"Sale", "Fall", "Spring"}).Draw(t, "new name of the campaign")
		_, _ = s.service.UpdateCampaign(s.ctx, s.ws, campaign, "")
	}
}

// TestAFreshPlanIsAlwaysCarriedOut imports versions of a sheet while people merge, archive, rename and edit what it has
// made. Whatever the rows together make of an influencer, the plan has seen it: Apply carries it out. The same sheet once
// more then changes nothing.
func TestAFreshPlanIsAlwaysCarriedOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := memoryShop(t, nil)
		var before [][]string
		for range rapid.IntRange(1, 5).Draw(t, "imports") {
			sheet := drawShared(t, before)
			before = sheet.rows
			text := sheet.text(t, sheet.inOrder())
			s.options.RowsPerUnit = rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "rows per unit")
			plan := s.plan(text)
			checkCounts(t, plan)
			if _, err := s.importer().Apply(s.ctx, plan); err != nil {
				t.Fatalf("%v\n%q\n%s", err, account(plan), text)
			}
			there := s.contents()
			again := s.bring(text)
			if after := s.contents(); after.Head != there.Head {
				t.Fatalf("the second import wrote %d changes: %q, and before %q\n%s", after.Head.Seq-there.Head.Seq,
					account(again), account(plan), text)
			}
			if diff := cmp.Diff(settled(plan), settled(again)); diff != "" {
				t.Fatalf("the second import says something else (-first +second):\n%s\n%s", diff, text)
			}
			if err := s.service.View(s.ctx, s.ws, soundness.Check); err != nil {
				t.Fatal(err)
			}
			if len(there.Cooperations) == 0 {
				continue
			}
			for range rapid.IntRange(0, 4).Draw(t, "things that people do") {
				if len(s.contents().Cooperations) > 0 {
					meddle(t, s)
				}
			}
		}
	})
}

// settled are the verdicts of a plan, with what was created or updated as unchanged.
func settled(p *sheetimport.Plan) []sheetimport.Verdict {
	var list []sheetimport.Verdict
	for _, r := range p.Rows {
		if r.Verdict == sheetimport.Created || r.Verdict == sheetimport.Updated {
			r.Verdict = sheetimport.Unchanged
		}
		list = append(list, r.Verdict)
	}
	return list
}
