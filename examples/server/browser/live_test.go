package browser

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/getklar/influencercrm/crm"
)

// What somebody does in one tab is seen in another one without a click: who reads sees the new page, and is told what was done.
func TestPagesGoOnWhileOthersWork(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	pam := s.deal(t, s.pam, crm.Draft)
	one, two := s.open(t, "en"), s.open(t, "de")
	one.visit(s.at("campaigns/" + s.campaign.ID.String()))
	two.visit(s.at("campaigns/" + s.campaign.ID.String()))
	in := func(status string) string {
		return `document.querySelector("[data-status=` + status + `] #c` + pam.ID.String() + `")`
	}
	two.until("it follows", `document.querySelector("button[data-live][aria-pressed=true]:not([hidden])")`)
	one.follow(`[data-status=draft] button[value$=" negotiating"]`, in("negotiating"))
	two.until("the card has moved", in("negotiating"))
	two.until("what was done is told", `document.querySelector(".toast.news p").innerText.includes("Summer - Pam")`)
	two.until("and read aloud", `document.querySelector("[role=status] .news")`)
	two.until("the page is there, so there is nothing to show", `!document.querySelector("[data-show]")`)
	two.accessible(axe(t), "a page with news")
	one.until("the one who did it has the undo, and no news", `document.querySelector(".toast form") && !document.querySelector(".toast.news")`)

	two.do("close the news", chromedp.Click(chromedp.CSS(".toast.news .close")))
	two.until("they are gone, and the page stays", `!document.querySelector(".toast") && `+in("negotiating"))
	s.deal(t, s.bob, crm.Signed)
	two.until("a change of a program", `document.querySelectorAll("[data-status=signed] [data-at]").length === 1`)

	two.do("do not follow", chromedp.Click(chromedp.CSS("button[data-live]")))
	two.until("it does not", `document.querySelector("button[data-live][aria-pressed=false]")`)
	s.deal(t, s.bob, crm.Signed)
	one.until("another one does", `document.querySelectorAll("[data-status=signed] [data-at]").length === 2`)
	two.until("the page is as it was", `document.querySelectorAll("[data-status=signed] [data-at]").length === 1`)
	two.do("follow", chromedp.Click(chromedp.CSS("button[data-live]")))
	two.until("what was missed comes", `document.querySelectorAll("[data-status=signed] [data-at]").length === 2`)
}

// Who types loses nothing: a list that somebody filters and the form of a record stay as they are, and say that there is
// something new.
func TestNewsTakeNothingAway(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	b := s.open(t, "en")
	b.visit(s.at("influencers"))
	b.do("type", chromedp.SendKeys(chromedp.CSS("main input[name=text]"), "bo"))
	rename := func(i crm.Influencer, name string) crm.Influencer {
		t.Helper()
		i.Name = name
		i, err := s.crm.UpdateInfluencer(t.Context(), s.ws.ID, i, "")
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	bob := rename(s.bob, "Bobby")
	b.until("told", `document.querySelector(".toast.news").innerText.includes("Bobby")`)
	b.until("the list is as it was", `document.querySelector("main input[name=text]").value === "bo" && !document.querySelector("main").innerText.includes("Bobby")`)
	b.do("show", chromedp.Click(chromedp.CSS("[data-show]")))
	b.until("the new list", `document.querySelector("main").innerText.includes("Bobby")`)

	b.visit(s.at("influencers/" + bob.ID.String()))
	b.do("type", chromedp.SendKeys(chromedp.CSS("#field-notes"), "mine"))
	rename(s.pam, "Pamela")
	bob = rename(bob, "Robert")
	b.until("told", `document.querySelector(".toast.news").innerText.includes("Somebody has saved this meanwhile")`)
	b.until("the form is as it was", `document.getElementById("field-notes").value === "mine" && document.getElementById("field-name").value === "Bobby"`)
	b.accessible(axe(t), "a form with news")
	b.do("save", chromedp.Click(chromedp.CSS("p.save .primary")))
	b.until("compared", `document.getElementById("field-name").value === "Robert" && document.getElementById("field-notes").value === "mine"`)
}
