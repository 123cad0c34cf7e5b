package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/demo"
)

// tour are the pages of the demo, with one record of each kind.
func tour(t *testing.T, s *site) []string {
	t.Helper()
	campaigns, err := s.crm.Campaigns(t.Context(), demo.Workspace, crm.CampaignFilter{Text: "Summer"}, crm.ListOptions{Size: 1})
	if err != nil || len(campaigns.Items) == 0 {
		t.Fatal(campaigns, err)
	}
	deals, err := s.crm.Cooperations(t.Context(), demo.Workspace,
		crm.CooperationFilter{Campaigns: []crm.CampaignID{campaigns.Items[0].ID}}, crm.ListOptions{Size: 1})
	if err != nil || len(deals.Items) == 0 {
		t.Fatal(deals, err)
	}
	campaign, deal := campaigns.Items[0].ID.String(), deals.Items[0]
	pages := []string{
		"planning", "planning?show=all", "planning?at=2026-05-01", "planning/what-if", "planning/cooperations?campaign=" + campaign,
		"planning/cooperations?month=2026-07", "planning/cooperations?of=unscheduled", "planning/months",
		"planning/fits?month=2026-10", "planning/fits?month=2031-07", "planning/accuracy",
		"import", "orders", "orders?codes=ROMY-20&at=2026-06-10T12:00", "conflicts", "conflicts?severity=loose", "history", "alerts",
		"campaigns", "campaigns/new", "campaigns/" + campaign, "campaigns/" + campaign + "/table", "campaigns/" + campaign + "/timeline",
		"campaigns/" + campaign + "/edit", "cooperations", "cooperations?text=nobody",
		"cooperations/" + deal.ID.String() + "?page=https://shop.example/",
		"cooperations/new?campaign=" + campaign + "&influencer=" + deal.Influencer.String(),
	}
	person, other := deal.Influencer.String(), ""
	people, err := s.crm.Influencers(t.Context(), demo.Workspace, crm.InfluencerFilter{}, crm.ListOptions{Size: 2})
	if err != nil || len(people.Items) < 2 {
		t.Fatal(people, err)
	}
	for _, i := range people.Items {
		if i.ID != deal.Influencer {
			other = i.ID.String()
		}
	}
	members, err := s.crm.Members(t.Context(), demo.Workspace, crm.MemberFilter{}, crm.ListOptions{Size: 1})
	if err != nil || len(members.Items) == 0 {
		t.Fatal(members, err)
	}
	member := members.Items[0].ID.String()
	pages = append(pages,
		"influencers", "influencers?text=nobody+at+all", "influencers?platforms=instagram", "influencers/new",
		"influencers/duplicates", "influencers/"+person,
		"influencers/"+person+"/duplicates", "influencers/"+person+"/merge?from="+other, "influencers/"+person+"/erase",
		"members", "members/new", "members/"+member, "members/"+member+"/erase", "settings", "settings/delete",
	)
	for n := range pages {
		pages[n] = "/w/" + demo.Workspace.String() + "/" + pages[n]
	}
	return append([]string{"/w"}, pages...)
}

// maxPage is how long the HTML of a page may be, in bytes.
const maxPage = 150 << 10

// Every page is for everybody: light and dark, wide and narrow, in English and in German, without an error or a request to
// another host, and without anything that axe-core minds.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	s, source := newDemo(t), axe(t)
	for _, look := range []struct {
		lang, colours string
		width         int64
	}{{"en", "light", 1280}, {"de", "dark", 1280}, {"de", "light", 380}, {"en", "dark", 380}} {
		t.Run(fmt.Sprint(look.lang, " ", look.colours, " ", look.width), func(t *testing.T) {
			t.Parallel()
			b := s.open(t, look.lang)
			b.colours(look.colours)
			b.do("size", chromedp.EmulateViewport(look.width, 900))
			dialogs := map[string]bool{}
			for _, page := range tour(t, s) {
				b.visit(page)
				b.opened(source, page, dialogs)
				if h1 := ask(b, page, chromedp.Evaluate[int]("document.querySelectorAll('h1').length")); h1 != 1 {
					t.Errorf("%s has %d headings of the first level: %s", page, h1, b.text("main"))
				}
				if beyond := ask(b, page, chromedp.Evaluate[int]("document.documentElement.scrollWidth - innerWidth")); beyond > 0 {
					t.Errorf("%s is %d pixels too wide", page, beyond)
				}
				if cut := ask(b, page, chromedp.Evaluate[string](wideTables(":has(> .stacks)"))); cut != "" {
					t.Errorf("%s cuts tables: %s", page, cut)
				}
				if n := ask(b, page, chromedp.Evaluate[int]("performance.getEntriesByType('navigation')[0].decodedBodySize")); n > maxPage {
					t.Errorf("%s has %d bytes", page, n)
				}
				b.shoot(page, look.lang, look.colours, look.width)
				b.check()
			}
		})
	}
}

