package pages_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// fixForm are the fields of the first form of a page that shows what a fix would do, as pairs.
func (h *host) fixForm(p page) []string {
	h.Helper()
	_, form, ok := strings.Cut(p.body, "/orders/fix\"")
	form, _, _ = strings.Cut(form, "</form>")
	if !ok {
		h.Fatalf("there is no fix: %s", p.main())
	}
	var pairs []string
	for _, m := range regexp.MustCompile(`name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(form, -1) {
		pairs = append(pairs, m[1], html.UnescapeString(m[2]))
	}
	return pairs
}

func asked(codes, at string) string {
	return "orders?" + url.Values{"codes": {codes}, "at": {at}}.Encode()
}

// An order is credited with all who had a claim and why the others lost, or to nobody with what would credit it; the fix shows
// what it does before it does it.
func TestCheckAnOrder(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	campaign := h.summer()
	h.deal(campaign, "Pam <b>", "PAM10", crm.Signed)
	h.deal(campaign, "Emma", "EMMA5", crm.Draft)
	h.has("the form", h.get("orders", "en"), 200, "One order", "Orders of a shop", `value="2026-06-15T10:00"`)
	h.has("in German", h.get("orders", "de"), 200, "Bestellung prüfen", "Eine Bestellung")
	h.has("nothing asked", h.get("orders?codes=+&link=&at=2026-06-15T10:00", "en"), 422, "Type a code, or paste the link of the last visit.")
	h.has("earned", h.get(asked("pam10\nEMMA5", "2026-06-10T12:00"), "en"), 200,
		"Summer - Pam &lt;b&gt; earns this order", "equals PAM10", "It earns the order.")
	h.has("no time", h.get(asked("PAM10", "noon"), "en"), 422, "is no time", `value="noon"`)
	h.has("nothing like it", h.get(asked("SALE", "2026-06-10T12:00"), "en"), 200, "Nobody earns this order",
		"No rule knows the code SALE", "comes near it")

	late := h.get(asked("PAM10", "2026-07-03T12:00"), "en")
	h.has("too late", late, 200, "Nobody earns this order", "End changes from 30 Jun 2026 to 3 Jul 2026", "Show what this fix would do")
	form := h.fixForm(late)
	shown := h.post("orders/fix", form...)
	h.has("what the fix does", shown, 200, "The order goes to Summer - Pam &lt;b&gt;, and to nobody now.", "Fix it")
	if c := h.find("Pam"); c.Period.End.String() != "2026-06-30" {
		t.Errorf("it was done before anybody agreed: %s", c.Period.End)
	}
	fixed := h.post("orders/fix", append(form, "apply", "yes")...)
	h.has("the fix", fixed, 303)
	if c := h.find("Pam"); c.Period.End.String() != "2026-07-03" {
		t.Errorf("it is not done: %s", c.Period.End)
	}
	h.has("after it", h.get(fixed.to, "en"), 200, "earns this order", `class="toast"`, "Undo")
	h.has("the same fix again", h.post("orders/fix", form...), 412, "It was changed meanwhile")

	draft := h.get(asked("EMMA5", "2026-06-10T12:00"), "de")
	h.has("a draft", draft, 200, "Status ändert sich von Entwurf auf Unterschrieben")
	h.has("a rule", h.post("orders/fix", h.fixForm(h.get(asked("PAM15", "2026-06-10T12:00"), "en"))...), 200,
		"a discount rule is added: equals PAM15")
	h.has("a rule in German", h.get(asked("PAM15", "2026-06-10T12:00"), "de"), 200, "eine Rabattregel kommt dazu: ist gleich PAM15")
	h.has("no fix", h.post("orders/fix", "cooperation", h.find("Pam").ID.String()), 422)
	h.has("a fix that is none", h.post("orders/fix", "cooperation", h.find("Pam").ID.String(), "fix",
		`{"record":{"kind":"member"},"field":"name"}`), 422)
	h.ws = h.workspace("South")
	h.has("of another workspace", h.post("orders/fix", form...), 404)
}

func (h *host) find(name string) crm.Cooperation {
	h.Helper()
	page, err := h.crm.Cooperations(h.Context(), h.ws.ID, crm.CooperationFilter{Text: name}, crm.ListOptions{})
	if err != nil || len(page.Items) != 1 {
		h.Fatal(page.Items, err)
	}
	return page.Items[0]
}

// A fix makes all its changes together: a cancelled draft that was archived and has ended earns an order.
func TestFixOfManyChanges(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	c := h.deal(h.summer(), "Pam", "PAM10", crm.Draft)
	if _, err := h.crm.Cancel(t.Context(), h.ws.ID, c.ID, c.Version, crm.Cancellation{On: budget.MustParseDate("2026-06-02")}, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := h.crm.Archive(t.Context(), h.ws.ID, crm.At{Ref: c.Ref()}, ""); err != nil {
		c = h.find("Pam")
		if _, err := h.crm.Archive(t.Context(), h.ws.ID, crm.At{Ref: c.Ref(), Version: c.Version}, ""); err != nil {
			t.Fatal(err)
		}
	}
	found := h.get(asked("PAM10", "2026-07-02T12:00"), "en")
	h.has("the diagnosis", found, 200, "the cancellation is taken back", "it comes out of the archive", "Status changes from Draft to Signed")
	fixed := h.post("orders/fix", append(h.fixForm(found), "apply", "yes")...)
	h.has("the fix", fixed, 303)
	h.has("after it", h.get(fixed.to, "en"), 200, "Summer - Pam earns this order")
}

// The orders of a file come to totals by campaign; those that nobody earned are grouped, each group with a fix.
func TestOrdersOfAFile(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	h.deal(h.summer(), "Pam", "PAM10", crm.Signed)
	const lines = `{"id":"1","at":"2026-06-10T10:00:00Z","codes":["PAM10"],"amount":{"amount":"100.00","currency":"EUR"}}
{"id":"2","at":"2026-06-10T10:00:00Z","codes":["PAM15"],"amount":{"amount":"40.00","currency":"EUR"}}
{"id":"3","at":"2026-06-11T10:00:00Z","codes":["PAM15"],"amount":{"amount":"2.50","currency":"EUR"}}
{"id":"4","at":"2026-07-02T10:00:00Z","codes":["PAM10"],"amount":{"amount":"1000.00","currency":"EUR"}}
{"id":"5","at":"noon"}
`
	got := h.sendFile("orders", "orders.jsonl", lines)
	h.has("the file", got, 200, "What the orders came to", "Summer",
		`>Pam</a></th><td class="n" data-label="Orders">1</td><td class="n" data-label="Revenue, less refunds">100.00</td>`,
		"1 order, 1,000.00 EUR", "2 orders, 42.50 EUR", "Orders that could not be read", "noon")
	if first, second := strings.Index(got.body, "1,000.00 EUR"), strings.Index(got.body, "42.50 EUR"); first > second {
		t.Error("most money is not first")
	}
	h.has("its first fix", h.post("orders/fix", h.fixForm(got)...), 200, "One order of the file is credited then",
		"End changes from 30 Jun 2026 to 2 Jul 2026", "Fix it")
	fixed := h.post("orders/fix", append(h.fixForm(got), "apply", "yes")...)
	h.has("fixed", h.get(fixed.to, "en"), 200, "Drop the file once more", "Undo")
	h.has("no file", h.sendFile("orders", "", ""), 422, "Choose the export of the orders first.")
	h.has("another file", h.sendFile("orders", "x.csv", "a,b\n1,2\n"), 422)
}

// Costs and refunds in other currencies stand beside those in the currency of the CRM.
func TestOrdersOfAFileInOtherCurrencies(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	c := h.deal(h.summer(), "Pam", "PAM10", crm.Signed)
	c.Cost = budget.FromMinor(500_00, "USD")
	ok(h.crm.UpdateCooperation(t.Context(), h.ws.ID, c, ""))(h)
	got := h.sendFile("orders", "orders.jsonl", `{"id":"1","at":"2026-06-10T10:00:00Z","codes":["PAM10"],"amount":{"amount":"100.00","currency":"EUR"}}
{"id":"2","at":"2026-06-11T10:00:00Z","refund_of":"1","amount":{"amount":"7.00","currency":"USD"}}
`)
	const people = `>Pam</a></th><td class="n" data-label="Orders">1</td><td class="n" data-label="Revenue, less refunds">100.00 <small>-7.00 USD</small></td><td class="n" data-label="Cost"> <small>500.00 USD</small></td>`
	h.has("of the campaign", got, 200,
		`<td class="n" data-label="Revenue target">-</td><td class="n" data-label="Reached"></td><td class="n" data-label="Cost"> <small>500.00 USD</small></td>`)
	h.has("of the influencer", got, 200, people)
}

// What is wrong with a file of orders is said in the reader's language, with fields as pages call them.
func TestOrdersOfAFileInGerman(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	p := h.sendFileIn("de", "orders", "orders.jsonl", `{"id":"1","at":"2026-06-10T10:00:00Z","codes":["PAM10"],"amount":{"amount":"100.00","currency":"EUR"}}
{"id":"2","at":"noon"}
{"id":"3",]
`)
	h.has("what is wrong", p, 200, "Bestellt am <code>noon</code>", "ist kein JSON: das Zeichen")
	for _, lacks := range []string{"invalid character", "at <code>"} {
		if strings.Contains(strings.ReplaceAll(p.main(), "Bestellt am", ""), lacks) {
			t.Errorf("it says %q: %s", lacks, p.main())
		}
	}
}
