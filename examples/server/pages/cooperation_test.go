package pages_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// town is a host with a campaign and an influencer who has one profile with a default.
type town struct {
	*host
	campaign   crm.Campaign
	influencer crm.Influencer
	profile    crm.ProfileID
}

func newTown(t *testing.T) *town {
	t.Helper()
	h := newHost(t)
	campaign, err := h.crm.CreateCampaign(t.Context(), h.ws.ID, crm.Campaign{
		Name: "Summer", Budget: budget.FromMinor(1_000_00, "EUR"),
		Period: budget.Period{Start: budget.MustParseDate("2026-07-01"), End: budget.MustParseDate("2026-07-31")},
	})
	if err != nil {
		t.Fatal(err)
	}
	w := &town{host: h, campaign: campaign}
	w.influencer = w.person("Pam <script>alert(1)</script>", "pam", "PAM10")
	w.profile = w.influencer.Profiles[0].ID
	return w
}

// person is an influencer with a profile whose default is a code.
func (w *town) person(name, handle, code string) crm.Influencer {
	w.Helper()
	i, err := w.crm.CreateInfluencer(w.Context(), w.ws.ID, crm.Influencer{Name: name, Profiles: []crm.Profile{{
		Platform: "instagram", Handle: handle, Rules: []discount.Rule{{Match: discount.Equals, Pattern: code}},
	}}})
	if err != nil {
		w.Fatal(err)
	}
	return i
}

// deal is a cooperation of the town's influencer.
func (w *town) deal(edit func(*crm.Cooperation)) crm.Cooperation {
	w.Helper()
	c := crm.Cooperation{Campaign: w.campaign.ID, Influencer: w.influencer.ID, Profile: w.profile}
	if edit != nil {
		edit(&c)
	}
	saved, err := w.crm.CreateCooperation(w.Context(), w.ws.ID, c)
	if err != nil {
		w.Fatal(err)
	}
	return saved.Cooperation
}

func (w *town) stored(id crm.CooperationID) crm.Cooperation {
	w.Helper()
	c, err := w.crm.Cooperation(w.Context(), w.ws.ID, id)
	if err != nil {
		w.Fatal(err)
	}
	return c
}

func period(start, end string) budget.Period {
	return budget.Period{Start: budget.MustParseDate(start), End: budget.MustParseDate(end)}
}

var (
	inputs  = regexp.MustCompile(`<input[^>]*>`)
	selects = regexp.MustCompile(`(?s)<select[^>]* name="([^"]*)".*?</select>`)
	chosen  = regexp.MustCompile(`<option value="([^"]*)" selected`)
	areas   = regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>`)
	named   = regexp.MustCompile(` name="([^"]*)"`)
	valued  = regexp.MustCompile(` value="([^"]*)"`)
)

// fields are the values that the form of a page would send, as pairs; others replace or add some.
func (p page) fields(others ...string) []string {
	_, form, _ := strings.Cut(p.body, "data-cooperation")
	form, _, _ = strings.Cut(form, "</form>")
	values := map[string]string{}
	for _, input := range inputs.FindAllString(form, -1) {
		name, value := named.FindStringSubmatch(input), valued.FindStringSubmatch(input)
		if name == nil || value == nil || (strings.Contains(input, `type="checkbox"`) || strings.Contains(input, `type="radio"`)) && !strings.Contains(input, " checked") {
			continue
		}
		values[name[1]] = html.UnescapeString(value[1])
	}
	for _, m := range selects.FindAllStringSubmatch(form, -1) {
		values[m[1]] = ""
		if c := chosen.FindStringSubmatch(m[0]); c != nil {
			values[m[1]] = html.UnescapeString(c[1])
		}
	}
	for _, m := range areas.FindAllStringSubmatch(form, -1) {
		values[m[1]] = html.UnescapeString(m[2])
	}
	for n := 0; n < len(others); n += 2 {
		values[others[n]] = others[n+1]
	}
	var pairs []string
	for name, value := range values {
		pairs = append(pairs, name, value)
	}
	return pairs
}

