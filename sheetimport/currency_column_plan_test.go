package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The currency of amounts is read wherever a sheet says it: in a column beside them without a header or with one of its
// own, and in a title above the header.
func TestCurrenciesBesideAndAboveAmounts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a column without a header",
			"Influencer,Platform,Posting date,Fee,,Code\nAna,IG,2026-06-01,500,EUR,ANA10\nBen,IG,2026-06-01,500,USD,BEN10\n",
			[]string{"500.00 EUR", "500.00 USD"}},
		{"one at the end of the row",
			"Influencer;Plattform;Datum;Honorar\nJörg;IG;01.06.2026;500,00;CHF\nIda;IG;01.06.2026;500,00;£\n",
			[]string{"500.00 CHF", "500.00 GBP"}},
		{"one in front", "Influencer,Platform,Posting date,,Fee\nAna,IG,2026-06-01,€,500\nBen,IG,2026-06-01,$,500\n",
			[]string{"500.00 EUR", "500.00 USD"}},
		{"short headers",
			"Influencer;Plattform;Datum;Betrag;Whg.\nJörg;IG;01.06.2026;500,00;EUR\nIda;IG;01.06.2026;500,00;USD\n",
			[]string{"500.00 EUR", "500.00 USD"}},
		{"another header",
			"Influencer,Platform,Posting date,Fee,ISO\nAna,IG,2026-06-01,500,PLN\nBen,IG,2026-06-01,500,\n",
			[]string{"500.00 PLN", "500.00 EUR"}},
		{"no currencies",
			"Influencer,Platform,Posting date,Fee,\nAna,IG,2026-06-01,500,DEU\nBen,IG,2026-06-01,500,USA\n",
			[]string{"500.00 EUR", "500.00 EUR"}},
		{"letters beside no amount",
			"Influencer,Platform,Posting date,Market,Fee\nAna,IG,2026-06-01,TOP,500 EUR\nBen,IG,2026-06-01,all,500\n",
			[]string{"500.00 EUR", "500.00 EUR"}},
		{"words in capitals",
			"Influencer,Platform,Posting date,Fee,Tier\nAna,IG,2026-06-01,500,TOP\nBen,IG,2026-06-01,500,ALL\n",
			[]string{"500.00 EUR", "500.00 EUR"}},
		{"a market", "Influencer,Platform,Posting date,Fee,Market\nAna,IG,2026-06-01,500,CAD\n", []string{"500.00 EUR"}},
		{"another title", "Shipping costs in GBP\nInfluencer,Platform,Posting date,Fee\nAna,IG,2026-06-01,500\n", []string{"500.00 EUR"}},
		{"a denial", "Amounts not in USD\nInfluencer,Platform,Posting date,Fee\nAna,IG,2026-06-01,500\n", []string{"500.00 EUR"}},
		{"a market in a title", "Launch in USD market\nInfluencer,Platform,Posting date,Fee\nAna,IG,2026-06-01,500\n", []string{"500.00 EUR"}},
		{"a title",
			"All amounts in USD\n\nInfluencer,Platform,Posting date,Fee\nAna,IG,2026-06-01,500\nBen,IG,2026-06-01,£500\n",
			[]string{"500.00 USD", "500.00 GBP"}},
		{"a German title",
			"Influencerplan 2026;;;\nAlle Beträge in CHF;;;\nInfluencer;Plattform;Datum;Honorar\nJörg;IG;01.06.2026;500,00\n",
			[]string{"500.00 CHF"}},
		{"a title in two cells", "Währung:;PLN;;\nInfluencer;Plattform;Datum;Honorar\nJörg;IG;01.06.2026;500,00\n", []string{"500.00 PLN"}},
		{"a header says more", "Amounts in USD\nInfluencer,Platform,Posting date,Fee (GBP)\nAna,IG,2026-06-01,500\n", []string{"500.00 GBP"}},
		{"two titles", "Amounts in USD\nValues in GBP\nInfluencer,Platform,Posting date,Fee\nAna,IG,2026-06-01,500\n", []string{"500.00 EUR"}},
		{"an amount in a title", "Budget 50.000 USD\nInfluencer,Platform,Posting date,Fee\nAna,IG,2026-06-01,500\n", []string{"500.00 EUR"}},
		{"a word in a title",
			"Influencer Kampagne in Polen\nInfluencer,Platform,Posting date,Fee\nAna,IG,2026-06-01,500\n",
			[]string{"500.00 EUR"}},
	} {
		var got []string
		plan := memoryShop(t, nil).plan(test.text)
		for _, r := range plan.Rows {
			for _, c := range r.Changes {
				if c.Field == "cost" {
					got = append(got, c.To)
				}
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s%v", test.name, diff, plan.Rows)
		}
		if told := hasNote(plan, "title_currency"); told != (strings.HasPrefix(test.name, "a title") || test.name == "a German title") {
			t.Errorf("%s: title_currency told: %t", test.name, told)
		}
	}
}
