package pages_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// What is in no month and what is in no sum lead from the plan to the cooperations behind, page by page.
func TestPlanLeadsToWhatIsInNoMonthAndNoSum(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	const many = 52 // of which a page shows 50
	for range many {
		w.deal(func(c *crm.Cooperation) { c.Cost = budget.FromMinor(10_00, "EUR") })
	}
	dollars := w.deal(func(c *crm.Cooperation) {
		c.Cost, c.Period = budget.FromMinor(900_00, "USD"), period("2026-07-20", "2026-08-10") // in two months, and listed once
	})
	for lang, texts := range map[string][]string{
		"en": {">Unscheduled</a>", "One cooperation is in a currency without a rate"},
		"de": {">Ohne Zeitraum</a>", "Eine Kooperation hat eine Währung ohne Kurs"},
	} {
		h := w.get("planning", lang)
		w.has("plan "+lang, h, 200, append(texts, "planning/cooperations?of=unscheduled", "planning/cooperations?of=unpriced")...)
	}
	first := w.get("planning/cooperations?of=unscheduled", "en")
	w.has("unscheduled", first, 200, "<h1>Unscheduled", "520.00", "Next page")
	_, next, _ := strings.Cut(first.body, `<a class="button" href="`)
	next, _, _ = strings.Cut(next, `"`)
	second := w.get(unquote.Replace(next), "en")
	w.has("the next page", second, 200, "<h1>Unscheduled")
	if a, b := strings.Count(first.main(), "<th scope=\"row\">"), strings.Count(second.main(), "<th scope=\"row\">"); a != 50 || b != 2 {
		t.Errorf("%d and %d rows, want 50 and 2", a, b)
	}
	unpriced := w.get("planning/cooperations?of=unpriced", "en")
	w.has("unpriced", unpriced, 200, "<h1>Without a rate", "cooperations/"+dollars.ID.String(), "900.00 USD", "Write their cost in EUR")
	if n := strings.Count(unpriced.main(), "<th scope=\"row\">"); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
	w.has("of what is none", w.get("planning/cooperations?of=x", "en"), 422)
	w.has("before there was any", w.get("planning/cooperations?of=unscheduled&at=2020-01-01", "de"), 200, "Hier ist nichts geplant.")
}

// Such a list can be of one campaign, and that of what has no rate of one month too. What has no dates is in no month.
func TestWhatIsInNoMonthAndNoSumOfACampaign(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	other := ok(w.crm.CreateCampaign(t.Context(), w.ws.ID, crm.Campaign{Name: "Autumn"}))(w.host)
	bare := ok(w.crm.CreateCampaign(t.Context(), w.ws.ID, crm.Campaign{Name: "Bare"}))(w.host)
	undated := w.deal(func(c *crm.Cooperation) { c.Cost = budget.FromMinor(10_00, "EUR") })
	w.deal(func(c *crm.Cooperation) { c.Campaign, c.Cost = other.ID, budget.FromMinor(7_00, "EUR") })
	july := w.deal(func(c *crm.Cooperation) {
		c.Cost, c.Period = budget.FromMinor(900_00, "USD"), period("2026-07-20", "2026-07-25")
	})
	august := w.deal(func(c *crm.Cooperation) {
		c.Campaign, c.Cost, c.Period = other.ID, budget.FromMinor(800_00, "USD"), period("2026-08-01", "2026-08-10")
	})
	of := "&campaign=" + w.campaign.ID.String()
	w.has("the campaign leads to it", w.get("campaigns/"+w.campaign.ID.String(), "en"), 200, "of=unpriced&amp;campaign="+w.campaign.ID.String())
	for path, want := range map[string]struct {
		title  string
		listed []crm.Cooperation
	}{
		"unscheduled" + of:                         {"Unscheduled <small>Summer</small>", []crm.Cooperation{undated}},
		"unscheduled&campaign=" + bare.ID.String(): {"Unscheduled <small>Bare</small>", nil},
		"unpriced":                                            {"<h1>Without a rate</h1>", []crm.Cooperation{july, august}},
		"unpriced" + of:                                       {"Without a rate <small>Summer</small>", []crm.Cooperation{july}},
		"unpriced&month=2026-08":                              {"Without a rate <small>August 2026</small>", []crm.Cooperation{august}},
		"unpriced&month=2026-08" + of:                         {"Without a rate <small>Summer, August 2026</small>", nil},
		"unscheduled&at=2020-01-01" + of:                      {"Unscheduled <small>Summer</small>", nil},
		"unpriced&campaign=" + bare.ID.String():               {"Without a rate <small>Bare</small>", nil},
		"unpriced&month=2031-01&campaign=" + bare.ID.String(): {"Without a rate <small>Bare, January 2031</small>", nil},
	} {
		p := w.get("planning/cooperations?of="+path, "en")
		w.has(path, p, 200, want.title)
		for _, c := range want.listed {
			w.has(path, p, 200, "cooperations/"+c.ID.String())
		}
		if n := strings.Count(p.main(), `<th scope="row">`); n != len(want.listed) {
			t.Errorf("%s: %d rows, want %d: %s", path, n, len(want.listed), p.main())
		}
	}
	w.has("the line is that of the campaign", w.get("planning/cooperations?of=unscheduled"+of, "en"), 200, "10.00")
	w.has("in a month", w.get("planning/cooperations?of=unscheduled&month=2026-08", "en"), 422)
	w.has("of no campaign", w.get("planning/cooperations?of=unscheduled&campaign="+w.influencer.ID.String(), "en"), 404)
}

