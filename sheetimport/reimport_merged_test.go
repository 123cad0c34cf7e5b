package sheetimport_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/utm"
)

// mergedShop has imported a row of Ida's without a handle and one of Mats', and merges the two into Mats. He has two profiles on
// TikTok then, one with the handle and one without.
func mergedShop(t *testing.T, head, ida, mats string) *shop {
	t.Helper()
	s := memoryShop(t, nil)
	s.bring(head + ida + mats)
	of := map[string]crm.Influencer{}
	for _, i := range s.contents().Influencers {
		of[i.Name] = i
	}
	s.done(s.service.MergeInfluencers(s.ctx, s.ws, of["Mats"].At(), of["Ida"].At(), crm.MergeOptions{}, ""))
	return s
}

// TestReimportOfAHandleThatTheInfluencerHas has rows of merged people that get a handle which another profile of the same
// influencer has. The cooperation goes to that profile; the influencer does not get the handle twice, which the CRM refuses.
func TestReimportOfAHandleThatTheInfluencerHas(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Followers\n"
	const ida, mats = "Ida,,TikTok,Sale,2026-06-01,100,\n", "Mats,@mats,TikTok,Sale,2026-06-01,100,\n"
	for _, c := range []struct {
		name, csv string
		meanwhile func(*shop, crm.Cooperation) // with Ida's
		want      []string
		changes   []string
		handles   []string // of the two cooperations, in the order in which they came
	}{
		{"the old row alone", "Ida,@mats,TikTok,Sale,2026-06-01,100,\n", nil, []string{"2 updated"},
			[]string{"profile: TikTok -> TikTok @mats"}, []string{"mats", "mats"}},
		{"both rows", "Ida,@mats,TikTok,Sale,2026-06-01,100,\n" + mats, nil, []string{"2 updated", "3 unchanged"},
			[]string{"profile: TikTok -> TikTok @mats"}, []string{"mats", "mats"}},
		{"in other letters, with followers", "Ida,@MATS,TikTok,Sale,2026-06-01,100,500\n" + mats, nil, []string{"2 updated", "3 unchanged"},
			[]string{"profile: TikTok -> TikTok @mats", "profiles: TikTok @mats -> TikTok @mats (500 followers)"}, []string{"mats", "mats"}},
		{"with another fee", "Ida,@mats,TikTok,Sale,2026-06-01,250,\n" + mats, nil, []string{"2 updated", "3 unchanged"},
			[]string{"cost: 100.00 EUR -> 250.00 EUR", "profile: TikTok -> TikTok @mats"}, []string{"mats", "mats"}},
		{"another handle", "Ida,@ida,TikTok,Sale,2026-06-01,100,\n" + mats, nil, []string{"2 updated", "3 unchanged"},
			[]string{"profiles: TikTok -> TikTok @ida"}, []string{"ida", "mats"}},
		{"without the handle", ida + mats, nil, []string{"2 unchanged", "3 unchanged"}, nil, []string{"", "mats"}},
		{"the cooperation is archived", "Ida,@mats,TikTok,Sale,2026-06-01,100,500\n" + mats, func(s *shop, c crm.Cooperation) {
			s.done(s.service.Archive(s.ctx, s.ws, c.At(), ""))
		}, []string{"2 updated", "3 unchanged"}, []string{"profiles: TikTok @mats -> TikTok @mats (500 followers)"}, []string{"", "mats"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := mergedShop(t, head, ida, mats)
			if c.meanwhile != nil {
				for _, there := range s.contents().Cooperations {
					if profile, _ := s.contents().Influencers[0].Profile(there.Profile); profile.Handle == "" {
						c.meanwhile(s, there)
					}
				}
			}
			plan := s.bring(head + c.csv)
			if diff := cmp.Diff(c.want, account(plan)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			var changes []string
			for _, r := range plan.Rows {
				for _, change := range r.Changes {
					changes = append(changes, change.Field+": "+change.From+" -> "+change.To)
				}
			}
			if diff := cmp.Diff(c.changes, sorted(changes)); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			there := s.contents()
			var handles []string
			for _, cooperation := range there.Cooperations {
				profile, _ := there.Influencers[0].Profile(cooperation.Profile)
				handles = append(handles, profile.Handle)
			}
			if diff := cmp.Diff(sorted(c.handles), sorted(handles)); diff != "" {
				t.Errorf("handles (-want +got):\n%s", diff)
			}
			if len(there.Influencers) != 1 || len(there.Influencers[0].Profiles) != 2 {
				t.Errorf("%+v, want one influencer with two profiles", there.Influencers)
			}
			again := s.bring(head + c.csv)
			if after := s.contents().Head; after != there.Head {
				t.Errorf("the second import wrote %d changes: %q", after.Seq-there.Head.Seq, account(again))
			}
		})
	}
}

// TestUndoOfAMoveToAnotherProfile: an import that is taken back gives the cooperation its profile back.
func TestUndoOfAMoveToAnotherProfile(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee\n"
	s := mergedShop(t, head, "Ida,,TikTok,Sale,2026-06-01,100\n", "Mats,@mats,TikTok,Sale,2026-06-01,100\n")
	profiles := func() (list []crm.ProfileID) {
		for _, c := range s.contents().Cooperations {
			list = append(list, c.Profile)
		}
		return list
	}
	before := profiles()
	run, err := s.importer().Apply(s.ctx, s.plan(head+"Ida,@mats,TikTok,Sale,2026-06-01,100\n"))
	if err != nil {
		t.Fatal(err)
	}
	if moved := profiles(); moved[0] != moved[1] {
		t.Errorf("the profiles are %s, want one", moved)
	}
	s.done(s.service.UndoImport(s.ctx, s.ws, run.ID, ""))
	if diff := cmp.Diff(before, profiles()); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

// TestReimportOfAHandleThatUTMFieldsWaitFor: the handle of a row fills the fields of its cooperations, which are written once
// more for what else their rows say, all together and in pieces.
func TestReimportOfAHandleThatUTMFieldsWaitFor(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee,utm_term\n"
	for name, size := range map[string]int{"all together": 0, "in pieces": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			s.bring(head + "Ida,,IG,Sale,2026-06-01,100,\nIda,,IG,Sale,2026-06-08,100,\nIda,,IG,Sale,2026-06-15,100,\n")
			ws, err := s.service.Workspace(s.ctx, s.ws)
			if err != nil {
				t.Fatal(err)
			}
			ws.UTM = utm.MustParseTemplate(utm.Params{Term: utm.Of("{handle}")})
			s.done(s.service.UpdateWorkspace(s.ctx, s.ws, ws, ""))
			for _, c := range s.contents().Cooperations {
				s.done(s.service.UseDefaults(s.ctx, s.ws, c.ID, c.Version, []string{"utm.term"}, ""))
			}
			csv := head + "Ida,@ida,IG,Sale,2026-06-01,100,\nIda,@ida,IG,Sale,2026-06-08,200,\nIda,@ida,IG,Sale,2026-06-15,100,idas\n"
			s.options.RowsPerUnit = size
			plan := s.bring(csv)
			if diff := cmp.Diff([]string{"2 updated", "3 updated", "4 updated"}, account(plan)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			got := map[string][2]string{}
			for _, c := range s.contents().Cooperations {
				got[c.Period.Start.String()] = [2]string{c.Cost.String(), c.UTM.Term.String()}
			}
			want := map[string][2]string{
				"2026-06-01": {budget.FromMinor(100_00, "EUR").String(), "ida"},
				"2026-06-08": {budget.FromMinor(200_00, "EUR").String(), "ida"},
				"2026-06-15": {budget.FromMinor(100_00, "EUR").String(), "idas"},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if err := s.service.View(s.ctx, s.ws, soundness.Check); err != nil {
				t.Error(err)
			}
			head := s.contents().Head
			if s.bring(csv); s.contents().Head != head {
				t.Error("the second import changed something")
			}
		})
	}
}

// TestReimportOfArchivedNamesakes: a row whose name is that of somebody archived, and whose handle a later row gives to somebody
// else, is theirs from the first, in any order of the rows. So the second import says the same.
func TestReimportOfArchivedNamesakes(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee\n"
	const old, moved, mats = "Ida,,IG,Sale,2026-06-01,100\n", "Ida,@i.d.a,TikTok,Fall,2026-06-01,100\n",
		"Mats,@i.d.a,TikTok,Sale,2026-06-01,100\n"
	for _, c := range []struct {
		name, csv   string
		first, then []string
	}{
		{"the other row comes later", old + moved + mats, []string{"2 unchanged", "3 created ?other_name@A", "4 created"},
			[]string{"2 unchanged", "3 unchanged", "4 unchanged"}},
		{"the other row comes first", old + mats + moved, []string{"2 unchanged", "3 created", "4 created ?other_name@A"},
			[]string{"2 unchanged", "3 unchanged", "4 unchanged"}},
		{"nobody else has the handle", old + moved, []string{"2 unchanged", "3 rejected !archived_influencer@A"},
			[]string{"2 unchanged", "3 rejected !archived_influencer@A"}},
		{"several rows", "Ida,,IG,Fall,2026-06-01,100\nIda,@ida.two,TikTok,Fall,2026-06-08,100\n",
			[]string{"2 rejected !archived_influencer@A", "3 rejected !archived_influencer@A"},
			[]string{"2 rejected !archived_influencer@A", "3 rejected !archived_influencer@A"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			s.bring(head + old)
			s.done(s.service.Archive(s.ctx, s.ws, s.contents().Influencers[0].At(), ""))
			if diff := cmp.Diff(c.first, account(s.bring(head+c.csv))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			before := s.contents().Head
			if diff := cmp.Diff(c.then, account(s.bring(head+c.csv))); diff != "" {
				t.Errorf("once more (-want +got):\n%s", diff)
			}
			if s.contents().Head != before {
				t.Error("the second import changed something")
			}
		})
	}
}

// TestReimportRemembersANewKey: a row without the code that it had is found by campaign, influencer, platform and day.
// In the same import another row's influencer turns out to be the same person, on the same day. The next import finds
// both rows all the same.
func TestReimportRemembersANewKey(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Discount code\n"
	s := memoryShop(t, nil)
	s.bring(head + "Ida,,TikTok,Sale,2026-06-02,200,IDA10\n")
	csv := head + "Ida,@ida,TikTok,Sale,2026-06-09,100,\nIda,,TikTok,Sale,2026-06-02,200,\nLea,@ida,TikTok,Sale,2026-06-02,300,LEA10\n"
	if diff := cmp.Diff([]string{"2 created", "3 unchanged", "4 created ?other_name@A"}, account(s.bring(csv))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	before := s.contents().Head
	if diff := cmp.Diff([]string{"2 unchanged", "3 unchanged", "4 unchanged"}, account(s.bring(csv))); diff != "" {
		t.Errorf("once more (-want +got):\n%s", diff)
	}
	if s.contents().Head != before {
		t.Error("the second import changed something")
	}
}

// TestReimportOfAnInfluencerWithAllProfiles: who has as many profiles as the CRM allows gets no more, and the plan says so row by
// row, also where it is another row of the sheet that adds the last one.
func TestReimportOfAnInfluencerWithAllProfiles(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee\n"
	s := memoryShop(t, nil)
	s.bring(head + "Ida,@ida,IG,Sale,2026-06-01,100\n")
	ida := s.contents().Influencers[0]
	for n := len(ida.Profiles); n < crm.MaxProfiles-1; n++ {
		ida.Profiles = append(ida.Profiles, crm.Profile{Platform: "instagram", Handle: fmt.Sprint("ida.", n)})
	}
	s.done(s.service.UpdateInfluencer(s.ctx, s.ws, ida, ""))
	csv := head + "Ida,@ida,IG,Sale,2026-06-01,100\nIda,@ida,TikTok,Sale,2026-06-08,100\nIda,@ida,YouTube,Sale,2026-06-15,100\n" +
		"Ida,@ida.tv,Twitch,Sale,2026-06-22,100\nMats,@ida.tv,Twitch,Sale,2026-06-29,100\n"
	first := []string{"2 unchanged", "3 created", "4 rejected !too_many_profiles@C", "5 created ?other_name@A", "6 created"}
	if diff := cmp.Diff(first, account(s.bring(csv))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	before := s.contents().Head
	again := []string{"2 unchanged", "3 unchanged", "4 rejected !too_many_profiles@C", "5 unchanged", "6 unchanged"}
	if diff := cmp.Diff(again, account(s.bring(csv))); diff != "" {
		t.Errorf("once more (-want +got):\n%s", diff)
	}
	if s.contents().Head != before {
		t.Error("the second import changed something")
	}
	moved := head + "Ida,@ida,YouTube,Sale,2026-06-01,100\n"
	if diff := cmp.Diff([]string{"2 rejected !too_many_profiles@C"}, account(s.bring(moved))); diff != "" {
		t.Errorf("another platform (-want +got):\n%s", diff)
	}
}
