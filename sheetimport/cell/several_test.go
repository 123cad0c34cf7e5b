package cell_test

import (
	"testing"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

func TestIsSeveralPeople(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"various", "Various creators", "(multiple)", "Diverse", "div.", "mehrere Influencer", "VERSCHIEDENE", "All creators", "sonstige", "misc.", "10 nano creators", "ca. 5 Influencer", "3 Influencer", "Micro-Influencer"} {
		if !cell.IsSeveralPeople(text) {
			t.Errorf("%q is a person", text)
		}
	}
	for _, text := range []string{"", "Ana Ruiz", "Various Artists Berlin", "Alles Lena", "Dive Rse", "2 Broke Girls", "7 Days Creator Club", "100 Happy People", "5 Minute Ambassadors", "Mehrere Wege gehen mit Anna und Paul"} {
		if cell.IsSeveralPeople(text) {
			t.Errorf("%q is no person", text)
		}
	}
}

func TestParseDayOfMonth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"12": 12, "3.": 3, "31": 31, "1st": 1, "Mon 12": 12, "Fr., 26.": 26, "0": 0, "32": 0, "": 0, "12/26": 0, "Monday": 0, "112": 0} {
		day, ok := cell.ParseDayOfMonth(text)
		if !ok {
			day = 0
		}
		if day != want {
			t.Errorf("%q: %d, want %d", text, day, want)
		}
	}
}
