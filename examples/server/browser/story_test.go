package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/getklar/influencercrm/crm"
)

// mostClicks is how many clicks lead from a sheet to the first cooperation that is signed in the CRM.
const mostClicks = 12

// marketer is a visitor whose clicks are counted.
type marketer struct {
	*tab
	clicks int
}

// click clicks what a selector finds and waits until the page that it leads to is there.
func (m *marketer) click(selector, until string) {
	m.t.Helper()
	m.clicks++
	m.until(selector, "document.querySelector("+quote(selector)+")")
	_ = ask(m.tab, "click "+selector,
		chromedp.Evaluate[bool]("(() => { document.querySelector("+quote(selector)+").click(); return true; })()"))
	m.until("what "+selector+" leads to", until)
}

// pick chooses an option of a select, which is a click.
func (m *marketer) pick(id, value string) {
	m.t.Helper()
	m.clicks++
	m.choose(id, value)
}

func (m *marketer) write(selector, text string) {
	m.t.Helper()
	m.do("write into "+selector, chromedp.SendKeys(chromedp.CSS(selector), text))
}

// The session of a marketer as the README of the server tells it: from the sheet to the first cooperation that is signed in
// the CRM.
func TestFromTheSheetToTheFirstSignature(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m := &marketer{tab: s.open(t, "en")}
	m.visit("/w")
	m.write("#field-name", "North")
	m.click("form[action='/w'] button.primary", `location.pathname.endsWith("/planning")`)
	m.click(".empty a.primary", `location.pathname.endsWith("/import")`)
	file, err := filepath.Abs("../../sample/klar-sheet.csv")
	if _, missing := os.Stat(file); err != nil || missing != nil {
		t.Fatal(err, missing)
	}
	m.clicks++ // to choose the file
	m.do("choose the sheet, which is read at once", chromedp.SetUploadFiles(chromedp.CSS("#field-file"), []string{file}))
	m.until("the plan of the import",
		`location.pathname.match(/import\/[0-9a-f-]{36}$/) && document.querySelector("form[action$='/apply'] button.primary")`)
	for _, text := range []string{"Created", "Rejected", "Duplicate"} {
		if !strings.Contains(m.text("main"), text) {
			t.Errorf("the plan of the import says nothing of %s: %s", text, m.text("main"))
		}
	}
	m.click("form[action$='/apply'] button.primary", `document.querySelector("a.primary[href$='/planning']")`)
	m.click("a.primary[href$='/planning']", `location.pathname.endsWith("/planning")`)
	// The figures of klar-sheet.expected.json.
	for _, figure := range []string{"486,116.12", "66,993.94", "57,174.75", "54,427.47"} {
		if !strings.Contains(m.text("main"), figure) {
			t.Errorf("the plan lacks %s: %s", figure, m.text("main"))
		}
	}
	m.do("a key for a new cooperation", chromedp.KeyEvent("n"))
	m.until("the form", `location.pathname.endsWith("/cooperations/new")`)
	ws := m.workspace()
	campaigns, err := s.crm.Campaigns(t.Context(), ws, crm.CampaignFilter{Text: "Christmas"}, crm.ListOptions{Size: 1})
	people, alsoErr := s.crm.Influencers(t.Context(), ws, crm.InfluencerFilter{Text: "Romy Brandner"}, crm.ListOptions{Size: 1})
	if err != nil || alsoErr != nil || len(campaigns.Items) != 1 || len(people.Items) != 1 {
		t.Fatal(campaigns, people, err, alsoErr)
	}
	m.pick("field-campaign", campaigns.Items[0].ID.String())
	m.write("#find-influencer", "Romy Brandner")
	m.until("the influencer is found", `document.getElementById("field-influencer").value === `+quote(people.Items[0].ID.String()))
	m.until("its defaults", `document.getElementById("field-utm.campaign").value === "christmas-2026"`)
	m.pick("field-status", "signed")
	m.choose("field-period.start", "2026-12-20") // typed, as the cost is
	m.write("#field-cost", "1,250.50")
	m.until("what it does to the plan", `document.getElementById("part-preview").innerText.includes("Christmas 2026")`)
	m.click("p.save .primary", `location.pathname.match(/cooperations\/[0-9a-f-]{36}$/) && document.querySelector(".toast")`)
	if m.clicks > mostClicks {
		t.Errorf("%d clicks, at most %d", m.clicks, mostClicks)
	}
	m.visit("/w/" + ws.String() + "/planning")
	if !strings.Contains(m.text("main"), "487,366.62") {
		t.Errorf("the plan lacks what was signed: %s", m.text("main"))
	}
}

