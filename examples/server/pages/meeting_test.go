package pages_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// percent is a code with so much off.
func percent(code, off string) discount.Rule {
	return discount.Rule{Match: discount.Equals, Pattern: code, Benefit: discount.Benefit{Kind: discount.Percentage, Value: dec(off)}}
}

// pam has one profile with two codes.
func (h *host) pam() crm.Influencer {
	h.Helper()
	return ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Pam", Notes: "before", Profiles: []crm.Profile{{
		Platform: "instagram", Handle: "pam", Followers: &crm.Followers{Count: 900, On: budget.MustParseDate("2026-05-01")},
		Rules: []discount.Rule{percent("PAM10", "10"), percent("PAM15", "15")},
	}}}))(h)
}

// edit saves an influencer as somebody else.
func (h *host) edit(i crm.Influencer, change func(*crm.Influencer)) {
	h.Helper()
	ok(h.crm.UpdateInfluencer(h.Context(), h.ws.ID, changed(h.stored(i), change), ""))(h)
}

// What one of two changes in a profile and the other adds, removes or changes elsewhere are both there; of what both have changed
// they are asked, as a whole where the parts mean nothing without each other.
func TestProfilesMeet(t *testing.T) {
	t.Parallel()
	const rule = "profiles[0].rules[0]."
	type profiles = []crm.Profile
	with2 := func(i crm.Influencer, rules ...discount.Rule) profiles {
		p := crm.Clone(i).Profiles
		p[0].Rules = rules
		return p
	}
	for name, test := range map[string]struct {
		theirs  func(*crm.Influencer)
		buttons []string                      // pressed before mine is saved
		mine    []string                      // what is typed then
		asked   string                        // what the visitor is asked about; empty for nothing
		want    func(crm.Influencer) profiles // as it is saved, with mine where there was a question
		others  func(crm.Influencer) profiles // with theirs
	}{
		"a value, and a profile is added": {
			theirs:  func(i *crm.Influencer) { i.Profiles[0].Rules[0] = percent("PAM10", "20") },
			buttons: []string{"add-profile"}, mine: []string{"profiles[1].platform", "tiktok", "profiles[1].handle", "pamtok"},
			want: func(i crm.Influencer) profiles {
				return append(with2(i, percent("PAM10", "20"), percent("PAM15", "15")),
					crm.Profile{Platform: "tiktok", Handle: "pamtok", Rules: []discount.Rule{}})
			},
		},
		"a profile is added, and a value and how it is compared": {
			theirs: func(i *crm.Influencer) {
				i.Profiles = append(i.Profiles, crm.Profile{Platform: "tiktok", Handle: "pamtok"})
			},
			mine: []string{rule + "benefit.value", "20", rule + "match", "starts_with"},
			want: func(i crm.Influencer) profiles {
				first := percent("PAM10", "20")
				first.Match = discount.StartsWith
				return append(with2(i, first, percent("PAM15", "15")), crm.Profile{Platform: "tiktok", Handle: "pamtok", Rules: []discount.Rule{}})
			},
		},
		"what it gives, and how much": {
			theirs: func(i *crm.Influencer) { i.Profiles[0].Rules[0].Benefit.Kind = discount.Amount },
			mine:   []string{rule + "benefit.value", "15"}, asked: "rules",
			want: func(i crm.Influencer) profiles { return with2(i, percent("PAM10", "15"), percent("PAM15", "15")) },
			others: func(i crm.Influencer) profiles {
				amount := percent("PAM10", "10")
				amount.Benefit.Kind = discount.Amount
				return with2(i, amount, percent("PAM15", "15"))
			},
		},
		"the first code is removed, and changed": {
			theirs: func(i *crm.Influencer) { i.Profiles[0].Rules = i.Profiles[0].Rules[1:] },
			mine:   []string{rule + "pattern", "PAM12"}, asked: "rules",
			want:   func(i crm.Influencer) profiles { return with2(i, percent("PAM12", "10"), percent("PAM15", "15")) },
			others: func(i crm.Influencer) profiles { return with2(i, percent("PAM15", "15")) },
		},
		"the first code is removed, and the second changed": {
			theirs: func(i *crm.Influencer) { i.Profiles[0].Rules = i.Profiles[0].Rules[1:] },
			mine:   []string{"profiles[0].rules[1].benefit.value", "30"}, asked: "rules",
			want:   func(i crm.Influencer) profiles { return with2(i, percent("PAM10", "10"), percent("PAM15", "30")) },
			others: func(i crm.Influencer) profiles { return with2(i, percent("PAM15", "15")) },
		},
		"the platform, and the handle": {
			theirs: func(i *crm.Influencer) { i.Profiles[0].Platform = "tiktok" },
			mine:   []string{"profiles[0].handle", "pam2"}, asked: "account",
			want: func(i crm.Influencer) profiles {
				p := crm.Clone(i).Profiles
				p[0].Handle = "pam2"
				return p
			},
			others: func(i crm.Influencer) profiles {
				p := crm.Clone(i).Profiles
				p[0].Platform = "tiktok"
				return p
			},
		},
		"the count, and the day": {
			theirs: func(i *crm.Influencer) {
				i.Profiles[0].Followers = &crm.Followers{Count: 1000, On: budget.MustParseDate("2026-06-01")}
			},
			mine: []string{"profiles[0].followers.on", "2026-05-02"}, asked: "followers",
			want: func(i crm.Influencer) profiles {
				p := crm.Clone(i).Profiles
				p[0].Followers = &crm.Followers{Count: 900, On: budget.MustParseDate("2026-05-02")}
				return p
			},
			others: func(i crm.Influencer) profiles {
				p := crm.Clone(i).Profiles
				p[0].Followers = &crm.Followers{Count: 1000, On: budget.MustParseDate("2026-06-01")}
				return p
			},
		},
		"a code is changed, and the profile removed": {
			theirs:  func(i *crm.Influencer) { i.Profiles[0].Rules[0] = percent("PAM10", "20") },
			buttons: []string{"remove-profile:0"}, asked: " ",
			want:   func(crm.Influencer) profiles { return profiles{} },
			others: func(i crm.Influencer) profiles { return with2(i, percent("PAM10", "20"), percent("PAM15", "15")) },
		},
		"the profile is removed, and a code changed": {
			theirs: func(i *crm.Influencer) { i.Profiles = nil },
			mine:   []string{rule + "benefit.value", "20"}, asked: " ",
			want:   func(i crm.Influencer) profiles { return with2(i, percent("PAM10", "20"), percent("PAM15", "15")) },
			others: func(crm.Influencer) profiles { return profiles{} },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, take := range []string{"mine", "theirs"} {
				h := newHost(t)
				pam := h.pam()
				path := "influencers/" + pam.ID.String()
				mine := h.fields(h.get(path, "en"), personForm)
				for _, button := range test.buttons {
					mine = h.fields(h.post(path, append(mine, "do", button)...), personForm)
				}
				h.edit(pam, test.theirs)
				met := h.post(path, with(mine, test.mine...)...)
				h.has("met", met, 412)
				fields := h.fields(met, personForm)
				question := strings.TrimRight("take.profile."+pam.Profiles[0].ID.String()+"."+test.asked, " .")
				if got := strings.Count(met.body, `="theirs"`); test.asked == "" && got > 0 || test.asked != "" && (got != 1 || !strings.Contains(met.body, `name="`+question+`"`)) {
					t.Errorf("%d questions, want %q: %s", got, question, met.main())
				}
				want := test.want
				if test.asked != "" && take == "theirs" {
					want, fields = test.others, with(fields, question, "theirs")
				}
				h.has("saved", h.post(path, fields...), 303)
				got := h.stored(pam).Profiles
				wanted := want(pam)
				for n := range min(len(got), len(wanted)) { // a new profile gets an id
					if wanted[n].ID.IsZero() {
						wanted[n].ID = got[n].ID
					}
				}
				if diff := cmp.Diff(wanted, got, values); diff != "" {
					t.Errorf("%s (-want +got):\n%s", take, diff)
				}
			}
		})
	}
}

