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
