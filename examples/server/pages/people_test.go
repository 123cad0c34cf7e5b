package pages_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/pages"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/utm"
)

// newStateHost is newHost for pages that keep something in the server's own tables.
func newStateHost(t *testing.T) (*host, *state.DB, *access.Tokens) {
	t.Helper()
	o := &crm.Options{Now: func() time.Time { return time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC) }}
	store := memory.New(nil)
	h := &host{T: t, crm: crm.New(store, o), admin: crm.NewAdmin(store, o)}
	h.ws = h.workspace("North")
	db := testdb.Open(t, testdb.File(t)).State
	tokens := access.NewTokens(db, h.crm)
	p, err := pages.New(h.crm, h.admin, pages.Options{State: db, Tokens: tokens, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	p.Routes(mux)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	h.url = s.URL
	return h, db, tokens
}

// values are compared as a whole.
var values = cmpopts.EquateComparable(budget.Date{}, budget.Month{}, budget.Money{})

func ok[T any](v T, err error) func(*host) T {
	return func(h *host) T {
		h.Helper()
		if err != nil {
			h.Fatal(err)
		}
		return v
	}
}

// emma is an influencer with everything.
func (h *host) emma() crm.Influencer {
	h.Helper()
	mira := ok(h.crm.CreateMember(h.Context(), h.ws.ID, crm.Member{Name: "Mira"}))(h)
	return ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{
		Name: "Emma", Email: "emma@mail.example", Phone: "+49 30 901820", Category: "Beauty", Responsible: mira.ID,
		Tags: []string{"tall", "vegan"}, Notes: "Likes tea.\nAnd cake.", Custom: map[string]string{"Size": "M"},
		Profiles: []crm.Profile{{
			Platform: "instagram", Handle: "emma", Link: "https://www.instagram.com/emma",
			Followers: &crm.Followers{Count: 12500, On: budget.MustParseDate("2026-05-01")},
			UTM:       utm.MustParseTemplate(utm.Params{Source: utm.Of("ig"), Term: utm.Of("{handle}")}),
			Rules:     []discount.Rule{{Match: discount.Equals, Pattern: "EMMA10", Benefit: discount.Benefit{Kind: discount.FreeShipping}}},
		}, {Platform: "tiktok", Handle: "emmatok", UTM: utm.Template{}}},
	}))(h)
}

func (h *host) stored(i crm.Influencer) crm.Influencer {
	h.Helper()
	return ok(h.crm.Influencer(h.Context(), h.ws.ID, i.ID))(h)
}

var (
	input        = regexp.MustCompile(`<input [^>]*>`)
	selected     = regexp.MustCompile(`(?s)<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>`)
	chosenOption = regexp.MustCompile(`<option value="([^"]*)" selected`)
	area         = regexp.MustCompile(`(?s)<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>`)
	unquote      = strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&amp;", "&", "&#43;", "+")
)

func attribute(tag, name string) string {
	m := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return unquote.Replace(m[1])
}

// A tag that holds a comma, as a sheet or a program may give, stays one tag until somebody takes it away.
func TestTagsWithCommas(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	for typed, want := range map[string][]string{
		"food, drink, vip, drink":       {"food, drink", "vip", "drink"}, // as it was shown
		"food, drink, vip, drink, new":  {"food, drink", "vip", "drink", "new"},
		"new,food, drink ,vip":          {"new", "food, drink", "vip"},
		"vip, drink":                    {"vip", "drink"},
		"food, drinks":                  {"food", "drinks"},
		" , ":                           {},
		"vip, food, drink":              {"vip", "food, drink"},
		"food, drink, food, drink, vip": {"food, drink", "vip"},
	} {
		i := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: typed + ".", Tags: []string{"food, drink", "vip", "drink"}}))(h)
		path := "influencers/" + i.ID.String()
		h.has(typed, h.post(path, with(h.fields(h.get(path, "en"), personForm), "tags", typed, "notes", "x")...), 303)
		if diff := cmp.Diff(want, h.stored(i).Tags); diff != "" {
			t.Errorf("%q (-want +got):\n%s", typed, diff)
		}
	}
	i := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Ida", Tags: []string{"food, drink", "drink"}}))(h)
	h.has("taken away", h.post("influencers/bulk", "of", "chosen", "at", i.ID.String()+".1", "do", "change", "remove", "Food, Drink"), 303)
	if diff := cmp.Diff([]string{"drink"}, h.stored(i).Tags); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A tag that holds a comma is one also where it is too rare for the list of tags, and where it is added.
