package sheetimport_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
)

// rowWords are, of each row of a plan, the verdict, the status of what it creates, and the codes of its problems and of
// those of its notices that are asked for.
func rowWords(t *testing.T, text string, notices ...string) []string {
	t.Helper()
	return planWords(memoryShop(t, nil).plan(text), []string{"status"}, notices...)
}

// planWords are the same of a plan, with the values of some fields.
func planWords(p *sheetimport.Plan, fields []string, notices ...string) (got []string) {
	for _, r := range p.Rows {
		words := []string{string(r.Verdict)}
		for _, c := range r.Changes {
			if slices.Contains(fields, c.Field) && c.Record == crm.KindCooperation {
				words = append(words, c.To)
			}
		}
		for _, p := range r.Problems {
			words = append(words, p.Code)
		}
		for _, n := range r.Notices {
			if slices.Contains(notices, n.Code) {
				words = append(words, n.Code)
			}
		}
		got = append(got, strings.Join(slices.Compact(words), " "))
	}
	return got
}

// The total of a part of a group, as that of a platform, does not end the group; below that of all of it, a row without a
// heading is in doubt, and told.
func TestTotalsInGroups(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"totals of platforms",
			"Name,Platform,Posting date,Fee\nDeclined,,,\nAna,IG,2026-06-01,100.00\nTotal Instagram,,,100.00\nBen,TikTok,2026-06-02,100.00\n" +
				"TOTAL,TikTok,,100.00\nCleo,YT,2026-06-03,100.00\n",
			[]string{"skipped", "created cancelled", "skipped", "created cancelled status_across_total", "skipped",
				"created cancelled status_across_total"}},
		{"German totals of platforms",
			"Name;Plattform;Datum;Honorar;Status\nAbgesagt;;;;\nAna;IG;01.06.2026;100,00;\nSumme Instagram;;;100,00;\nBen;TikTok;02.06.2026;100,00;\n" +
				"Cleo;YT;03.06.2026;100,00;gebucht\n",
			[]string{"skipped", "created cancelled", "skipped", "created cancelled status_across_total", "created signed"}},
		{"a subtotal, and the total of the group",
			"Name,Platform,Posting date,Fee\nDeclined,,,\nAna,IG,2026-06-01,100.00\nSubtotal,,,100.00\nBen,IG,2026-06-02,100.00\n" +
				"Total Declined,,,200.00\nCleo,IG,2026-06-03,100.00\nConfirmed,,,\nDia,IG,2026-06-04,100.00\n",
			[]string{"skipped", "created cancelled", "skipped", "created cancelled status_across_total", "skipped",
				"created signed status_in_doubt", "skipped", "created signed"}},
		{"a German one",
			"Name;Plattform;Datum;Honorar\nIn Verhandlung;;;\nAna;IG;01.06.2026;100,00\nZwischensumme;;;100,00\nBen;IG;02.06.2026;100,00\n" +
				"Gesamtsumme;;;200,00\nCleo;IG;03.06.2026;100,00\n",
			[]string{"skipped", "created negotiating", "skipped", "created negotiating status_across_total", "skipped",
				"created signed status_in_doubt"}},
		{"a total of signed rows leaves no doubt",
			"Name,Platform,Posting date,Fee\nConfirmed,,,\nAna,IG,2026-06-01,100.00\nTotal,,,100.00\nBen,IG,2026-06-02,100.00\n",
			[]string{"skipped", "created signed", "skipped", "created signed"}},
		{"a total of somebody's rows",
			"Name,Platform,Posting date,Fee\nDeclined,,,\nAna,IG,2026-06-01,100.00\nTotal Ana,,,100.00\nBen,IG,2026-06-02,100.00\n",
			[]string{"skipped", "created cancelled", "skipped", "created cancelled status_across_total"}},
		{"taxes, deals and times name no part",
			"Name,Platform,Posting date,Fee\nDeclined,,,\nAna,IG,2026-06-01,100.00\nTotal incl. VAT,,,119.00\nBen,IG,2026-07-02,100.00\n" +
				"Declined,,,\nIda,IG,2026-06-01,100.00\nTotal declined deals,,,100.00\nCleo,IG,2026-07-02,100.00\n" +
				"Declined,,,\nEva,IG,2026-06-01,100.00\nTotal Q2 2026,,,100.00\nDia,IG,2026-07-02,100.00\n",
			[]string{"skipped", "created cancelled", "skipped", "created signed status_in_doubt",
				"skipped", "created cancelled", "skipped", "created signed status_in_doubt",
				"skipped", "created cancelled", "skipped", "created signed status_in_doubt"}},
		{"German ones",
			"Name;Plattform;Datum;Honorar\nAbgesagt;;;\nAna;IG;01.06.2026;100,00\nSumme zzgl. MwSt.;;;119,00\nBen;IG;02.07.2026;100,00\n" +
				"Abgesagt;;;\nIda;IG;01.06.2026;100,00\nSumme abgesagte Kooperationen;;;100,00\nCleo;IG;02.07.2026;100,00\n" +
				"Abgesagt;;;\nEva;IG;01.06.2026;100,00\nSumme KW 23;;;100,00\nDia;IG;02.07.2026;100,00\n",
			[]string{"skipped", "created cancelled", "skipped", "created signed status_in_doubt",
				"skipped", "created cancelled", "skipped", "created signed status_in_doubt",
				"skipped", "created cancelled", "skipped", "created signed status_in_doubt"}},
		{"a month's total, and the next month",
			"Name,Platform,Posting date,Fee\nDeclined,,,\nAna,IG,2026-06-01,100.00\nTotal June,,,100.00\nBen,IG,2026-07-02,100.00\n",
			[]string{"skipped", "created cancelled", "skipped", "created signed status_in_doubt"}},
	} {
		if diff := cmp.Diff(test.want, rowWords(t, test.text, "status_in_doubt", "status_across_total")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
