package pages_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// merged merges one influencer into another.
func (h *host) merged(into, from crm.Influencer) {
	h.Helper()
	if _, err := h.crm.MergeInfluencers(h.Context(), h.ws.ID, h.stored(into).At(), h.stored(from).At(), crm.MergeOptions{}, ""); err != nil {
		h.Fatal(err)
	}
}

// newInfluencer is an influencer of a name.
func (h *host) newInfluencer(name string) crm.Influencer {
	h.Helper()
	return ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: name}))(h)
}

// Pages of somebody who has become a part of another one, by two merges, are those of the one who remains, and say so.
func TestPagesOfMergedInfluencers(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	fay, gus, xena := h.newInfluencer("Fay"), h.newInfluencer("Gus"), h.newInfluencer("Xena")
	h.merged(gus, fay)
	h.merged(xena, gus)
	at, remains := "influencers/"+fay.ID.String(), "/influencers/"+xena.ID.String()
	for path, text := range map[string]string{
		"": "<span>Xena</span>", "/duplicates": "Likely duplicates of Xena", "/erase": "Erase Xena", "?profile=x": "<span>Xena</span>",
		"/merge?from=" + gus.ID.String():  "<span>Xena</span>", // the two are one by now
		"/merge?from=" + xena.ID.String(): "<span>Xena</span>",
	} {
		p := h.get(at+path, "en")
		if p.status != 303 || !strings.Contains(p.to, remains) {
			t.Errorf("%s: %d %s", path, p.status, p.to)
			continue
		}
		h.has(path, h.get(p.to, "en"), 200, text, "part of Xena now.")
		h.has(path, h.get(p.to, "de"), 200, "gehört jetzt zu Xena.")
	}
	for _, action := range []string{"archive", "restore", "delete", "picture/remove"} {
		p := h.post(at+"/"+action, "version", "1")
		if p.status != 303 || !strings.Contains(p.to, remains+"?joined=") {
			t.Errorf("%s: %d %s", action, p.status, p.to)
		}
	}
	if i := h.stored(xena); !i.ArchivedOn.IsZero() || i.Version != h.stored(xena).Version {
		t.Errorf("something was done to who remains: %+v", i)
	}
	h.has("nobody joined", h.get("influencers/"+xena.ID.String()+"?joined="+xena.ID.String(), "en"), 200)
	h.has("no id", h.get("influencers/"+xena.ID.String()+"?joined=x", "en"), 200)
	list := h.get("cooperations?archive=all&influencer="+fay.ID.String(), "en")
	if list.status != 303 || !strings.Contains(list.to, "influencer="+xena.ID.String()) || !strings.Contains(list.to, "archive=all") {
		t.Errorf("the list of cooperations: %d %s", list.status, list.to)
	} else {
		h.has("the list of cooperations", h.get(list.to, "en"), 200, ">Xena</a></span>", "part of Xena now.")
	}
	gone := h.newInfluencer("Zoe")
	if _, err := h.crm.Delete(t.Context(), h.ws.ID, gone.At(), ""); err != nil {
		t.Fatal(err)
	}
	h.has("the list of somebody deleted", h.get("cooperations?influencer="+gone.ID.String(), "en"), 200, "No cooperation is like this.")
	h.has("deleted, not merged", h.get("influencers/"+gone.ID.String(), "en"), 404)
}

// A form about somebody who becomes a part of another one while it is open keeps what was typed, says where it belongs and saves
// nothing, also after one of its other buttons.
func TestFormOfMergedInfluencer(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	fay, xena := h.newInfluencer("Fay"), h.newInfluencer("Xena")
	at := "influencers/" + fay.ID.String()
	typed := with(h.fields(h.get(at, "en"), personForm), "notes", "Calls on Mondays", "email", "fay@mail.example")
	h.merged(xena, fay)
	was := h.stored(xena)
	for _, button := range []string{"", "add-profile"} {
		p := h.post(at, with(typed, "do", button)...)
		h.has("saved", p, 409, "Fay is part of Xena now.", "Nothing was saved.", "/influencers/"+xena.ID.String()+`"`,
			"Calls on Mondays", `value="fay@mail.example"`)
		if strings.Contains(p.main(), `class="primary"`) {
			t.Error("there is a button to save it once more")
		}
	}
	h.has("in German", h.post(at, with(typed, "numbers", "de")...), 409, "Fay gehört jetzt zu Xena.",
		"Gespeichert wurde nichts.", "Calls on Mondays")
	if now := h.stored(xena); now.Version != was.Version || now.Notes != "" {
		t.Errorf("saved: %+v", now)
	}
}

// A cooperation for somebody who becomes a part of another one meanwhile is offered for that one, with what was typed.
func TestCooperationOfMergedInfluencer(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	campaign, fay, xena := h.summer(), h.newInfluencer("Fay"), h.newInfluencer("Xena")
	h.merged(xena, fay)
	chosen := []string{"campaign", campaign.String(), "influencer", fay.ID.String(), "currency", "EUR", "notes", "two reels"}
	p := h.post("cooperations/new", chosen...)
	h.has("refused", p, 422, "Fay is part of Xena now.", "save again", "two reels", `value="`+xena.ID.String()+`" selected`)
	h.has("offered", h.get("cooperations/new?influencer="+fay.ID.String(), "en"), 200, "Fay is part of Xena now.",
		`value="`+xena.ID.String()+`" selected`)
	if n := ok(h.crm.CountCooperations(t.Context(), h.ws.ID, crm.CooperationFilter{}))(h); n != 0 {
		t.Errorf("%d cooperations were saved", n)
	}
	h.has("saved again", h.post("cooperations/new", with(chosen, "influencer", xena.ID.String())...), 303)
}
