package crm_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// Cooperations by cost, status and last change, page by page.
func TestOrdersOfCooperations(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam := s.campaign("Summer"), s.influencer("Pam")
	add := func(name string, cost budget.Money, status crm.Status, start string) crm.Cooperation {
		s.now = s.now.Add(time.Minute)
		return must(s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{
			Campaign: campaign.ID, Influencer: pam.ID, Name: name, Cost: cost, Status: status, Period: days(start, ""),
		}))(t).Cooperation
	}
	first := add("yen", budget.FromMinor(900, "JPY"), crm.Negotiating, "2026-06-02")
	add("large", eur(1_000_000), crm.Draft, "2026-06-03")
	add("small", eur(20_000), crm.Signed, "2026-06-04")
	add("none", budget.Money{}, crm.Negotiating, "2026-06-01")
	add("nothing", eur(0), crm.Draft, "2026-06-05")
	s.now = s.now.Add(time.Minute)
	first.Notes = "edited"
	must(s.crm.UpdateCooperation(ctx, s.ws, first, ""))(t)
	for sort, want := range map[crm.Sort][]string{
		crm.SortCost:       {"none", "nothing", "small", "large", "yen"},
		crm.SortStatus:     {"large", "nothing", "none", "yen", "small"},
		crm.SortChanged:    {"large", "small", "none", "nothing", "yen"},
		crm.SortInfluencer: {"yen", "large", "small", "none", "nothing"},
	} {
		for _, desc := range []bool{false, true} {
			got := []string{}
			o := crm.ListOptions{Size: 2, Sort: sort, Desc: desc}
			for {
				page := must(s.crm.Cooperations(ctx, s.ws, crm.CooperationFilter{}, o))(t)
				for _, c := range page.Items {
					got = append(got, c.Name)
				}
				if o.Token = page.Next; o.Token == "" {
					break
				}
			}
			want := slices.Clone(want)
			if desc {
				slices.Reverse(want)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("by %s, backwards %t (-want +got):\n%s", sort, desc, diff)
			}
		}
	}
}

// The values of a key are those that it was made of, and what is no key has none.
func TestSortValues(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 20, 10, 0, 0, 123_456_000, time.UTC)
	c := crm.Cooperation{
		Influencer: crm.InfluencerID{1}, Status: crm.Signed, Period: days("2026-06-01", ""), Cost: budget.FromMinor(-5, "EUR"),
		Name: "Ä", Times: crm.Times{ChangedAt: at},
	}
	for sort, want := range map[crm.Sort]string{
		crm.SortCreated: "[]", crm.SortName: "[ä]", crm.SortStart: "[2026-06-01]", crm.SortStatus: "[signed 2026-06-01]",
		crm.SortCost: "[EUR -5]", crm.SortChanged: fmt.Sprint([]int64{at.UnixMicro()}),
		crm.SortInfluencer: "[01000000-0000-0000-0000-000000000000]",
	} {
		if got, ok := crm.SortValues(sort, c.SortKey(sort)); !ok || fmt.Sprint(got) != want {
			t.Errorf("%q: %v, %t; want %s", sort, got, ok, want)
		}
		for _, key := range []string{"\x00\x00", "x\x001", "\x00"} {
			if got, ok := crm.SortValues(sort, key); ok && (sort != crm.SortStatus || key == "\x00\x00") {
				t.Errorf("%q: %q is read as %v", sort, key, got)
			}
		}
	}
}