// A cooperation is filled in from the profile and the template; what is left as it was stays inherited, and what is changed
// or emptied is given.
func TestCooperationDefaults(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	blank := w.get("cooperations/new", "en")
	w.has("new", blank, 200, "New cooperation", `value="`+w.influencer.ID.String()+`"`, "Pam &lt;script&gt;")
	w.has("new in German", w.get("cooperations/new", "de"), 200, "Neue Kooperation", "Rabattcodes")
	filled := w.post("cooperations/new", blank.fields("campaign", w.campaign.ID.String(), "influencer", w.influencer.ID.String(), "do", "fill",
		"period.start", "2026-07-01", "period.end", "2026-07-14", "cost", "1,500")...)
	w.has("filled in", filled, 200, `value="PAM10"`, "From the profile", `value="instagram"`, "From the template of the CRM",
		"Summer - Pam &lt;script&gt;", `value="`+w.profile.String()+`" selected`, "The plan with it", "1,500.00", "At risk")
	saved := w.post("cooperations/new", filled.fields("utm.term", "", "utm.content", "reel-1")...)
	w.has("created", saved, 303)
	all, err := w.crm.Cooperations(t.Context(), w.ws.ID, crm.CooperationFilter{}, crm.ListOptions{})
	if err != nil || len(all.Items) != 1 {
		t.Fatal(all, err)
	}
	c := all.Items[0]
	want := map[utm.Field]crm.ProvenanceKind{utm.Source: crm.Inherited, utm.Campaign: crm.Inherited,
		utm.Term: crm.Overridden, utm.Content: crm.Overridden}
	for f, kind := range want {
		if c.UTMOrigins[f].Kind != kind {
			t.Errorf("%s is %s, want %s", f, c.UTMOrigins[f].Kind, kind)
		}
	}
	if c.RulesOrigin.Kind != crm.Inherited || len(c.Rules) != 1 || c.NameMode != crm.NameAuto || c.Cost != budget.FromMinor(1_500_00, "EUR") ||
		c.Period != period("2026-07-01", "2026-07-14") || c.UTM.Term != utm.Of("") {
		t.Errorf("created %+v", c)
	}
	at := "cooperations/" + c.ID.String()
	edit := w.get(at, "de")
	w.has("edit", edit, 200, "Hier eingetragen", "Zurück zur Vorgabe", "1.500,00")
	back := w.post(at, w.get(at, "en").fields("do", "back.utm.term")...)
	w.has("back to the default", back, 200, `value="pam-script-alert-1-script"`)
	w.has("saved", w.post(at, back.fields("do", "")...), 303)
	if c = w.stored(c.ID); c.UTMOrigins[utm.Term].Kind != crm.Inherited || c.UTMOrigins[utm.Content].Kind != crm.Overridden || c.NameMode != crm.NameAuto {
		t.Errorf("saved %+v", c.UTMOrigins)
	}
	w.has("named", w.post(at, w.get(at, "en").fields("name", "Reel")...), 303)
	w.has("named again", w.post(at, w.get(at, "en").fields("name", "", "rules[1].match", "contains", "rules[1].pattern", "PAMELA")...), 303)
	if c = w.stored(c.ID); c.NameMode != crm.NameAuto || c.RulesOrigin.Kind != crm.Overridden || len(c.Rules) != 2 {
		t.Errorf("named %q, rules %v from %v", c.Name, c.Rules, c.RulesOrigin)
	}
	w.has("rules back", w.post(at, w.post(at, w.get(at, "en").fields("do", "back.rules")...).fields()...), 303)
	if c = w.stored(c.ID); c.RulesOrigin.Kind != crm.Inherited || len(c.Rules) != 1 {
		t.Errorf("rules %v from %v", c.Rules, c.RulesOrigin)
	}
}

// UTM fields with outer blanks, inherited or given, are saved as they are stored.
func TestCooperationKeepsBlanks(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	i := w.influencer
	i.Profiles[0].UTM = ok(utm.ParseTemplate(utm.Params{Source: utm.Of(" shop "), Term: utm.Of(" {handle}")}))(w.host)
	ok(w.crm.UpdateInfluencer(t.Context(), w.ws.ID, i, ""))(w.host)
	c := w.deal(func(c *crm.Cooperation) { c.UTM.Content = utm.Of(" reel ") })
	at := "cooperations/" + c.ID.String()
	w.has("saved", w.post(at, w.get(at, "en").fields("notes", "x")...), 303)
	now := w.stored(c.ID)
	if now.Notes != "x" || now.UTM != c.UTM || now.UTMOrigins != c.UTMOrigins || c.UTM.Source != utm.Of(" shop ") || c.UTMOrigins[utm.Source].Kind != crm.Inherited {
		t.Errorf("%q from %v, was %q from %v", now.UTM, now.UTMOrigins, c.UTM, c.UTMOrigins)
	}
	fill := w.post("cooperations/new",
		w.get("cooperations/new?campaign="+w.campaign.ID.String()+"&influencer="+i.ID.String(), "en").fields()...)
	w.has("created", fill, 303)
	if made := w.stored(ok(crm.ParseID[crm.Cooperation](fill.to[strings.LastIndex(fill.to,
		"/")+1 : strings.Index(fill.to, "?")]))(w.host)); made.UTM.Source != utm.Of(" shop ") ||
		made.UTMOrigins[utm.Source].Kind != crm.Inherited {
		t.Errorf("new: %q from %v", made.UTM, made.UTMOrigins)
	}
}

