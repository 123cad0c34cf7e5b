package crm_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

func TestCheckFilter(t *testing.T) {
	t.Parallel()
	got, err := crm.CheckFilter(crm.InfluencerFilter{Name: " PAM  Reif", Platforms: []string{"Insta"}, Handle: "\u00a0",
		Archive: crm.ArchivedOnly})
	if diff := cmp.Diff(crm.InfluencerFilter{Name: "pam reif", Platforms: []string{"instagram"}, Archive: crm.ArchivedOnly}, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	several := crm.CooperationFilter{
		Statuses: []crm.Status{crm.Signed, "", crm.Draft, crm.Signed}, Tags: []string{"VIP", " vip", "\u200b", "Ünal"},
		Platforms: []string{"TikTok", "IG", "instagram"}, Campaigns: []crm.CampaignID{{2}, {}, {1}}, Categories: []string{},
	}
	given := slices.Clone(several.Tags)
	want := crm.CooperationFilter{
		Statuses: []crm.Status{crm.Draft, crm.Signed}, Tags: []string{"vip", "ünal"}, Platforms: []string{"instagram", "tiktok"},
		Campaigns: []crm.CampaignID{{1}, {2}},
	}
	for range 2 { // once checked it stays as it is
		checked, err := crm.CheckFilter(several)
		if diff := cmp.Diff(want, checked, cmpopts.EquateComparable(budget.Date{})); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		if diff := cmp.Diff(given, several.Tags); diff != "" {
			t.Errorf("the caller's values (-want +got):\n%s", diff)
		}
		several, given = checked, checked.Tags
	}
	for field, bad := range map[string]crm.CooperationFilter{
		"statuses": {Statuses: []crm.Status{crm.Signed, "sold"}}, "tags": {Tags: make([]string, crm.MaxFilterValues+1)},
		"influencers": {Influencers: make([]crm.InfluencerID, crm.MaxFilterValues+1)},
	} {
		_, err := crm.CheckFilter(bad)
		if problems := crm.FieldErrors(err); !errors.Is(err, crm.ErrInvalid) || len(problems) != 1 || problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := crm.CheckFilter(crm.CooperationFilter{Statuses: []crm.Status{"sold"}, Archive: "gone"}); !errors.Is(err, crm.ErrInvalid) || len(crm.FieldErrors(err)) != 2 {
		t.Errorf("unknown status and selection: %v", err)
	}
}
