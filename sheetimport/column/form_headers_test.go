package column_test

import (
	"testing"

	"github.com/getklar/influencercrm/sheetimport/column"
)

// TestHeadersWithCells has headers whose meaning depends on their cells, and such that look like one that they do not have.
func TestHeadersWithCells(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		header, cell string
		want         column.Field
	}{
		// What a form asks for.
		{"What is your full name?", "", column.Influencer}, {"Your fee (EUR)", "500", column.Cost},
		{"Please enter your posting date", "2026-06-14", column.Start},
		{"Wie ist dein vollständiger Name?", "", column.Influencer}, {"Dein Rabattcode", "ANA10", column.Code},
		{"Bitte gib dein Honorar", "500 €", column.Cost},
		{"2. Your handle", "@ana", column.Handle}, {"Do you have a discount code?", "No", column.Custom},
		// Days and amounts of rights, and addresses of the team.
		{"Exclusivity end date", "2026-12-31", column.Custom}, {"Usage rights end date", "2026-12-31", column.Custom},
		{"Whitelisting start date", "2026-12-31", column.Custom},
		{"Enddatum Exklusivität", "31.12.2026", column.Custom}, {"Enddatum Nutzungsrechte", "31.12.2026",
			column.Custom}, {"Honorar Nutzungsrechte", "200 €", column.Custom},
		{"Total cost of goods", "80.00", column.Custom}, {"Assignee email", "jo@mail.example", column.Custom},
		{"End date", "2026-12-31", column.End},
		// Profiles, sections of a board, and what a program calls the code and the cost.
		{"Profile", "https://www.instagram.com/ana/", column.ProfileLink}, {"Profil", "@ana", column.ProfileLink},
		{"Profile", "Mum of two", column.Custom},
		{"Section/Column", "Negotiating", column.Status}, {"Bucket Name", "Live", column.Status},
		{"List", "Berlin", column.Custom}, {"Gruppe", "Abgesagt", column.Status},
		{"Conversion Code", "ANA10", column.Code}, {"Payment Amount", "$500.00", column.Cost}, {"Publisher Payment", "1,500.00", column.Cost},
	} {
		header, data := "Influencer,Platform,"+test.header, `Ana,Instagram,"`+test.cell+`"`
		if test.want == column.Influencer {
			header, data = test.header+",Platform", "Ana,Instagram"
		}
		h, _ := fields(t, header, data)
		at := len(h.Columns) - 1
		if test.want == column.Influencer {
			at = 0
		}
		if got := h.Columns[at]; got.Field != test.want {
			t.Errorf("%q above %q is %s, want %s: %s", test.header, test.cell, got.Field, test.want, got.Reason)
		}
	}
}