// What cannot be read is told before it is saved too, and the plan is not compared as if it were not there.
func TestCheckTellsWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	at := "cooperations/" + w.deal(nil).ID.String()
	p := w.post(at, w.get(at, "en").fields("cost", "1.234,50", "do", "fill")...)
	w.has("check", p, 200, "This cannot be saved yet:", "Cost “1.234,50”: is no amount")
	if strings.Contains(p.body, "The plan with it") {
		t.Error("the plan is compared")
	}
}

// What is wrong stands beside its field, with all that was typed.
func TestCooperationRefused(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	c := w.deal(nil)
	at := "cooperations/" + c.ID.String()
	for name, test := range map[string]struct {
		typed []string
		says  []string
	}{
		"cost":     {[]string{"cost", "12x"}, []string{`value="12x"`, "is no amount; write it like 1,234.50"}},
		"currency": {[]string{"currency", "Euro"}, []string{`value="Euro"`, "is no currency; write its three letters, like EUR"}},
		"no sign": {[]string{"status", "signed"}, []string{"a signed cooperation needs its start date",
			"a signed cooperation needs its cost"}},
		"end first":  {[]string{"period.start", "2026-07-02", "period.end", "2026-07-01"}, []string{"is before the start"}},
		"short rule": {[]string{"rules[0].match", "contains", "rules[0].pattern", "P"}, []string{"is too short for contains", `value="P"`}},
		"benefit":    {[]string{"rules[0].pattern", "PAM20", "rules[0].benefit.value", "ten"}, []string{"is no number", `value="ten"`}},
		"no number": {[]string{"rules[0].pattern", "PAM20", "rules[0].benefit.value", "ten"},
			[]string{`aria-label="Code 1: how much" aria-invalid="true" aria-describedby="error-rule-0"`,
				`aria-label="Code 1">`}},
		"free": {[]string{"rules[0].benefit.kind", "free_shipping", "rules[0].benefit.value", "10"},
			[]string{"only a percentage or an amount has a value", `value="10"`}},
		"no code": {[]string{"rules[0].pattern", "", "rules[0].benefit.value", "10"}, []string{"error-rule-0", `value="10"`}},
		"new row": {[]string{"rules[1].pattern", "", "rules[1].benefit.value", "10", "rules[1].benefit.kind",
			"percentage"}, []string{"error-rule-1", `value="10"`}},
		"campaign": {[]string{"campaign", "", "notes", "kept"}, []string{"a cooperation belongs to a campaign", ">kept</textarea>"}},
	} {
		p := w.post(at, w.get(at, "en").fields(test.typed...)...)
		w.has(name, p, 422, test.says...)
	}
	if now := w.stored(c.ID); now.Version != c.Version {
		t.Errorf("it was saved: %+v", now)
	}
	w.has("another workspace", w.get("/w/"+w.workspace("South").ID.String()+"/"+at, "en"), 404)
	w.has("no id", w.get("cooperations/x", "en"), 404)
}

// Of two who save, the second sees both values of each field and chooses.
func TestCooperationMeets(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	c := w.deal(nil)
	at := "cooperations/" + c.ID.String()
	mine, theirs := w.get(at, "en"), w.get(at, "en")
	w.has("theirs", w.post(at, theirs.fields("notes", "theirs", "cost", "900", "rules[0].pattern", "THEIRS", "status", "negotiating")...), 303)
	met := w.post(at, mine.fields("notes", "mine", "cost", "500", "rules[0].pattern", "MINE", "utm.content", "story")...)
	w.has("met", met, 412, "in another tab or by somebody else.", "mine", "theirs", "900.00", "equals MINE", "equals THEIRS", "Negotiating")
	if kept := w.stored(c.ID); kept.Notes != "theirs" {
		t.Errorf("overwritten: %+v", kept)
	}
	fields := met.fields("take.notes", "mine", "take.cost", "theirs", "take.rules", "theirs")
	w.has("chosen", w.post(at, fields...), 303)
	now := w.stored(c.ID)
	if now.Notes != "mine" || now.Cost != budget.FromMinor(900_00, "EUR") || len(now.Rules) != 1 || now.Rules[0].Pattern != "THEIRS" ||
		now.Status != crm.Negotiating || now.UTM.Content != utm.Of("story") || now.UTMOrigins[utm.Source].Kind != crm.Inherited {
		t.Errorf("chosen %+v", now)
	}
}

