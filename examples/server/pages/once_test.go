package pages_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// A form for a new record that is sent several times at once makes one record, and all who sent it come to it. Changed and sent
// again it makes another one.
func TestFormsSentTwice(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	count := map[string]func() int{
		"cooperations": func() int { return ok(h.crm.CountCooperations(t.Context(), h.ws.ID, crm.CooperationFilter{}))(h) },
		"influencers":  func() int { return ok(h.crm.CountInfluencers(t.Context(), h.ws.ID, crm.InfluencerFilter{}))(h) },
		"members":      func() int { return ok(h.crm.CountMembers(t.Context(), h.ws.ID, crm.MemberFilter{}))(h) },
		"campaigns":    func() int { return ok(h.crm.CountCampaigns(t.Context(), h.ws.ID, crm.CampaignFilter{}))(h) },
	}
	for path, test := range map[string]struct {
		begins string
		fields []string
		other  []string
	}{
		"cooperations": {`class="columns deal"`, []string{"campaign", campaign.ID.String(), "influencer", draft.Influencer.String()}, []string{"notes", "the second"}},
		"influencers":  {personForm, []string{"name", "Ida"}, []string{"phone", "+49 30 901820"}},
		"members":      {`class="card narrow">`, []string{"name", "Ben", "email", "ben@shop.example"}, []string{"name", "Ben B"}},
		"campaigns":    {`class="card narrow">`, []string{"name", "Winter"}, []string{"name", "Winter 2"}},
	} {
		before := count[path]()
		form := with(h.fields(h.get(path+"/new", "en"), test.begins), test.fields...)
		answers := make([]page, 4)
		var wg sync.WaitGroup
		for n := range answers {
			wg.Go(func() { answers[n] = h.post(path+"/new", form...) })
		}
		wg.Wait()
		for _, a := range answers {
			to, _, _ := strings.Cut(a.to, "?")
			first, _, _ := strings.Cut(answers[0].to, "?")
			if a.status != 303 || to != first {
				t.Errorf("%s: %d to %s, and %s: %s", path, a.status, a.to, answers[0].to, a.main())
			}
		}
		if n := count[path]() - before; n != 1 {
			t.Errorf("%d %s were made", n, path)
		}
		h.has("another one", h.post(path+"/new", with(form, test.other...)...), 303)
		if n := count[path]() - before; n != 2 {
			t.Errorf("with another one %d %s were made", n, path)
		}
	}
	form := with(h.fields(h.get("/w", "en"), `<form method="post" action="/w">`), "name", "East")
	first, second := h.post("/w", form...), h.post("/w", form...)
	if first.status != 303 || !strings.HasPrefix(first.to, "/w/") || first.to != second.to {
		t.Errorf("workspaces %q and %q: %s", first.to, second.to, first.main())
	}
}
