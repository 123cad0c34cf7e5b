package cell_test

import (
	"testing"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

func TestIsDoneStatus(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"paid": true, "Live": true, "gepostet": true, "signed, paid": true, "bezahlt ✓": true,
		"": false, "signed": false, "signed, not yet paid": false, "gebucht, noch nicht bezahlt": false, "to be posted": false, "unpaid": false,
		"partially paid": false, "50% paid": false, "halb bezahlt": false, "no longer live": false, "kein Post live": false, "paid back": false,
	} {
		if got := cell.IsDoneStatus(text); got != want {
			t.Errorf("IsDoneStatus(%q) = %v, want %v", text, got, want)
		}
	}
}
