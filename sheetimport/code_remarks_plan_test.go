package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A remark in brackets behind a code stands in the notes, and is told.
func TestCodeRemarks(t *testing.T) {
	t.Parallel()
	got := planWords(memoryShop(t, nil).plan(
		"Influencer;Plattform;Datum;Honorar;Rabattcode;Notizen\nPam;Instagram;01.06.2026;100,00;PAM10 (alt);nett\n"+
			"Kim;Instagram;02.06.2026;100,00;KIM10 (bis 30.06.);\nIda;Instagram;03.06.2026;100,00;IDA10 (oder IDA15);\n"),
		[]string{"notes"}, "code_remark")
	want := []string{"created nett\nPAM10 (alt) code_remark", "created KIM10 (bis 30.06.) code_remark", "rejected ambiguous_code"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A word about a code, an address or an amount is no live code; what is in capitals or has digits is one, and so is what is
// said to be one.
func TestCodesThatMayBeRemarks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ask Anna": "rejected ambiguous_code", "see mail": "rejected ambiguous_code", "siehe_Mail": "rejected ambiguous_code",
		"nachfragen": "rejected ambiguous_code", "individuell": "rejected ambiguous_code", "ask/Anna": "rejected ambiguous_code",
		"Link": "rejected ambiguous_code", "later": "rejected ambiguous_code", "Mail; ANA10": "rejected ambiguous_code",
		"ANA10/requested": "rejected ambiguous_code", "ana@shop.example": "rejected ambiguous_code",
		"20€": "rejected not_a_code", "$10": "rejected not_a_code", "?ANA10": "rejected not_a_code",
		"NEW": "created equals NEW", "new10": "created equals new10", "equals new": "created equals new", "contains link": "created contains link",
		"anna": "created equals anna", "5EUR": "created equals 5EUR", "newin": "created equals newin", "anna-code": "created equals anna-code", "LISA-MAIL": "created equals LISA-MAIL",
	} {
		got := planWords(memoryShop(t, nil).plan("Influencer\tPlatform\tPosting date\tFee\tDiscount code\nAna\tInstagram\t2026-06-01\t100.00\t"+text+"\n"), []string{"code"})
		if diff := cmp.Diff([]string{want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}
