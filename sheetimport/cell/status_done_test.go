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
	} {
		if got := cell.IsDoneStatus(text); got != want {
			t.Errorf("IsDoneStatus(%q) = %v, want %v", text, got, want)
		}
	}
}