// opened looks at a page for accessibility with all open that can be: each dialog by itself, the search from everywhere
// among them, and what unfolds together. The page is then as it was. A dialog in seen is passed over: it hides the
// page, so what is to be seen is the same on each.
func (b *tab) opened(source, page string, seen map[string]bool) {
	b.t.Helper()
	fold := func(open string) {
		_ = ask(b, page, chromedp.Evaluate[bool](`(document.querySelectorAll("main details").forEach((d) => {
			if (`+open+`) { d.dataset.unfolded = d.open; d.open = true; } else { d.open = d.dataset.unfolded === "true"; }
		}), true)`))
	}
	fold("true")
	b.accessible(source, page)
	fold("false")
	if !ask(b, page, chromedp.Evaluate[bool](`(document.querySelector("[data-palette]")?.click(), document.querySelector("dialog.palette")?.close(),
		!document.body.dataset.workspace || document.querySelector("dialog.palette") !== null)`)) {
		b.t.Errorf("%s: the search from everywhere does not open", page)
	}
	for n := range ask(b, page, chromedp.Evaluate[int](`document.querySelectorAll("dialog").length`)) {
		dialog := fmt.Sprintf(`document.querySelectorAll("dialog")[%d]`, n)
		looks := ask(b, page, chromedp.Evaluate[string](dialog+".outerHTML"))
		if seen[looks] {
			continue
		}
		seen[looks] = true
		name := ask(b, page, chromedp.Evaluate[string](`(`+dialog+`.showModal(), `+dialog+`.id || `+dialog+`.className)`))
		b.accessible(source, page+" with its dialog "+name)
		_ = ask(b, page, chromedp.Evaluate[bool](`(`+dialog+`.close(), true)`))
	}
}

// wideTables is a script that names the tables which are wider than their page, so that a part of them is cut until
// somebody scrolls.
func wideTables(which string) string {
	return `[...document.querySelectorAll(".scroll` + which + `")].filter((x) => x.scrollWidth > x.clientWidth).map((x) =>
		(x.ariaLabel ?? x.getAttribute("aria-labelledby")) + " " + x.scrollWidth + " of " + x.clientWidth).join(", ")`
}