// What was not decided where two have saved is asked again after any other button, and what was chosen stays chosen.
func TestChoicesStay(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	pam := h.pam()
	path, question := "influencers/"+pam.ID.String(), "take.profile."+pam.Profiles[0].ID.String()+"."
	mine := h.fields(h.get(path, "en"), personForm)
	h.edit(pam, func(i *crm.Influencer) {
		i.Notes, i.Profiles[0].Handle = "theirs", "pam_theirs"
		i.Profiles[0].Rules[0] = percent("PAM10", "20")
		i.Profiles = append(i.Profiles, crm.Profile{Platform: "youtube", Handle: "pam_tv"})
	})
	met := h.post(path, with(mine, "notes", "mine", "profiles[0].handle", "pam_mine", "profiles[0].rules[0].benefit.value", "30")...)
	h.has("met", met, 412, `name="take.notes"`, `name="`+question+`account"`, `name="`+question+`rules"`)
	next := h.post(path, append(with(h.fields(met, personForm), question+"rules", "theirs"), "do", "add-rule:0")...)
	h.has("after a button", next, 200, `name="take.notes"`, ">mine</textarea>", `name="`+question+`account"`,
		"Instagram @pam_theirs", `value="20"`, "pam_tv")
	if strings.Contains(next.body, question+"rules") {
		t.Errorf("what was chosen is asked again: %s", next.main())
	}
	next = h.post(path,
		append(with(h.fields(next, personForm), "profiles[0].rules[2].pattern", "PAM5", "profiles[0].rules[2].match",
			"equals"), "do", "add-profile")...)
	h.has("after another", next, 200, `name="take.notes"`, `name="`+question+`account"`)
	next = h.post(path, append(h.fields(next, personForm), "do", "remove-profile:1")...)
	h.has("after a third", next, 200, `name="take.notes"`, `name="`+question+`account"`)
	h.has("saved", h.post(path, with(h.fields(next, personForm), "take.notes", "theirs", question+"account", "theirs")...), 303)
	got := h.stored(pam)
	rules := []discount.Rule{percent("PAM10", "20"), percent("PAM15", "15"), {Match: discount.Equals, Pattern: "PAM5"}}
	if got.Notes != "theirs" || len(got.Profiles) != 1 || got.Profiles[0].Handle != "pam_theirs" || !cmp.Equal(got.Profiles[0].Rules, rules, values) {
		t.Errorf("%+v", got)
	}
	h.has("a choice that cannot be read", h.post(path, "version", "3", "name", "Pam", "take.tags", "theirs",
		"group.tags", "{"), 422, "is nothing that this page can do")

	h.has("one that is none", h.post(path, "version", "3", "name", "Pam", "take.tags", "theirs", "group.tags",
		`{"of":["","","","","","","","",""]}`), 422, "is nothing that")

	w := newTown(t)
	c := w.deal(nil)
	at := "cooperations/" + c.ID.String()
	form := w.get(at, "en")
	w.has("theirs", w.post(at, w.get(at, "en").fields("notes", "theirs", "cost", "900", "rules[0].pattern", "THEIRS")...), 303)
	met = w.post(at, form.fields("opened", "", "notes", "mine", "cost", "500", "rules[0].pattern", "MINE")...)
	for _, do := range []string{"fill", "find", "rows", "drop.1", "back.utm.term"} {
		met = w.post(at, met.fields("do", do)...)
		w.has(do, met, 200, `name="take.notes"`, `name="take.cost"`, `name="take.rules"`, "equals MINE", "equals THEIRS", "900.00 EUR")
	}
	w.has("theirs", w.post(at, met.fields("take.notes", "theirs", "take.cost", "theirs", "take.rules", "theirs", "do", "")...), 303)
	if now := w.stored(c.ID); now.Notes != "theirs" || now.Cost != budget.FromMinor(900_00, "EUR") || now.Rules[0].Pattern != "THEIRS" {
		t.Errorf("%+v", now)
	}
}

