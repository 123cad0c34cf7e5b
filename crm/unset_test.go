package crm_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// What is nil or unset means the same on create and on update: of fields with a default it takes the default, and of
// others it is nothing. What is set but empty is an override.
func TestUnsetMeansTheSameOnCreateAndUpdate(t *testing.T) {
	t.Parallel()
	tests := map[string]crm.Cooperation{
		"rules nil":    {UTM: utm.Params{Term: utm.Of("mine")}},
		"rules empty":  {UTM: utm.Params{Term: utm.Of("mine")}, Rules: []discount.Rule{}},
		"utm unset":    {Rules: []discount.Rule{equals("MINE")}},
		"utm empty":    {Rules: []discount.Rule{equals("MINE")}, UTM: utm.Params{Term: utm.Of(""), Content: utm.Of("")}},
		"custom nil":   {Custom: nil},
		"custom empty": {Custom: map[string]string{}},
	}
	for name, unset := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, campaign, i := defaultsShop(t)
			unset.Campaign, unset.Influencer, unset.Profile, unset.Name = campaign.ID, i.ID, i.Profiles[0].ID, "Reel"
			created := s.book(unset)
			full := unset
			full.Name, full.UTM = "Full", utm.Params{
				Source: utm.Of("a"), Medium: utm.Of("b"), Campaign: utm.Of("c"), Term: utm.Of("d"), Content: utm.Of("e"),
			}
			full.Rules, full.Custom = []discount.Rule{equals("FULL")}, map[string]string{"Size": "M"}
			stored := s.book(full)
			edited := unset
			edited.ID, edited.Version = stored.ID, stored.Version
			updated := must(s.crm.UpdateCooperation(ctx, s.ws, edited, ""))(t).Cooperation
			updated.ID, updated.Version, updated.Name = created.ID, created.Version, created.Name
			if diff := cmp.Diff(created, updated, values); diff != "" {
				t.Errorf("(-created +updated):\n%s", diff)
			}
		})
	}
}
