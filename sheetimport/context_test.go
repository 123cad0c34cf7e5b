package sheetimport_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
)

// A later sheet that says more about the influencer, the profile or the campaign of a known row fills blanks, tells what
// it does not overwrite, and is quiet when it says the same again.
func TestWhatALaterSheetSaysAroundACooperation(t *testing.T) {
	t.Parallel()
	const header = "Influencer,Platform,Handle,Campaign,Posting Date,Fee,Followers,Email,Tags,Campaign budget\n"
	s := memoryShop(t, nil)
	s.bring(header + "Pam,IG,,Summer,2026-06-01,100,,,,\n")
	one := func() string {
		i := s.contents().Influencers[0]
		followers := int64(0)
		if f := i.Profiles[0].Followers; f != nil {
			followers = f.Count
		}
		return strings.Join([]string{i.Email, strings.Join(i.Tags, "+"), i.Profiles[0].Handle, fmt.Sprint(followers)}, " ")
	}
	says := func(row, want string, kept ...string) {
		t.Helper()
		plan := s.bring(header + row)
		if got := account(plan)[0]; got != want {
			t.Errorf("%s: %s, want %s", row, got, want)
		}
		if got := one(); !slices.Contains(kept, got) {
			t.Errorf("%s: the influencer is now %q, want %q", row, got, kept)
		}
	}
	full := "Pam,IG,@pam,Summer,2026-06-01,100,12k,pam@x.example,beauty,5000\n"
	says(full, "2 updated", "pam@x.example beauty pam 12000")
	head := s.contents().Head
	says(full, "2 unchanged", "pam@x.example beauty pam 12000")
	if got := s.contents().Head; got != head {
		t.Errorf("the same sheet again wrote %d changes", got.Seq-head.Seq)
	}

	// Somebody empties the address in the CRM: the same sheet does not bring it back.
	pam := s.contents().Influencers[0]
	pam.Email = ""
	if _, err := s.service.UpdateInfluencer(s.ctx, s.ws, pam, ""); err != nil {
		t.Fatal(err)
	}
	says(full, "2 unchanged", " beauty pam 12000")

	// What says something else is kept, and told until it is settled.
	other := "Pam,IG,@pamela,Summer,2026-06-01,100,15k,,fashion,\n"
	for range 2 {
		says(other, "2 unchanged ?kept@I ?kept@C ?kept@G", " beauty pam 12000")
	}
	// Together with a change of the cooperation both come in.
	says("Pam,IG,@pam,Summer,2026-06-01,150,12k,new@x.example,beauty,\n", "2 updated", "new@x.example beauty pam 12000")
	// A blank says nothing.
	says("Pam,IG,,Summer,2026-06-01,150,,,,\n", "2 unchanged", "new@x.example beauty pam 12000")
}

// A handle that is somebody else's is nobody's to fill in, and an archived influencer is left alone.
func TestWhatIsNotFilledAroundACooperation(t *testing.T) {
	t.Parallel()
	const header = "Influencer,Platform,Handle,Campaign,Posting Date,Fee,Email\n"
	s := memoryShop(t, nil)
	s.bring(header + "Pam,IG,,Summer,2026-06-01,100,\nLiv,IG,@liv,Summer,2026-06-01,100,\n")
	plan := s.bring(header + "Pam,IG,@liv,Summer,2026-06-01,100,\n")
	if got := account(plan)[0]; !strings.HasPrefix(got, "2 unchanged") || !strings.Contains(got, "?kept@C") {
		t.Errorf("another's handle: %s", got)
	}
	n := slices.IndexFunc(s.contents().Influencers, func(i crm.Influencer) bool { return i.Name == "Pam" })
	if _, err := s.service.Archive(s.ctx, s.ws, s.contents().Influencers[n].At(), ""); err != nil {
		t.Fatal(err)
	}
	plan = s.bring(header + "Pam,IG,,Summer,2026-06-01,100,pam@x.example\n")
	if diff := cmp.Diff("2 unchanged ?archived_influencer@A", account(plan)[0]); diff != "" {
		t.Errorf("archived (-want +got):\n%s", diff)
	}
}

// Undoing the re-import takes back what it filled.
func TestUndoOfWhatWasFilled(t *testing.T) {
	t.Parallel()
	const header = "Influencer,Platform,Campaign,Posting Date,Email\n"
	s := memoryShop(t, nil)
	s.bring(header + "Pam,IG,Summer,2026-06-01,\n")
	before := s.contents().Influencers
	run, err := s.importer().Apply(s.ctx, s.plan(header+"Pam,IG,Summer,2026-06-01,pam@x.example\n"))
	if err != nil {
		t.Fatal(err)
	}
	if run.Counts[string(sheetimport.Updated)] != 1 {
		t.Errorf("counts %v", run.Counts)
	}
	if _, err := s.service.UndoImport(s.ctx, s.ws, run.ID, ""); err != nil {
		t.Fatal(err)
	}
	after := s.contents().Influencers
	before[0].Version, after[0].Version = 0, 0
	if diff := cmp.Diff(before, after, exactly...); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}
