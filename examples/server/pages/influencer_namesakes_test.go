package pages_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/pages"
	"github.com/getklar/influencercrm/storage/memory"
)

// Who adds somebody who is there already learns it at once, with a way to merge the two; what was done is said without
// saying the name twice.
func TestAddingSomebodyOfTheSameName(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	h := newHostOver(t, store, func(*crm.Service) pages.Options { return pages.Options{} })
	pam := h.newInfluencer("Pam Reif")
	h.newInfluencer("Pam Reiff")
	made := h.post("influencers/new", with(h.fieldsOf("influencers/new", personForm), "name", "PAM REIF")...)
	h.has("made", made, 303)
	p := h.get(made.to, "en")
	h.has("said", p, 200, "There is somebody else of this name:", "influencers/"+pam.ID.String()+"/merge?from=",
		"Somebody created the influencer &#34;PAM REIF&#34;")
	if n := strings.Count(p.main(), "somebody else of this name"); n != 1 || strings.Contains(p.body, "PAM REIF: somebody") {
		t.Errorf("%d of the name: %s", n, p.main())
	}
	h.has("in German", h.get(made.to, "de"), 200, "Es gibt noch jemanden mit diesem Namen:", "Jemand hat den Influencer „PAM REIF“")
	mira := crm.New(store, &crm.Options{Actor: func(context.Context) string { return "mira" }})
	bea := ok(mira.CreateInfluencer(t.Context(), h.ws.ID, crm.Influencer{Name: "Bea"}))(h)
	h.has("whose name begins small", h.get("influencers/"+bea.ID.String(), "en"), 200, "mira created the influencer &#34;Bea&#34;")
	later, _, _ := strings.Cut(made.to, "?")
	if p := h.get(later, "en"); strings.Contains(p.main(), "somebody else of this name") {
		t.Errorf("it is said each time: %s", p.main())
	}
}

// Many whose names only contain the name do not hide those who have it, an archived one among them.
func TestNamesakeAmongManyAlike(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	for n := range 12 {
		h.newInfluencer(fmt.Sprintf("Anna %d", n))
	}
	anna := h.newInfluencer("Anna")
	archived := h.newInfluencer("ANNA")
	ok(h.crm.Archive(t.Context(), h.ws.ID, archived.At(), ""))(h)
	made := h.post("influencers/new", with(h.fieldsOf("influencers/new", personForm), "name", "anna")...)
	h.has("made", made, 303)
	p := h.get(made.to, "en")
	h.has("said", p, 200, "influencers/"+anna.ID.String()+"/merge?from=", "influencers/"+archived.ID.String(), "Archived")
	if n := strings.Count(p.main(), "somebody else of this name"); n != 2 || strings.Contains(p.main(), archived.ID.String()+"/merge") {
		t.Errorf("%d of the name: %s", n, p.main())
	}
}

// Of many of the name ten are told, those who are archived last.
func TestManyNamesakes(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	var active, archived []crm.Influencer
	for n := range 12 {
		anna := h.newInfluencer("Anna")
		if n%4 != 0 {
			active = append(active, anna)
			continue
		}
		ok(h.crm.Archive(t.Context(), h.ws.ID, anna.At(), ""))(h)
		archived = append(archived, anna)
	}
	made := h.post("influencers/new", with(h.fieldsOf("influencers/new", personForm), "name", "Anna")...)
	p := h.get(made.to, "en")
	at := func(i crm.Influencer) int { return strings.Index(p.main(), "influencers/"+i.ID.String()) }
	last := 0
	for _, anna := range active {
		if at(anna) < 0 {
			t.Errorf("%s is not told", anna.ID)
		}
		last = max(last, at(anna))
	}
	told := 0
	for _, anna := range archived {
		if at(anna) >= 0 {
			told++
			if at(anna) < last {
				t.Errorf("%s is archived and not last", anna.ID)
			}
		}
	}
	if told != 1 { // 9 who are active, and one more
		t.Errorf("%d who are archived are told, want 1", told)
	}
}

// What is said of somebody who is gone, whose name no longer stands before it, begins as a sentence does.
func TestHistoryOfSomebodyDeleted(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	gone := h.newInfluencer("Pam Reif")
	if _, err := h.crm.Delete(t.Context(), h.ws.ID, gone.At(), ""); err != nil {
		t.Fatal(err)
	}
	h.has("in English", h.get("history", "en"), 200, "Somebody deleted the influencer", "Somebody created the influencer")
	h.has("in German", h.get("history", "de"), 200, "Jemand hat den Influencer „Pam Reif“ gelöscht")
}
