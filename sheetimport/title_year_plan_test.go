package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

// A month without its year has the only year that the title, the tab or the file names; the day on which the file was saved
// is none, and of several years none is taken.
func TestYearsOfTitles(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, file, text string
		want             []string
	}{
		{"a title", "plan.csv",
			"Influencer Plan 2026\nInfluencer,Platform,Month,Fee\nAna,Instagram,January,100.00\nBen,Instagram,Jun,100.00\n",
			[]string{"created 2026-01-01 year_from_title", "created 2026-06-01 year_from_title"}},
		{"a file", "Influencer_Plan_2026.csv",
			"Influencer;Plattform;Monat;Honorar\nAna;Instagram;Januar;100,00\nBen;Instagram;6;100,00\n",
			[]string{"created 2026-01-01 year_from_title", "created 2026-06-01 year_from_title"}},
		{"a column of days", "plan.csv",
			"Plan 2026\nInfluencer;Plattform;Datum;Honorar\nAna;Instagram;März;100,00\nBen;Instagram;Dez;100,00\nIda;Instagram;04.06.2026;100,00\n",
			[]string{"created 2026-03-01 year_from_title", "created 2026-12-01 year_from_title", "created 2026-06-04"}},
		{"days", "plan.csv",
			"Plan 2026\nInfluencer;Plattform;Datum;Honorar\nAna;Instagram;15.06.;100,00\nBen;Instagram;3. Juli;100,00\nIda;Instagram;1.-15.07.;100,00\n" +
				"Eva;Instagram;31.06.;100,00\nUwe;Instagram;28.12.-05.01.;100,00\n",
			[]string{"created 2026-06-15 year_from_title", "created 2026-07-03 year_from_title", "created 2026-07-01 year_from_title",
				"rejected not_a_date", "rejected not_a_date"}},
		{"starts and ends", "Plan_2026.csv",
			"Influencer,Platform,Start,End,Fee\nAna,Instagram,June 3,June 14,100.00\nBen,Instagram,28 Dec,Jan 5,100.00\n",
			[]string{"created 2026-06-03 year_from_title", "rejected not_valid year_from_title"}},
		{"days, of which one has another year", "plan.csv",
			"Plan 2026\nInfluencer;Plattform;Datum;Honorar\nAna;Instagram;15.12.2025;100,00\nBen;Instagram;03.01.;100,00\n",
			[]string{"created 2025-12-15", "rejected not_a_date"}},
		{"days beside years", "plan.csv",
			"Plan 2026\nInfluencer;Plattform;Datum;Jahr;Honorar\nBen;Instagram;03.01.;2027;100,00\n", []string{"rejected not_a_date"}},
		{"days without a title", "plan.csv",
			"Influencer;Plattform;Datum;Honorar\nBen;Instagram;03.01.;100,00\n", []string{"rejected not_a_date"}},
		{"two years", "plan 2025.csv",
			"Plan 2026\nInfluencer,Platform,Month,Fee\nAna,Instagram,January,100.00\n", []string{"created"}},
		{"a season", "plan.csv",
			"Plan 2026/2027\nInfluencer,Platform,Month,Fee\nAna,Instagram,January,100.00\n", []string{"created"}},
		{"the day of the file", "plan-2026-01-12.csv",
			"Stand 12.01.2026\nInfluencer;Plattform;Monat;Honorar\nAna;Instagram;Dezember;100,00\n", []string{"created"}},
		{"the day of the file, with the name of its month", "Export 12 Jan 2026.csv",
			"Stand: 5. Januar 2026\nInfluencer;Plattform;Monat;Honorar\nAna;Instagram;Dezember;100,00\n", []string{"created"}},
		{"an English one", "plan.csv",
			"\"Exported on Jan 12, 2026\"\nInfluencer,Platform,Month,Fee\nAna,Instagram,December,100.00\n", []string{"created"}},
		{"when the sheet was as it is", "plan.csv",
			"Influencerliste, Stand: Dezember 2025\nInfluencer;Plattform;Monat;Honorar\nAna;Instagram;Januar;100,00\n", []string{"created"}},
		{"the day of the file, and the year of the plan", "plan.csv",
			"Top 10 Creators 2026 (Stand Dezember 2025)\nInfluencer;Plattform;Monat;Honorar\nAna;Instagram;Januar;100,00\n",
			[]string{"created 2026-01-01 year_from_title"}},
		{"an amount", "plan.csv",
			"Budget: 2000 €\nInfluencer;Plattform;Monat;Honorar\nAna;Instagram;Januar;100,00\n", []string{"created"}},
		{"an amount in the next cell, and the year", "plan.csv",
			"Budget,2050\nYear,2026\nInfluencer,Platform,Month,Fee\nAna,Instagram,January,100.00\n",
			[]string{"created 2026-01-01 year_from_title"}},
		{"a number of months", "plan.csv",
			"Plan 2026\nInfluencer;Plattform;Monate;Honorar\nAna;Instagram;3;100,00\nBen;Instagram;6;100,00\n", []string{"created", "created"}},
		{"a month of another year in the column", "plan.csv",
			"Plan 2026\nInfluencer,Platform,Month,Fee\nAna,Instagram,December 2025,100.00\nBen,Instagram,January,100.00\n",
			[]string{"created 2025-12-01", "created"}},
		{"a column of years", "plan.csv",
			"Plan 2026\nInfluencer,Platform,Month,Year,Fee\nAna,Instagram,December,2025,100.00\n", []string{"created 2025-12-01"}},
	} {
		s := memoryShop(t, nil)
		plan, err := s.importer().Plan(s.ctx, s.ws, csvfile.New(test.file, strings.NewReader(test.text), nil))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, planWords(plan, []string{"start"}, "year_from_title")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
