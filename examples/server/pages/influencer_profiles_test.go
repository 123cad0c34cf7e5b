package pages_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// A person with the most profiles there may be is shown, and saved as it was shown: those that are not open are in the form too.
func TestManyProfiles(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	person := crm.Influencer{Name: "Network"}
	for n := range crm.MaxProfiles {
		handle := fmt.Sprintf("network%d", n)
		person.Profiles = append(person.Profiles, crm.Profile{
			Platform: "instagram", Handle: handle, Link: "https://shop.example/" + handle,
			Followers: &crm.Followers{Count: int64(n + 1), On: budget.MustParseDate("2026-06-01")},
			UTM:       ok(utm.ParseTemplate(utm.Params{Source: utm.Of(handle), Term: utm.Of(handle)}))(h),
			Rules:     []discount.Rule{{Match: discount.Equals, Pattern: handle}},
		})
	}
	stored := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, person))(h)
	path := "influencers/" + stored.ID.String()
	first := h.get(path, "en")
	h.has("the first ones", first, 200, `id="field-profiles[0].handle"`, "Profiles 51 to 100")
	if strings.Contains(first.body, `id="field-profiles[50].handle"`) {
		t.Error("all are open")
	}
	// What is typed in one part is there in the next.
	fields := with(h.fields(first, personForm), "profiles[3].handle", "other3")
	part := h.post(path, append(fields, "do", "show-profiles:50")...)
	h.has("the next ones", part, 200, `id="field-profiles[50].handle"`, `profiles[3].handle&#34;:&#34;other3&#34;`)
	h.has("save", h.post(path, with(h.fields(part, personForm), "profiles[60].handle", "other60")...), 303)
	got := h.stored(stored)
	for n, p := range got.Profiles {
		want := fmt.Sprintf("network%d", n)
		if n == 3 || n == 60 {
			want = fmt.Sprintf("other%d", n)
		}
		if p.Handle != want || p.ID != stored.Profiles[n].ID {
			t.Fatalf("profile %d is %v, want %s", n, p, want)
		}
	}
	// What is wrong elsewhere is opened.
	bad := h.post(path, with(h.fields(h.get(path, "en"), personForm), "profiles[777].utm.source", "{planet}")...)
	h.has("what is wrong", bad, 422, `id="field-profiles[777].utm.source"`, "{planet}")
	more := h.post(path, append(h.fields(h.get(path, "en"), personForm), "do", "add-profile")...)
	h.has("one too many", h.post(path, with(h.fields(more, personForm), "profiles[1000].platform", "tiktok")...), 422, "1000")
}

// network is somebody with so many profiles, each with so many codes.
func (h *host) network(profiles, codes int) crm.Influencer {
	h.Helper()
	person := crm.Influencer{Name: "Network"}
	for n := range profiles {
		profile := crm.Profile{Platform: "instagram", Handle: fmt.Sprintf("network%d", n)}
		for r := range codes {
			profile.Rules = append(profile.Rules, discount.Rule{Match: discount.Equals, Pattern: fmt.Sprintf("CODE%dX%d", n, r)})
		}
		person.Profiles = append(person.Profiles, profile)
	}
	return ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, person))(h)
}

// So is one whose profiles have many codes: as many are open as a form can hold, and of the others only those are sent that were
// changed.
func TestManyCodes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("10,000 codes")
	}
	h := newHost(t)
	stored := h.network(100, 100)
	path := "influencers/" + stored.ID.String()
	// What is changed in one part is there when another one is open.
	fields := with(h.fields(h.get(path, "en"), personForm), "profiles[0].rules[7].pattern", "OTHER", "name", "Net")
	fields = h.fields(h.post(path, append(fields, "do", "show-profiles:60")...), personForm)
	if n := len(strings.Join(fields, "&")); n > 400_000 {
		t.Errorf("a form of %d bytes", n)
	}
	h.has("save", h.post(path, with(fields, "profiles[60].handle", "other60")...), 303)
	want := crm.Clone(stored)
	want.Profiles[0].Rules[7].Pattern, want.Profiles[60].Handle = "OTHER", "other60"
	got := h.stored(stored)
	if diff := cmp.Diff(want.Profiles, got.Profiles, values); diff != "" || got.Name != "Net" {
		t.Errorf("%s (-want +got):\n%s", got.Name, diff)
	}
	h.has("what is no form", h.post(path, "version", "2", "name", "Net", "folded", "{"), 422)

	// What somebody else does meanwhile to profiles that are not open stands, and nobody is asked about it.
	fields = h.fields(h.get(path, "en"), personForm)
	h.edit(stored, func(i *crm.Influencer) {
		i.Profiles[98].Handle = "theirs98"
		i.Profiles = slices.Delete(i.Profiles, 99, 100)
	})
	met := h.post(path, with(fields, "notes", "mine")...)
	h.has("met", met, 412, "What was changed is in the form now")
	h.has("save", h.post(path, h.fields(met, personForm)...), 303)
	if got := h.stored(stored); got.Notes != "mine" || len(got.Profiles) != 99 || got.Profiles[98].Handle != "theirs98" || len(got.Profiles[98].Rules) != 100 {
		t.Errorf("%d profiles, %q", len(got.Profiles), got.Notes)
	}
}

