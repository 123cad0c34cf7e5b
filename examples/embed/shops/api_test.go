package shops

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

func TestCreateFillsIn(t *testing.T) { onBoth(t, testCreateFillsIn) }

func testCreateFillsIn(t *testing.T, open engine) {
	_, shops := newHost(t, open, "mira")
	s := shops[0]
	w := s.send("POST", "/cooperations", s.august())
	c := answer[crm.Saved](s, http.StatusCreated, w).Cooperation
	if w.Header().Get("ETag") != `"1"` || c.Version != 1 || c.Name != "Summer Sale - Pamela Reif - Instagram - 2026-08-01" {
		t.Errorf("ETag %s, version %d, name %q", w.Header().Get("ETag"), c.Version, c.Name)
	}
	tracking := utm.Params{Source: utm.Of("instagram"), Medium: utm.Of("influencer"), Campaign: utm.Of("summer-sale"),
		Term: utm.Of("pamela-reif")}
	if diff := cmp.Diff(tracking, c.UTM); diff != "" {
		t.Errorf("UTM (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}}, c.Rules); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	explicit := strings.Replace(s.august(), "{", `{"rules":[],"utm":{"term":""},`, 1)
	c = answer[crm.Saved](s, http.StatusCreated, s.send("POST", "/cooperations", explicit)).Cooperation
	if len(c.Rules) != 0 || c.UTM.Term != utm.Of("") || c.UTM.Source != utm.Of("instagram") {
		t.Errorf("what is given is filled in: rules %v, UTM %+v", c.Rules, c.UTM)
	}
}

func TestListInPages(t *testing.T) { onBoth(t, testListInPages) }

func testListInPages(t *testing.T, open engine) {
	_, shops := newHost(t, open, "mira")
	s := shops[0]
	want := []crm.CooperationID{s.june.ID}
	for range 4 {
		want = append(want, answer[crm.Saved](s, http.StatusCreated, s.send("POST", "/cooperations", s.august())).Cooperation.ID)
	}
	list := "/cooperations?campaigns=" + s.june.Campaign.String() + "&statuses=draft&size=2"
	var got []crm.CooperationID
	page := answer[crm.Page[crm.Cooperation]](s, http.StatusOK, s.send("GET", list, ""))
	token := page.Next
	for pages := 1; ; pages++ {
		for _, c := range page.Items {
			got = append(got, c.ID)
		}
		if page.Next == "" {
			if pages != 3 {
				t.Errorf("%d pages, want 3", pages)
			}
			break
		}
		page = answer[crm.Page[crm.Cooperation]](s, http.StatusOK, s.send("GET", list+"&token="+url.QueryEscape(page.Next), ""))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for name, path := range map[string]string{
		"broken":            list + "&token=" + token[:len(token)-1],
		"of another list":   "/cooperations?size=2&token=" + token,
		"nothing of a kind": list + "&token=2",
	} {
		if p := answer[web.Problem](s, http.StatusUnprocessableEntity, s.send("GET", path, "")); len(p.Errors) != 1 || p.Errors[0].Field != "token" {
			t.Errorf("a token that is %s: %+v", name, p)
		}
	}
	for status, want := range map[string]int{"draft": 5, "signed": 0, "": 5} {
		if page := answer[crm.Page[crm.Cooperation]](s, http.StatusOK, s.send("GET", "/cooperations?statuses="+status, "")); len(page.Items) != want {
			t.Errorf("%d with the status %q, want %d", len(page.Items), status, want)
		}
	}
}

func TestChangeIfMatch(t *testing.T) { onBoth(t, testChangeIfMatch) }

func testChangeIfMatch(t *testing.T, open engine) {
	_, shops := newHost(t, open, "mira")
	s := shops[0]
	const sign = `{"status":"signed","cost":{"amount":"2500.00","currency":"EUR"}}`
	read := s.send("GET", s.at(s.june), "")
	etag := read.Header().Get("ETag")
	answer[web.Problem](s, http.StatusPreconditionRequired, s.send("PATCH", s.at(s.june), sign))
	w := s.send("PATCH", s.at(s.june), sign, "If-Match", etag)
	signed := answer[crm.Saved](s, http.StatusOK, w).Cooperation
	if signed.Status != crm.Signed || signed.Cost.String() != "2500.00 EUR" || signed.Period != s.june.Period || w.Header().Get("ETag") != `"2"` {
		t.Errorf("ETag %s of %+v", w.Header().Get("ETag"), signed)
	}
	for match, field := range map[string]string{
		etag: "version", `"3"`: "version", `W/"2"`: "If-Match", "*": "If-Match", "latest": "If-Match", "-2": "If-Match",
	} {
		p := answer[web.Problem](s, http.StatusPreconditionFailed, s.send("PATCH", s.at(s.june), `{"notes":"late"}`, "If-Match", match))
		if len(p.Errors) != 1 || p.Errors[0].Field != field {
			t.Errorf("If-Match %s: %+v", match, p)
		}
	}
	if p := answer[web.Problem](s, http.StatusUnprocessableEntity, s.send("PATCH", s.at(s.june), `{"status":"draft"}`, "If-Match", `"2"`)); p.Errors[0].Field != "reason" {
		t.Errorf("no reason: %+v", p)
	}
	answer[crm.Saved](s, http.StatusOK, s.send("PATCH", s.at(s.june)+"?reason=she+fell+ill", `{"status":"draft"}`, "If-Match", `"2"`))
	c := answer[crm.Cooperation](s, http.StatusOK, s.send("GET", s.at(s.june), ""))
	if c.Version != 3 || c.Status != crm.Draft || c.Notes != "" {
		t.Errorf("in the end: %+v", c)
	}
	log := answer[[]crm.Change](s, http.StatusOK, s.send("GET", "/changes?after=5", ""))
	if len(log) != 1 || log[0].Actor != "mira" || log[0].Reason != "she fell ill" {
		t.Errorf("the log ends with %+v", log)
	}
}

func TestChangesHaveNoGap(t *testing.T) { onBoth(t, testChangesHaveNoGap) }

func testChangesHaveNoGap(t *testing.T, open engine) {
	_, shops := newHost(t, open, "mira")
	s := shops[0]
	const more = crm.DefaultPageSize + 3
	for n := range more {
		patch := `{"notes":"` + strconv.Itoa(n) + `"}`
		answer[crm.Saved](s, http.StatusOK, s.send("PATCH", s.at(s.june), patch, "If-Match", strconv.Quote(strconv.Itoa(n+1))))
	}
	var next crm.Seq
	for pages := 0; ; pages++ {
		log := answer[[]crm.Change](s, http.StatusOK, s.send("GET", "/changes?after="+strconv.Itoa(int(next)), ""))
		if len(log) == 0 {
			if pages != 2 {
				t.Errorf("%d pages", pages)
			}
			break
		}
		for _, c := range log {
			if next++; c.Seq != next {
				t.Fatalf("seq %d where %d is due", c.Seq, next)
			}
		}
	}
	if next != 4+more {
		t.Errorf("the log ends at %d", next)
	}
}

// A name that is taken leaves no workspace behind.
func TestShopOpensWhole(t *testing.T) { onBoth(t, testShopOpensWhole) }

func testShopOpensWhole(t *testing.T, open engine) {
	h, shops := newHost(t, open, "mira")
	p := answer[web.Problem](shops[0], http.StatusConflict, shops[0].send("PUT", "", "", "X-User", "ben"))
	if len(p.Errors) != 1 || p.Errors[0].Field != "shop" || p.Code != "taken" {
		t.Errorf("two shops have one name: %+v", p)
	}
	page, err := h.admin.Workspaces(t.Context(), crm.ListOptions{})
	if err != nil || len(page.Items) != 1 {
		t.Errorf("%d workspaces, want 1; %v", len(page.Items), err)
	}
}

// Whatever one shop sends, it neither sees nor changes anything of another.
func TestShopsAreApart(t *testing.T) { onBoth(t, testShopsAreApart) }

func testShopsAreApart(t *testing.T, open engine) {
	_, shops := newHost(t, open, "mira", "jon")
	mira, jon := shops[0], shops[1]
	if p := answer[web.Problem](jon, http.StatusNotFound, jon.send("GET", jon.at(mira.june), "")); strings.Contains(p.Detail, "Pamela") {
		t.Errorf("told %q", p.Detail)
	}
	answer[web.Problem](jon, http.StatusNotFound, jon.send("PATCH", jon.at(mira.june), `{"notes":"mine"}`, "If-Match", `"1"`))
	p := answer[web.Problem](jon, http.StatusUnprocessableEntity, jon.send("POST", "/cooperations", mira.august()))
	if len(p.Errors) == 0 || p.Errors[0].Problem != "there is no such campaign in this workspace" {
		t.Errorf("booked in a campaign of another shop: %+v", p)
	}
	page := answer[crm.Page[crm.Cooperation]](jon, http.StatusOK, jon.send("GET", "/cooperations", ""))
	if len(page.Items) != 1 || page.Items[0].ID != jon.june.ID {
		t.Errorf("listed %+v", page.Items)
	}
	if page = answer[crm.Page[crm.Cooperation]](jon, http.StatusOK, jon.send("GET", "/cooperations?campaigns="+mira.june.Campaign.String(), "")); len(page.Items) != 0 {
		t.Errorf("listed %+v", page.Items)
	}
	for _, c := range answer[[]crm.Change](jon, http.StatusOK, jon.send("GET", "/changes", "")) {
		if c.Record.ID == mira.june.ID.UUID() {
			t.Errorf("followed %+v", c)
		}
	}
	for _, user := range []string{"jon", "", "MIRA"} {
		for _, request := range [][2]string{
			{"GET", "/cooperations"}, {"POST", "/cooperations"}, {"GET", mira.at(mira.june)},
			{"PATCH", mira.at(mira.june)}, {"GET", "/changes"}, {"POST", "/undo"},
		} {
			p := answer[web.Problem](mira, http.StatusNotFound, mira.send(request[0], request[1], mira.august(), "X-User", user, "If-Match", `"1"`))
			if p.Detail != `shop "mira-shop": you have no such shop` {
				t.Errorf("%q, %v: %s", user, request, p.Detail)
			}
		}
	}
	if c := answer[crm.Cooperation](mira, http.StatusOK, mira.send("GET", mira.at(mira.june), "")); c.Version != 1 {
		t.Errorf("changed by others: %+v", c)
	}
}

// An Undo button sends the unit that a save has named, and what came of it is in the log.
func TestUndo(t *testing.T) { onBoth(t, testUndo) }

func testUndo(t *testing.T, open engine) {
	_, shops := newHost(t, open, "mira")
	s := shops[0]
	saved := answer[crm.Saved](s, http.StatusOK, s.send("PATCH", s.at(s.june), `{"notes":"call her"}`, "If-Match", `"1"`))
	unit := saved.Unit.String()
	undone := answer[crm.Undone](s, http.StatusOK, s.send("POST", "/undo?reason=a+mistake&unit="+unit, ""))
	if diff := cmp.Diff([]crm.Ref{s.june.Ref()}, undone.Restored); diff != "" {
		t.Errorf("restored (-want +got):\n%s", diff)
	}
	if c := answer[crm.Cooperation](s, http.StatusOK, s.send("GET", s.at(s.june), "")); c.Notes != "" || c.Version != 3 {
		t.Errorf("after the undo: %+v", c)
	}
	log := answer[[]crm.Change](s, http.StatusOK, s.send("GET", "/changes?after=5", ""))
	if len(log) != 1 || log[0].Actor != "mira" || log[0].Reason != "a mistake" || log[0].Unit != undone.Unit {
		t.Errorf("the log ends with %+v", log)
	}
	for _, unit := range []string{"", "7", "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"} {
		w := s.send("POST", "/undo?unit="+unit, "")
		if w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusNotFound {
			t.Errorf("undo of %q: %d %s", unit, w.Code, w.Body)
		}
	}
}