// As much can be decided at once as two can differ in, and what cannot be read as a decision overwrites nothing.
func TestManyChoices(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	stored := h.network(80, 1)
	path := "influencers/" + stored.ID.String()
	parts := []string{"handle", "followers.count", "utm.source", "utm.medium", "utm.campaign", "utm.term", "utm.content", "rules[0].pattern"}
	var mine []string
	for n := range stored.Profiles {
		for _, part := range parts {
			mine = append(mine, fmt.Sprintf("profiles[%d].%s", n, part), strconv.Itoa(n+1))
		}
	}
	mine = with(h.fields(h.get(path, "en"), personForm), mine...)
	h.edit(stored, func(i *crm.Influencer) {
		i.Notes = "theirs"
		for n := range i.Profiles {
			text := utm.Of("theirs")
			p := &i.Profiles[n]
			p.Handle += "theirs"
			p.Followers = &crm.Followers{Count: 7_000, On: budget.MustParseDate("2026-06-01")}
			p.UTM = ok(utm.ParseTemplate(utm.Params{Source: text, Medium: text, Campaign: text, Term: text, Content: text}))(h)
			p.Rules[0].Pattern += "THEIRS"
		}
	})
	theirs := h.stored(stored)
	met := h.post(path, mine...)
	h.has("met", met, 412)
	fields := h.fields(met, personForm)
	questions := 0
	for n := 0; n < len(fields); n += 2 {
		if strings.HasPrefix(fields[n], "take.") {
			fields[n+1] = "theirs"
			questions++
		}
	}
	if questions != 80*len(parts) {
		t.Errorf("%d questions, want %d", questions, 80*len(parts))
	}
	h.has("saved", h.post(path, fields...), 303)
	if diff := cmp.Diff(theirs.Profiles, h.stored(stored).Profiles, values); diff != "" {
		t.Errorf("(-theirs +saved):\n%s", diff)
	}

	pam := h.pam()
	path = "influencers/" + pam.ID.String()
	for name, choices := range map[string]func(n int) []string{
		"too many": func(n int) []string { return []string{fmt.Sprintf("take.x%d", n), "theirs"} },
		"too many of a profile": func(n int) []string {
			return []string{fmt.Sprintf("take.profile.%s.x%d", pam.Profiles[0].ID, n), "theirs"}
		},
		"none that can be read": func(int) []string { return []string{"take.notes", "theirs", "group.notes", "{"} },
	} {
		mine := with(h.fields(h.get(path, "en"), personForm), "notes", "mine "+name)
		for n := range 400 {
			mine = append(mine, choices(n)...)
		}
		p := h.post(path, mine...)
		h.has(name, p, 422)
		h.has(name+", saved again", h.post(path, h.fields(p, personForm)...), 412, `name="take.notes"`)
	}
	if got := h.stored(pam); got.Notes != "before" {
		t.Errorf("overwritten by %q", got.Notes)
	}
}