// A list without anything to sign offers nothing to sign, and explains no missing rate.
func TestEmptyListsOfThePlanOfferNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.deal(func(c *crm.Cooperation) {
		c.Cost, c.Status, c.Period = budget.FromMinor(10_00, "EUR"), crm.Signed, period("2026-07-20", "2026-07-25")
	})
	for _, path := range []string{"?of=unscheduled", "?of=unpriced", "?month=2026-07", "?month=2031-01"} {
		p := w.get("planning/cooperations"+path, "en")
		for _, text := range []string{"What if these sign?", "Write their cost in"} {
			if p.status != 200 || strings.Contains(p.main(), text) {
				t.Errorf("%s: %d, %q: %s", path, p.status, text, p.main())
			}
		}
	}
}

// The next page of what is in no month, or in no sum, begins where the one before ended, also when its last cooperation
// is in a month or has a rate by now: the page is there so that somebody mends that.
func TestNextPageOfWhatIsInNoMonthAndNoSum(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for range 52 {
		w.deal(func(c *crm.Cooperation) { c.Cost = budget.FromMinor(900_00, "USD") })
	}
	for _, of := range []string{"unpriced", "unscheduled"} {
		_, next, _ := strings.Cut(w.get("planning/cooperations?of="+of, "en").body, `<a class="button" href="`)
		next, _, _ = strings.Cut(next, `"`)
		next = unquote.Replace(next)
		_, item, _ := strings.Cut(next, "item=")
		item, _, _ = strings.Cut(item, "&")
		id := ok(crm.ParseID[crm.Cooperation](item))(w.host)
		last := ok(w.crm.Cooperation(t.Context(), w.ws.ID, id))(w.host)
		if of == "unpriced" {
			last.Cost = budget.FromMinor(800_00, "EUR")
		} else {
			last.Period = period("2026-07-01", "2026-07-02")
		}
		if _, err := w.crm.UpdateCooperation(t.Context(), w.ws.ID, last, ""); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(w.get(next, "en").main(), `<th scope="row">`); n != 2 {
			t.Errorf("%s: %d rows, want 2", of, n)
		}
	}
}

// The day of a plan that is to come is refused beside its field, with the plan of today; today is the last that is taken.
func TestPlanOfADayToCome(t *testing.T) {
	t.Parallel()
	h, _, _ := planned(t)
	h.has("tomorrow", h.get("planning?at=2026-06-16", "en"), 422,
		`value="2026-06-16" max="2026-06-15" aria-invalid="true" aria-describedby="at-error"`,
		"This day is still to come; choose today at the latest.", "July 2026", "<h1>Planning</h1>")
	h.has("in German", h.get("planning?at=2031-01-01&show=all", "de"), 422,
		"Dieser Tag liegt noch in der Zukunft; wählen Sie spätestens heute.")
	for day, says := range map[string]string{
		"2999-06-01": "This day is still to come; choose today at the latest.",
		"1600-06-01": "choose a day from the year 1901 on, today at the latest.", "yesterday": "choose a day from the year 1901 on",
		"2026-02-31": "choose a day from the year 1901 on",
	} {
		h.has(day, h.get("planning?at="+day, "en"), 422, `value="`+day+`" max="2026-06-15" aria-invalid="true"`, says, "<h1>Planning</h1>")
	}
	h.has("the first", h.get("planning?at=1901-01-01", "de"), 200, "Planung, Stand vom 01.01.1901")
	h.has("today", h.get("planning?at=2026-06-15", "en"), 200, "Planning as of 15 Jun 2026", `value="2026-06-15"`)
	for _, path := range []string{"planning.svg?at=2026-06-16", "planning/cooperations?at=2026-06-16"} {
		h.has(path, h.get(path, "en"), 422, "today at the latest")
		h.has(path+" in German", h.get(path, "de"), 422, "spätestens heute wählen")
	}
}

// Where a budget is exceeded, the alert and the list behind it say which cooperation does so.
func TestWhatTipsABudget(t *testing.T) {
	t.Parallel()
	h, campaign, draft := planned(t)
	link := `cooperations/` + draft.ID.String() + `">`
	for lang, text := range map[string]string{"en": "It would be exceeded with <a class=\"chip\"", "de": "Überschritten würde es mit <a class=\"chip\""} {
		h.has(lang, h.get("alerts", lang), 200, text, link)
	}
	p := h.get("planning/cooperations?campaign="+campaign.ID.String(), "en")
	h.has("the list", p, 200, `</a> <span class="chip">takes it over the budget</span>`)
	if n := strings.Count(p.main(), "takes it over the budget"); n != 1 {
		t.Errorf("%d of them exceed the budget", n)
	}
}
