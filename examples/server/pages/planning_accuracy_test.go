package pages_test

import (
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/pages"
	"github.com/getklar/influencercrm/storage/memory"
)

// A past month has what was planned for it one, two and three months before, what it came to and the difference; before
// there was a CRM nothing was planned.
func TestHowGoodThePlansWere(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	h := newHostOver(t, store, func(*crm.Service) pages.Options { return pages.Options{} })
	at := func(month time.Month) *crm.Options {
		return &crm.Options{Now: func() time.Time { return time.Date(2026, month, 10, 8, 0, 0, 0, time.UTC) }}
	}
	h.ws = ok(crm.NewAdmin(store, at(time.March)).CreateWorkspace(t.Context(),
		crm.Workspace{Name: "Early", Currency: "EUR", TimeZone: "Europe/Berlin"}))(h)
	march := crm.New(store, at(time.March))
	campaign := ok(march.CreateCampaign(t.Context(), h.ws.ID, crm.Campaign{Name: "Spring"}))(h)
	person := ok(march.CreateInfluencer(t.Context(), h.ws.ID, crm.Influencer{Name: "Pam"}))(h)
	saved := ok(march.CreateCooperation(t.Context(), h.ws.ID, crm.Cooperation{
		Campaign: campaign.ID, Influencer: person.ID, Status: crm.Negotiating, Cost: budget.FromMinor(1_000_00, "EUR"),
		Period: period("2026-05-04", "2026-05-10"),
	}))(h)
	signed := saved.Cooperation
	signed.Status, signed.Cost = crm.Signed, budget.FromMinor(1_200_00, "EUR")
	ok(crm.New(store, at(time.May)).UpdateCooperation(t.Context(), h.ws.ID, signed, ""))(h)

	h.has("the last month", h.get("planning/accuracy", "en"), 200, "<small>May 2026</small>", "It came to 1,200.00 signed.",
		"A month before it began, 500.00 were expected: 700.00 more.", "3 months before it began",
		"There was no CRM yet.", "31 Mar 2026", "month=2026-05&amp;at=2026-03-31",
		"planning/accuracy?month=2026-04")
	h.has("in German", h.get("planning/accuracy?month=2026-05", "de"), 200, "Unterschrieben wurden 1.200,00.",
		"Einen Monat vor seinem Beginn waren 500,00 erwartet: 700,00 mehr.", "3 Monate vor seinem Beginn")
	h.has("nothing in it", h.get("planning/accuracy?month=2026-04", "en"), 200, "nothing to compare it with",
		"planning/accuracy?month=2026-05")
	for typed, says := range map[string]string{
		"2026-06": "has not ended yet; choose May 2026 at the latest", "May": "is no month; write it like 2026-05",
		"1900-01": `aria-invalid="true"`,
	} {
		h.has(typed, h.get("planning/accuracy?month="+typed, "en"), 422, says, `value="`+typed+`"`, "<small>May 2026</small>")
	}
	h.has("of what is no place", h.get("planning/accuracy?planet=mars", "en"), 422)
	h.has("the plan leads to it", h.get("planning", "en"), 200, `/planning/accuracy"`)
}

// Where nothing was planned and nothing signed, no forecast was met.
func TestAMonthInWhichNothingWasPlanned(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	h := newHostOver(t, store, func(*crm.Service) pages.Options { return pages.Options{} })
	january := &crm.Options{Now: func() time.Time { return time.Date(2026, time.January, 10, 8, 0, 0, 0, time.UTC) }}
	h.ws = ok(crm.NewAdmin(store, january).CreateWorkspace(t.Context(),
		crm.Workspace{Name: "Early", Currency: "EUR", TimeZone: "Europe/Berlin"}))(h)
	for lang, says := range map[string]string{
		"en": "Nothing was signed. A month before it began, nothing was expected.",
		"de": "Unterschrieben wurde nichts. Einen Monat vor seinem Beginn war nichts erwartet.",
	} {
		p := h.get("planning/accuracy?month=2026-05", lang)
		h.has(lang, p, 200, says)
		if strings.Contains(p.main(), ">as expected") || strings.Contains(p.main(), ">wie erwartet") {
			t.Errorf("nothing was expected: %s", p.main())
		}
	}
}

// What is signed without a cost, or in a currency without a rate, comes to nothing and is signed all the same.
func TestAMonthOfWhatCostsNothing(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	h := newHostOver(t, store, func(*crm.Service) pages.Options { return pages.Options{} })
	january := &crm.Options{Now: func() time.Time { return time.Date(2026, time.January, 10, 8, 0, 0, 0, time.UTC) }}
	h.ws = ok(crm.NewAdmin(store, january).CreateWorkspace(t.Context(),
		crm.Workspace{Name: "Early", Currency: "EUR", TimeZone: "Europe/Berlin"}))(h)
	service := crm.New(store, january)
	campaign := ok(service.CreateCampaign(t.Context(), h.ws.ID, crm.Campaign{Name: "Gifts"}))(h)
	person := ok(service.CreateInfluencer(t.Context(), h.ws.ID, crm.Influencer{Name: "Pam"}))(h)
	for month, cost := range map[string]budget.Money{"2026-04": budget.FromMinor(0, "EUR"), "2026-05": budget.FromMinor(100_00, "USD")} {
		ok(service.CreateCooperation(t.Context(), h.ws.ID, crm.Cooperation{
			Campaign: campaign.ID, Influencer: person.ID, Status: crm.Signed, Cost: cost, Period: period(month+"-04", month+"-10"),
		}))(h)
		p := h.get("planning/accuracy?month="+month, "en")
		h.has(month, p, 200, "It came to 0.00 signed.")
		if strings.Contains(p.main(), "Nothing was signed") || strings.Contains(p.main(), "nothing was expected") {
			t.Errorf("%s: %s", month, p.main())
		}
		h.has(month, h.get("planning/accuracy?month="+month, "de"), 200, "Unterschrieben wurden 0,00.")
	}
}