// A code of somebody else is told while it is typed, with the days, and keeps the cooperation from being signed.
func TestCooperationConflicts(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	c := w.deal(func(c *crm.Cooperation) {
		c.Period, c.Cost, c.Status = period("2026-07-01", "2026-07-10"), budget.FromMinor(100_00, "EUR"), crm.Signed
	})
	bob := w.person("Bob", "bob", "BOB10")
	typed := w.get("cooperations/new?campaign="+w.campaign.ID.String()+"&influencer="+bob.ID.String(), "en").fields(
		"period.start", "2026-07-08", "period.end", "2026-07-20", "cost", "50", "rules[0].pattern", "pam10", "status", "signed", "do", "fill")
	part := w.post("cooperations/new?part=form", typed...)
	w.has("part", part, 200, "One conflict", "It cannot be signed like this.",
		"The code pam10 is also for Summer - Pam &lt;script&gt;", "equals PAM10",
		"8 Jul – 10 Jul 2026", "cooperations/"+c.ID.String(), "The plan with it")
	if strings.Contains(part.body, "<html") {
		t.Error("a part of the form is a whole page")
	}
	for n, value := range typed {
		if value == "fill" && typed[n-1] == "do" {
			typed[n] = ""
		}
	}
	w.has("signed", w.post("cooperations/new", typed...), 422, "is also a code of")
	w.has("choices", w.get("cooperations/choices?kind=influencer&text=bo&chosen="+w.influencer.ID.String(), "en"), 200,
		"Bob · Instagram @bob", ` selected data-kept>Pam &lt;script&gt;`)
	found := w.get("cooperations/choices?kind=influencer&text=pam&chosen="+w.influencer.ID.String(), "en")
	w.has("the chosen one is found", found, 200, ` selected>Pam &lt;script&gt;`)
	w.has("campaigns to choose", w.get("cooperations/choices?kind=campaign&text=sum", "en"), 200, ">Summer</option>")
}

// One that an import has signed in spite of a conflict is not said to be one that cannot be signed, but what would
// collide newly is.
func TestSignedInConflict(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	const rows = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Discount code\n" +
		"Ida,@ida,Instagram,Sale,2026-06-01,100,SAME10\nMats,@mats,TikTok,Sale,2026-06-02,200,SAME10\nZoe,@zoe,TikTok,Sale,2026-06-03,200,ZOE10\n"
	at := h.sendFile("import", "deals.csv", rows).to
	h.has("the import", h.post(at+"/apply", "digest", h.field(h.get(at, "en"), "digest")), 303)
	h.has("is done", h.finished(at), 200, "The import is done")
	page := ok(h.crm.Cooperations(t.Context(), h.ws.ID, crm.CooperationFilter{}, crm.ListOptions{Sort: crm.SortStart}))(h)
	for n, text := range []string{"It is signed, and collides all the same.", "It is signed, and collides all the same.", "No conflict with other codes"} {
		p := h.get("cooperations/"+page.Items[n].ID.String(), "en")
		if n == 2 {
			h.has("without a conflict", p, 200)
			p = h.post("cooperations/"+page.Items[n].ID.String()+"?part=form", p.fields("rules[0].pattern", "same10", "do", "fill")...)
			text = "It cannot be signed like this."
		}
		h.has(page.Items[n].Name, p, 200, text)
	}
	h.has("in German", h.get("cooperations/"+page.Items[0].ID.String(), "de"), 200, "Sie ist unterschrieben und kollidiert dennoch.")
}

