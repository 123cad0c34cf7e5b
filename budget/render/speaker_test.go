package render_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
)

func TestSpeaker(t *testing.T) {
	t.Parallel()
	r, err := budget.New(budget.Plan{
		Currency: "EUR", Today: budget.MustParseDate("2026-11-29"),
		Campaigns: []budget.Campaign{{ID: "a", Name: "Winter", Budget: budget.FromMinor(500_000, "EUR"),
			Target: budget.FromMinor(4_000_000, "EUR")}, {ID: "b", Name: "Spring"}},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Stage: budget.Signed, Cost: budget.FromMinor(180_000, "EUR"),
				Period: budget.Period{Start: budget.MustParseDate("2026-12-01")}},
			{ID: "2", Campaign: "a", Stage: budget.Negotiating, Cost: budget.FromMinor(435_050, "EUR"),
				Period: budget.Period{Start: budget.MustParseDate("2026-12-05")}},
			{ID: "3", Campaign: "b", Stage: budget.Draft, Cost: budget.FromMinor(100, "EUR"),
				Period: budget.Period{Start: budget.MustParseDate("2027-01-05")}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	var empty budget.Line
	for _, lang := range []language.Tag{language.English, language.German} {
		s := render.NewSpeaker(lang)
		spring, l := r.Campaigns[0], r.Campaigns[1]
		got = append(got, []string{
			s.Amount(l.Budget), s.Amount(budget.Money{}), s.Month(budget.MustParseMonth("2026-12")),
			s.Standing(l), s.Standing(spring), s.Standing(empty), s.Coverage(r.Coverage), s.CostShare(l),
		})
	}
	want := [][]string{
		{"5,000.00", "-", "December 2026", "3,200.00 left after signed; if all negotiations close, 1,150.50 over",
			"no budget; 1.00 planned, 0.00 of it signed", "no budget; no cost planned",
			"Budgets cover 1 of 2 campaigns, 6,150.50 of 6,151.50 planned.", "15.4%"},
		{"5.000,00", "-", "Dezember 2026", "3.200,00 übrig nach Unterschriebenem; mit allem in Verhandlung 1.150,50 überzogen",
			"kein Budget; 1,00 verplant, davon 0,00 unterschrieben", "kein Budget; keine Kosten verplant",
			"Budgets decken 1 von 2 Kampagnen, 6.150,50 von 6.151,50 Verplantem.", "15,4\u00a0%"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