// A name without a space, as long as a name may be, breaks and pushes nothing off the page.
func TestLongNames(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	long := func(n int) string { return strings.Repeat("Wxyz", n/4) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	mira, err := s.crm.CreateMember(t.Context(), s.ws.ID, crm.Member{Name: long(200)})
	must(err)
	campaign, err := s.crm.CreateCampaign(t.Context(), s.ws.ID, crm.Campaign{Name: long(200)})
	must(err)
	s.campaign = campaign
	var people []crm.Influencer
	for _, platform := range []string{"instagram", "tiktok"} {
		i, err := s.crm.CreateInfluencer(t.Context(), s.ws.ID, crm.Influencer{
			Name: long(200), Category: long(60), Tags: []string{long(60)}, Responsible: mira.ID, Profiles: []crm.Profile{{
				Platform: platform, Handle: long(100), Rules: []discount.Rule{{Match: discount.Equals, Pattern: long(60)}},
			}},
		})
		must(err)
		people = append(people, i)
	}
	s.deal(t, people[0], crm.Signed)
	draft := s.deal(t, people[1], crm.Draft)
	id, one, other := campaign.ID.String(), people[0].ID.String(), people[1].ID.String()
	b := s.open(t, "en")
	for _, width := range []int64{1280, 380} {
		b.do("size", chromedp.EmulateViewport(width, 900))
		for _, page := range []string{
			"planning", "planning/what-if?sign=" + draft.ID.String(), "planning/cooperations?campaign=" + id, "campaigns", "campaigns/" + id,
			"campaigns/" + id + "/table", "campaigns/" + id + "/timeline", "campaigns/" + id + "/edit", "cooperations",
			"cooperations/" + draft.ID.String(), "influencers", "influencers/" + one, "influencers/duplicates",
			"influencers/" + one + "/merge?from=" + other, "influencers/" + one + "/erase", "members", "members/" + mira.ID.String(),
			"conflicts", "alerts", "history", "search?q=wxyz",
		} {
			b.visit(s.at(page))
			if beyond := ask(b, page, chromedp.Evaluate[int]("document.documentElement.scrollWidth - innerWidth")); beyond > 0 {
				t.Errorf("%s is %d pixels too wide of %d", page, beyond, width)
			}
			which := "" // on a phone tables of figures scroll, whatever their names are
			if width < 640 {
				which = ":has(> .stacks)"
			}
			if cut := ask(b, page, chromedp.Evaluate[string](wideTables(which))); cut != "" {
				t.Errorf("%s cuts tables of %d pixels: %s", page, width, cut)
			}
		}
	}
}

// Amounts of twelve digits stand beside each other, on phones too, and none runs into the next one or out of the page.
func TestLargeAmounts(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	const much = 999_999_999_999_99
	summer := budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-08-31")}
	campaign, err := s.crm.CreateCampaign(t.Context(), s.ws.ID, crm.Campaign{
		Name: "Much", Period: summer, Budget: budget.FromMinor(much, "EUR"), RevenueTarget: budget.FromMinor(much, "EUR"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, status := range []crm.Status{crm.Signed, crm.Negotiating, crm.Draft} {
		deal := crm.Cooperation{Campaign: campaign.ID, Influencer: s.pam.ID, Status: status, Period: summer,
			Cost: budget.FromMinor(much/2, "EUR")}
		if _, err := s.crm.CreateCooperation(t.Context(), s.ws.ID, deal); err != nil {
			t.Fatal(err)
		}
	}
	b := s.open(t, "de")
	for _, width := range []int64{1280, 380} {
		b.do("size", chromedp.EmulateViewport(width, 900))
		for _, page := range []string{"planning", "campaigns", "planning/months", "planning/fits?campaign=" + campaign.ID.String()} {
			b.visit(s.at(page))
			beyond := ask(b, page, chromedp.Evaluate[string](`[...document.querySelectorAll("main td.n")].filter((cell) => {
				const range = document.createRange(), in_ = cell.getBoundingClientRect();
				range.selectNodeContents(cell);
				const text = range.getBoundingClientRect();
				return text.width > 0 && (text.left < in_.left - 1 || text.right > in_.right + 1);
			}).map((cell) => cell.innerText).join(", ")`))
			if beyond != "" {
				t.Errorf("%s, %d wide: %s", page, width, beyond)
			}
		}
	}
}

// shoot keeps a picture of the page in the folder that CRM_SCREENSHOTS names, for people to look at.
func (b *tab) shoot(page, lang, colours string, width int64) {
	folder := os.Getenv("CRM_SCREENSHOTS")
	if folder == "" {
		return
	}
	// A screenshot of what is beyond the viewport makes the viewport narrow for a moment, and with it what is drawn for phones.
	height := ask(b, "height of "+page, chromedp.Evaluate[int64]("document.documentElement.scrollHeight"))
	b.do("size", chromedp.EmulateViewport(width, max(height, 900)))
	picture := ask(b, "picture of "+page, chromedp.CaptureScreenshot())
	b.do("size", chromedp.EmulateViewport(width, 900))
	name := strings.NewReplacer("/w/"+demo.Workspace.String()+"/", "", "/", "_", "?", "_", "&", "_", "=", "-").Replace(page)
	if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d-%s-%s.png", name, width, colours, lang)), picture, 0o600); err != nil {
		b.t.Fatal(err)
	}
}
