package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
)

// What a plan says of amounts that are no plain numbers, in both languages.
func TestFeesInAPlan(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ fee, want, english, german string }{
		{"EUR 1.500,-", "1500.00 EUR", "", ""},
		{"₹1,50,000", "150000.00 INR", "", ""},
		{"USD $1,500.00", "1500.00 USD", "", ""},
		{"$500.00", "500.00 USD ?dollar_assumed", `the "$" is read as USD; write the three letters of the currency if another dollar is meant`,
			`das „$“ wird als USD gelesen; ist ein anderer Dollar gemeint, die drei Buchstaben der Währung schreiben`},
		{"500 € zzgl. MwSt.", "500.00 EUR ?beside_amount", `"zzgl. MwSt." beside the amount is left out; the amount is 500.00 EUR`,
			`„zzgl. MwSt.“ neben dem Betrag entfällt; der Betrag ist 500.00 EUR`},
		{"840.336134453782", "840.34 EUR ?rounded", "840.336134453782 was computed and has more decimals than EUR; it is rounded to 840.34 EUR",
			"840.336134453782 ist errechnet und hat mehr Nachkommastellen als EUR; gerundet auf 840.34 EUR"},
		{"auf Anfrage", " ?no_amount", `"auf anfrage" is no amount; the cost stays open`,
			`„auf anfrage“ ist kein Betrag; die Kosten bleiben offen`},
		{"on request", " ?no_amount", `"on request" is no amount; the cost stays open`,
			`„on request“ ist kein Betrag; die Kosten bleiben offen`},
		{"10% commission", " ?paid_by_results",
			`"10% commission" is no fixed amount, and no field carries what is paid by results; the cost stays open`,
			`„10% commission“ ist kein fester Betrag, und was nach Erfolg bezahlt wird, hat kein Feld; die Kosten bleiben offen`},
		{"nur Provision", " ?paid_by_results",
			`"nur provision" is no fixed amount, and no field carries what is paid by results; the cost stays open`,
			`„nur provision“ ist kein fester Betrag, und was nach Erfolg bezahlt wird, hat kein Feld; die Kosten bleiben offen`},
		{"500 € + 10 % Provision", "!not_an_amount",
			`"500 € + 10 % Provision" is a percentage, or has one beside the amount; write the fixed amount alone, and what is paid by results into a column of its own`,
			`„500 € + 10 % Provision“ ist ein Prozentsatz oder hat einen neben dem Betrag; den festen Betrag allein schreiben, und was nach Erfolg bezahlt wird, in eine eigene Spalte`},
		{"500 € pro Post", "!not_an_amount", `"500 € pro Post" is a rate and not a whole amount; write what is paid in all`,
			`„500 € pro Post“ ist ein Satz und kein ganzer Betrag; schreiben, was insgesamt bezahlt wird`},
		{"ca. 500", "!not_an_amount", `"ca. 500" is no exact amount; write the one amount that was agreed`,
			`„ca. 500“ ist kein genauer Betrag; den einen vereinbarten Betrag schreiben`},
	} {
		plan := memoryShop(t, nil).plan(full(map[string]string{"Fee": test.fee}))
		got := []string{outcome(plan, "Fee"), "", ""}
		for _, m := range append(plan.Rows[0].Problems, plan.Rows[0].Notices...) {
			if m.Header == "Fee" {
				got[1], got[2] = m.Message.String(), m.Message.In(language.German)
			}
		}
		if diff := cmp.Diff([]string{test.want, test.english, test.german}, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.fee, diff)
		}
	}
}
