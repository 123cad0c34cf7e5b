package sheetimport_test

import (
	"fmt"
	"testing"
)

// Two rows of headers, of which the lower one says which version of a group a column has.
func TestVersionsBelowTheirGroup(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Influencer,Platform,Fee,,Posting date,,Code\n,,Planned,Actual,Planned,Actual,\nAna,Instagram,500.00,450.00,2026-06-01,2026-06-05,ANA10\n",
		"Influencer;Plattform;Honorar;;Postingdatum;;Code\n;;Plan;Ist;Geplant;Tatsächlich;\nAna;Instagram;500,00 €;450,00 €;01.06.2026;05.06.2026;ANA10\n",
		"Influencer;Plattform;Honorar (EUR);;Startdatum;;Code\n;;Soll;Ist;Soll;Ist;\nAna;Instagram;500,00;450,00;01.06.2026;05.06.2026;ANA10\n",
	} {
		s := memoryShop(t, nil)
		s.bring(text)
		c := s.contents().Cooperations[0]
		if got := fmt.Sprint(c.Cost, " ", c.Period.Start, " ", c.Rules[0]); got != "450.00 EUR 2026-06-01 equals ANA10" {
			t.Errorf("%q: got %s", text, got)
		}
	}
}