// A cooperation has a link with its code, and can be cancelled, reinstated, archived, restored and deleted.
func TestCooperationLife(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	c := w.deal(func(c *crm.Cooperation) {
		c.Period, c.Cost, c.Status = period("2026-07-01", "2026-07-10"), budget.FromMinor(100_00, "EUR"), crm.Signed
	})
	at := "cooperations/" + c.ID.String()
	w.has("link", w.get(at+"?page=https://shop.example/new", "en"), 200,
		"https://shop.example/new?utm_source=instagram&amp;utm_medium=influencer", `/qr?page=`)
	w.has("no link", w.get(at+"?page=shop", "en"), 200, `id="page-error"`)
	w.has("code", w.get(at+"/qr?page=https://shop.example/new", "en"), 200, "<svg", "shop.example")
	w.has("picture", w.get(at+"/qr?page=https://shop.example/new&format=png", "en"), 200, "PNG")
	w.has("no code", w.get(at+"/qr?page=shop", "en"), 422)
	version := func() string { return w.get(at, "en").value("version") }
	w.has("no fee", w.post(at+"/cancel", "version", version(), "cancellation.fee", "x"), 422, "is no amount")
	w.has("unsigned", w.post(at, w.get(at, "en").fields("status", "draft")...), 422, "say why this signed cooperation goes back to draft")
	w.has("stale", w.post(at+"/cancel", "version", "9"), 412, "This was changed meanwhile")
	w.has("cancelled", w.post(at+"/cancel", "version", version(), "cancellation.fee", "30", "cancellation.reason", "ill"), 303)
	w.has("it says so", w.get(at, "en"), 200, "It was cancelled on 15 Jun 2026 with a fee of 30.00", "ill", "Take the cancellation back")
	w.has("reinstated", w.post(at+"/reinstate", "version", version()), 303)
	w.has("archived", w.post(at+"/archive", "version", version()), 303)
	w.has("in the archive", w.get(at, "de"), 200, "Archiviert am 15.06.2026", "disabled")
	w.has("restored", w.post(at+"/restore", "version", version()), 303)
	w.has("kept", w.post(at+"/delete", "version", version()), 422, "only drafts can be deleted")
	draft := w.deal(nil)
	to := w.post("cooperations/"+draft.ID.String()+"/delete", "version", "1")
	w.has("deleted", to, 303)
	w.has("gone", w.get("cooperations/"+draft.ID.String(), "en"), 404)
}

// value is that of a field of the form of a page.
func (p page) value(name string) string {
	pairs := p.fields()
	for n := 0; n < len(pairs); n += 2 {
		if pairs[n] == name {
			return pairs[n+1]
		}
	}
	return ""
}

// Lists to choose from have every member and every campaign, in the order of the reader's language, or say where they end.
func TestListsToChooseFrom(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for n := range 210 {
		ok(w.crm.CreateMember(t.Context(), w.ws.ID, crm.Member{Name: fmt.Sprintf("Member %03d", n)}))(w.host)
		ok(w.crm.CreateCampaign(t.Context(), w.ws.ID, crm.Campaign{Name: fmt.Sprintf("Campaign %03d", n)}))(w.host)
	}
	for _, name := range []string{"Österreich", "Zürich", "Paris"} {
		ok(w.crm.CreateMember(t.Context(), w.ws.ID, crm.Member{Name: name}))(w.host)
		ok(w.crm.CreateCampaign(t.Context(), w.ws.ID, crm.Campaign{Name: name}))(w.host)
	}
	c := w.deal(nil)
	for path, want := range map[string][]string{
		"cooperations":                              {">Member 209</option>", ">Campaign 209</option>"},
		"cooperations/" + c.ID.String():             {">Member 209</option>", "Only the first ones are listed; search for others."},
		"influencers":                               {">Member 209</option>"},
		"influencers/" + c.Influencer.String():      {">Member 209</option>"},
		"cooperations/choices?kind=campaign&text=r": {">Zürich</option>"},
	} {
		p := w.get(path, "de")
		if !strings.HasPrefix(path, "influencers") && !strings.Contains(path, "choices") {
			p = w.get(path, "en")
		}
		w.has(path, p, 200, want...)
		last := -1
		for _, name := range []string{"Österreich", "Paris", "Zürich"} {
			at := strings.LastIndex(p.body, ">"+name+"</option>")
			if at < last || at < 0 && !strings.HasPrefix(path, "cooperations/") {
				t.Errorf("%s: %s is at %d, and the one before at %d", path, name, at, last)
			}
			last = max(last, at)
		}
	}
}

// A form whose cost cannot be read is not compared with the plan: it would be told that the cost is gone from it.
func TestNoEffectOfACostThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	c := w.deal(func(c *crm.Cooperation) {
		c.Cost, c.Period = budget.FromMinor(700_00, "EUR"), period("2026-07-01", "2026-07-10")
	})
	at := "cooperations/" + c.ID.String()
	form := w.fieldsOf(at, `class="columns deal"`)
	p := w.post(at, with(form, "cost", "12,34,x")...)
	w.has("cost", p, 422, `value="12,34,x"`, "is no amount")
	if n := strings.Count(p.main(), "is no amount"); strings.Contains(p.main(), "The plan with it") || n != 2 {
		t.Errorf("%d times: %s", n, p.main())
	}
}
