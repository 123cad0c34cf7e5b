package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Of a column in the currency of each row and one in that of the workspace, the latter is the cost, whatever the column of
// currencies says; alone, the former is read in the currency that the row names.
func TestLocalCurrencies(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"local and converted",
			"Influencer,Platform,Posting date,Fee (local),Currency,Fee EUR\nAna,Instagram,2026-06-01,1000.00,USD,920.00\nBen,Instagram,2026-06-02,500.00,EUR,500.00\n",
			[]string{"created 920.00 EUR", "created 500.00 EUR"}},
		{"German",
			"Influencer;Plattform;Datum;Honorar (Landeswährung);Währung;Honorar (in €)\nAna;Instagram;01.06.2026;1000,00;USD;920,00\nBen;Instagram;02.06.2026;500,00;EUR;500,00\n",
			[]string{"created 920.00 EUR", "created 500.00 EUR"}},
		{"local alone",
			"Influencer,Platform,Posting date,Local fee,Currency\nAna,Instagram,2026-06-01,1000.00,USD\nBen,Instagram,2026-06-02,500.00,\n",
			[]string{"created 1000.00 USD", "rejected unclear_unit"}},
		{"German, alone and without currencies",
			"Influencer;Plattform;Datum;Honorar in Landeswährung\nAna;Instagram;01.06.2026;1000,00\n",
			[]string{"created"}},
		{"converted only where it was paid",
			"Influencer,Platform,Posting date,Fee (local),Currency,Fee EUR\nAna,Instagram,2026-06-01,1000.00,USD,\nBen,Instagram,2026-06-02,500.00,EUR,500.00\n",
			[]string{"created 1000.00 USD other_currency_used", "created 500.00 EUR"}},
		{"a converted one is missing",
			"Influencer,Platform,Posting date,Fee (local),Currency,Fee EUR\nAna,Instagram,2026-06-01,1000.00,USD,920.00\nBen,Instagram,2026-06-02,500.00,GBP,\nCem,Instagram,2026-06-03,300.00,,\nDan,Instagram,2026-06-04,300.00 USD,GBP,tbd\n",
			[]string{"created 920.00 EUR", "created 500.00 GBP other_currency_used", "created no_cost", "created no_cost"}},
		{"a converted one is 0",
			"Influencer,Platform,Posting date,Fee (local),Currency,Fee EUR\nAna,Instagram,2026-06-01,1000.00,USD,0.00\nBen,Instagram,2026-06-02,500.00,,0.00\nCem,Instagram,2026-06-03,0.00,USD,0.00\n",
			[]string{"created 1000.00 USD other_currency_used", "created 0.00 EUR zero_cost", "created 0.00 EUR"}},
		{"original",
			"Influencer,Platform,Posting date,Original fee,Currency,Fee in EUR\nAna,Instagram,2026-06-01,1000.00,USD,920.00\nBen,Instagram,2026-06-02,500.00,USD,\n",
			[]string{"created 920.00 EUR", "created 500.00 USD other_currency_used"}},
		{"German, original",
			"Influencer;Plattform;Datum;Honorar (Original);Währung;Honorar (in €)\nAna;Instagram;01.06.2026;1000,00;USD;920,00\nBen;Instagram;02.06.2026;500,00;EUR;500,00\n",
			[]string{"created 920.00 EUR", "created 500.00 EUR"}},
		{"original, of an earlier version",
			"Influencer,Platform,Posting date,Original fee,Fee,Currency\nAna,Instagram,2026-06-01,1000.00,900.00,USD\n",
			[]string{"created 900.00 USD"}},
		{"a column of currencies that contradicts the header",
			"Influencer,Platform,Posting date,Currency,Fee EUR\nAna,Instagram,2026-06-01,USD,920.00\n",
			[]string{"rejected ambiguous_currency"}},
	} {
		if diff := cmp.Diff(test.want, planWords(memoryShop(t, nil).plan(test.text), []string{"cost"}, "other_currency_used", "no_cost", "zero_cost")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// A percentage that makes one amount of the row another is a discount on the fee, and says nothing of the codes.
func TestInvoiceDiscount(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		noted      bool
	}{
		{"between fee and net",
			"Influencer,Platform,Posting date,Fee,Discount,Net,Code\nAna,Instagram,2026-06-01,1000.00,10%,900.00,ANA15\n", true},
		{"German",
			"Influencer;Plattform;Datum;Honorar;Rabatt;Netto;Rabattcode\nAna;Instagram;01.06.2026;1000,00;10%;900,00;ANA15\nBen;Instagram;02.06.2026;500,00;5%;475,00;BEN15\n", true},
		{"elsewhere, as the amounts prove",
			"Influencer,Platform,Posting date,Code,Discount %,Fee,Net fee\nAna,Instagram,2026-06-01,ANA15,10%,1000.00,900.00\n", true},
		{"the net is the same",
			"Influencer,Platform,Posting date,Code,Discount %,Fee,Net\nAna,Instagram,2026-06-01,ANA15,15%,1000.00,1000.00\n", false},
		{"no second amount",
			"Influencer;Plattform;Datum;Honorar;Rabatt;Rabattcode\nAna;Instagram;01.06.2026;1000,00;15%;ANA15\n", false},
		{"the same amount, which has two readings",
			"Influencer;Plattform;Datum;Honorar;Rabatt;Gesamtkosten;Code\nAna;Instagram;01.06.2026;1.000;15%;1.000;ANA15\n", false},
		{"it names the code",
			"Influencer,Platform,Posting date,Fee,Discount code %,Net,Code\nAna,Instagram,2026-06-01,1000.00,10%,900.00,ANA15\n", false},
	} {
		plan := memoryShop(t, nil).plan(test.text)
		noted := false
		for _, n := range plan.Notes {
			noted = noted || n.Code == "invoice_discount"
		}
		if noted != test.noted {
			t.Errorf("%s: noted %v: %v", test.name, noted, plan.Notes)
		}
	}
}
