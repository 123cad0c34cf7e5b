package column_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// What the header of a column of amounts in a sheet of cooperations says: what they are, and in which currency. Amounts
// in another unit, rates, parts and what became of a budget are no amounts of the record.
func TestAmountHeaders(t *testing.T) {
	t.Parallel()
	const none = "custom"
	for header, want := range map[string]string{
		"Umsatzziel T €": none, "Honorar T EUR": none, "Honorar T-EUR": none, "Honorar T€": none, "Honorar (T €)": none,
		"Honorar € T":       none,
		"Honorar in 1000 €": none, "Honorar (in 1.000 €)": none, "Fee (in 1,000 EUR)": none, "Fee (1 000 EUR)": none, "Honorar 1000er": none,
		"Fee x1000": none, "Fee ('000)": none, "Fee 000s": none, "Honorar in Tsd.": none, "Honorar (Tsd)": none, "Honorar Tausend": none,
		"Fee €k": none, "Fee (EURk)": none, "Fee k": none, "Fee kEUR": none, "Fee (k€)": none, "Honorar Mio. €": none, "Fee (€M)": none,
		"Honorar Cent": none, "Honorar in Cent": none, "Honorar (in Cent)": none, "Fee (cents)": none, "Honorar ct": none,
		"Campaign budget used": none, "Campaign budget (spent)": none, "Kampagnenbudget verbraucht": none, "Kampagnenbudget (Rest)": none,
		"Kampagnenbudget verbleibend": none, "Umsatzziel erreicht": none, "Revenue target (actual)": none, "Umsatzziel (Ist)": none,
		"Campaign budget (monthly)": none, "Kampagnenbudget pro Monat": none, "Kampagnenbudget pro Influencer": none,
		"Fee (per post)": none, "Honorar (pro Story)": none, "Honorar/Post": none, "Fee (€/Reel)": none, "Honorar (monatlich)": none,
		"Fee (agency)": none, "Kosten (Versand)": none, "Honorar (offen)": none, "Fee (remaining)": none,
		"Honorar (Anzahlung)": none, "Honorar (alt)": none, "Fee (max.)": none, "Honorar (Wunsch)": none,

		"Kampagnenbudget": "campaign_budget", "Campaign budget (EUR)": "campaign_budget EUR", "Kampagnenbudget 2026": "campaign_budget",
		"Campaign budget (max.)": "campaign_budget", "Kampagnenbudget (pro Kampagne)": "campaign_budget", "Umsatzziel €": "revenue_target EUR",
		"Honorar": "cost", "Honorar (netto)": "cost", "Honorar (zzgl. 19 % MwSt.)": "cost", "Fee (excl. VAT)": "cost",
		"Kosten (inkl. 7% USt.)":    "cost",
		"Honorar (pro Kooperation)": "cost", "Fee (as agreed)": "cost", "Fee (2026)": "cost", "Honorar / Fee": "cost", "Fee (new)": "cost",
		"Fee (incl. 10% agency fee)": "cost", "Honorar (inkl. Versand)": "cost", "Fee (excl. product)": "cost",
		"Flat fee": "cost", "Honorar gesamt": "cost",
		"Honorar USD netto": "cost USD", "Honorar (USD, netto)": "cost USD", "Honorar in USD (netto)": "cost USD", "Fee (net USD)": "cost USD",
		"fee in usd": "cost USD", "Fee (chf)": "cost CHF", "Honorar netto EUR": "cost EUR", "Fee - EUR": "cost EUR", "Fee (A$)": "cost AUD",
		"Fee ($)": "cost $", "Fee (USD $)": "cost USD", "Fee (US$)": "cost USD", "Fee (kr)": "cost DKK,NOK,SEK",
		"Fee (kr, net)": "cost DKK,NOK,SEK",
		"Fee (SEK kr)":  "cost SEK", "Fee (EUR/USD)": "cost EUR,USD", "Honorar (€ oder $)": "cost $,EUR",
		"Fee (all in)": "cost", "Fee (top)": "cost TOP",
	} {
		s := headersOf("Influencer,Platform")
		s.Rows[0].Cells = append(s.Rows[0].Cells, sheet.Cell{Text: header})
		h, err := column.FindHeader(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, told(h.Columns[2])); diff != "" {
			t.Errorf("%q (-want +got):\n%s", header, diff)
		}
	}
}