// A profile that a form has by its id is there once, however often the form names it.
func TestFoldedProfileOnce(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	pam := h.pam()
	id := pam.Profiles[0].ID.String()
	folded := fmt.Sprintf(`{"profiles[1].kept":%q,"profiles[2].kept":%[1]q,"profiles[3].kept":"of nobody"}`, id)
	h.has("saved", h.post("influencers/"+pam.ID.String(), "version", "1", "name", "Pam", "folded", folded), 303)
	if diff := cmp.Diff(pam.Profiles, h.stored(pam).Profiles, values); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

// Of a person with more codes than a page can hold it says so, and saves what else there is.
func TestTooManyCodes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("50,500 codes")
	}
	h := newHost(t)
	stored := h.network(101, 500)
	path := "influencers/" + stored.ID.String()
	p := h.get(path, "en")
	h.has("shown", p, 200, "50,500 codes are more than this page can show and save.")
	fields := with(h.fields(p, personForm), "notes", "mine")
	h.edit(stored, func(i *crm.Influencer) { i.Email = "net@mail.example" })
	met := h.post(path, fields...)
	h.has("met", met, 412, "What was changed is in the form now", "50,500 codes", `value="net@mail.example"`)
	h.has("save", h.post(path, h.fields(met, personForm)...), 303)
	got := h.stored(stored)
	if diff := cmp.Diff(stored.Profiles, got.Profiles, values); diff != "" || got.Notes != "mine" {
		t.Errorf("%s (-before +after):\n%s", got.Notes, diff)
	}
}

// Own fields may hold more than an ordinary form, and of more than any form the page says that it cannot save it.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	custom := map[string]string{}
	for n := range 60 {
		custom[fmt.Sprintf("f%d", n)] = strings.Repeat("x", crm.MaxNotes)
	}
	stored := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Long", Custom: custom}))(h)
	path := "influencers/" + stored.ID.String()
	h.has("save", h.post(path, with(h.fields(h.get(path, "en"), personForm), "notes", "mine")...), 303)
	if got := h.stored(stored); got.Notes != "mine" || !maps.Equal(got.Custom, custom) {
		t.Errorf("%s, %d fields", got.Notes, len(got.Custom))
	}
	h.edit(stored, func(i *crm.Influencer) {
		for name := range i.Custom {
			i.Custom[name] = strings.Repeat("ü", crm.MaxNotes)
		}
	})
	h.has("too long", h.get(path, "en"), 200, "There is more text here than a page can send.")
}

// Followers are a number, however it is written.
func TestFollowersWithZeros(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	p := h.post("influencers/new", "name", "Ida", "profiles[0].platform", "instagram", "profiles[0].handle", "ida",
		"profiles[0].followers.count", "007")
	h.has("made", p, 303)
	ida := ok(h.crm.Influencers(t.Context(), h.ws.ID, crm.InfluencerFilter{Name: "Ida"}, crm.ListOptions{}))(h).Items
	if len(ida) != 1 || ida[0].Profiles[0].Followers.Count != 7 {
		t.Errorf("%+v", ida)
	}
}

