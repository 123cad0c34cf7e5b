package crm_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

func TestFollowerHistory(t *testing.T) {
	t.Parallel()
	s := newShop(t) // 20 May 2026, noon in Berlin
	pam := s.influencer("Pam", crm.Profile{Platform: "Instagram", Handle: "pam",
		Followers: &crm.Followers{Count: 1_000, On: day("2026-05-01")}}, crm.Profile{Platform: "TikTok"})
	read := func(f *crm.Followers) {
		t.Helper()
		pam = crm.Clone(pam)
		pam.Profiles[0].Followers = f
		pam = must(s.crm.UpdateInfluencer(ctx, s.ws, pam, ""))(t)
	}
	read(&crm.Followers{Count: 1_200}) // no day: today
	pam.Notes = "back from holiday"    // changes no profile
	pam = must(s.crm.UpdateInfluencer(ctx, s.ws, pam, ""))(t)
	s.now = s.now.Add(11 * time.Hour) // 21 May in Berlin
	pam.Profiles[1].Link = "https://tiktok.com/@pam"
	pam = must(s.crm.UpdateInfluencer(ctx, s.ws, pam, ""))(t) // the count is still that of yesterday
	read(&crm.Followers{Count: 1_350, On: day("2026-05-21")})
	read(&crm.Followers{Count: 1_340, On: day("2026-05-21")}) // a correction
	read(&crm.Followers{Count: 900, On: day("2026-04-01")})   // entered late
	read(nil)

	want := []crm.Followers{
		{Count: 900, On: day("2026-04-01")}, {Count: 1_000, On: day("2026-05-01")},
		{Count: 1_200, On: day("2026-05-20")}, {Count: 1_340, On: day("2026-05-21")},
	}
	history := func(i crm.InfluencerID, p crm.ProfileID) ([]crm.Followers, error) {
		return s.crm.FollowerHistory(ctx, s.ws, i, p)
	}
	instagram, tiktok := pam.Profiles[0].ID, pam.Profiles[1].ID
	if diff := cmp.Diff(want, must(history(pam.ID, instagram))(t), values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]crm.Followers{}, must(history(pam.ID, tiktok))(t), values); diff != "" {
		t.Errorf("a profile without counts (-want +got):\n%s", diff)
	}
	pam.Profiles = pam.Profiles[1:]
	pam = must(s.crm.UpdateInfluencer(ctx, s.ws, pam, ""))(t)
	if diff := cmp.Diff(want, must(history(pam.ID, instagram))(t), values); diff != "" {
		t.Errorf("of a removed profile (-want +got):\n%s", diff)
	}
	other := s.influencer("Emma", crm.Profile{Platform: "X"})
	for name, err := range map[string]error{
		"another's profile":     second(history(other.ID, instagram)),
		"no profile":            second(history(pam.ID, crm.ProfileID{})),
		"an unknown influencer": second(history(crm.InfluencerID{9}, instagram)),
	} {
		if !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.crm.FollowerHistory(ctx, crm.WorkspaceID{9}, pam.ID, instagram); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("another workspace: %v", err)
	}
}
