package pages_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/examples/server/pages"
)

// What no page can read is refused as the visitor's mistake, and nothing panics.
func TestFormsThatAreNone(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	influencer, err := h.crm.Influencer(t.Context(), h.ws.ID, draft.Influencer)
	if err != nil {
		t.Fatal(err)
	}
	const files = "multipart/form-data; boundary=x"
	for _, path := range []string{
		"settings", "campaigns/new", "campaigns/" + campaign.ID.String() + "/edit", "cooperations/" + draft.ID.String(),
		"influencers/" + influencer.ID.String(), "members/new", "undo", "/language", "/w",
	} {
		most := 1 << 20
		if strings.HasPrefix(path, "cooperations/") || strings.HasPrefix(path, "influencers/") {
			most = 8 << 20
		}
		for _, test := range []struct {
			what, media, body string
			status            int
		}{
			{"files", files, "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n", http.StatusUnsupportedMediaType},
			{"JSON", "application/json", `{}`, http.StatusUnsupportedMediaType},
			{"no type", ";;;", `a=b`, http.StatusUnsupportedMediaType},
			{"a broken escape", "application/x-www-form-urlencoded", "name=%zz", http.StatusUnprocessableEntity},
			{"too many fields", "application/x-www-form-urlencoded", strings.Repeat("a=&", 10_001), http.StatusUnprocessableEntity},
			{"too long", "application/x-www-form-urlencoded", "a=" + strings.Repeat("x", most), http.StatusRequestEntityTooLarge},
		} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.at(path), strings.NewReader(test.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", test.media)
			h.has(path+" with "+test.what, h.do(r), test.status)
		}
	}
	h.has("no language", h.post("/language", "lang", "fr"), http.StatusUnprocessableEntity)
	h.has("a folder", h.get("/static/", "en"), http.StatusNotFound)
	h.has("a file", h.get("/static/app.css", "en"), http.StatusOK)
}

// Numbers are read in the language in which the form was shown, whatever has been chosen since.
func TestNumbersOfTheForm(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	for _, test := range [][2]string{{"de", "5.250,00"}, {"en", "5,250.00"}} {
		p := h.send("en", "campaigns/new", []string{"name", "In " + test[0], "budget", test[1], "numbers", test[0]})
		h.has(test[0], p, http.StatusSeeOther)
	}
	h.has("in the other language", h.send("en", "campaigns/new", []string{"name", "Neither", "budget", "5,250.00", "numbers", "de"}),
		http.StatusUnprocessableEntity, `value="5,250.00"`, "ist kein Betrag")
	h.has("the form", h.get("campaigns/new", "de"), http.StatusOK, `name="numbers" value="de"`)
}

// A parameter that a list does not have is refused by all of them: each would show everything else.
func TestUnknownParameters(t *testing.T) {
	t.Parallel()
	h, campaign, _ := planned(t)
	for _, path := range []string{
		"influencers", "campaigns", "cooperations", "members", "history", "conflicts", "alerts", "planning/cooperations",
		"campaigns/" + campaign.ID.String() + "/table",
	} {
		h.has(path, h.get(path+"?planet=mars", "en"), http.StatusUnprocessableEntity, "is not what this address takes")
		h.has(path+" after a change", h.get(path+"?done=x&already=1&news=1", "en"), http.StatusOK)
	}
	for _, path := range []string{
		"influencers?text=a&platforms=tiktok&categories=&tags=&responsibles=&unassigned=true&archive=&sort=changed&erased=1",
		"members?text=a&archive=all&erased=1",
		"campaigns?text=a&archive=all&sort=name", "history?before=9", "conflicts?severity=blocking",
	} {
		h.has(path, h.get(path, "en"), http.StatusOK)
	}
	h.has("no order", h.get("campaigns?sort=mars", "en"), http.StatusUnprocessableEntity, "is not what this address takes")
}

func TestNewRefusesNil(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	if _, err := pages.New(h.crm, nil, pages.Options{}); err == nil {
		t.Error("pages without an Admin")
	}
}
