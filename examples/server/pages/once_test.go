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
		"cooperations": {`class="columns deal"`, []string{"campaign", campaign.ID.String(), "influencer",
			draft.Influencer.String()}, []string{"notes", "the second"}},
		"influencers": {personForm, []string{"name", "Ida"}, []string{"phone", "+49 30 901820"}},
		"members":     {`class="card narrow">`, []string{"name", "Ben", "email", "ben@shop.example"}, []string{"name", "Ben B"}},
		"campaigns":   {`class="card narrow">`, []string{"name", "Winter"}, []string{"name", "Winter 2"}},
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

// A form whose record was deleted since makes no other one of its id, and says so. Sent again from the page that says
// it, it does.
func TestFormsSentAfterDeletion(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	for path, test := range map[string]struct {
		begins string
		fields []string
	}{
		"cooperations": {`class="columns deal"`, []string{"campaign", campaign.ID.String(), "influencer",
			draft.Influencer.String(), "notes", "kept"}},
		"influencers": {personForm, []string{"name", "Ida", "notes", "kept"}},
		"members":     {`class="card narrow">`, []string{"name", "kept", "email", "ben@shop.example"}},
		"campaigns":   {`class="card narrow">`, []string{"name", "Winter", "notes", "kept"}},
	} {
		form := with(h.fields(h.get(path+"/new", "en"), test.begins), test.fields...)
		made := h.post(path+"/new", form...)
		h.has(path, made, 303)
		if path == "members" { // which leads to the list
			all := ok(h.crm.Members(t.Context(), h.ws.ID, crm.MemberFilter{Name: "kept"}, crm.ListOptions{}))(h)
			made.to = "/w/" + h.ws.ID.String() + "/members/" + all.Items[0].ID.String()
		}
		at, _, _ := strings.Cut(made.to, "?")
		h.has("deleted", h.post(at+"/delete", "version", "1"), 303)
		again := h.post(path+"/new", form...)
		h.has(path+" again", again, 422, "It was created already, and deleted since.", "kept")
		h.has("gone", h.get(at, "en"), 404)
		other := h.post(path+"/new", with(h.fields(again, test.begins), test.fields...)...)
		h.has("another one", other, 303)
		if strings.Contains(other.to, at) {
			t.Errorf("%s has the id of one that is gone: %s", path, other.to)
		}
	}

	const begins = `<form method="post" action="/w">`
	form := with(h.fields(h.get("/w", "en"), begins), "name", "East")
	made := h.post("/w", form...)
	h.has("deleted", h.post(made.to+"/settings/delete", "version", "1", "confirm", "East"), 303)
	again := h.post("/w", form...)
	h.has("a workspace again", again, 422, "It was created already, and deleted since.", `value="East"`)
	if other := h.post("/w", h.fields(again, begins)...); other.status != 303 || other.to == made.to {
		t.Errorf("%d to %s", other.status, other.to)
	}
	old := with(form, "once", "0190a0a0-0000-7000-8000-000000000000")
	h.has("an old form", h.post("/w", old...), 422, "This form has been open for long", `value="East"`)
}
