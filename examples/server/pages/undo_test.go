package pages_test

import (
	"net/url"
	"path"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// Who takes back what was created comes to the list, and not to a page that is gone.
func TestUndoOfWhatWasCreated(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	for place, pairs := range map[string][]string{
		"campaigns": {"name", "Winter"}, "influencers": {"name", "Ida"},
		"cooperations": {"campaign", campaign.ID.String(), "influencer", draft.Influencer.String(), "currency", "EUR", "status", "draft"},
	} {
		made := h.post(place+"/new", pairs...)
		h.has(place, made, 303)
		to := ok(url.Parse(made.to))(h)
		back := h.post("undo", "unit", to.Query().Get("done"), "back", to.Path)
		h.has("undo", back, 303)
		if want := path.Dir(to.Path); ok(url.Parse(back.to))(h).Path != want {
			t.Errorf("undo of %s leads to %s, want %s", place, back.to, want)
		}
		h.has("the list", h.get(back.to, "en"), 200)
	}
}

// From the page of one record nobody takes back what else was done at once without having seen it.
func TestUndoOfMoreThanOneRecord(t *testing.T) {
	t.Parallel()
	h, _, draft := planned(t)
	person := ok(h.crm.Influencer(t.Context(), h.ws.ID, draft.Influencer))(h)
	person.Name = "Renamed"
	ok(h.crm.UpdateInfluencer(t.Context(), h.ws.ID, person, ""))(h)
	page := "/w/" + h.ws.ID.String() + "/cooperations/" + draft.ID.String()
	pairs := []string{"unit", "", "record", "cooperation:" + draft.ID.String(), "back", page}
	changes := ok(h.crm.Log(t.Context(), h.ws.ID, crm.ChangeFilter{Newest: true}, 1))(h)
	pairs[1] = changes[0].Unit.String()
	h.has("the question", h.post("undo", pairs...), 200, "Undo all of it?", "3 changes were made at once", "Renamed", page)
	if now := ok(h.crm.Influencer(t.Context(), h.ws.ID, draft.Influencer))(h); now.Name != "Renamed" {
		t.Errorf("it was undone without an answer: %q", now.Name)
	}
	h.has("the answer", h.post("undo", append(pairs, "whole", "1")...), 303)
	if now := ok(h.crm.Influencer(t.Context(), h.ws.ID, draft.Influencer))(h); now.Name != "Pamela" {
		t.Errorf("the name is %q", now.Name)
	}
}

// What is wrong is told with the name of its field, and with what was typed.
func TestProblemsNameTheirFields(t *testing.T) {
	t.Parallel()
	h, campaign, _ := planned(t)
	for _, test := range []struct {
		lang, path string
		pairs      []string
		want       string
	}{
		{"en", "campaigns/" + campaign.ID.String() + "/edit", []string{"version", "1", "name", "Summer", "budget",
			"12,5,3"}, "Budget “12,5,3”: is no amount"},
		{"de", "campaigns/new", []string{"name", "Winter", "period.start", "31.02.2026"}, "Beginn „31.02.2026“: "},
		{"en", "planning/months", []string{"from", "2026-06", "month.2026-07", "x"}, "July 2026 “x”: is no amount"},
		{"en", "influencers/new", []string{"name", "Ida", "profiles[0].platform", "instagram", "profiles[0].link",
			"javascript:1"}, "Profile 1: Link “javascript:1”: is no web link"},
		{"en", "settings", []string{"version", "1", "name", "North", "tail_days", "x"},
			"Days that codes go on after the end “x”: is no whole number"},
	} {
		h.has(test.path, h.send(test.lang, test.path, test.pairs), 422, test.want)
	}
}
