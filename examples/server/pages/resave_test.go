package pages_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/pages"
	"github.com/getklar/influencercrm/storage/memory"
)

// valueIn is the value of a field among pairs of names and values.
func valueIn(pairs []string, name string) string {
	for n := 0; n < len(pairs); n += 2 {
		if pairs[n] == name {
			return pairs[n+1]
		}
	}
	return ""
}

// Who saves a form, goes back in the browser and saves it again with something else has met nobody: it continues from
// the first save, also after something was refused between.
func TestSavingAFormAgain(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ben := ok(w.crm.CreateMember(t.Context(), w.ws.ID, crm.Member{Name: "Ben"}))(w.host)
	for path, form := range map[string]struct {
		begins string
		wrong  []string
	}{
		"cooperations/" + w.deal(nil).ID.String():       {`class="columns deal"`, []string{"cost", "much"}},
		"influencers/" + w.influencer.ID.String():       {personForm, []string{"email", "nowhere"}},
		"members/" + ben.ID.String():                    {`class="card narrow">`, []string{"email", "nowhere"}},
		"campaigns/" + w.campaign.ID.String() + "/edit": {`/edit" class="card">`, []string{"budget", "much"}},
		"settings": {`/settings"><input`, []string{"time_zone", "Mars"}},
	} {
		opened := w.fieldsOf(path, form.begins)
		w.has(path+" first", w.post(path, with(opened, "name", "First")...), 303)
		refused := w.post(path, with(opened, append([]string{"name", "Second"}, form.wrong...)...)...)
		w.has(path+" refused", refused, 422)
		right := with(w.host.fields(refused, form.begins), form.wrong[0], valueIn(opened, form.wrong[0]))
		w.has(path+" second", w.post(path, right...), 303)
		w.has(path+" third", w.post(path, with(right, "name", "Third")...), 303)
		if got := valueIn(w.fieldsOf(path, form.begins), "name"); got != "Third" {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// fieldsOf are the fields of a form of a page.
func (h *host) fieldsOf(path, begins string) []string {
	h.Helper()
	return h.fields(h.get(path, "en"), begins)
}

// A double click saves once, and both lead to the same page; after an undo the same form is compared with what is there.
func TestDoubleClickSavesOnce(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	fay := h.newInfluencer("Fay")
	at := "influencers/" + fay.ID.String()
	form := with(h.fieldsOf(at, personForm), "notes", "Calls on Mondays")
	answers := make([]page, 4)
	var all sync.WaitGroup
	for n := range answers {
		all.Go(func() { answers[n] = h.post(at, form...) })
	}
	all.Wait()
	for _, p := range answers {
		if p.status != 303 || p.to != answers[0].to || !strings.Contains(p.to, "done=") {
			t.Errorf("%d %s", p.status, p.to)
		}
	}
	if i := h.stored(fay); i.Version != 2 || i.Notes != "Calls on Mondays" {
		t.Errorf("%+v", i)
	}
	_, unit, _ := strings.Cut(answers[0].to, "done=")
	h.has("undone", h.post("undo", "unit", unit), 303)
	h.has("saved before the undo", h.post(at, form...), 412, "in another tab or by somebody else", "Calls on Mondays")
}

// A profile that the first save of a form has added is the same one in the second.
func TestSavingAnAddedProfileAgain(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	fay := h.newInfluencer("Fay")
	at := "influencers/" + fay.ID.String()
	form := with(h.fieldsOf(at, personForm), "profiles[0].platform", "Insta", "profiles[0].handle", "@Fay")
	h.has("first", h.post(at, form...), 303)
	first := h.stored(fay)
	h.has("second", h.post(at, with(form, "notes", "Likes cake")...), 303)
	got := h.stored(fay)
	if diff := cmp.Diff(first.Profiles, got.Profiles, values); diff != "" || got.Notes != "Likes cake" || len(got.Profiles) != 1 {
		t.Errorf("%+v (-first +second):\n%s", got, diff)
	}
}

// So it is if its handle, or its platform, is corrected; another account is another profile.
func TestCorrectingAnAddedProfile(t *testing.T) {
	t.Parallel()
	for what, test := range map[string]struct {
		platform, handle string
		same             bool
	}{
		"the handle": {"Instagram", "@fay.real", true}, "the platform": {"TikTok", "@Fay", true}, "another": {"TikTok", "@faye", false},
	} {
		h := newHost(t)
		fay := h.newInfluencer("Fay")
		at := "influencers/" + fay.ID.String()
		form := with(h.fieldsOf(at, personForm), "profiles[0].platform", "", // a blank row, which counts
			"profiles[1].platform", "Instagram", "profiles[1].handle", "@Fay", "profiles[1].followers.count", "12")
		h.has(what+" first", h.post(at, form...), 303)
		first := h.stored(fay).Profiles
		corrected := with(form, "profiles[1].platform", test.platform, "profiles[1].handle", test.handle)
		h.has(what+" refused", h.post(at, with(corrected, "email", "nowhere")...), 422)
		h.has(what+" second", h.post(at, corrected...), 303)
		second := h.stored(fay).Profiles
		if len(first) != 1 || len(second) != 1 || (first[0].ID == second[0].ID) != test.same {
			t.Errorf("%s: %+v, then %+v", what, first, second)
		}
		h.has(what+" third", h.post(at, with(corrected, "profiles[1].handle", "@fay.at.last")...), 303)
		if third := h.stored(fay).Profiles; len(third) != 1 || third[0].ID != second[0].ID || third[0].Handle != "fay.at.last" {
			t.Errorf("%s: %+v, then %+v", what, second, third)
		}
	}
}

// Where somebody else has saved the person since, the form that is to be looked at has the added profile once.
func TestMeetingSomebodyAfterAddingAProfile(t *testing.T) {
	t.Parallel()
	for _, handle := range []string{"@Fay", "@fay.real"} {
		h := newHost(t)
		fay := h.newInfluencer("Fay")
		at := "influencers/" + fay.ID.String()
		form := with(h.fieldsOf(at, personForm), "profiles[0].platform", "Instagram", "profiles[0].handle", "@Fay")
		h.has("first", h.post(at, form...), 303)
		first := h.stored(fay)
		changed := first
		changed.Phone = "+49 30 1234567"
		ok(h.crm.UpdateInfluencer(t.Context(), h.ws.ID, changed, ""))(h)
		form = with(form, "profiles[0].handle", handle, "notes", "Likes cake")
		met := h.post(at, form...)
		h.has("met", met, 412, first.Profiles[0].ID.String(), `value="`+handle+`"`, "Likes cake", "1234567")
		if strings.Contains(met.main(), "profiles[1].handle") {
			t.Errorf("%s: the profile stands there twice: %s", handle, met.main())
		}
		if asked := strings.Contains(met.main(), "Platform, Handle, Link"); strings.Contains(met.main(), "@@") || asked != (handle == "@fay.real") {
			t.Errorf("%s: the accounts that differ: %s", handle, met.main())
		}
	}
}

// The same goes for the budgets of months, which have no version each.
func TestSavingMonthBudgetsAgain(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	form := h.fieldsOf("planning/months", `class="card">`)
	h.has("first", h.post("planning/months", with(form, "month.2026-07", "5000")...), 303)
	h.has("second", h.post("planning/months", with(form, "month.2026-07", "6000")...), 303)
	ws := ok(h.crm.Workspace(t.Context(), h.ws.ID))(h)
	if got := ws.MonthBudgets[budget.MustParseMonth("2026-07")]; got != budget.FromMinor(6_000_00, "EUR") {
		t.Errorf("%s", got)
	}
	h.has("another tab", h.post("planning/months", with(form, "opened", "", "month.2026-07", "7000")...), 412,
		"in another tab or by somebody else")
}

// A form that meets a change says whose it was: the visitor's own, or that of somebody else.
func TestWhoHasSavedMeanwhile(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	h := newHostOver(t, store, func(*crm.Service) pages.Options {
		return pages.Options{Actor: func(context.Context) string { return "Mira" }}
	})
	as := func(name string) *crm.Service {
		return crm.New(store, &crm.Options{
			Now:   func() time.Time { return time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC) },
			Actor: func(context.Context) string { return name },
		})
	}
	for says, actors := range map[string][]string{
		"You have saved this meanwhile, in another tab.": {"Mira", "Mira"},
		"Somebody else has saved this meanwhile.":        {"Mira", "Ben"},
		"in another tab or by somebody else.":            {""},
	} {
		fay := h.newInfluencer("Fay")
		at := "influencers/" + fay.ID.String()
		form := with(h.fieldsOf(at, personForm), "notes", "mine")
		for n, name := range actors {
			i := h.stored(fay)
			i.Notes = strings.Repeat("x", n+1)
			if _, err := as(name).UpdateInfluencer(t.Context(), h.ws.ID, i, ""); err != nil {
				t.Fatal(err)
			}
		}
		p := h.post(at, form...)
		h.has(says, p, 412, says, "take.notes")
		for _, other := range slices.DeleteFunc([]string{"You have saved", "Somebody else has saved", "or by somebody else"}, func(s string) bool { return strings.Contains(says, s) }) {
			if strings.Contains(p.main(), other) {
				t.Errorf("%s: %s", says, other)
			}
		}
	}
}

// What a form says it has saved holds for its own record only: with the form of another one, or one of another CRM, it
// is a form like any other, and overwrites nothing that somebody else has saved.
func TestSavingWithTheFormOfAnotherRecord(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	fay, gus := h.newInfluencer("Fay"), h.newInfluencer("Gus")
	of := h.fieldsOf("influencers/"+fay.ID.String(), personForm)
	at := "influencers/" + gus.ID.String()
	form := with(h.fieldsOf(at, personForm), "opened", valueIn(of, "opened"), "notes", "mine")
	h.has("the other one", h.post("influencers/"+fay.ID.String(), with(of, "notes", "of Fay")...), 303)
	theirs := h.stored(gus)
	theirs.Notes = "theirs"
	if _, err := h.crm.UpdateInfluencer(t.Context(), h.ws.ID, theirs, ""); err != nil {
		t.Fatal(err)
	}
	h.has("this one", h.post(at, form...), 412, "take.notes", "theirs")
	if got := h.stored(gus).Notes; got != "theirs" {
		t.Errorf("%q", got)
	}
	north := h.ws
	h.ws = h.workspace("South")
	h.has("another CRM", h.post("influencers/"+fay.ID.String(), with(of, "notes", "of Fay")...), 404)
	h.ws = north
	h.has("still the form of the first", h.post("influencers/"+fay.ID.String(), with(of, "notes", "again")...), 303)
}

// A save that changes nothing, as with a blank behind a text, is no reason to forget the one before.
func TestSavingAgainWithoutAChange(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	fay := h.newInfluencer("Fay")
	at := "influencers/" + fay.ID.String()
	form := h.fieldsOf(at, personForm)
	for _, notes := range []string{"", "tea", "tea ", "cake"} {
		h.has(notes, h.post(at, with(form, "notes", notes)...), 303)
	}
	if i := h.stored(fay); i.Version != 3 || i.Notes != "cake" {
		t.Errorf("%+v", i)
	}
}

// A profile and a custom field that the first save of a form has added are known to it when one of its other buttons is
// used before the second, which changes them and adds none.
func TestSavingWhatAFormHasAddedAgain(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	fay := h.newInfluencer("Fay")
	at := "influencers/" + fay.ID.String()
	form := with(h.fieldsOf(at, personForm), "profiles[0].platform", "Insta", "profiles[0].handle", "@Fay",
		"new_field.name", "Size", "new_field.value", "M")
	h.has("first", h.post(at, form...), 303)
	first := h.stored(fay)
	more := h.post(at, with(form, "do", "add-profile", "new_field.value", "L")...)
	h.has("a row more", more, 200, `name="custom.Size"`)
	h.has("second", h.post(at, with(h.fields(more, personForm), "profiles[1].platform", "TikTok", "profiles[1].handle", "@FayTok")...), 303)
	got := h.stored(fay)
	if len(got.Profiles) != 2 || got.Profiles[0].ID != first.Profiles[0].ID || got.Custom["Size"] != "L" {
		t.Errorf("%+v", got)
	}
	h.has("the first form, after the other has saved", h.post(at, with(form, "notes", "Likes cake")...), 422,
		"Change it above", `name="custom.Size"`)
}

// The custom field that the first save has added to a cooperation, or to an influencer, is no second one of its name in the next.
func TestSavingAnAddedFieldAgain(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	d := w.deal(nil)
	for path, begins := range map[string]string{"influencers/" + w.influencer.ID.String(): personForm, "cooperations/" + d.ID.String(): `class="columns deal"`} {
		form := with(w.fieldsOf(path, begins), "new_field.name", "Size", "new_field.value", "M")
		w.has(path+" first", w.post(path, form...), 303)
		w.has(path+" second", w.post(path, with(form, "notes", "tall")...), 303)
		w.has(path+" third", w.post(path, with(form, "notes", "tall", "new_field.value", "L")...), 303)
		if got := valueIn(w.fieldsOf(path, begins), "custom.Size"); got != "L" {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// A form is that of who has saved it: somebody else who sends its id overwrites nothing with it, and does not make it theirs.
func TestSavingTheFormOfSomebodyElse(t *testing.T) {
	t.Parallel()
	var actor atomic.Value
	actor.Store("Mira")
	h := newHostOver(t, memory.New(nil), func(*crm.Service) pages.Options {
		return pages.Options{Actor: func(context.Context) string { return actor.Load().(string) }}
	})
	fay := h.newInfluencer("Fay")
	at := "influencers/" + fay.ID.String()
	form := h.fieldsOf(at, personForm)
	h.has("Mira", h.post(at, with(form, "notes", "tea")...), 303)
	actor.Store("Ben")
	h.has("Ben", h.post(at, with(form, "notes", "cake")...), 412, "take.notes")
	h.has("Ben, on the page as it is", h.post(at, with(form, "version", "2", "notes", "pie")...), 303)
	actor.Store("Mira")
	h.has("Mira again", h.post(at, with(form, "notes", "milk")...), 412, "take.notes")
	if got := h.stored(fay).Notes; got != "pie" {
		t.Errorf("%q", got)
	}
}
