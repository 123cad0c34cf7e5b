package cell_test

import (
	"testing"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

func TestWithYear(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"15.06.", "15.06.2026"},
		{"15.6", "15.6.2026"},
		{"Mo 15.06.", "Mo 15.06.2026"},
		{"3. Juli", "3. Juli 2026"},
		{"June 3", "June 3 2026"},
		{"3rd June", "3rd June 2026"},
		{"15/06", "15/06/2026"},
		{"1.-15.07.", "1.-15.07.2026"},
		{"01.06. - 14.06.", "01.06. - 14.06.2026"},
		{"June 1-14", "June 1-14 2026"},
		// These stay as they are.
		{"28.12. - 05.01.", ""},
		{"31.06.", ""},
		{"June 26", ""},
		{"06/26", ""},
		{"Juni", ""},
		{"15", ""},
		{"KW 23", ""},
		{"15.06.26", ""},
		{"15.06.2025", ""},
		{"2025-06-15", ""},
		{"tbd", ""},
		{"", ""},
	} {
		if got, _ := cell.WithYear(test.text, 2026); got != test.want {
			t.Errorf("WithYear(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}
