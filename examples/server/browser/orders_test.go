package browser

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/getklar/influencercrm/budget"
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

// What the orders of a file came to needs no scrolling sideways, on laptops, tablets and phones.
func TestOrdersOfAFileFitTheScreen(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.campaign.RevenueTarget = budget.FromMinor(1_234_567_00, "EUR")
	if _, err := s.crm.UpdateCampaign(t.Context(), s.ws.ID, s.campaign, ""); err != nil {
		t.Fatal(err)
	}
	s.deal(t, s.pam, crm.Signed)
	file := filepath.Join(t.TempDir(), "orders.jsonl")
	const orders = `{"id":"1","at":"2026-07-02T10:00:00Z","codes":["PAM10"],"amount":{"amount":"1234567.89","currency":"EUR"}}
{"id":"2","at":"2026-07-02T10:00:00Z","codes":["PAM10"],"amount":{"amount":"98765.43","currency":"USD"}}
{"id":"3","at":"2026-07-12T10:00:00Z","codes":["PAM10"],"amount":{"amount":"40.00","currency":"EUR"}}
`
	if err := os.WriteFile(file, []byte(orders), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"de", "en"} {
		b := s.open(t, lang)
		b.visit(s.at("orders"))
		b.do("the file", chromedp.SetUploadFiles(chromedp.CSS("#field-file"), []string{file}))
		b.until("its totals", `document.querySelectorAll("main td[data-label]").length === 8`) // it is sent at once
		for _, width := range []int64{1280, 1024, 981, 980, 768, 641, 640, 380} {
			b.do("size", chromedp.EmulateViewport(width, 900))
			if cut := ask(b, "tables", chromedp.Evaluate[string](wideTables(""))); cut != "" {
				t.Errorf("in %s, %d wide, cuts %s", lang, width, cut)
			}
			b.shoot("orders_file", lang, "light", width)
			narrow := ask(b, "labels", chromedp.Evaluate[bool](`getComputedStyle(document.querySelector("main td[data-label]"), "::before").content !== "none"`))
			if narrow != (width < 1200) {
				t.Errorf("in %s, %d wide: figures have names of their own: %t", lang, width, narrow)
			}
		}
	}
}