// workspace is that of the page.
func (b *tab) workspace() crm.WorkspaceID {
	b.t.Helper()
	id, err := crm.ParseID[crm.Workspace](ask(b, "the workspace", chromedp.Evaluate[string]("document.body.dataset.workspace")))
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

// Undo stands in what a page says after a change, and the search finds everything from everywhere by the keyboard alone.
func TestUndoAndSearchByKeyboard(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	b := s.open(t, "de")
	b.visit(s.at("campaigns/" + s.campaign.ID.String() + "/edit"))
	b.do("another name", chromedp.Clear(chromedp.CSS("#field-name")), chromedp.SendKeys(chromedp.CSS("#field-name"), "Herbst\r"))
	b.until("what was done", `document.querySelector(".toast p")?.innerText.includes("Herbst")`)
	b.accessible(axe(t), "a page with what was done")
	b.do("undo", chromedp.Click(chromedp.CSS(".toast button")))
	b.until("taken back", `document.querySelector("h1").innerText.includes("Summer")`)
	b.do("search", chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	b.until("the palette", `document.querySelector("dialog.palette[open]")`)
	b.do("words", chromedp.SendKeys(chromedp.CSS(".palette input"), "pam"))
	b.until("found", `document.querySelector(".palette li a")?.textContent.includes("Pam")`)
	b.accessible(axe(t), "the palette")
	b.do("go", chromedp.KeyEvent("\r"))
	b.until("there", `location.pathname.includes("/influencers/")`)
}

// Who has opened a form before somebody else saved sees both, and chooses.
func TestTwoTabs(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	deal := s.deal(t, s.pam, crm.Draft)
	path := s.at("cooperations/" + deal.ID.String())
	one, two := s.open(t, "en"), s.open(t, "en")
	for _, b := range []*tab{one, two} {
		b.visit(path)
	}
	save := func(b *tab, cost string) {
		b.do("cost", chromedp.Clear(chromedp.CSS("#field-cost")), chromedp.SendKeys(chromedp.CSS("#field-cost"), cost),
			chromedp.Click(chromedp.CSS("p.save .primary")))
	}
	save(one, "400.00")
	one.until("saved", `document.querySelector(".toast")`)
	save(two, "500.00")
	two.until("both", `document.querySelector("[name='take.cost'][value=theirs]")`)
	two.accessible(axe(t), "both versions")
	two.do("theirs", chromedp.Click(chromedp.CSS("[name='take.cost'][value=theirs]")), chromedp.Click(chromedp.CSS("p.save .primary")))
	two.until("settled", `!document.querySelector("[name='take.cost']") && document.getElementById("field-cost").value === "400.00"`)
}

// What saving does is said as soon as it is known, and the button that saves stays where somebody is about to click.
func TestSaveStaysInPlace(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	b := s.open(t, "en")
	b.visit(s.at("cooperations/" + s.deal(t, s.pam, crm.Draft).ID.String()))
	const at = `document.querySelector("p.save").getBoundingClientRect().top - document.querySelector(".aside-stack").getBoundingClientRect().top`
	_ = ask(b, "where it is", chromedp.Evaluate[float64]("window.was = "+at))
	b.do("cost", chromedp.Clear(chromedp.CSS("#field-cost")), chromedp.SendKeys(chromedp.CSS("#field-cost"), "400.00"))
	b.until("what it does", `document.getElementById("part-preview").innerText.includes("400.00")`)
	b.until("where it was", at+" === window.was")
}
