package crm_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

func TestStateOf(t *testing.T) {
	t.Parallel()
	on := day("2026-05-20")
	for _, test := range []struct {
		start, end string
		want       crm.State
	}{
		{"", "", crm.Undated},
		{"2026-05-21", "", crm.Planned},
		{"2026-05-21", "2026-06-01", crm.Planned},
		{"", "2026-05-21", crm.Planned},
		{"2026-05-20", "", crm.Running},
		{"2020-01-01", "", crm.Running},
		{"2026-05-20", "2026-05-20", crm.Running},
		{"2026-05-01", "2026-05-20", crm.Running},
		{"", "2026-05-20", crm.Running},
		{"2026-05-01", "2026-05-19", crm.Ended},
		{"", "2026-05-19", crm.Ended},
	} {
		if got := crm.StateOf(days(test.start, test.end), on); got != test.want {
			t.Errorf("from %q to %q: %s, want %s", test.start, test.end, got, test.want)
		}
	}
}

// A list by state means today, which is the workspace's and not the server's.
func TestListsByState(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.now = time.Date(2026, 5, 20, 22, 30, 0, 0, time.UTC) // 21 May in Berlin
	for name, period := range map[string][2]string{
		"over": {"2026-05-01", "2026-05-20"}, "on": {"2026-05-21", "2026-05-22"}, "next": {"2026-05-22", ""}, "some day": {"", ""},
	} {
		c := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: name, Period: days(period[0], period[1])}))(t)
		s.book(crm.Cooperation{Campaign: c.ID, Influencer: s.influencer("Pam").ID, Name: name, Period: c.Period})
	}
	gone := s.campaign("gone")
	must(s.crm.Archive(ctx, s.ws, gone.At(), ""))(s)

	byName := crm.ListOptions{Sort: crm.SortName}
	campaigns := func(f crm.CampaignFilter) []string {
		names := []string{}
		for _, c := range must(s.crm.Campaigns(ctx, s.ws, f, byName))(t).Items {
			names = append(names, c.Name)
		}
		if n := must(s.crm.CountCampaigns(ctx, s.ws, f))(t); n != len(names) {
			t.Errorf("%d campaigns counted, %d listed", n, len(names))
		}
		return names
	}
	cooperations := func(f crm.CooperationFilter) []string {
		names := []string{}
		for _, c := range must(s.crm.Cooperations(ctx, s.ws, f, byName))(t).Items {
			names = append(names, c.Name)
		}
		if n := must(s.crm.CountCooperations(ctx, s.ws, f))(t); n != len(names) {
			t.Errorf("%d cooperations counted, %d listed", n, len(names))
		}
		return names
	}
	for state, want := range map[crm.State][]string{crm.Ended: {"over"}, crm.Running: {"on"}, crm.Planned: {"next"}, crm.Undated: {"some day"}} {
		if diff := cmp.Diff(want, campaigns(crm.CampaignFilter{State: state})); diff != "" {
			t.Errorf("campaigns that are %s (-want +got):\n%s", state, diff)
		}
		if diff := cmp.Diff(want, cooperations(crm.CooperationFilter{State: state})); diff != "" {
			t.Errorf("cooperations that are %s (-want +got):\n%s", state, diff)
		}
	}
	if diff := cmp.Diff([]string{"next", "on", "some day"}, campaigns(crm.CampaignFilter{Upcoming: true, Archive: crm.ActiveOrNot})); diff != "" {
		t.Errorf("upcoming campaigns (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"on"}, campaigns(crm.CampaignFilter{State: crm.Running, On: day("2026-05-22"), Upcoming: true, Text: "on"})); diff != "" {
		t.Errorf("campaigns on another day (-want +got):\n%s", diff)
	}
	if n := must(s.crm.CountInfluencers(ctx, s.ws, crm.InfluencerFilter{Text: "Pam"}))(t); n != 4 {
		t.Errorf("%d influencers counted, want 4", n)
	}
	if n := must(s.crm.CountMembers(ctx, s.ws, crm.MemberFilter{Archive: crm.ActiveOrNot}))(t); n != len(must(s.crm.Members(ctx, s.ws, crm.MemberFilter{Archive: crm.ActiveOrNot}, byName))(t).Items) {
		t.Errorf("%d members counted, others are listed", n)
	}
	for name, err := range map[string]error{
		"campaigns":             second(s.crm.Campaigns(ctx, crm.WorkspaceID{9}, crm.CampaignFilter{Upcoming: true}, byName)),
		"cooperations":          second(s.crm.Cooperations(ctx, crm.WorkspaceID{9}, crm.CooperationFilter{State: crm.Planned}, byName)),
		"count of campaigns":    second(s.crm.CountCampaigns(ctx, crm.WorkspaceID{9}, crm.CampaignFilter{Upcoming: true})),
		"count of cooperations": second(s.crm.CountCooperations(ctx, crm.WorkspaceID{9}, crm.CooperationFilter{State: crm.Planned})),
		"count of members":      second(s.crm.CountMembers(ctx, crm.WorkspaceID{9}, crm.MemberFilter{})),
		"count of influencers":  second(s.crm.CountInfluencers(ctx, crm.WorkspaceID{9}, crm.InfluencerFilter{})),
	} {
		if !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("%s of another workspace: %v", name, err)
		}
	}
}