// What has been paid stands for the cost where it is the only column of amounts for it. What is a part of it never does.
func TestPaidAmounts(t *testing.T) {
	t.Parallel()
	for headers, want := range map[string]string{
		"Fee (paid)": "cost", "Paid fee": "cost", "Fee paid": "cost", "Fee [paid]": "cost",
		"Fee (already paid)": "cost", "Fee (paid, EUR)": "cost EUR",
		"Fee paid (USD)": "cost USD", "Cost (invoiced)": "cost", "Amount paid": "cost", "Billed fee": "cost",
		"Paid (fee)": "cost", "Total fee paid": "cost",
		"Honorar (bezahlt)": "cost", "Bezahltes Honorar": "cost", "Honorar bezahlt": "cost",
		"Gezahltes Honorar": "cost", "Honorar (bereits bezahlt)": "cost",
		"Gezahlter Betrag": "cost", "Kosten (abgerechnet)": "cost", "Vergütung (überwiesen)": "cost",
		"Honorar, bezahlt (CHF)": "cost CHF", "Ausgezahlte Vergütung": "cost",

		"Fee (unpaid)": "custom", "Fee paid?": "custom", "Honorar bezahlt?": "custom", "Paid": "custom",
		"Bezahlt": "custom", "Fee (paid in advance)": "custom",
		"Agency fee (paid)": "custom", "Fee per post (paid)": "custom", "Fee (paid, T€)": "custom", "Fee (paid),Fee (open)": "custom custom",
		"Honorar (bezahlt),Honorar (offen)": "custom custom", "Fee (paid),Fee (invoiced)": "custom custom",
		"Fee (paid),Fee (deposit)": "custom custom",
		"Fee,Fee (paid)":           "cost custom", "Honorar (bezahlt),Honorar": "custom cost", "Paid fee,Amount": "custom cost",
		"Paid fee,Campaign budget": "cost campaign_budget",
	} {
		s := headersOf("Influencer,Platform")
		for header := range strings.SplitSeq(headers, ",") {
			s.Rows[0].Cells = append(s.Rows[0].Cells, sheet.Cell{Text: header})
		}
		if strings.Contains(headers, ", ") { // one header with a comma in it
			s.Rows[0].Cells = append(s.Rows[0].Cells[:2], sheet.Cell{Text: headers})
		}
		h, err := column.FindHeader(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range h.Columns[2:] {
			got = append(got, told(c))
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", headers, diff)
		}
		noted := slices.ContainsFunc(h.Notes, func(n sheet.Note) bool { return n.Code == "paid_as_cost" })
		if taken := strings.HasPrefix(want, "cost") && headers != "Fee,Fee (paid)"; noted != taken {
			t.Errorf("%q: a note that what was paid is taken for the cost: %t, want %t", headers, noted, taken)
		}
	}
}

// told is the field of a column, with the currencies that its header names.
func told(c column.Column) string {
	all := slices.Sorted(slices.Values(c.Currencies))
	switch {
	case c.Field == column.Custom:
		return string(c.Field)
	case c.Dollar:
		all = []string{"$"}
	case c.Currency != "":
		all = []string{string(c.Currency)}
	}
	return strings.TrimSpace(string(c.Field) + " " + strings.Join(all, ","))
}

// A title above the header may say in which unit the amounts of the whole sheet are.
func TestUnitInTheTitle(t *testing.T) {
	t.Parallel()
	for title, plain := range map[string]bool{
		"Budgets 2026 in TEUR": false, "Alle Angaben in Tsd. €": false, "Amounts in thousands": false,
		"Werte: T€": false, "(in 1.000 €)": false,
		"Campaign plan, k€": false, "Influencer plan 2026": true, "Our top 1000 creators": true,
		"The best 1000 creators in Germany": true, "Budgets in EUR": true, "K. Weiß": true,
		"Stand: 1.10.2026": true,
	} {
		for _, headers := range []string{"Influencer,Platform,Fee", "Campaign,Start,Budget"} {
			s := headersOf(headers)
			s.Rows[0].Number = 2
			s.Rows = append([]sheet.Row{{Number: 1, Cells: []sheet.Cell{{Text: title}}}}, s.Rows...)
			h, err := column.FindHeader(s, nil)
			if strings.HasPrefix(headers, "Campaign") {
				h, _, err = column.FindBudgets(s, nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := h.Columns[2].Field.IsMoney(); got != plain || !plain && len(h.Notes) != 1 {
				t.Errorf("%q above %q: amounts %t, want %t; %v", title, headers, got, plain, h.Notes)
			}
		}
	}
}
