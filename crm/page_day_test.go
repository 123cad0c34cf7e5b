package crm_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// A list that began before midnight goes on with the day on which it began.
func TestListsGoOnAfterMidnight(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	pam, emma := s.influencer("Pam"), s.influencer("Emma")
	for _, name := range []string{"a", "b", "c"} { // until 20 May
		c := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: name, Period: days("2026-05-01", "2026-05-20")}))(t)
		for n, i := range []crm.Influencer{pam, emma} {
			s.book(crm.Cooperation{Campaign: c.ID, Influencer: i.ID, Name: name + "12"[n:n+1], Period: c.Period,
				Rules: []discount.Rule{equals("SUN")}})
		}
	}
	evening, morning := s.now, s.now.Add(24*time.Hour)
	lists := map[string]struct {
		page func(explicit bool, o crm.ListOptions) (names []string, next string, err error)
		want []string
	}{
		"campaigns": {func(explicit bool, o crm.ListOptions) (names []string, next string, err error) {
			f := crm.CampaignFilter{State: crm.Running}
			if explicit {
				f.On = day("2026-05-20")
			}
			page, err := s.crm.Campaigns(ctx, s.ws, f, o)
			for _, c := range page.Items {
				names = append(names, c.Name)
			}
			return names, page.Next, err
		}, []string{"a", "b", "c"}},
		"upcoming campaigns": {func(explicit bool, o crm.ListOptions) (names []string, next string, err error) {
			f := crm.CampaignFilter{Upcoming: true}
			if explicit {
				f.On = day("2026-05-20")
			}
			page, err := s.crm.Campaigns(ctx, s.ws, f, o)
			for _, c := range page.Items {
				names = append(names, c.Name)
			}
			return names, page.Next, err
		}, []string{"a", "b", "c"}},
		"cooperations": {func(explicit bool, o crm.ListOptions) (names []string, next string, err error) {
			f := crm.CooperationFilter{State: crm.Running, Influencers: []crm.InfluencerID{pam.ID}}
			if explicit {
				f.On = day("2026-05-20")
			}
			page, err := s.crm.Cooperations(ctx, s.ws, f, o)
			for _, c := range page.Items {
				names = append(names, c.Name)
			}
			return names, page.Next, err
		}, []string{"a1", "b1", "c1"}},
		"conflicts": {func(explicit bool, o crm.ListOptions) (names []string, next string, err error) {
			f := crm.ConflictFilter{CooperationFilter: crm.CooperationFilter{State: crm.Running, Influencers: []crm.InfluencerID{emma.ID}}}
			if explicit {
				f.On = day("2026-05-20")
			}
			page, err := s.crm.Conflicts(ctx, s.ws, f, o)
			for _, c := range page.Items {
				names = append(names, c.Cooperation.Name)
			}
			return names, page.Next, err
		}, []string{"a2", "b2", "c2"}},
	}
	for what, list := range lists {
		s.now = evening
		o := crm.ListOptions{Size: 1, Sort: crm.SortName}
		names, next, err := list.page(false, o)
		first := next
		for s.now = morning; err == nil && next != ""; {
			var more []string
			o.Token = next
			more, next, err = list.page(false, o)
			names = append(names, more...)
		}
		if diff := cmp.Diff(list.want, names); err != nil || diff != "" {
			t.Errorf("%s over midnight: %v (-want +got):\n%s", what, err, diff)
		}
		if names, _, err := list.page(false, crm.ListOptions{}); err != nil || len(names) > 0 {
			t.Errorf("%s that begin in the morning: %v, %v", what, names, err)
		}
		_, explicit, err := list.page(true, crm.ListOptions{Size: 1, Sort: crm.SortName})
		if err != nil {
			t.Errorf("%s on a given day: %v", what, err)
		}
		o.Token = first
		if names, _, err := list.page(true, o); err != nil || !slices.Equal(names, list.want[1:2]) {
			t.Errorf("%s that go on with the day given by hand: %v, %v", what, names, err)
		}
		for token, given := range map[string]bool{
			explicit: false, "2026-05-20.": true, "2026-05-21" + strings.TrimPrefix(first, "2026-05-20"): false,
			"2026-05-20.x": false, "2026-05-32" + strings.TrimPrefix(first, "2026-05-20"): false, "." + first: false, "x": false,
		} {
			_, _, err := list.page(given, crm.ListOptions{Size: 1, Sort: crm.SortName, Token: token})
			wantField(t, err, crm.ErrInvalid, "token")
		}
	}
}