// However many names of fields there are, a form is worth no more work than a person's profiles and rules.
func TestProfilesOfNames(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	values := url.Values{"name": {"Many"}}
	for n := range 9_000 {
		values.Set(fmt.Sprintf("profiles[%d].rules[%d].pattern", n, n), "x")
	}
	r := ok(http.NewRequestWithContext(h.Context(), http.MethodPost, h.at("influencers/new"), strings.NewReader(values.Encode())))(h)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	h.has("refused", h.do(r), 422, fmt.Sprint(crm.MaxProfiles))
	for _, do := range []string{"remove-everything", "remove-rule:0", "add-rule:x", "show-profiles:-1", "remove-rule:0:1:2"} {
		h.has(do, h.post("influencers/new", "name", "Emma", "do", do), 422, "is nothing that this page can do")
	}
	if n := ok(h.crm.CountInfluencers(h.Context(), h.ws.ID, crm.InfluencerFilter{}))(h); n != 0 {
		t.Error(n, "influencers were made")
	}
}

// What a code gives is saved or refused, and never lost. A new row gives percent, which without a value is nothing.
func TestCodesOfProfilesKeepTheirBenefit(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	const row = "profiles[0].rules[0]."
	for name, test := range map[string]struct {
		typed  []string
		status int
		want   discount.Rule
	}{
		"value": {[]string{"pattern", "PAMX10", "benefit.value", "10"}, 303, discount.Rule{
			Match: discount.Equals, Pattern: "PAMX10", Benefit: discount.Benefit{Kind: discount.Percentage, Value: decimal.NewFromInt(10)},
		}},
		"no value":      {[]string{"pattern", "PAMX10"}, 303, discount.Rule{Match: discount.Equals, Pattern: "PAMX10"}},
		"free shipping": {[]string{"pattern", "PAMX10", "benefit.kind", "free_shipping", "benefit.value", "10"}, 422, discount.Rule{}},
		"nothing":       {[]string{"pattern", "PAMX10", "benefit.kind", "none", "benefit.value", "10"}, 422, discount.Rule{}},
		"no benefit":    {[]string{"pattern", "PAMX10", "benefit.kind", "", "benefit.value", "10"}, 422, discount.Rule{}},
		"no number":     {[]string{"pattern", "PAMX10", "benefit.kind", "", "benefit.value", "ten"}, 422, discount.Rule{}},
		"no code":       {[]string{"benefit.value", "10"}, 422, discount.Rule{}},
	} {
		stored := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID,
			crm.Influencer{Name: name, Profiles: []crm.Profile{{Platform: "instagram"}}}))(h)
		path := "influencers/" + stored.ID.String()
		fields := h.fields(h.post(path, append(h.fields(h.get(path, "en"), personForm), "do", "add-rule:0")...), personForm)
		for n := 0; n < len(test.typed); n += 2 {
			fields = with(fields, row+test.typed[n], test.typed[n+1])
		}
		p := h.post(path, fields...)
		h.has(name, p, test.status)
		rules := h.stored(stored).Profiles[0].Rules
		if test.status == 422 {
			h.has(name, p, 422, `id="error-`+row+`pattern"`, `name="`+row+`benefit.value" value="`+test.typed[len(test.typed)-1]+`"`)
			if len(rules) != 0 {
				t.Errorf("%s: saved %v", name, rules)
			}
			continue
		}
		if len(rules) != 1 || !rules[0].Equal(test.want) {
			t.Errorf("%s: saved %v, want %v", name, rules, test.want)
		}
	}
}

// A day of counting is not dropped without a word if the count is missing, but goes with a count that is emptied.
func TestDayOfNoFollowers(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	emma := h.emma()
	path := "influencers/" + emma.ID.String()
	form := h.fields(h.get(path, "en"), personForm)
	h.has("a day alone", h.post(path, with(form, "profiles[1].followers.on", "2026-06-01")...), 422,
		"Followers: is missing; the day says nothing without it",
		`name="profiles[1].followers.on" value="2026-06-01"`)
	h.has("another day", h.post(path, with(form, "profiles[0].followers.count", "", "profiles[0].followers.on",
		"2026-06-01")...), 422, "is missing")
	h.has("emptied", h.post(path, with(form, "profiles[0].followers.count", "")...), 303)
	if now := h.stored(emma); now.Profiles[0].Followers != nil {
		t.Errorf("%+v", now.Profiles[0].Followers)
	}
}
