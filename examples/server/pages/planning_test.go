package pages_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// planned is a host with a campaign and two cooperations, of which one is a draft.
func planned(t *testing.T) (h *host, campaign crm.Campaign, draft crm.Cooperation) {
	t.Helper()
	h = newHost(t)
	campaign, err := h.crm.CreateCampaign(t.Context(), h.ws.ID, crm.Campaign{
		Name: "Sun & <script>alert(1)</script>", Budget: budget.FromMinor(500_000, "EUR"),
		Period: budget.Period{Start: budget.MustParseDate("2026-07-01"), End: budget.MustParseDate("2026-07-31")},
	})
	if err != nil {
		t.Fatal(err)
	}
	person, err := h.crm.CreateInfluencer(t.Context(), h.ws.ID, crm.Influencer{Name: "Pamela"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []crm.Cooperation{
		{Status: crm.Signed, Cost: budget.FromMinor(180_000, "EUR"), Period: budget.Period{Start: budget.MustParseDate("2026-07-02")}},
		{Status: crm.Draft, Cost: budget.FromMinor(435_000, "EUR"), Period: budget.Period{Start: budget.MustParseDate("2026-07-20")}},
	} {
		c.Campaign, c.Influencer = campaign.ID, person.ID
		saved, err := h.crm.CreateCooperation(t.Context(), h.ws.ID, c)
		if err != nil {
			t.Fatal(err)
		}
		draft = saved.Cooperation
	}
	return h, campaign, draft
}

func TestPlanning(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	for _, test := range []struct {
		path, lang string
		texts      []string
	}{
		{"planning", "en", []string{"July 2026", "3,200.00 left after signed; with all drafts, 1,150.00 over",
			"At risk", "Sun &amp; &lt;script&gt;"}},
		{"planning", "de", []string{"Juli 2026", "3.200,00 übrig nach Unterschriebenem", "Gefährdet"}},
		{"planning?show=all", "en", []string{"Upcoming"}},
		{"planning?at=2026-06-14", "en", []string{"Planning as of 14 Jun 2026", "All cooperations as a sheet, as of today"}},
		{"planning.svg", "en", []string{"<svg"}},
		{"planning.svg?chart=campaigns", "de", []string{"<svg"}},
		{"planning/cooperations?month=2026-07", "en", []string{"1,800.00", "4,350.00", "What if Sun"}},
		{"planning/cooperations?campaign=" + campaign.ID.String(), "de", []string{"4.350,00"}},
		{"planning/cooperations", "en", []string{"4,350.00"}},
		{"planning/cooperations?month=2031-01&campaign=" + campaign.ID.String(), "en", []string{"/script&gt;, January 2031"}},
		{"planning/cooperations?at=2020-01-01&campaign=" + campaign.ID.String(), "en", []string{"<h1>Sun &amp; &lt;script"}},
		{"planning/what-if", "en", []string{"4,350.00"}},
		{"planning/what-if?sign=" + draft.ID.String(), "en", []string{"6,150.00", "1,150.00 over with what is signed"}},
		{"search?q=pam", "en", []string{"Pamela"}},
		{"search?q=plan&part=1", "de", []string{"Planung"}},
	} {
		p := h.get(test.path, test.lang)
		h.has(test.path, p, http.StatusOK, test.texts...)
		if strings.Contains(p.body, "<script>alert") {
			t.Errorf("%s has a name as HTML", test.path)
		}
	}
}

// An address that means nothing says so, and is no fault of the server.
func TestBadAddresses(t *testing.T) {
	t.Parallel()
	h, _, _ := planned(t)
	other := h.workspace("South")
	foreign, err := h.crm.CreateCampaign(t.Context(), other.ID, crm.Campaign{Name: "Foreign"})
	if err != nil {
		t.Fatal(err)
	}
	for path, status := range map[string]int{
		"planning?at=yesterday":          422,
		"planning?at=0000-00-00":         422,
		"planning.svg?at=x":              422,
		"planning/cooperations?month=13": 422,
		"planning/cooperations?month=2031-01&campaign=" + uuid.NewString(): 404,
		"planning/cooperations?campaign=x":                                 422,
		"planning/cooperations?start=x":                                    422,
		"planning/cooperations?in=x":                                       422,
		"planning/cooperations?campaign=" + uuid.NewString():               404,
		"planning/cooperations?campaign=" + foreign.ID.String():            404,
		"planning/what-if?sign=x":                                          200,
		"planning/what-if?sign=" + uuid.NewString():                        200,
		"/w/x/planning":                         404,
		"/w/" + uuid.NewString() + "/planning":  404,
		"planning?done=x":                       200,
		"planning?done=" + uuid.NewString():     200,
		"search?q=" + strings.Repeat("x", 5000): 200,
		"search?q=%ff":                          200,
		"planning?show=%00":                     200,
		"planning/cooperations?month=2026-07&start=2026-07-20&item=": 200,
	} {
		p := h.get(path, "en")
		h.has(path, p, status)
		if strings.Contains(p.body, "our side") {
			t.Errorf("%s: %s", path, p.body)
		}
	}
}

// What was done can be taken back from the page after it, and only what there is.
func TestUndoFromToast(t *testing.T) {
	t.Parallel()
	h, campaign, _ := planned(t)
	changed := campaign
	changed.Name = "Moon"
	if _, err := h.crm.UpdateCampaign(t.Context(), h.ws.ID, changed, ""); err != nil {
		t.Fatal(err)
	}
	changes, err := h.crm.Log(t.Context(), h.ws.ID, crm.ChangeFilter{Newest: true}, 1)
	if err != nil || len(changes) != 1 {
		t.Fatal(changes, err)
	}
	unit := changes[0].Unit.String()
	h.has("toast", h.get("planning?done="+unit, "en"), http.StatusOK, "Moon: ", `name="unit" value="`+unit+`"`)
	p := h.post("undo", "unit", unit, "back", "/w/"+h.ws.ID.String()+"/planning?done="+unit+"&show=all")
	if p.status != http.StatusSeeOther || !strings.HasPrefix(p.to, "/w/"+h.ws.ID.String()+"/planning?done=") || strings.Contains(p.to, unit) || !strings.Contains(p.to, "show=all") {
		t.Errorf("undo leads to %d %s", p.status, p.to)
	}
	if c, err := h.crm.Campaign(t.Context(), h.ws.ID, campaign.ID); err != nil || c.Name != campaign.Name {
		t.Errorf("%+v, %v", c, err)
	}
	h.has("no unit", h.post("undo", "unit", "x"), http.StatusUnprocessableEntity)
	h.has("unknown unit", h.post("undo", "unit", uuid.NewString()), http.StatusNotFound)
	for _, back := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"} {
		if p := h.post("/language", "lang", "de", "back", back); p.to != "/" {
			t.Errorf("back to %s leads to %s", back, p.to)
		}
	}
}

// The months before this one have one line that leads to them, written like those of the other months.
func TestMonthsBeforeAreFolded(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	for _, day := range []string{"2026-05-04", "2026-04-04"} {
		ok(h.crm.CreateCooperation(t.Context(), h.ws.ID, crm.Cooperation{
			Campaign: campaign.ID, Influencer: draft.Influencer, Cost: budget.FromMinor(10_00, "EUR"), Period: period(day, day),
		}))(h)
		want := map[string]string{"2026-05-04": ">The month before</a>", "2026-04-04": ">2 months before</a>"}[day]
		h.has(day, h.get("planning", "en"), 200, want)
	}
}

func TestWorkspaces(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	if p := h.get("/", "en"); p.to != "/w/"+h.ws.ID.String() {
		t.Errorf("one workspace: %+v", p)
	}
	if p := h.post("/w", "name", "South", "currency", "EUR", "time_zone", "Europe/Berlin"); p.status != http.StatusSeeOther {
		t.Errorf("%+v", p)
	}
	if p := h.get("/", "en"); p.to != "/w" {
		t.Errorf("two workspaces: %+v", p)
	}
	h.has("list", h.get("/w", "de"), http.StatusOK, "North", "South", "Neues CRM")
	h.has("no currency", h.post("/w", "name", "West <b>", "currency", "EURO", "time_zone", "Europe/Berlin"), http.StatusUnprocessableEntity,
		`value="West &lt;b&gt;"`, `id="field-currency-error"`, `aria-invalid="true"`)
}

// Amounts in a currency without a rate are shown as such, and every page on which they are in no sum says so.
func TestPlanWithoutARate(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	c := w.deal(func(c *crm.Cooperation) {
		c.Period, c.Cost, c.Status = period("2026-07-01", "2026-07-10"), budget.FromMinor(5_000_00, "USD"), crm.Negotiating
	})
	const says = "One cooperation is in a currency without a rate and in no sum."
	at := "campaigns/" + w.campaign.ID.String()
	for _, path := range []string{"planning", "campaigns", at, at + "/table", at + "/timeline", at + "/edit", "planning/months"} {
		w.has(path, w.get(path, "en"), 200, says)
	}
	whatIf := w.get("planning/what-if?sign="+c.ID.String(), "en")
	w.has("what if", whatIf, 200, says, `<td class="n" data-label="Cost">5,000.00 USD</td>`)
}

// An address that is older than the plan says what cannot sign any more, and shows the rest.
func TestWhatIfOfWhatIsGone(t *testing.T) {
	t.Parallel()
	h, _, draft := planned(t)
	path := "planning/what-if?sign=x&sign=" + uuid.NewString() + "&sign=" + draft.ID.String()
	h.has("two of three", h.get(path, "en"), http.StatusOK,
		"2 of the chosen cooperations are cancelled or not there any more", "The plan would be", "1,150.00 over")
	if _, err := h.crm.Cancel(t.Context(), h.ws.ID, draft.ID, draft.Version, crm.Cancellation{}, ""); err != nil {
		t.Fatal(err)
	}
	cancelled := h.get("planning/what-if?sign="+draft.ID.String(), "de")
	h.has("cancelled", cancelled, http.StatusOK, "Eine der gewählten Kooperationen ist abgesagt")
	if strings.Contains(cancelled.main(), "Der Plan wäre dann") {
		t.Error("nothing is compared with itself")
	}
}

// Where nothing can sign nothing is offered, and what is signed already makes no other plan.
func TestWhatIfWithoutAnythingToSign(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	draft.Status = crm.Signed
	ok(h.crm.UpdateCooperation(t.Context(), h.ws.ID, draft, ""))(h)
	p := h.get("planning/what-if?sign="+draft.ID.String(), "en")
	h.has("signed", p, 200, "One of the chosen cooperations is signed already.", "There are no drafts", "cooperations/new")
	for _, text := range []string{"The plan would be", "<button"} {
		if strings.Contains(p.main(), text) {
			t.Errorf("%q: %s", text, p.main())
		}
	}
	open := ok(h.crm.CreateCooperation(t.Context(), h.ws.ID, crm.Cooperation{
		Campaign: campaign.ID, Influencer: draft.Influencer, Cost: budget.FromMinor(10_00, "EUR"),
	}))(h)
	h.has("one of two", h.get("planning/what-if?sign="+draft.ID.String()+"&sign="+open.Cooperation.ID.String(), "de"), 200,
		"Eine der gewählten Kooperationen ist schon unterschrieben.", "Der Plan wäre dann", "<button")
}

// A campaign of an always-on programme has the name of its month, and is told apart from it.
func TestCampaignLikeAMonth(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	campaign.Name = "July 2026"
	if _, err := h.crm.UpdateCampaign(t.Context(), h.ws.ID, campaign, ""); err != nil {
		t.Fatal(err)
	}
	h.has("what if", h.get("planning/what-if?sign="+draft.ID.String(), "en"), http.StatusOK,
		`July 2026 <span class="aside">Campaign</span>`, `July 2026 <span class="aside">Month</span>`)
	h.has("month", h.get("planning/cooperations?month=2026-07", "en"), http.StatusOK, "July 2026 <small>Month</small>")
	h.has("campaign", h.get("planning/cooperations?campaign="+campaign.ID.String(), "en"), http.StatusOK, "July 2026 <small>Campaign</small>")
}

// Who adds up what the plan shows finds what is missing: costs that no budget is held against, and budgets of campaigns
// that a month does not count. A campaign that has ended is not called over, which is what a budget is.
func TestPlanAddsUp(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	if _, err := h.crm.SetMonthBudget(t.Context(), h.ws.ID, budget.MustParseMonth("2026-08"), budget.FromMinor(90_000, "EUR"), ""); err != nil {
		t.Fatal(err)
	}
	if p := h.get("planning", "en"); strings.Contains(p.body, "without a budget") || !strings.Contains(p.body, "come to 5,000.00. A month") {
		t.Errorf("all is covered: %s", p.main())
	}
	always, err := h.crm.CreateCampaign(t.Context(), h.ws.ID, crm.Campaign{Name: "Always on"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.crm.CreateCooperation(t.Context(), h.ws.ID, crm.Cooperation{
		Campaign: always.ID, Influencer: draft.Influencer, Cost: budget.FromMinor(110_000, "EUR"),
		Period: budget.Period{Start: budget.MustParseDate("2026-07-03")},
	}); err != nil {
		t.Fatal(err)
	}
	ended, err := h.crm.CreateCampaign(t.Context(), h.ws.ID,
		crm.Campaign{Name: "Spring", Period: budget.Period{End: budget.MustParseDate("2026-04-01")}})
	if err != nil {
		t.Fatal(err)
	}
	const without = `7,250.00 <span class="aside">1,100.00 without a budget</span>`
	for path, texts := range map[string][]string{
		"planning":        {without, "The budgets of all campaigns come to 5,000.00.", "One campaign has ended or is archived."},
		"planning/months": {without},
		"planning/what-if?sign=" + draft.ID.String():             {`Total <span class="aside">Campaigns</span>`},
		"planning/cooperations?month=2026-12":                    {"no budget; no cost planned"},
		"campaigns/" + ended.ID.String():                         {"no budget; no cost planned"},
		"planning/cooperations?campaign=" + campaign.ID.String(): {"3,200.00 left after signed"},
	} {
		h.has(path, h.get(path, "en"), http.StatusOK, texts...)
	}
	h.has("German", h.get("planning", "de"), http.StatusOK, "1.100,00 ohne Budget", "Eine Kampagne ist vorbei oder archiviert.")
}

// What is chosen stays so when somebody chooses one more, also if it is not among the first that are listed.
func TestWhatIfOfALateOne(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	var late crm.Cooperation
	if err := h.crm.Update(t.Context(), h.ws.ID, func(ctx context.Context, w *crm.Work) error {
		for n := range 201 {
			start := budget.MustParseDate("2026-08-01").AddDays(n)
			saved, err := w.CreateCooperation(ctx, crm.Cooperation{
				Campaign: campaign.ID, Influencer: draft.Influencer, Cost: budget.FromMinor(100, "EUR"), Period: budget.Period{Start: start},
			})
			if err != nil {
				return err
			}
			late = saved.Cooperation
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	p := h.get("planning/what-if?sign="+late.ID.String()+"&sign="+draft.ID.String(), "en")
	chosen := func(c crm.Cooperation) string { return `value="` + c.ID.String() + `" checked>` }
	h.has("late", p, http.StatusOK, chosen(late), chosen(draft), "Only the first 200 are listed")
	if n := strings.Count(p.body, `name="sign"`); n != 201 {
		t.Errorf("%d to choose from", n)
	}
	if n := strings.Count(p.main(), `data-label="Campaign">Sun`); n != 201 {
		t.Errorf("%d with the name of their campaign", n)
	}
}
