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
)

// deal makes a cooperation of a new influencer in June, with a code unless it is empty.
func (h *host) deal(campaign crm.CampaignID, influencer, code string, status crm.Status) crm.Cooperation {
	h.Helper()
	i, err := h.crm.CreateInfluencer(h.Context(), h.ws.ID, crm.Influencer{Name: influencer})
	if err != nil {
		h.Fatal(err)
	}
	c := crm.Cooperation{
		Campaign: campaign, Influencer: i.ID, Status: status, Cost: budget.FromMinor(10_000, "EUR"),
		Period: budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")},
	}
	if code != "" {
		c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: code}}
	}
	saved, err := h.crm.As("Mira").CreateCooperation(h.Context(), h.ws.ID, c)
	if err != nil {
		h.Fatal(err)
	}
	return saved.Cooperation
}

func (h *host) summer() crm.CampaignID {
	h.Helper()
	c, err := h.crm.CreateCampaign(h.Context(), h.ws.ID, crm.Campaign{Name: "Summer"})
	if err != nil {
		h.Fatal(err)
	}
	return c.ID
}

// Each pair in conflict stands once, with the code that proves it.
func TestConflicts(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	h.has("without any", h.get("conflicts", "en"), 200, "No conflicts")
	campaign := h.summer()
	pam := h.deal(campaign, "Pam <script>", "PAM10", crm.Signed)
	emma := h.deal(campaign, "Emma", "PAM10", crm.Draft)
	got := h.get("conflicts", "en")
	h.has("conflicts", got, 200, "Blocking", ">PAM10<", "equals PAM10", pam.ID.String(), emma.ID.String(),
		"Pam &lt;script&gt;", "1 Jun – 30 Jun 2026")
	if n := strings.Count(got.main(), "<code>equals PAM10</code>"); n != 2 {
		t.Errorf("%d of both rules are as they were typed", n)
	}
	if n := strings.Count(got.main(), `class="severity`); n != 1 {
		t.Errorf("the pair stands %d times", n)
	}
	h.has("in German", h.get("conflicts?severity=blocking", "de"), 200, "Blockierend")
	h.has("of no severity", h.get("conflicts?severity=awful", "en"), 422)
}

// The log is told by units of work, the newest first, and any of them can be taken back.
func TestHistory(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	h.has("of nothing", h.get("history?record=campaign:018f8f5e-0000-7000-8000-000000000001", "en"), 200, "Nothing has changed yet")
	pam := h.deal(h.summer(), "Pam", "PAM10", crm.Signed)
	got := h.get("history", "en")
	h.has("the log", got, 200, "Mira created the cooperation", "15 Jun 2026, 10:00", "Undo what was done on")
	if newest, oldest := strings.Index(got.body, "created the cooperation"), strings.Index(got.body, "created the campaign"); newest > oldest {
		t.Error("the newest is not first")
	}
	h.has("in German", h.get("history", "de"), 200, "Mira hat die Kooperation", "angelegt")
	one := h.get("history?record=cooperation:"+pam.ID.String(), "en")
	h.has("of one record", one, 200, "History of Summer - Pam", "Open the record")
	if strings.Contains(one.main(), "created the campaign") {
		t.Errorf("it has another record: %s", one.main())
	}
	unit := regexp.MustCompile(`name="unit" value="([^"]*)"`).FindStringSubmatch(one.body)[1]
	undone := h.post("undo", "unit", unit, "back", "/w/"+h.ws.ID.String()+"/history")
	h.has("the undo", undone, 303)
	h.has("after it", h.get(undone.to, "en"), 200, "deleted the cooperation")
	h.has("no record", h.get("history?record=pam", "en"), 422)
	h.has("no unit", h.get("history?unit=pam", "en"), 422)
	h.has("no seq", h.get("history?before=x", "en"), 422)
}

// A large unit of work takes one place, and its pages do not have to be turned one by one.
func TestHistoryOfManyChanges(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	campaign := h.summer()
	var all []crm.At
	for n := range 260 {
		all = append(all, crm.AnyVersion(h.deal(campaign, fmt.Sprint("Influencer ", n), "", crm.Draft).ID)...)
	}
	if _, err := h.crm.SetStatus(t.Context(), h.ws.ID, all, crm.Negotiating, ""); err != nil {
		t.Fatal(err)
	}
	first := h.get("history", "en")
	h.has("the first page", first, 200, "and 256 more changes", "Earlier changes")
	next := regexp.MustCompile(`class="pager"><a class="button" href="([^"]*)"`).FindStringSubmatch(first.main())
	second := h.get(html.UnescapeString(next[1]), "en")
	h.has("the second page", second, 200, "Influencer 259", "Earlier changes")
	if strings.Contains(second.main(), "from draft to negotiating") {
		t.Error("the unit goes on")
	}
	seen := 0
	for path := html.UnescapeString(next[1]); path != ""; {
		p := h.get(path, "en")
		seen += strings.Count(p.main(), "created the cooperation")
		path = ""
		if next := regexp.MustCompile(`class="pager"><a class="button" href="([^"]*)"`).FindStringSubmatch(p.main()); next != nil {
			path = html.UnescapeString(next[1])
		}
	}
	if seen != 260 {
		t.Errorf("%d of 260 cooperations were made", seen)
	}
}

func TestAlerts(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	h.has("without any", h.get("alerts", "en"), 200, "There is nothing to look at")
	pam := h.deal(h.summer(), "Pam", "", crm.Draft)
	h.has("a late draft", h.get("alerts", "en"), 200, "Summer - Pam", pam.ID.String())
	h.has("in German", h.get("alerts", "de"), 200, "Hinweise")
}

// English sentences have amounts and days as the rest of the page has them, and not as programs read them.
func TestSentencesForPeople(t *testing.T) {
	t.Parallel()
	h, _, draft := planned(t)
	draft.Period.Start = budget.MustParseDate("2026-07-21")
	if _, err := h.crm.UpdateCooperation(t.Context(), h.ws.ID, draft, ""); err != nil {
		t.Fatal(err)
	}
	h.has("alerts", h.get("alerts", "en"), 200, "July 2026 will be over its budget by 1,150.00 EUR")
	h.has("history", h.get("history", "en"), 200, "from 20 Jul 2026 to 21 Jul 2026")
	h.has("history in German", h.get("history", "de"), 200, "von 20.07.2026 auf 21.07.2026")
}