// A cost is an amount with its currency, and a period two days: nobody gets half of what each of two has typed.
func TestPairsMeet(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		theirs, mine []string
		asked        string
		want, others string
	}{
		"both changed both": {[]string{"cost", "9,000"}, []string{"cost", "900", "currency", "USD"}, "cost",
			"USD 900.00 2026-07-01–2026-07-10", "EUR 9000.00 2026-07-01–2026-07-10"},
		"currency, and amount": {[]string{"currency", "USD"}, []string{"cost", "8,500"}, "cost",
			"EUR 8500.00 2026-07-01–2026-07-10", "USD 7500.00 2026-07-01–2026-07-10"},
		"amount, and currency": {[]string{"cost", "8,500"}, []string{"currency", "usd"}, "cost",
			"USD 7500.00 2026-07-01–2026-07-10", "EUR 8500.00 2026-07-01–2026-07-10"},
		"start, and end": {[]string{"period.start", "2026-06-01"}, []string{"period.end", "2026-08-31"},
			"period", "EUR 7500.00 2026-07-01–2026-08-31", "EUR 7500.00 2026-06-01–2026-07-10"},
		"the cost, and the dates": {[]string{"cost", "9,000"}, []string{"period.end", "2026-08-31"}, "",
			"EUR 9000.00 2026-07-01–2026-08-31", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, take := range []string{"mine", "theirs"} {
				w := newTown(t)
				c := w.deal(func(c *crm.Cooperation) {
					c.Cost, c.Period = budget.FromMinor(7_500_00, "EUR"), period("2026-07-01", "2026-07-10")
				})
				at := "cooperations/" + c.ID.String()
				form := w.get(at, "en")
				w.has("theirs", w.post(at, form.fields(test.theirs...)...), 303)
				met := w.post(at, form.fields(append([]string{"opened", ""}, test.mine...)...)...)
				w.has("met", met, 412)
				choice, want := []string{}, test.want
				if test.asked != "" {
					w.has("asked", met, 412, `name="take.`+test.asked+`"`)
					if choice = []string{"take." + test.asked, take}; take == "theirs" {
						want = test.others
					}
				}
				if n := strings.Count(met.body, `value="theirs"`); n > 1 || n == 1 && test.asked == "" {
					t.Errorf("%d questions: %s", n, met.main())
				}
				w.has("saved", w.post(at, met.fields(choice...)...), 303)
				now := w.stored(c.ID)
				got := string(now.Cost.Currency()) + " " + now.Cost.Amount() + " " + now.Period.Start.String() + "–" + now.Period.End.String()
				if got != want {
					t.Errorf("%s: %s, want %s", take, got, want)
				}
			}
		})
	}
	w := newTown(t)
	at := "campaigns/" + w.campaign.ID.String() + "/edit"
	form := w.host.fields(w.get(at, "en"), `class="card"><input type="hidden" name="numbers" value="en"><h2>Edit`)
	w.has("theirs", w.post(at, with(form, "period.start", "2026-06-01", "revenue_target", "5,000")...), 303)
	met := w.post(at, with(form, "opened", "", "period.end", "2026-08-31", "budget", "2,000")...)
	w.has("met", met, 412, `name="take.period"`, "1 Jun – 31 Jul 2026", "1 Jul – 31 Aug 2026", `value="5,000.00"`)
	if strings.Contains(met.body, "take.budget") {
		t.Errorf("a question about what only one has changed: %s", met.main())
	}
}

