package browser

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/getklar/influencercrm/crm"
)

// An order that nobody earned is explained, and after the fix that its page offers somebody earns it; with a script and without.
func TestFixWhatAnOrderMissed(t *testing.T) {
	t.Parallel()
	for _, script := range []bool{true, false} {
		s := newShop(t)
		deal := s.deal(t, s.pam, crm.Signed)
		b := s.open(t, "en")
		if !script {
			b.withoutScript()
		}
		b.visit(s.at("orders"))
		b.do("the code", chromedp.SendKeys(chromedp.CSS("#field-codes"), "pam10"))
		b.choose("field-at", "2026-07-12T12:00")
		b.follow("form[method=get] button.primary", `document.querySelector("main").innerText.includes("Nobody earns this order")`)
		b.accessible(axe(t), "an order that nobody earned")
		b.follow(".finding form button", `document.querySelector("h1").innerText.includes("What the fix would do")`)
		b.accessible(axe(t), "what a fix would do")
		b.follow("form.inline button.primary", `document.querySelector("main").innerText.includes("earns this order")`)
		if c, err := s.crm.Cooperation(t.Context(), s.ws.ID, deal.ID); err != nil || c.Period.End.String() != "2026-07-12" {
			t.Errorf("with script %t: it ends on %s, %v", script, c.Period.End, err)
		}
	}
}