func TestRareTagsWithCommas(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	many := crm.Influencer{Name: "Mo"}
	for n := range crm.MaxTags {
		many.Tags = append(many.Tags, fmt.Sprintf("a%03d", n))
	}
	for n := range crm.MaxFacetValues/crm.MaxTags + 1 {
		many.Name += "o"
		for tag := range many.Tags {
			many.Tags[tag] = fmt.Sprintf("a%d-%d", n, tag)
		}
		ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, many))(h)
	}
	ida := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Ida", Tags: []string{"food, drink", "food"}}))(h)
	h.has("taken away", h.post("influencers/bulk", "of", "chosen", "at", ida.ID.String()+".1", "do", "change", "remove", "food, drink"), 303)
	if diff := cmp.Diff([]string{"food"}, h.stored(ida).Tags); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Bo", Tags: []string{"1, 2"}}))(h)
	h.has("added", h.post("influencers/bulk", "of", "chosen", "at", ida.ID.String()+".2", "do", "change", "add", "1, 2, new"), 303)
	if diff := cmp.Diff([]string{"food", "1, 2", "new"}, h.stored(ida).Tags); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// fields are the names and values that a browser would send of the form in a page which begins with a text.
func (h *host) fields(p page, begins string) (pairs []string) {
	h.Helper()
	_, form, found := strings.Cut(p.body, begins)
	form, _, closed := strings.Cut(form, "</form>")
	if !found || !closed {
		h.Fatalf("no form %q in %s", begins, p.main())
	}
	for _, tag := range input.FindAllString(form, -1) {
		kind := attribute(tag, "type")
		if name := attribute(tag, "name"); name != "" && (kind != "checkbox" && kind != "radio" || strings.Contains(tag, " checked")) {
			pairs = append(pairs, name, attribute(tag, "value"))
		}
	}
	for _, m := range selected.FindAllStringSubmatch(form, -1) {
		value := ""
		if c := chosenOption.FindStringSubmatch(m[2]); c != nil {
			value = c[1]
		}
		pairs = append(pairs, unquote.Replace(m[1]), value)
	}
	for _, m := range area.FindAllStringSubmatch(form, -1) {
		pairs = append(pairs, unquote.Replace(m[1]), unquote.Replace(m[2]))
	}
	return pairs
}

// with are pairs with other values of some fields, or fields that are new.
func with(pairs []string, changes ...string) []string {
	out := append([]string{}, pairs...)
	for n := 0; n < len(changes); n += 2 {
		found := false
		for i := 0; i < len(out); i += 2 {
			if out[i] == changes[n] {
				out[i+1], found = changes[n+1], true
			}
		}
		if !found {
			out = append(out, changes[n], changes[n+1])
		}
	}
	return out
}

const personForm = `class="person-form">`

// Every page about people and settings answers in both languages, and shows what people typed as text.
func TestPeoplePages(t *testing.T) {
	t.Parallel()
	h, _, _ := newStateHost(t)
	const evil = `<script>alert(1)</script>`
	emma := h.emma()
	i := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: evil, Category: evil,
		Tags: []string{evil}, Notes: evil, Profiles: []crm.Profile{{Platform: "tiktok", Handle: "emma"}}}))(h)
	m := ok(h.crm.CreateMember(h.Context(), h.ws.ID, crm.Member{Name: evil}))(h)
	one, member := "influencers/"+i.ID.String(), "members/"+m.ID.String()
	for path, want := range map[string][2]string{
		"influencers": {"2 influencers", "2 Influencer"}, "influencers/new": {"Create the influencer", "Influencer anlegen"},
		"influencers?text=emma&tags=tall&sort=changed": {"Save this filter", "Diesen Filter"},
		"influencers?text=nobody":                      {"Nobody matches", "passt niemand"},
		one:                                            {"Archive, delete, erase", "Archivieren und löschen"}, one + "/duplicates": {"Compare and merge", "Vergleichen und"},
		"influencers/duplicates": {"Likely duplicates", "Mögliche Dubletten"}, one + "/erase": {"Erase for ever", "Endgültig löschen"},
		one + "/merge?from=" + emma.ID.String(): {"The other way round", "Umgekehrt"},
		"members":                               {"New member", "Neues Mitglied"},
		"members/new":                           {"Add the member", "Mitglied hinzufügen"}, member: {"History", "Verlauf"},
		member + "/erase": {"Name and email", "Name und E-Mail"}, "settings": {"Month budgets", "Monatsbudgets"},
		"settings/tokens": {"New token", "Neuer Schlüssel"}, "settings/delete": {"Delete for ever", "Endgültig löschen"},
	} {
		for n, lang := range []string{"en", "de-AT"} {
			p := h.get(path, lang)
			h.has(path+" "+lang, p, 200, want[n])
			if strings.Contains(p.body, evil) {
				t.Errorf("%s has a script that somebody typed", path)
			}
		}
	}
}