// The page of a meeting is of the form as it is merged: whom somebody else has chosen meanwhile is there with the
// profile, and what saving does is told of it.
func TestCooperationMergesFirst(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	yara := ok(w.crm.CreateInfluencer(w.Context(), w.ws.ID, crm.Influencer{Name: "Yara", Profiles: []crm.Profile{
		{Platform: "instagram", Handle: "yara"}, {Platform: "tiktok", Handle: "yaratok", Rules: []discount.Rule{percent("YARA", "10")}},
	}}))(w.host)
	for n := range 50 { // so that nobody is among those to choose from without being chosen
		ok(w.crm.CreateInfluencer(w.Context(), w.ws.ID, crm.Influencer{Name: "Aaron " + strings.Repeat("I", n+1)}))(w.host)
	}
	c := w.deal(func(c *crm.Cooperation) {
		c.Period, c.Cost = period("2026-07-01", "2026-07-10"), budget.FromMinor(500_00, "EUR")
	})
	at := "cooperations/" + c.ID.String()
	form := w.get(at, "en")
	filled := w.post(at, form.fields("influencer", yara.ID.String(), "do", "fill")...)
	w.has("theirs", w.post(at, filled.fields("profile", yara.Profiles[1].ID.String(), "cost", "1,200", "do", "")...), 303)
	met := w.post(at, form.fields("opened", "", "notes", "mine")...)
	w.has("met", met, 412, `<option value="`+yara.ID.String()+`" selected>Yara`,
		`<option value="`+yara.Profiles[1].ID.String()+`" selected>`, `value="YARA"`)
	if strings.Contains(met.body, `value="theirs"`) || strings.Contains(met.body, "The plan with it") {
		t.Errorf("a question about what only one has changed: %s", met.main())
	}
	w.has("saved", w.post(at, met.fields()...), 303)
	now := w.stored(c.ID)
	if now.Influencer != yara.ID || now.Profile != yara.Profiles[1].ID || now.Notes != "mine" ||
		now.Cost != budget.FromMinor(1_200_00, "EUR") ||
		now.RulesOrigin.Kind != crm.Inherited || now.NameMode != crm.NameAuto || now.Name != "Summer - Yara - TikTok" {
		t.Errorf("%+v", now)
	}

	// Both have chosen somebody: the profile is of whom is chosen.
	form = w.get(at, "en")
	bob := w.person("Bob", "bob", "BOB10")
	w.has("theirs", w.post(at, form.fields("profile", yara.Profiles[0].ID.String())...), 303)
	met = w.post(at, form.fields("opened", "", "influencer", bob.ID.String())...)
	w.has("met", met, 412, `name="take.influencer"`, "Bob, Instagram @bob", "Yara, Instagram @yara")
	w.has("theirs", w.post(at, met.fields("take.influencer", "theirs")...), 303)
	if now := w.stored(c.ID); now.Influencer != yara.ID || now.Profile != yara.Profiles[0].ID {
		t.Errorf("%+v", now)
	}
}

