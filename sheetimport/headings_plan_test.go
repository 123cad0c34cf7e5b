package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The number of rows behind a heading is none of their notes, and a waiting list is no signed deal.
func TestHeadingsWithCounts(t *testing.T) {
	t.Parallel()
	got := planWords(memoryShop(t, nil).plan(
		"Influencer;Plattform;Datum;Honorar\nABGESAGT (1);;;\nAna;Instagram;01.06.2026;100,00\nWARTELISTE;;;\nBen;Instagram;02.06.2026;100,00\n"+
			"Waitlist [1];;;\nIda;Instagram;03.06.2026;100,00\n"),
		[]string{"status", "notes"})
	want := []string{"skipped", "created cancelled", "skipped", "created draft", "skipped", "created draft"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A cooperation from one month to another ends with the last day of the latter.
func TestEndsInMonths(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"with years", "Influencer,Platform,Start date,End date,Fee\nAna,Instagram,January 2026,March 2026,100.00\nBen,Instagram,April 2026,,100.00\n",
			[]string{"created 2026-03-31 2026-01-01 end_of_month", "created 2026-04-30 2026-04-01"}},
		{"German, with the year of the title",
			"Plan 2026\nInfluencer;Plattform;Von;Bis;Honorar\nAna;Instagram;Januar;März;100,00\nBen;Instagram;April;15.06.2026;100,00\n",
			[]string{"created 2026-03-31 2026-01-01 end_of_month", "created 2026-06-15 2026-04-01"}},
		{"beside days", "Influencer,Platform,Start date,End date,Fee\nAna,Instagram,2026-01-01,March 2026,100.00\n",
			[]string{"rejected not_a_date"}},
	} {
		got := planWords(memoryShop(t, nil).plan(test.text), []string{"start", "end"}, "end_of_month")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