// What is of another workspace is not there, and what is no id neither.
func TestPeopleOfOthers(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	emma := h.emma()
	lea := ok(h.crm.CreateMember(h.Context(), h.ws.ID, crm.Member{Name: "Lea"}))(h)
	south := h.workspace("South")
	at := "/w/" + south.ID.String() + "/"
	for _, path := range []string{"influencers/%s", "influencers/%s/duplicates", "influencers/%s/merge?from=%[1]s", "influencers/%s/erase"} {
		h.has(path, h.get(at+fmt.Sprintf(path, emma.ID), "en"), 404)
	}
	for _, path := range []string{"members/%s", "members/%s/erase"} {
		h.has(path, h.get(at+fmt.Sprintf(path, lea.ID), "en"), 404)
	}
	h.has("picture", h.get(at+"pictures/"+uuid.NewString(), "en"), 404)
	for _, path := range []string{"influencers/%s", "influencers/%s/archive", "influencers/%s/picture/remove", "influencers/%s/delete", "influencers/%s/erase"} {
		h.has("post "+path, h.post(at+fmt.Sprintf(path, emma.ID), "version", "1", "name", "Mine", "confirm", "Emma"), 404)
	}
	h.has("post member", h.post(at+"members/"+lea.ID.String(), "version", "1", "name", "Mine"), 404)
	if got := h.stored(emma); got.Version != emma.Version {
		t.Errorf("changed from another workspace: %+v", got)
	}
}

// A form that is sent as it was shown changes nothing.
func TestInfluencerFormKeepsAll(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "de"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			h := newHost(t)
			emma := h.emma()
			path := "influencers/" + emma.ID.String()
			h.has("save", h.send(lang, path, h.fields(h.get(path, lang), personForm)), 303)
			if diff := cmp.Diff(emma, h.stored(emma), values); diff != "" {
				t.Errorf("(-before +after):\n%s", diff)
			}
		})
	}
}