// A form with a choice that cannot be read is refused everywhere, and does nothing.
func TestUnreadableChoices(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	pam := h.pam()
	ida := ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Ida"}))(h)
	mira := ok(h.crm.CreateMember(h.Context(), h.ws.ID, crm.Member{Name: "Mira"}))(h)
	draft := h.deal(h.summer(), "Emma", "EMMA5", crm.Draft)
	fix := append(h.fixForm(h.get(asked("EMMA5", "2026-06-10T12:00"), "en")), "apply", "yes")
	before := ok(h.crm.Log(h.Context(), h.ws.ID, crm.ChangeFilter{Newest: true}, 1))(h)[0].Seq
	for path, pairs := range map[string][]string{
		"members/" + mira.ID.String():               {"version", "1", "name", "Other"},
		"members/" + mira.ID.String() + "/erase":    {"version", "1", "confirm", "Mira"},
		"influencers/" + ida.ID.String() + "/erase": {"version", "1", "confirm", "Ida"},
		"influencers/" + pam.ID.String() + "/merge": {"version", "1", "from", ida.ID.String(), "from_version", "1"},
		"/w":               {"name", "Other", "currency", "EUR", "time_zone", "UTC"},
		"orders/fix":       fix,
		"settings/sources": {"source", "crm", "do", "disconnect"},
		"settings/delete":  {"version", "1", "confirm", h.ws.Name},
		"cooperations/" + draft.ID.String() + "/delete": {"version", "1"},
	} {
		h.has(path, h.post(path, append(pairs, "take.notes", "theirs", "group.notes", "{")...), 422, "is nothing that this page can do")
	}
	if after := ok(h.crm.Log(h.Context(), h.ws.ID, crm.ChangeFilter{Newest: true}, 1))(h)[0]; after.Seq != before {
		t.Errorf("something was changed: %+v", after)
	}
	if all := h.get("/w", "en"); strings.Contains(all.body, ">Other<") {
		t.Error("a CRM was created")
	}
}
