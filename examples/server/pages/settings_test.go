package pages_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

func TestMembers(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	h.has("no name", h.post("members/new", "email", "lea@mail.example"), 422, "a team member needs a name", `value="lea@mail.example"`)
	h.has("made", h.post("members/new", "name", "Lea"), 303)
	all := ok(h.crm.Members(h.Context(), h.ws.ID, crm.MemberFilter{}, crm.ListOptions{}))(h)
	path := "members/" + all.Items[0].ID.String()
	h.has("saved", h.post(path, "version", "1", "name", "Lea", "email", "lea@mail.example"), 303)
	stale := h.post(path, "version", "1", "name", "Leah")
	h.has("stale", stale, 412, `value="Leah"`, `value="lea@mail.example"`, "What was changed is in the form now")
	if strings.Contains(stale.body, "take.") {
		t.Errorf("a question about what only one has changed: %s", stale.main())
	}
	h.has("both", h.post(path, "version", "1", "name", "Lea", "email", "leah@mail.example"), 412, `name="take.email"`, "lea@mail.example")
	h.has("bad", h.post(path, "version", "2", "name", "Lea", "email", "x"), 422, `value="x" aria-invalid="true"`)
	h.has("archived", h.post(path+"/archive", "version", "2"), 303)
	if p := h.get("members", "en"); strings.Contains(p.main(), "Lea") {
		t.Error("an archived member is listed")
	}
	h.has("in the archive", h.get("members?archive=archived&text=lea", "en"), 200, "Lea")
	h.has("restored", h.post(path+"/restore", "version", "3"), 303)
	h.has("another name", h.post(path+"/erase", "version", "4", "confirm", "Mira"), 422, "is not the name")
	h.has("erased", h.post(path+"/erase", "version", "4", "confirm", "lea"), 303)
	if m := ok(h.crm.Member(h.Context(), h.ws.ID, all.Items[0].ID))(h); m.Name != "Erased person" || m.Email != "" {
		t.Errorf("%+v", m)
	}
	h.has("new one", h.post("members/new", "name", "Ida"), 303)
	all = ok(h.crm.Members(h.Context(), h.ws.ID, crm.MemberFilter{Name: "Ida"}, crm.ListOptions{}))(h)
	path = "members/" + all.Items[0].ID.String()
	ok(h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: "Emma", Responsible: all.Items[0].ID}))(h)
	h.has("in use", h.post(path+"/delete", "version", "1"), 422, `role="alert"`)
}

func (h *host) settings(lang string) []string {
	h.Helper()
	p := h.get("settings", lang)
	_, form, _ := strings.Cut(p.body, `<main`)
	return h.fields(page{body: form}, `/settings">`)
}