func TestCreateInfluencer(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	form := h.fields(h.get("influencers/new", "en"), personForm)
	// Rows come and go without script, and what was typed stays.
	form = with(form, "name", "Ida", "tags", "tall, vegan", "profiles[0].platform", "Insta", "profiles[0].handle",
		"@ida", "profiles[0].followers.count", "1,234")
	p := h.post("influencers/new", with(form, "do", "add-rule:0")...)
	h.has("a rule", p, 200, `name="profiles[0].rules[0].pattern"`, `value="@ida"`)
	form = with(h.fields(p, personForm), "profiles[0].rules[0].pattern", "IDA", "profiles[0].rules[0].benefit.value", "12.5")
	p = h.post("influencers/new", with(form, "do", "add-profile")...)
	form = with(h.fields(p, personForm), "profiles[1].platform", "tiktok")
	p = h.post("influencers/new", with(form, "do", "add-profile")...)
	form = with(h.fields(p, personForm), "profiles[0].rules[0].match", "contains", "profiles[0].rules[0].benefit.kind", "percentage")

	bad := h.post("influencers/new", with(form, "email", "no address", "profiles[0].rules[0].benefit.value", "200")...)
	h.has("bad", bad, 422, `name="email" value="no address" aria-invalid="true"`,
		`id="error-profiles[0].rules[0].pattern"`, `value="Ida"`, `value="200"`,
		`aria-label="Code 1: how much" aria-invalid="true"`, `aria-label="Code 1">`)
	h.has("bad template", h.post("influencers/new", with(form, "profiles[1].utm.source", "{nothing}")...), 422,
		`id="error-profiles[1].utm.source"`)

	p = h.post("influencers/new", form...)
	if p.status != 303 {
		t.Fatal(p.status, p.main())
	}
	all := ok(h.crm.Influencers(h.Context(), h.ws.ID, crm.InfluencerFilter{}, crm.ListOptions{}))(h)
	if len(all.Items) != 1 {
		t.Fatal(all.Items)
	}
	got := all.Items[0]
	want := crm.Influencer{ID: got.ID, Version: 1, Name: "Ida", Tags: []string{"tall", "vegan"},
		Custom: map[string]string{}, Times: got.Times, Profiles: []crm.Profile{
			{ID: got.Profiles[0].ID, Platform: "instagram", Handle: "ida",
				Followers: &crm.Followers{Count: 1234, On: budget.MustParseDate("2026-06-15")},
				Rules: []discount.Rule{{Match: discount.Contains, Pattern: "IDA",
					Benefit: discount.Benefit{Kind: discount.Percentage, Value: dec("12.5")}}}},
			{ID: got.Profiles[1].ID, Platform: "tiktok", Rules: []discount.Rule{}},
		}}
	if diff := cmp.Diff(want, got, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	h.has("done", h.get(p.to, "en"), 200, `class="toast"`, "Ida", "1,234 followers on 15 Jun 2026")
}

// A count that is new is of today, unless somebody says of which day.
func TestFollowersAreOfToday(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	emma := h.emma()
	path := "influencers/" + emma.ID.String()
	h.has("save", h.post(path, with(h.fields(h.get(path, "en"), personForm), "profiles[0].followers.count", "13,000")...), 303)
	got := h.stored(emma)
	if f := got.Profiles[0].Followers; f.Count != 13000 || f.On != budget.MustParseDate("2026-06-15") {
		t.Errorf("%+v", f)
	}
	h.has("curve", h.get(path, "de"), 200, "Von 12.500 Followern am 01.05.2026 auf 13.000 am 15.06.2026", `<polyline points="8,14 592,8"/>`)
	h.has("no number", h.post(path, with(h.fields(h.get(path, "en"), personForm), "profiles[0].followers.count",
		"1.5")...), 422, "is no whole number", `value="1.5"`)
}

// Two tabs: the second sees both versions field by field, and chooses.
func TestInfluencerInTwoTabs(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	emma := h.emma()
	path := "influencers/" + emma.ID.String()
	first := h.fields(h.get(path, "en"), personForm)
	h.has("first", h.post(path, with(first, "name", "Emma A", "profiles[0].handle", "emma_a", "category", "Food")...), 303)
	p := h.post(path, with(first, "opened", "", "name", "Emma B", "notes", "Mine")...)
	h.has("second", p, 412, `name="take.name"`, `value="Emma B"`, `name="version" value="2"`,
		`name="category" value="Food"`, `name="profiles[0].handle" value="emma_a"`)
	if strings.Contains(p.body, "take.category") || strings.Contains(p.body, "take.profiles") {
		t.Errorf("a question about what only one has changed: %s", p.main())
	}
	h.has("chosen", h.post(path, h.fields(p, personForm)...), 303)
	got := h.stored(emma)
	if got.Name != "Emma B" || got.Notes != "Mine" || got.Category != "Food" || got.Profiles[0].Handle != "emma_a" || got.Version != 3 {
		t.Errorf("%+v", got)
	}

	third := h.fields(h.get(path, "en"), personForm)
	ok(h.crm.UpdateInfluencer(h.Context(), h.ws.ID, changed(got, func(i *crm.Influencer) { i.Profiles[0].Handle = "emma_x" }), ""))(h)
	p = h.post(path, with(third, "profiles[0].handle", "emma_y")...)
	account := "profile." + got.Profiles[0].ID.String() + ".account"
	h.has("the account of a profile", p, 412, "Profile 1: Platform, Handle, Link", "Instagram @emma_x", `name="take.`+account+`"`)
	h.has("theirs", h.post(path, with(h.fields(p, personForm), "take."+account, "theirs")...), 303)
	if got = h.stored(emma); got.Profiles[0].Handle != "emma_x" {
		t.Errorf("%+v", got)
	}

	// A profile that one of the two has removed is chosen as a whole.
	second := h.fields(h.get(path, "en"), personForm)
	fewer := crm.Clone(got)
	fewer.Profiles = fewer.Profiles[1:]
	ok(h.crm.UpdateInfluencer(h.Context(), h.ws.ID, fewer, ""))(h)
	p = h.post(path, with(second, "name", "Emma C")...)
	h.has("what only they have changed", p, 412, "What was changed is in the form now")
	if fields := h.fields(p, personForm); slices.Contains(fields, "profiles[1].platform") {
		t.Errorf("profiles that are gone: %v", fields)
	}
	p = h.post(path, with(second, "name", "Emma C", "profiles[0].handle", "emma_z")...)
	gone := "take.profile." + got.Profiles[0].ID.String()
	h.has("a profile that is gone", p, 412, `name="`+gone+`"`, "Instagram @emma_z")
	h.has("theirs", h.post(path, with(h.fields(p, personForm), gone, "theirs")...), 303)
	if got := h.stored(emma); got.Name != "Emma C" || len(got.Profiles) != 1 || got.Profiles[0].Platform != "tiktok" {
		t.Errorf("%+v", got)
	}
}

func TestChangeSeveralInfluencers(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	emma := h.emma()
	ida := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Ida"}))(h)
	at := func(i crm.Influencer, version int64) []string {
		return []string{"at", fmt.Sprintf("%s.%d", i.ID, version)}
	}
	p := h.post("influencers/bulk", append(append(at(emma, 1), at(ida, 7)...), "of", "chosen", "do", "change", "add",
		"new, fresh", "remove", "TALL", "category", "Food", "responsible", "")...)
	h.has("one stale", p, 200, "1 of 2 are as wanted", "Ida")
	got := h.stored(emma)
	if diff := cmp.Diff([]string{"vegan", "new", "fresh"}, got.Tags); diff != "" || got.Category != "Food" || !got.Responsible.IsZero() {
		t.Errorf("%+v %s", got, diff)
	}
	list := with(h.fields(h.get("influencers?tags=fresh", "en"), "data-select>"), "of", "all", "do", "archive")
	for name, pairs := range map[string][]string{
		"another count": with(list, "count", "2"), "no count": with(list, "count", ""),
		"everybody": with(list, "query", ""), "never seen": with(list, "seen", ""),
	} {
		h.has(name, h.post("influencers/bulk", pairs...), 412, "The list is not as you have seen it any more")
	}
	h.has("an unknown filter", h.post("influencers/bulk", with(list, "query", "planet=mars")...), 422, "The filter of the list cannot be read")
	// Somebody leaves the list, and somebody comes into it: there are as many as before, and they are others.
	gone := h.stored(emma)
	ok(h.crm.UpdateInfluencer(h.Context(), h.ws.ID, changed(gone, func(i *crm.Influencer) { i.Tags = nil }), ""))(h)
	ok(h.crm.UpdateInfluencer(h.Context(), h.ws.ID, changed(h.stored(ida), func(i *crm.Influencer) { i.Tags = []string{"fresh"} }), ""))(h)
	h.has("another one", h.post("influencers/bulk", list...), 412, "The list is not as you have seen it any more")
	ok(h.crm.UpdateInfluencer(h.Context(), h.ws.ID, changed(h.stored(emma), func(i *crm.Influencer) { i.Tags = gone.Tags }), ""))(h)
	ok(h.crm.UpdateInfluencer(h.Context(), h.ws.ID, changed(h.stored(ida), func(i *crm.Influencer) { i.Tags = nil }), ""))(h)
	list = with(h.fields(h.get("influencers?tags=fresh", "en"), "data-select>"), "of", "all", "do", "archive")
	p = h.post("influencers/bulk", list...)
	if p.status != 303 || !strings.Contains(p.to, "tags=fresh") || !strings.Contains(p.to, "done=") {
		t.Errorf("archived: %d %s", p.status, p.to)
	}
	if h.stored(emma).ArchivedOn.IsZero() || !h.stored(ida).ArchivedOn.IsZero() {
		t.Error("the wrong one is archived")
	}
	for name, pairs := range map[string][]string{
		"nobody": {"of", "chosen", "do", "change", "add", "x"}, "no change": append(at(ida, 1), "do", "change", "responsible", "keep"),
	} {
		h.has(name, h.post("influencers/bulk", pairs...), 422, "chosen")
	}
	for name, pairs := range map[string][]string{
		"no id": {"at", "x.1", "do", "archive"}, "nothing to do": at(ida, 1), "something else": append(at(ida, 1), "do", "archive-all"),
		"others": append(at(ida, 1), "of", "none", "do", "archive"),
	} {
		h.has(name, h.post("influencers/bulk", pairs...), 422)
	}
	h.has("any version", h.post("influencers/bulk", append(at(ida, 0), "do", "archive")...), 412)
	if !h.stored(ida).ArchivedOn.IsZero() {
		t.Error("Ida is archived")
	}
}

// A filter that has a name is there for the whole team, until somebody deletes it or a person is erased whom it may name.
func TestSavedViews(t *testing.T) {
	t.Parallel()
	h, _, _ := newStateHost(t)
	emma := h.emma()
	h.has("save", h.post("influencers/views", "view", "Tall ones", "query", "tags=tall&token=x&other=y"), 303)
	h.has("save", h.post("influencers/views", "view", "Emma's", "query", "text=emma"), 303)
	h.has("listed", h.get("influencers?tags=tall", "en"), 200, `?tags=tall" aria-current="true">Tall ones`,
		"Emma&#39;s", "Delete the view Tall ones")
	asks := h.post("influencers/views", "view", "TALL ones", "query", "tags=vegan")
	h.has("a name that is there", asks, 422, "The team has another view of this name.", `name="view" value="TALL ones"`)
	h.has("as it was", h.get("influencers", "en"), 200, `?tags=tall">Tall ones`)
	h.has("another name", h.post("influencers/views", "view", "Emma's", "query", "tags=vegan", "replace",
		h.field(asks, "replace")), 422, "another view of this name")
	h.has("replaced", h.post("influencers/views", "view", "Tall ones", "query", "tags=vegan", "replace", h.field(asks, "replace")), 303)
	h.has("replaced", h.get("influencers", "en"), 200, `?tags=vegan">Tall ones`)
	h.has("back", h.post("influencers/views", "view", "Tall ones", "query", "tags=tall", "replace", "Tall ones"), 303)
	h.has("no name", h.post("influencers/views", "view", " ", "query", "tags=tall"), 422, "A view needs a name")
	path := "influencers/" + emma.ID.String() + "/erase"
	h.has("another name", h.post(path, "version", "1", "confirm", "Ida"), 422, "is not the name")
	h.has("stale", h.post(path, "version", "9", "confirm", "emma"), 412, "This was changed meanwhile")
	h.has("erase", h.post(path, "version", "1", "confirm", " emma "), 303)
	if got := h.stored(emma); got.Name != "Erased person" || got.Email != "" {
		t.Errorf("%+v", got)
	}
	p := h.get("influencers?erased=1", "en")
	h.has("after", p, 200, "Tall ones", "The person was erased.")
	if strings.Contains(p.body, "Emma") {
		t.Error("a view still names whom it was about")
	}
	h.has("delete", h.post("influencers/views/delete", "view", "tall ones"), 303)
	if p := h.get("influencers", "en"); strings.Contains(p.body, "Tall ones") {
		t.Error("the view is still there")
	}
}

// sendPicture sends a file as a browser does.
func (h *host) sendPicture(path, version string, file []byte) page {
	h.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.WriteField("version", version)
	part := ok(w.CreateFormFile("picture", "emma.png"))(h)
	_, _ = part.Write(file)
	_ = w.Close()
	r := ok(http.NewRequestWithContext(h.Context(), http.MethodPost, h.at(path), &body))(h)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return h.do(r)
}

func TestInfluencerPicture(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	emma := h.emma()
	path := "influencers/" + emma.ID.String() + "/picture"
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	h.has("no picture", h.sendPicture(path, "1", []byte("text")), 422, `id="picture-error"`)
	h.has("no file", h.post(path, "version", "1"), 422, "Choose a file first.")
	h.has("too large", h.sendPicture(path, "1", bytes.Repeat([]byte{0xff}, 6<<20)), 422, `id="picture-error"`)
	h.has("stale", h.sendPicture(path, "9", file.Bytes()), 412, "This was changed meanwhile")
	h.has("set", h.sendPicture(path, "1", file.Bytes()), 303)
	got := h.stored(emma)
	if got.Picture.IsZero() {
		t.Fatal("no picture")
	}
	address := "/w/" + h.ws.ID.String() + "/pictures/" + got.Picture.String()
	h.has("shown", h.get("influencers", "en"), 200, address)
	if p := h.get(address, "en"); p.status != 200 || !strings.HasPrefix(p.body, "\xff\xd8") && !strings.HasPrefix(p.body, "\x89PNG") {
		t.Errorf("the picture: %d, %d bytes", p.status, len(p.body))
	}
	h.has("removed", h.post(path+"/remove", "version", "2"), 303)
	if got := h.stored(emma); !got.Picture.IsZero() {
		t.Error("the picture is still there")
	}
}

func TestMergeInfluencers(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	emma := h.emma()
	twin := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Emma W.", Email: "emma@mail.example",
		Category: "Food", Notes: "Calls back.",
		Profiles: []crm.Profile{{Platform: "youtube", Handle: "emma"}}}))(h)
	h.has("duplicates", h.get("influencers/"+emma.ID.String()+"/duplicates", "en"), 200, "the same email address",
		"merge?from="+twin.ID.String())
	path := "influencers/" + emma.ID.String() + "/merge"
	p := h.get(path+"?from="+twin.ID.String(), "en")
	h.has("preview", p, 200, `name="value.name"`, `name="value.category"`, "YouTube @emma", "Notes")
	form := h.fields(p, `class="card">`)
	h.has("unknown field", h.post(path, with(form, "value.size", "from")...), 422, "is no field that can be taken")
	h.has("stale", h.post(path, with(form, "from_version", "9", "value.category", "from")...), 412, "was changed meanwhile")
	p = h.post(path, with(form, "value.category", "from", "value.name", "into")...)
	h.has("merge", p, 303)
	got := h.stored(emma)
	if got.Name != "Emma" || got.Category != "Food" || len(got.Profiles) != 3 || !strings.Contains(got.Notes, "Calls back.") {
		t.Errorf("%+v", got)
	}
	if p := h.get("influencers/"+twin.ID.String(), "en"); p.status != 303 || !strings.Contains(p.to, emma.ID.String()) {
		t.Errorf("who is merged leads to %d %s", p.status, p.to)
	}
	h.has("with itself", h.get(path+"?from="+emma.ID.String(), "en"), 200, "is the same influencer")
	namesake := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Emma", Email: "other@mail.example"}))(h)
	h.has("one name", h.get(path+"?from="+namesake.ID.String(), "en"), 200, "@emma",
		") stays and gets everything; Emma (other@mail.example) goes.")
}

