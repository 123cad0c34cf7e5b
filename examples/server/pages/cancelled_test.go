package pages_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// A list shows of what was cancelled what counts, as its sums do, and can be asked for it or without it.
func TestCancelledInLists(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	campaign := h.summer()
	signed, draft := h.deal(campaign, "Pam", "PAM10", crm.Signed), h.deal(campaign, "Bob", "BOB10", crm.Draft)
	h.deal(campaign, "Emma", "", crm.Signed)
	for _, c := range []crm.Cooperation{signed, draft} {
		cancellation := crm.Cancellation{Reason: "ill"}
		if c.Status == crm.Signed {
			cancellation.Fee = budget.FromMinor(25_00, "EUR")
		}
		if _, err := h.crm.Cancel(t.Context(), h.ws.ID, c.ID, c.Version, cancellation, ""); err != nil {
			t.Fatal(err)
		}
	}
	for query, want := range map[string][]string{
		"":                {"<s>100.00</s> 25.00</td>", "<s>100.00</s></td>", `>100.00</td>`},
		"?cancelled=only": {"<s>100.00</s> 25.00</td>", "<s>100.00</s></td>"},
		"?cancelled=not":  {`>100.00</td>`},
	} {
		p := h.get("cooperations"+query, "en")
		h.has("cooperations"+query, p, 200, want...)
		if got := strings.Count(p.main(), `<td class="n" data-label="Cost">`); got != len(want) {
			t.Errorf("%s: %d rows, want %d", query, got, len(want))
		}
	}
	h.has("of a choice that is none", h.get("cooperations?cancelled=maybe", "en"), 422)
}

// A fee counts only for what was signed: a form for anything else has no field for it, and what is typed there is refused.
func TestFeeOfNothingSigned(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	draft := h.deal(h.summer(), "Pam", "PAM10", crm.Draft)
	at := "cooperations/" + draft.ID.String()
	if p := h.get(at, "en"); strings.Contains(p.body, "cancellation.fee") || !strings.Contains(p.body, "It leaves the plan.") {
		t.Error("the form has a field for a fee that counts nowhere")
	}
	version := strconv.FormatInt(draft.Version, 10)
	h.has("a fee", h.post(at+"/cancel", "version", version, "cancellation.fee", "25"), 422,
		"counts only for a cooperation that is signed", `value="25"`)
	if stored, err := h.crm.Cooperation(t.Context(), h.ws.ID, draft.ID); err != nil || stored.Cancellation != nil {
		t.Errorf("%+v, %v", stored.Cancellation, err)
	}
	h.has("without one", h.post(at+"/cancel", "version", version), 303)
}

// A fee is in the currency of the cost in whose place it comes, and the form says which that is.
func TestFeeInTheCurrencyOfTheCost(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	campaign := h.summer()
	for name, test := range map[string]struct {
		cost       budget.Money
		fee        string
		form, says string
		want       budget.Money
	}{
		"its own":  {budget.FromMinor(500_00, "USD"), "25", "Fee in USD", "with a fee of 25.00 USD", budget.FromMinor(25_00, "USD")},
		"the CRM":  {budget.FromMinor(500_00, "EUR"), "25", "Fee in EUR", "with a fee of 25.00 EUR", budget.FromMinor(25_00, "EUR")},
		"no fee":   {budget.FromMinor(500_00, "EUR"), "", "Fee in EUR", "without a fee, and costs nothing in the plan", budget.Money{}},
		"fee of 0": {budget.FromMinor(500_00, "EUR"), "0", "Fee in EUR", "with a fee of 0.00 EUR", budget.FromMinor(0, "EUR")},
	} {
		c := h.deal(campaign, name, "", crm.Signed)
		c.Cost = test.cost
		c = ok(h.crm.UpdateCooperation(t.Context(), h.ws.ID, c, ""))(h).Cooperation
		at := "cooperations/" + c.ID.String()
		h.has(name, h.get(at, "en"), 200, test.form)
		h.has(name, h.post(at+"/cancel", "version", strconv.FormatInt(c.Version, 10), "cancellation.fee", test.fee), 303)
		h.has(name, h.get(at, "en"), 200, test.says)
		if got := ok(h.crm.Cooperation(t.Context(), h.ws.ID, c.ID))(h).Cancellation.Fee; got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// The exports of a past day are of that day's end in the workspace's zone.
func TestExportOfAPastDay(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	h.has("of a past day", h.get("planning?at=2026-06-14", "en"), 200, "report?format=csv&amp;at=2026-06-14T21%3A59%3A59.999999Z")
	if p := h.get("planning", "en"); strings.Contains(p.main(), "&amp;at=") {
		t.Error("the exports of today are of a day")
	}
}

// A cancellation on a day that is to come is not told as one that was.
func TestCancelledOnADayToCome(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	campaign := h.summer()
	for _, test := range []struct {
		name        string
		status      crm.Status
		fee         budget.Money
		on          string
		says, saysD string
	}{
		{"Ann", crm.Signed, budget.FromMinor(25_00, "EUR"), "2026-07-01",
			"It is cancelled as of 1 Jul 2026 with a fee of 25.00 EUR",
			"Sie ist zum 01.07.2026 abgesagt, mit einem Ausfallhonorar von 25,00 EUR"},
		{"Bob", crm.Signed, budget.Money{}, "2026-07-01", "It is cancelled as of 1 Jul 2026 without a fee",
			"Sie ist zum 01.07.2026 ohne Ausfallhonorar abgesagt"},
		{"Cem", crm.Draft, budget.Money{}, "2026-06-16", "It is cancelled as of 16 Jun 2026 and is in no plan.",
			"Sie ist zum 16.06.2026 abgesagt"},
		{"Dee", crm.Draft, budget.Money{}, "2026-06-15", "It was cancelled on 15 Jun 2026", "Sie wurde am 15.06.2026 abgesagt"},
	} {
		c := h.deal(campaign, test.name, "", test.status)
		cancellation := crm.Cancellation{On: budget.MustParseDate(test.on), Fee: test.fee}
		if _, err := h.crm.Cancel(t.Context(), h.ws.ID, c.ID, c.Version, cancellation, ""); err != nil {
			t.Fatal(err)
		}
		at := "cooperations/" + c.ID.String()
		h.has(test.name, h.get(at, "en"), 200, test.says)
		h.has(test.name, h.get(at, "de"), 200, test.saysD)
	}
}
