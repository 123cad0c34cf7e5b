package browser

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// shop is a site with a campaign and two influencers, who each have a code by default.
type shop struct {
	*site
	ws       crm.Workspace
	campaign crm.Campaign
	pam, bob crm.Influencer
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{site: newSite(t)}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	s.ws, err = s.admin.CreateWorkspace(t.Context(), crm.Workspace{Name: "North", Currency: "EUR", TimeZone: "Europe/Berlin"})
	must(err)
	s.campaign, err = s.crm.CreateCampaign(t.Context(), s.ws.ID, crm.Campaign{Name: "Summer", Budget: budget.FromMinor(1_000_00, "EUR")})
	must(err)
	person := func(name, code string) crm.Influencer {
		i, err := s.crm.CreateInfluencer(t.Context(), s.ws.ID, crm.Influencer{Name: name, Profiles: []crm.Profile{{
			Platform: "instagram", Handle: name, Rules: []discount.Rule{{Match: discount.Equals, Pattern: code}},
		}}})
		must(err)
		return i
	}
	s.pam, s.bob = person("Pam", "PAM10"), person("Bob", "BOB10")
	return s
}

func (s *shop) at(path string) string { return "/w/" + s.ws.ID.String() + "/" + path }

// deal is a cooperation of an influencer in July.
func (s *shop) deal(t *testing.T, i crm.Influencer, status crm.Status) crm.Cooperation {
	t.Helper()
	saved, err := s.crm.CreateCooperation(t.Context(), s.ws.ID, crm.Cooperation{
		Campaign: s.campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Status: status, Cost: budget.FromMinor(300_00, "EUR"),
		Period: budget.Period{Start: budget.MustParseDate("2026-07-01"), End: budget.MustParseDate("2026-07-10")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return saved.Cooperation
}

// until waits for an expression to be true in a page that is there whole, with its scripts: a key that is pressed before
// is lost, and a text that is looked for is not there yet.
func (b *tab) until(what, expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && Boolean("+expression+")"))
		if ok {
			return
		}
		if ctx.Err() != nil {
			b.t.Fatalf("%s at %s: %v\n%s", what, b.where(), err, b.text("main"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// choose chooses an option of a select as a person does.
func (b *tab) choose(id, value string) {
	b.t.Helper()
	_ = ask(b, "choose "+id, chromedp.Evaluate[bool](`(() => {
		const x = document.getElementById(`+quote(id)+`);
		x.value = `+quote(value)+`;
		x.dispatchEvent(new Event("input", {bubbles: true}));
		x.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	})()`))
}

// Choosing campaign and influencer fills in the rest at once; a code of somebody else is told while it is typed, and so is
// what the plan becomes.
func TestFillsInWhileSomebodyChooses(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.deal(t, s.pam, crm.Signed)
	b := s.open(t, "en")
	b.visit(s.at("cooperations/new"))
	b.choose("field-campaign", s.campaign.ID.String())
	b.do("search", chromedp.SendKeys(chromedp.CSS("#find-influencer"), "bo"))
	b.until("the one that is found is chosen", `document.getElementById("field-influencer").value === `+quote(s.bob.ID.String()))
	b.until("defaults",
		`document.getElementById("field-rules[0].pattern").value === "BOB10" && document.getElementById("field-utm.source").value === "instagram"`)
	b.until("a name", `document.getElementById("field-name").value === "Summer - Bob - Instagram"`)
	b.choose("field-period.start", "2026-07-05")
	b.do("cost", chromedp.SendKeys(chromedp.CSS("#field-cost"), "900"))
	b.until("the plan", `document.getElementById("part-preview").innerText.includes("1,200.00")`)
	b.until("its health", `document.getElementById("part-preview").innerText.includes("At risk")`)
	b.do("code", chromedp.Clear(chromedp.CSS(`[id="field-rules[0].pattern"]`)),
		chromedp.SendKeys(chromedp.CSS(`[id="field-rules[0].pattern"]`), "pam10"))
	b.until("the conflict", `document.getElementById("part-preview").innerText.includes("is also for Summer - Pam")`)
	b.accessible(axe(t), "a form with a conflict")
	b.do("another row", chromedp.Click(chromedp.CSS("[data-add-rule]")))
	b.until("a row", `document.activeElement.id === "field-rules[2].pattern" || document.activeElement.id === "field-rules[1].pattern"`)
	b.do("save", chromedp.Click(chromedp.CSS("p.save .primary")))
	b.until("saved", `location.pathname.match(/cooperations\/[0-9a-f-]{36}$/) && document.querySelector(".toast")`)
	page, err := s.crm.Cooperations(t.Context(), s.ws.ID, crm.CooperationFilter{Influencers: []crm.InfluencerID{s.bob.ID}}, crm.ListOptions{})
	if err != nil || len(page.Items) != 1 || page.Items[0].Rules[0].Pattern != "pam10" || page.Items[0].RulesOrigin.Kind != crm.Overridden ||
		page.Items[0].UTMOrigins[0].Kind != crm.Inherited {
		t.Errorf("saved %+v, %v", page.Items, err)
	}
}

// A card moves by dragging and by keyboard, without a new page. A signature is only taken back with a reason.
func TestBoardMoves(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	pam, bob := s.deal(t, s.pam, crm.Draft), s.deal(t, s.bob, crm.Draft)
	b := s.open(t, "en")
	b.visit(s.at("campaigns/" + s.campaign.ID.String()))
	in := func(c crm.Cooperation, status crm.Status) string {
		return `document.querySelector('[data-status="` + string(status) + `"]').contains(document.getElementById("c` + c.ID.String() + `"))`
	}
	b.do("drag", chromedp.DragAndDrop(chromedp.CSS(`li[data-at="`+pam.ID.String()+`.1"]`), chromedp.CSS(`[data-status="signed"]`)))
	b.until("dragged", in(pam, crm.Signed))
	b.until("the sum", `document.querySelector('[data-status="signed"] h2').innerText.includes("300.00")`)
	b.until("the toast", `document.querySelector(".toast button").innerText === "Undo"`)
	b.do("focus", chromedp.Focus(chromedp.CSS(`[data-at="`+bob.ID.String()+`.1"] button`)), chromedp.KeyEvent("\r"))
	b.until("moved by keyboard", in(bob, crm.Negotiating))
	b.until("the focus stays on the card", `document.activeElement.id === "c`+bob.ID.String()+`"`)
	b.do("drag it back", chromedp.DragAndDrop(chromedp.CSS(`li[data-at="`+pam.ID.String()+`.2"]`), chromedp.CSS(`[data-status="draft"]`)))
	b.until("the question why", `document.getElementById("why").open`)
	b.accessible(axe(t), "the board with the question why")
	b.do("the reason", chromedp.SendKeys(chromedp.CSS("#why-reason"), "they want more"), chromedp.Click(chromedp.CSS("#why .primary")))
	b.until("dragged back", in(pam, crm.Draft))
	log, err := s.crm.Log(t.Context(), s.ws.ID, crm.ChangeFilter{Record: pam.Ref(), Newest: true}, 1)
	if err != nil || log[0].Reason != "they want more" {
		t.Errorf("log %+v, %v", log, err)
	}
}

// press presses a key in a field as a keyboard does: without the letter of it, if a script has taken the key. What
// chromedp.KeyEvent sends has the letter all the same, which submits a form.
func (b *tab) press(field, key string, code int64) {
	b.t.Helper()
	b.do("focus "+field, chromedp.Focus(chromedp.CSS(field)))
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{
			Type: kind, Key: key, Code: key, WindowsVirtualKeyCode: code,
		}); err != nil {
			b.t.Fatalf("%s in %s: %v", key, field, err)
		}
	}
}

// Who looks for somebody sees whom the text finds, and takes the first one or goes through the list, by keyboard alone.
func TestFindsWhileSomebodyTypes(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ella, err := s.crm.CreateInfluencer(t.Context(), s.ws.ID, crm.Influencer{Name: "Bobella"})
	if err != nil {
		t.Fatal(err)
	}
	b := s.open(t, "en")
	b.visit(s.at("cooperations/new?campaign=" + s.campaign.ID.String()))
	chosen := func(i crm.Influencer) string {
		return `document.getElementById("field-influencer").value === ` + quote(i.ID.String())
	}
	listed := `document.getElementById("field-influencer").size > 1 && document.getElementById("field-influencer").options.length === 3`
	b.do("search", chromedp.SendKeys(chromedp.CSS("#find-influencer"), "bo"))
	b.until("both are listed", listed)
	b.accessible(axe(t), "a form with a list of whom was found")
	b.press("#find-influencer", "Enter", 13)
	b.until("the first is chosen, and the list closed", chosen(s.bob)+` && document.getElementById("field-influencer").size === 1`)
	b.until("with the defaults", `document.getElementById("field-rules[0].pattern").value === "BOB10"`)

	// Another one: the one who is chosen stands in the list too, and is not the one who is found. Enter waits for what is typed.
	b.choose("find-influencer", "")
	b.do("another text", chromedp.SendKeys(chromedp.CSS("#find-influencer"), "pam"))
	b.press("#find-influencer", "Enter", 13)
	b.until("the other is chosen", chosen(s.pam)+` && document.getElementById("field-influencer").size === 1`)

	b.choose("find-influencer", "")
	b.do("a third one", chromedp.SendKeys(chromedp.CSS("#find-influencer"), "bob"))
	b.until("listed",
		`document.getElementById("field-influencer").size > 1 && [...document.getElementById("field-influencer").options].some((o) => o.value === `+quote(ella.ID.String())+`)`)
	b.press("#find-influencer", "ArrowDown", 40)
	b.until("in the list", `document.activeElement.id === "field-influencer"`)
	b.choose("field-influencer", ella.ID.String())
	b.press("#field-influencer", "Enter", 13)
	b.until("chosen", chosen(ella)+` && document.getElementById("field-influencer").size === 1`)
	if n, err := s.crm.CountCooperations(t.Context(), s.ws.ID, crm.CooperationFilter{}); err != nil || n != 0 {
		t.Errorf("%d cooperations were made, %v", n, err)
	}
}

// Enter takes nobody whom the text does not find: not without a text, not from a list of an earlier text, and not in place of the
// chosen one whom the text finds.
func TestEnterTakesWhomTheTextFinds(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	person := func(name string) crm.Influencer {
		i, err := s.crm.CreateInfluencer(t.Context(), s.ws.ID, crm.Influencer{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	anna, other := person("Anna Rvx"), person("Anna Rvxyz")
	b := s.open(t, "en")
	b.visit(s.at("cooperations/new?campaign=" + s.campaign.ID.String() + "&influencer=" + other.ID.String()))
	chosen := func(i crm.Influencer) string {
		return `document.getElementById("field-influencer").value === ` + quote(i.ID.String())
	}
	const (
		open   = `document.getElementById("field-influencer").size > 1`
		closed = `document.getElementById("field-influencer").size === 1`
		// answers counts those that came, and holds them back while there is a wall.
		counted = `(() => {
			const real = window.fetch;
			window.answers = 0;
			window.fetch = async (...of) => {
				if (window.fails && !of[1]) { window.answers++; return new Response("", {status: 503}); }
				const answer = await real(...of);
				if (!of[1]) setTimeout(() => window.answers++, 50);
				return answer;
			};
			return true;
		})()`
	)
	_ = ask(b, "count", chromedp.Evaluate[bool](counted))
	b.do("text", chromedp.SendKeys(chromedp.CSS("#find-influencer"), "anna"))
	b.until("both are listed", open+` && document.getElementById("field-influencer").options.length === 3`)
	b.press("#find-influencer", "Enter", 13)
	b.until("the first is chosen", chosen(anna)+" && "+closed)

	b.choose("find-influencer", "")
	b.press("#find-influencer", "Enter", 13)
	b.until("the answer without a text", "window.answers === 2")
	b.until("nobody else is chosen", chosen(anna)+" && "+closed)

	b.choose("find-influencer", "Anna Rvx")
	b.press("#find-influencer", "Enter", 13)
	b.until("the answer", "window.answers === 3")
	b.until("the chosen one, whom the text finds, stays", chosen(anna)+" && "+closed)

	b.choose("find-influencer", "bob")
	b.until("listed", open+" && window.answers === 4")
	_ = ask(b, "fail", chromedp.Evaluate[bool]("window.fails = true"))
	b.choose("find-influencer", "pam")
	b.press("#find-influencer", "Enter", 13)
	b.until("the failed answer closes the list", "window.answers === 5 && "+closed)
	b.press("#find-influencer", "Enter", 13)
	b.until("nobody is taken", chosen(anna)+" && "+closed)
}

// What is typed while the answer to another field is under way stays, and the answer is asked for again.
func TestTypingOutlivesAnswers(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	b := s.open(t, "en")
	b.visit(s.at("cooperations/new?campaign=" + s.campaign.ID.String()))
	_ = ask(b, "hold", chromedp.Evaluate[bool](`(() => {
		const real = window.fetch;
		window.came = 0;
		window.held = new Promise((open) => { window.open_ = open; });
		window.fetch = async (...of) => {
			const answer = await real(...of);
			await window.held;
			setTimeout(() => window.came++, 50);
			return answer;
		};
		return true;
	})()`))
	b.choose("field-influencer", s.bob.ID.String())
	b.choose("field-utm.content", "reel")
	b.choose("field-name", "Mine")
	b.do("focus elsewhere", chromedp.Focus(chromedp.CSS("#field-notes")))
	_ = ask(b, "go on", chromedp.Evaluate[bool](`(window.open_(), true)`))
	b.until("the defaults",
		`document.getElementById("field-rules[0].pattern").value === "BOB10" && document.getElementById("field-utm.source").value === "instagram"`)
	b.until("what was typed",
		`document.getElementById("field-utm.content").value === "reel" && document.getElementById("field-name").value === "Mine"`)
}

// On a narrow screen what is chosen in a filter can be read whole.
func TestNarrowFilter(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for _, lang := range []string{"en", "de"} {
		b := s.open(t, lang)
		b.do("size", chromedp.EmulateViewport(380, 900))
		b.visit(s.at("cooperations"))
		cut := ask(b, "what is cut off", chromedp.Evaluate[string](`[...document.querySelectorAll("form[role=search] select:not(#field-campaign, #field-responsible)")].flatMap((s) => {
			const style = getComputedStyle(s), pen = document.createElement("canvas").getContext("2d");
			pen.font = style.font;
			const room = s.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 30; // the arrow, and other fonts
			return [...s.options].map((o) => o.text).filter((text) => pen.measureText(text).width > room);
		}).join(", ")`))
		if cut != "" {
			t.Errorf("%s: cut off: %s", lang, cut)
		}
	}
}