func TestArchiveAndDeleteInfluencer(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	emma := h.emma()
	path := "influencers/" + emma.ID.String()
	h.has("stale", h.post(path+"/archive", "version", "9"), 412, "This was changed meanwhile")
	h.has("archive", h.post(path+"/archive", "version", "1"), 303)
	h.has("archived", h.get(path, "en"), 200, "Archived on 15 Jun 2026", "<fieldset class=\"plain\" disabled>")
	h.has("edit", h.post(path, "version", "2", "name", "X"), 422, "archived")
	h.has("restore", h.post(path+"/restore", "version", "2"), 303)
	c := ok(h.crm.CreateCampaign(h.Context(), h.ws.ID, crm.Campaign{Name: "Summer"}))(h)
	ok(h.crm.CreateCooperation(h.Context(), h.ws.ID, crm.Cooperation{Campaign: c.ID, Influencer: emma.ID}))(h)
	h.has("its cooperation", h.get(path, "en"), 200, ">Summer</a>")
	h.has("in use", h.post(path+"/delete", "version", "3"), 422, `role="alert"`)
	ida := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Ida"}))(h)
	h.has("delete", h.post("influencers/"+ida.ID.String()+"/delete", "version", "1"), 303)
	h.has("deleted", h.get("influencers/"+ida.ID.String(), "en"), 404)
}

// changed is a copy of an influencer with a change.
func changed(i crm.Influencer, change func(*crm.Influencer)) crm.Influencer {
	i = crm.Clone(i)
	change(&i)
	return i
}

// What was done to several records is counted, and does not have the name of one of them.
func TestSeveralChangesAreCounted(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	ida := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Ida"}))(h)
	pam := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Pam"}))(h)
	done := func(p page) string {
		_, path, _ := strings.Cut(p.to, "/w/"+h.ws.ID.String()+"/")
		return path
	}
	p := h.post("influencers/bulk", "at", ida.ID.String()+".1", "at", pam.ID.String()+".1", "of", "chosen", "do", "change",
		"category", "Food", "responsible", "keep")
	h.has("in English", h.get(done(p), "en"), 200, ">2 influencers changed<")
	h.has("in German", h.get(done(p), "de"), 200, ">2 Influencer geändert<")
	_, unit, _ := strings.Cut(p.to, "done=")
	p = h.post("undo", "unit", unit, "back", "/w/"+h.ws.ID.String()+"/influencers")
	h.has("taken back", h.get(done(p), "de"), 200, "zurückgenommen: 2 Änderungen<")
}