// The settings that are sent as they were shown stay as they are, and each can be changed.
func TestSettings(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "de"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			h := newHost(t)
			h.has("save", h.send(lang, "settings", h.settings(lang)), 303)
			if diff := cmp.Diff(h.ws, ok(h.crm.Workspace(h.Context(), h.ws.ID))(h), values); diff != "" {
				t.Errorf("(-before +after):\n%s", diff)
			}
			quarter := map[string]string{"en": "12.5", "de": "12,5"}[lang]
			h.has("change", h.send(lang, "settings", with(h.settings(lang), "name", "Nord", "time_zone", "UTC", "utm.source", "shop", "utm.term", "",
				"ignored_codes", "NEWS10\r\n\r\nWELCOME", "tail_days", "7", "code_comparison", "accents", "forecast.draft", quarter)), 303)
			got := ok(h.crm.Workspace(h.Context(), h.ws.ID))(h)
			if got.Name != "Nord" || got.TimeZone != "UTC" || got.UTM.Params().Source.String() != "shop" || got.UTM.Params().Term.IsSet() ||
				!cmp.Equal(got.IgnoredCodes, []string{"NEWS10", "WELCOME"}) || got.TailDays != 7 ||
				got.CodeComparison != discount.Accents || !got.Forecast.Draft.Equal(dec("0.125")) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestSettingsAreChecked(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	form := h.settings("en")
	h.has("bad", h.post("settings", with(form, "time_zone", "Mars", "utm.source", "{planet}", "tail_days", "999")...),
		422, "{planet}", `value="Mars"`)
	h.has("days", h.post("settings", with(form, "tail_days", "x")...), 422, "is no whole number")
	h.has("percent", h.post("settings", with(form, "forecast.draft", "120")...), 422, "must be between 0 and 100 percent", `value="120"`)
	h.has("code", h.post("settings", with(form, "ignored_codes", "OK\na[b]")...), 422, `id="field-ignored_codes-error"`)
	h.has("first", h.post("settings", with(form, "name", "One")...), 303)
	h.has("stale", h.post("settings", with(form, "name", "Two", "opened", "")...), 412, `name="take.name"`, `value="Two"`, "One")
}

func TestMonthBudgetsInSettings(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	stored := func() map[budget.Month]budget.Money {
		return ok(h.crm.Workspace(h.Context(), h.ws.ID))(h).MonthBudgets
	}
	h.has("set", h.post("settings/budget", "month", "2026-07", "amount", "12,000.50"), 303)
	want := map[budget.Month]budget.Money{budget.MustParseMonth("2026-07"): ok(budget.ParseMoney("12000.50", "EUR"))(h)}
	if diff := cmp.Diff(want, stored(), values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	h.has("shown", h.get("settings", "de"), 200, "Juli 2026", "12.000,50")
	for name, pairs := range map[string][]string{
		"is no month": {"month", "July", "amount", "1"}, "is no amount": {"month", "2026-08", "amount", "much"},
		"needs its amount": {"month", "2026-08", "amount", ""}, "may not be": {"month", "2026-08", "amount", "-1"},
	} {
		p := h.post("settings/budget", pairs...)
		if p.status != 422 || name != "may not be" && !strings.Contains(p.body, name) {
			t.Errorf("%s: %d %s", name, p.status, p.main())
		}
	}
	h.has("removed", h.post("settings/budget", "month", "2026-07", "was", "12,000.50", "amount", "1", "do", "remove"), 303)
	if len(stored()) != 0 {
		t.Error(stored())
	}
	h.has("nothing it can do", h.post("settings/budget", "month", "2026-07", "amount", "1", "do", "raise"), 422, "raise")
}

// Who sets the budget of a month that has one is asked, and nobody else is blamed.
func TestMonthThatHasABudget(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	begins := `<form method="post" action="/w/` + h.ws.ID.String() + `/settings/budget">`
	stored := func() string {
		ws := ok(h.crm.Workspace(h.Context(), h.ws.ID))(h)
		return ws.MonthBudgets[budget.MustParseMonth("2026-07")].Amount() + " " + ws.MonthBudgets[budget.MustParseMonth("2026-08")].Amount()
	}
	set := func(p page, month, amount string, more ...string) page {
		return h.post("settings/budget", with(h.fields(p, begins), append([]string{"month", month, "amount", amount}, more...)...)...)
	}
	h.has("July", set(h.get("settings", "en"), "2026-07", "100"), 303)
	h.has("August", set(h.get("settings", "en"), "2026-08", "200"), 303)
	h.has("the same", set(h.get("settings", "en"), "2026-07", "100.00"), 303)
	asked := set(h.get("settings", "en"), "2026-07", "300")
	h.has("asked", asked, 422, "July 2026 has a budget of 100.00 already. Choose what stays", `name="take.amount"`, "As it is")
	if strings.Contains(asked.body, "Somebody else") || strings.Contains(asked.body, "Saved meanwhile") {
		t.Errorf("somebody is blamed: %s", asked.main())
	}
	h.has("another month", set(asked, "2026-08", "300"), 422, "August 2026 has a budget of 200.00 already.")
	h.has("what was chosen for July", set(asked, "2026-09", "300", "take.amount", "theirs"), 422, "A month budget needs its amount.")
	if got := stored(); got != "100.00 200.00" {
		t.Errorf("overwritten: %s", got)
	}
	h.has("as it is", set(asked, "2026-07", "300", "take.amount", "theirs"), 303)
	h.has("mine", set(asked, "2026-07", "300", "take.amount", "mine"), 303)
	if got := stored(); got != "300.00 200.00" {
		t.Errorf("%s", got)
	}
	h.has("somebody else", set(asked, "2026-07", "400", "take.amount", "mine"), 412, "in another tab or by somebody else.")
}

// A budget that somebody else has set meanwhile is not overwritten: both are shown, and one is chosen.
func TestMonthBudgetMeetsAnother(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	july := budget.MustParseMonth("2026-07")
	stored := func() string {
		return ok(h.crm.Workspace(h.Context(), h.ws.ID))(h).MonthBudgets[july].Amount()
	}
	h.has("set", h.post("settings/budget", "month", "2026-07", "amount", "100"), 303)
	form := `<form method="post" action="/w/` + h.ws.ID.String() + `/settings/budget">`
	for _, do := range []string{"", "remove"} {
		p := h.post("settings/budget", "month", "2026-07", "amount", "300", "was", "200.00", "do", do)
		h.has("met", p, 412, `name="take.amount"`, "100.00")
		if stored() != "100.00" {
			t.Errorf("%q overwrote it: %s", do, stored())
		}
		h.has("theirs", h.post("settings/budget", with(h.fields(p, form), "take.amount", "theirs")...), 303)
		if stored() != "100.00" {
			t.Errorf("%q and theirs: %s", do, stored())
		}
	}
	p := h.post("settings/budget", "month", "2026-07", "amount", "300", "was", "200.00")
	h.has("mine", h.post("settings/budget", with(h.fields(p, form), "take.amount", "mine")...), 303)
	if stored() != "300.00" {
		t.Errorf("mine: %s", stored())
	}
	h.has("the same", h.post("settings/budget", "month", "2026-07", "amount", "300", "was", "200.00"), 303)
}

func TestDataSources(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	h.has("crm", h.get("settings", "en"), 200, "This CRM feeds attribution")
	h.has("connect", h.post("settings/sources", "source", "sheet", "do", "connect", "link", "https://docs.google.com/spreadsheets/d/abc"), 303)
	h.has("both", h.get("settings", "en"), 200, "Both are connected", "spreadsheets/d/abc")
	other := []string{"source", "sheet", "do", "connect", "link", "https://docs.google.com/spreadsheets/d/xyz"}
	met := h.post("settings/sources", other...)
	h.has("another link", met, 412, "Somebody else has saved https://docs.google.com/spreadsheets/d/abc meanwhile", "spreadsheets/d/xyz")
	h.has("no link", h.post("settings/sources", "source", "sheet", "do", "connect", "link", "javascript:1", "was",
		"https://docs.google.com/spreadsheets/d/abc"), 422, "is no web link")
	h.has("disconnect", h.post("settings/sources", "source", "crm", "do", "disconnect"), 303)
	h.has("sheet", h.get("settings", "en"), 200, "The sheet feeds attribution", "Connect the CRM")
	old := []string{"source", "sheet", "do", "disconnect", "link", "https://docs.google.com/spreadsheets/d/old", "was",
		"https://docs.google.com/spreadsheets/d/old"}
	h.has("disconnect another link than was seen", h.post("settings/sources", old...), 412,
		"Somebody else has saved this link meanwhile", `name="link" value="https://docs.google.com/spreadsheets/d/abc"`)
	h.has("an empty link",
		h.post("settings/sources", with(old, "do", "connect", "link", " ", "was",
			"https://docs.google.com/spreadsheets/d/abc")...), 422, "is missing; write the link of the sheet")
	h.has("still the sheet", h.get("settings", "en"), 200, "The sheet feeds attribution", "spreadsheets/d/abc")
	h.has("neither", h.post("settings/sources", "source", "sheet", "do", "disconnect", "was",
		"https://docs.google.com/spreadsheets/d/abc"), 303)
	h.has("none", h.get("settings", "en"), 200, "No source is connected", "spreadsheets/d/abc")
	h.has("no source", h.post("settings/sources", "source", "paper", "do", "connect"), 422, "is no data source")
	h.has("nothing it can do", h.post("settings/sources", "source", "crm", "do", "pause"), 422, "pause")
	h.has("still none", h.get("settings", "en"), 200, "No source is connected")
}

// A token is shown once, in the answer that made it.
func TestTokens(t *testing.T) {
	t.Parallel()
	h, _, tokens := newStateHost(t)
	h.has("no name", h.post("settings/tokens", "scope", "read"), 422, "a token needs a name")
	h.has("no scope", h.post("settings/tokens", "name", "Bot", "scope", "all"), 422, "is no scope")
	h.has("over", h.post("settings/tokens", "name", "Bot", "scope", "read", "expires", "2026-06-01"), 422, `id="field-expires-error"`)
	p := h.post("settings/tokens", "name", "Bot", "scope", "write", "only", "yes", "expires", "2026-06-15")
	h.has("made", p, 200, "The token Bot was made")
	secret := regexp.MustCompile(`id="secret"[^>]* value="([^"]{32,})"`).FindStringSubmatch(p.body)
	if secret == nil {
		t.Fatal(p.main())
	}
	list := ok(tokens.List(t.Context(), uuid.Nil, 9))(h)
	if len(list) != 1 || !cmp.Equal(list[0].Workspaces, []crm.WorkspaceID{h.ws.ID}) || list[0].ExpiresAt.UTC().String() != "2026-06-15 22:00:00 +0000 UTC" {
		t.Fatalf("%+v", list)
	}
	p = h.get("settings/tokens", "en")
	h.has("listed", p, 200, "Bot", "1 CRM", "Revoke Bot")
	if strings.Contains(p.body, secret[1]) {
		t.Error("the token is shown twice")
	}
	h.has("revoke", h.post("settings/tokens/revoke", "token", list[0].ID.String()), 303)
	h.has("again", h.post("settings/tokens/revoke", "token", list[0].ID.String()), 303)
	h.has("revoked", h.get("settings/tokens", "en"), 200, "revoked on 15 Jun 2026")
	h.has("none without tokens", newHost(t).get("settings/tokens", "en"), http.StatusNotFound)
}

func TestDeleteWorkspace(t *testing.T) {
	t.Parallel()
	h, db, _ := newStateHost(t)
	h.emma()
	h.post("influencers/views", "view", "All", "query", "tags=tall")
	h.has("preview", h.get("settings/delete", "en"), 200, "1 influencer")
	h.has("another name", h.post("settings/delete", "confirm", "South"), 422, "is not the name")
	version := strconv.FormatInt(ok(h.crm.Workspace(h.Context(), h.ws.ID))(h).Version, 10)
	h.has("without a version", h.post("settings/delete", "confirm", "north"), 412, "This was changed meanwhile",
		`name="version" value="`+version+`"`)
	for _, what := range []string{"deleted", "sent again"} {
		if p := h.post("settings/delete", "confirm", "north", "version", version); p.status != 303 || p.to != "/w" {
			t.Errorf("%s: %d %s", what, p.status, p.to)
		}
	}
	h.has("gone", h.get("influencers", "en"), 404)
	if views := ok(db.Views(t.Context(), h.ws.ID, "influencers"))(h); len(views) > 0 {
		t.Error("views of a workspace that is gone", views)
	}
}

// A code that is ignored and is somebody's own is told, unless only a part of it is, or nobody has it any more.
func TestIgnoredCodesOfSomebody(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	campaign := h.summer()
	pam, old := h.deal(campaign, "Pam", "PAM10", crm.Draft), h.deal(campaign, "Old", "OLD10", crm.Signed)
	if _, err := h.crm.Cancel(t.Context(), h.ws.ID, old.ID, old.Version, crm.Cancellation{}, ""); err != nil {
		t.Fatal(err)
	}
	part := h.deal(campaign, "Ida", "", crm.Draft)
	part.Rules = []discount.Rule{{Match: discount.StartsWith, Pattern: "IDA"}}
	if _, err := h.crm.UpdateCooperation(t.Context(), h.ws.ID, part, ""); err != nil {
		t.Fatal(err)
	}
	const told = "somebody&#39;s own:"
	if p := h.get("settings", "en"); strings.Contains(p.body, told) {
		t.Error("no code is ignored, and one is told")
	}
	ws := h.ws
	ws.IgnoredCodes = []string{"NEWS10", "pam10", "OLD10", "IDA20"}
	if _, err := h.crm.UpdateWorkspace(t.Context(), ws.ID, ws, ""); err != nil {
		t.Fatal(err)
	}
	p := h.get("settings", "en")
	h.has("told", p, 200, told, "<code>pam10</code>", pam.ID.String())
	if strings.Contains(p.body, "<code>OLD10") || strings.Contains(p.body, "<code>IDA20") || strings.Contains(p.body, "<code>NEWS10") {
		t.Error("a code of nobody is told")
	}
}

// A currency that the budgets of months are not in is refused beside its field, to which the message leads.
func TestCurrencyWithMonthBudgets(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	for _, month := range []string{"2026-07", "2026-08"} {
		h.has("set", h.post("settings/budget", "month", month, "amount", "5000"), 303)
	}
	form := h.fieldsOf("settings", `/settings"><input`)
	for _, currency := range []string{"XXX", "USD"} {
		p := h.post("settings", with(form, "currency", currency)...)
		h.has(currency, p, 422, `href="#field-currency"`, `id="field-currency-error"`, `value="`+currency+`"`)
		if strings.Contains(p.main(), `#field-month_budgets`) || strings.Count(p.main(), `href="#field-`) != 1 {
			t.Errorf("%s: %s", currency, p.main())
		}
	}
	if ws := ok(h.crm.Workspace(t.Context(), h.ws.ID))(h); ws.Currency != "EUR" {
		t.Errorf("saved: %s", ws.Currency)
	}
}
