package sheetimport_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What stands as a heading above a group is the status of its rows, and a tick under "Cancelled?" or a note that says so keeps a
// row from counting as signed.
func TestStatusBesideItsColumn(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string // of each row: the verdict, and the status or the problems
	}{
		{"groups of a board",
			"Name,Platform,Posting date,Fee,Status\nConfirmed,,,,\nAna,IG,2026-06-01,100.00,\nBen,IG,2026-06-02,100.00,cancelled\n\nDeclined,,,,\nName,Platform,Posting date,Fee,Status\nCleo,IG,2026-06-03,100.00,\n--- Shortlist (1) ---,,,,\nDia,IG,2026-06-04,100.00,\n",
			[]string{"skipped", "created signed", "created cancelled", "skipped", "skipped", "skipped",
				"created cancelled", "skipped", "created draft"}},
		{"German groups without a column for the status",
			"Name;Plattform;Datum;Honorar\nZugesagt;;;\nJörg;IG;01.06.2026;100,00\nAbgesagt:;;;\nIda;IG;02.06.2026;100,00\nin Verhandlung;;;\nBen;IG;03.06.2026;100,00\nSonstige;;;\nCleo;IG;04.06.2026;100,00\n",
			[]string{"skipped", "created signed", "skipped", "created cancelled", "skipped", "created negotiating",
				"rejected platform_missing", "created signed"}},
		{"a heading with two meanings", "Name,Platform,Posting date,Fee\nOn hold,,,\nAna,IG,2026-06-01,100.00\n",
			[]string{"skipped", "rejected ambiguous_status"}},
		{"months as headings", "Name,Platform,Posting date,Fee\nJune,,,\nAna,IG,2026-06-01,100.00\n",
			[]string{"rejected platform_missing", "created signed"}},
		{"a total ends a group",
			"Name,Platform,Posting date,Fee\nDeclined,,,\nAna,IG,2026-06-01,100.00\nTotal,,,100.00\nBen,IG,2026-06-02,100.00\n",
			[]string{"skipped", "created cancelled", "skipped", "created signed"}},
		{"a German sum ends a group",
			"Name;Plattform;Datum;Honorar;Status\nAbgesagt;;;;\nAna;IG;01.06.2026;100,00;\nSumme Juni;;;100,00;\nBen;IG;02.06.2026;100,00;\n",
			[]string{"skipped", "created cancelled", "skipped", "created signed"}},
		{"a total above its rows",
			"Name,Platform,Posting date,Fee\nDeclined,,,\nTotal,,,100.00\nAna,IG,2026-06-01,100.00\nSigned,,,\nTotal,,,100.00\nBen,IG,2026-06-02,100.00\n",
			[]string{"skipped", "skipped", "created cancelled", "skipped", "skipped", "created signed"}},
		{"a month ends a group", "Name,Platform,Posting date,Fee\nDeclined,,,\nAna,IG,2026-06-01,100.00\nMay 2025,,,\nBen,IG,2026-06-02,100.00\n",
			[]string{"skipped", "created cancelled", "rejected platform_missing", "created signed"}},
		{"a month with its sum ends a group",
			"Name;Plattform;Datum;Honorar\nAbgesagt;;;\nAna;IG;01.06.2026;100,00\nMai 2025;;;200,00\nBen;IG;02.06.2026;100,00\n",
			[]string{"skipped", "created cancelled", "rejected platform_missing", "created signed"}},
		{"another heading ends a group",
			"Name,Platform,Posting date,Fee\nDeclined,,,\nAna,IG,2026-06-01,100.00\nAlways on,,,\nBen,IG,2026-06-02,100.00\n",
			[]string{"skipped", "created cancelled", "rejected platform_missing", "created signed"}},
		{"a remark in another column", "Name,Platform,Posting date,Fee,Notes\n,,,,cancelled\nAna,IG,2026-06-01,100.00,\n",
			[]string{"rejected platform_missing name_missing contradicts_status", "created signed"}},
		{"ticks",
			"Name,Platform,Posting date,Fee,Status,Cancelled?\nAna,IG,2026-06-01,100.00,signed,no\nBen,IG,2026-06-02,100.00,signed,yes\nCleo,IG,2026-06-03,100.00,cancelled,yes\nDia,IG,2026-06-04,100.00,draft,x\n",
			[]string{"created signed", "rejected contradicts_status", "created cancelled", "created draft"}},
		{"German ticks", "Name;Plattform;Datum;Honorar;Zusage;Absage\nJörg;IG;01.06.2026;100,00;x;\nIda;IG;02.06.2026;100,00;;x\n",
			[]string{"created signed", "rejected contradicts_status"}},
		{"no ticks but days",
			"Name,Platform,Posting date,Fee,Declined\nAna,IG,2026-06-01,100.00,\nBen,IG,2026-06-02,100.00,12 May\n",
			[]string{"created signed", "created signed"}},
		{"notes beside a blank status",
			"Name;Plattform;Datum;Honorar;Status;Notizen\nJörg;IG;01.06.2026;100,00;;kein Interesse\nIda;IG;02.06.2026;100,00;;sie hat leider abgesagt\nBen;IG;03.06.2026;100,00;gebucht;kein Interesse an Whitelisting\nAna;IG;04.06.2026;100,00;;not interested\nCleo;IG;05.06.2026;100,00;;no deal breaker\n",
			[]string{"rejected contradicts_status", "rejected contradicts_status", "created signed",
				"rejected contradicts_status", "created signed"}},
		{"another status beside a blank one",
			"Name,Platform,Posting date,Fee,Outreach status,Deal status,Payment status\nAna,IG,2026-06-01,100.00,Declined,signed,\nBen,IG,2026-06-02,100.00,Declined,,\nCleo,IG,2026-06-03,100.00,yes,,cancelled\n",
			[]string{"created signed", "rejected contradicts_status", "created signed"}},
		{"a German one",
			"Name;Plattform;Datum;Honorar;Status;Rückmeldung\nJörg;IG;01.06.2026;100,00;;abgelehnt\nIda;IG;02.06.2026;100,00;;zugesagt\n",
			[]string{"rejected contradicts_status", "created signed"}},
		{"comments that say that there is no deal",
			"Name,Platform,Posting date,Fee,Status\nAna,IG,2026-06-01,100.00,signed (lost)\nBen,IG,2026-06-02,100.00,\"booked (no show, 3.6.)\"\nCleo,IG,2026-06-03,100.00,gebucht [entfällt]\nDia,IG,2026-06-04,100.00,signed (waitlist)\nEva,IG,2026-06-05,100.00,signed (contract sent 12.5.)\n",
			[]string{"rejected ambiguous_status", "rejected ambiguous_status", "rejected ambiguous_status", "rejected ambiguous_status", "created signed"}},
		{"crosses, and what is missing",
			"Name,Platform,Posting date,Fee,Status\nAna,IG,2026-06-01,100.00,❌ signed\nBen,IG,2026-06-02,100.00,signed ✅\nCleo,IG,2026-06-03,100.00,gebucht (Vertrag fehlt)\nDia,IG,2026-06-04,100.00,gebucht (Rechnung fehlt)\nEva,IG,2026-06-05,100.00,❌ declined\n",
			[]string{"rejected ambiguous_status", "created signed", "rejected ambiguous_status", "created signed", "created cancelled"}},
		{"a column of a board",
			"Name,Section/Column,Platform,Start date,Fee\nAna,Live,IG,2026-06-01,100.00\nBen,Negotiating,IG,2026-06-02,100.00\n",
			[]string{"created signed", "created negotiating"}},
		{"a column with other words",
			"Name,List,Platform,Start date,Fee\nAna,Live,IG,2026-06-01,100.00\nBen,Berlin,IG,2026-06-02,100.00\n",
			[]string{"created signed", "created signed"}},
	} {
		var got []string
		for _, r := range memoryShop(t, nil).plan(test.text).Rows {
			words := []string{string(r.Verdict)}
			for _, p := range r.Problems {
				words = append(words, p.Code)
			}
			for _, c := range r.Changes {
				if c.Field == "status" {
					words = append(words, c.To)
				}
			}
			got = append(got, strings.Join(slices.Compact(words), " "))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Of several labels in the cell of the status, the one that is a status is read, unless another speaks against it.
func TestLabelsBesideTheStatus(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ labels, want string }{
		{"signed, instagram", "created instagram signed labels_beside_status"},
		{"Summer; VIP; negotiating", "created Summer, VIP negotiating labels_beside_status"},
		{"declined, TikTok", "created TikTok cancelled labels_beside_status"},
		{"signed, paid", "created signed"},
		{"signed, negotiating", "rejected ambiguous_status"},
		{"signed, waiting for contract", "rejected unknown_status"},
		{"signed, not yet", "rejected unknown_status"},
		{"signed, instagram?", "rejected unknown_status"},
		{"signed, backup live", "rejected unknown_status"},
		{"declined, moved to autumn", "rejected unknown_status"},
		{"VIP, summer", "rejected unknown_status"},
	} {
		got := planWords(memoryShop(t, nil).plan("Influencer,Platform,Posting date,Fee,Status\nAna,Instagram,2026-06-01,100.00,\""+test.labels+"\"\n"),
			[]string{"status", "notes"}, "labels_beside_status")
		if len(got) != 1 || got[0] != test.want {
			t.Errorf("%q: %q, want %q", test.labels, got, test.want)
		}
	}
}
