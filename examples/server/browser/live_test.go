package browser

import (
	"testing"
	"time"

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
	one.until("the one who did it has the undo, and no news",
		`document.querySelector(".toast form") && !document.querySelector(".toast.news")`)

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
	b.until("the list is as it was",
		`document.querySelector("main input[name=text]").value === "bo" && !document.querySelector("main").innerText.includes("Bobby")`)
	b.do("show", chromedp.Click(chromedp.CSS("[data-show]")))
	b.until("the new list", `document.querySelector("main").innerText.includes("Bobby")`)

	b.visit(s.at("influencers/" + bob.ID.String()))
	b.do("type", chromedp.SendKeys(chromedp.CSS("#field-notes"), "mine"))
	rename(s.pam, "Pamela")
	bob = rename(bob, "Robert")
	b.until("told", `document.querySelector(".toast.news").innerText.includes("This was saved meanwhile")`)
	b.until("the form is as it was",
		`document.getElementById("field-notes").value === "mine" && document.getElementById("field-name").value === "Bobby"`)
	b.accessible(axe(t), "a form with news")
	b.do("save", chromedp.Click(chromedp.CSS("p.save .primary")))
	b.until("compared", `document.getElementById("field-name").value === "Robert" && document.getElementById("field-notes").value === "mine"`)
}

// A page that does not come is asked for less and less often, and the button turns on what it shows as off.
func TestPagesThatDoNotCome(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	b := s.open(t, "en")
	b.visit(s.at("members"))
	const pressed = `document.querySelector("button[data-live]").getAttribute("aria-pressed")`
	b.until("it follows", pressed+` === "true"`)
	answers := func(status string) {
		_ = ask(b, "answers", chromedp.Evaluate[bool](`(() => {
			window.asks = [];
			window.fetch = async () => { window.asks.push(Date.now()); return new Response("", {status: `+status+`}); };
			return true;
		})()`))
	}
	answers("503")
	if _, err := s.crm.CreateMember(t.Context(), s.ws.ID, crm.Member{Name: "Mira"}); err != nil {
		t.Fatal(err)
	}
	b.until("it asks again, and waits longer", `window.asks.length >= 4`)
	if gap := ask(b, "the last gap", chromedp.Evaluate[float64](`window.asks[3] - window.asks[2]`)); gap < 3_500 {
		t.Errorf("it asked again after %v ms", gap)
	}
	answers("404")
	b.until("it ends", pressed+` === "false"`)
	b.do("on", chromedp.Click(chromedp.CSS("button[data-live]")))
	b.until("it is on", `localStorage.getItem("crm_live") === "on"`)
}

// Who has typed in a form is asked before another form beside it, or a link, loses that; not who saves it.
func TestUnsavedIsAskedFor(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	b := s.open(t, "en")
	asked := func(times int, what string) {
		t.Helper()
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.asked != times {
			t.Errorf("%s: asked %d times, want %d", what, b.asked, times)
		}
	}
	path := s.at("influencers/" + s.pam.ID.String())
	b.visit(path)
	b.follow(`form[action$="/archive"] button`, `document.querySelector(".toast")`)
	b.follow(`form[action$="/restore"] button`, `document.querySelector('form[action$="/archive"]')`)
	asked(0, "nothing was typed")
	b.visit(path) // without what was done, which lies over the end of the page
	b.do("type", chromedp.SendKeys(chromedp.CSS("#field-notes"), "mine"))
	b.stays = true
	for n, leave := range []string{`form[action$="/archive"] button`, "main .crumbs a"} {
		b.do("leave by "+leave, chromedp.Click(chromedp.CSS(leave)))
		for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
			b.mu.Lock()
			times := b.asked
			b.mu.Unlock()
			if times > n || time.Now().After(deadline) {
				break
			}
		}
		asked(n+1, leave)
		b.until("it stays", `document.getElementById("field-notes").value === "mine"`)
	}
	b.follow("p.save .primary", `document.querySelector(".toast") && location.search.includes("done=")`)
	asked(2, "save")
	if i, err := s.crm.Influencer(t.Context(), s.ws.ID, s.pam.ID); err != nil || i.Notes != "mine" || !i.ArchivedOn.IsZero() {
		t.Errorf("%+v, %v", i, err)
	}
	b.visit(s.at("influencers"))
	b.do("choose", chromedp.Click(chromedp.CSS("input[name=at]")))
	b.follow("tbody th a", `location.pathname.includes("/influencers/")`)
	asked(2, "a chosen row")
}

// A key that leads elsewhere leaves no form with what somebody has typed.
func TestKeysLeaveNothingTyped(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	b := s.open(t, "en")
	b.visit(s.at("cooperations/new"))
	key := func(where, key string) {
		b.do("focus "+where, chromedp.Focus(chromedp.CSS(where)), chromedp.KeyEvent(key))
	}
	b.do("type", chromedp.SendKeys(chromedp.CSS("#field-notes"), "mine"))
	key("[data-add-rule]", "g")
	key("main .crumbs a", "n")
	time.Sleep(500 * time.Millisecond) // in which a page would be left
	b.until("the form stays", `document.getElementById("field-notes").value === "mine" && location.pathname.endsWith("/cooperations/new")`)
	b.visit(s.at("members"))
	key("main a", "g")
	b.until("another page", `location.pathname.endsWith("/planning")`)
}
