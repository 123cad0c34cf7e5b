package pages

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
)

// The bar of a month holds against its budget only what the budget is for: what has none exceeds nothing.
func TestBarOfWhatTheBudgetIsFor(t *testing.T) {
	t.Parallel()
	july := budget.MustParseDate("2026-07-01")
	euros := func(n int64) budget.Money { return budget.FromMinor(n*100, "EUR") }
	r, err := budget.New(budget.Plan{
		Currency: "EUR", Today: july,
		Campaigns: []budget.Campaign{{ID: "a", Name: "Sale", Budget: euros(1000),
			Period: budget.Period{Start: july, End: july}}, {ID: "b", Name: "Fair"}},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Stage: budget.Signed, Cost: euros(800), Period: budget.Period{Start: july, End: july}},
			{ID: "2", Campaign: "b", Stage: budget.Signed, Cost: euros(900), Period: budget.Period{Start: july, End: july}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	month := newFace(language.English).bar(r.Month(july.Month()))
	if month.Over || month.Budget != barWidth || len(month.Parts) != 1 || month.Parts[0].Width != barWidth*8/10 {
		t.Errorf("%+v", month)
	}
	fair, _ := r.LineOf("b", budget.Month{})
	if without := newFace(language.English).bar(fair); without.Budget != 0 || len(without.Parts) != 1 || without.Parts[0].Width != barWidth {
		t.Errorf("%+v", without)
	}
}

// A bar is as long as what it stands for, whatever the amounts, and never longer than the whole.
func TestBar(t *testing.T) {
	t.Parallel()
	f := newFace(language.English)
	line := func(budgeted, signed, negotiating, draft int64) budget.Line {
		l := budget.Line{Amounts: budget.Amounts{
			Signed: budget.FromMinor(signed, "EUR"), Negotiating: budget.FromMinor(negotiating, "EUR"), Draft: budget.FromMinor(draft, "EUR"),
		}}
		l.Covered = l.Amounts
		if budgeted >= 0 {
			l.Budget = budget.FromMinor(budgeted, "EUR")
		}
		return l
	}
	for name, test := range map[string]struct {
		line budget.Line
		want bar
	}{
		"nothing": {line(-1, 0, 0, 0), bar{}},
		"within":  {line(1000, 250, 250, 0), bar{Parts: []barPart{{"signed", 0, 250}, {"negotiating", 250, 250}}, Budget: 1000}},
		"over": {line(500, 500, 250, 250),
			bar{Parts: []barPart{{"signed", 0, 500}, {"negotiating", 500, 250}, {"draft", 750, 250}},
				Budget: 500, Over: true}},
		"without": {line(-1, 10, 0, 30), bar{Parts: []barPart{{"signed", 0, 250}, {"draft", 250, 750}}}},
		"largest": {line(budget.MaxMinor, 4*budget.MaxMinor, 0, 0), bar{Parts: []barPart{{"signed", 0, 1000}}, Budget: 250, Over: true}},
		"refund":  {line(100, -50, 50, 0), bar{Parts: []barPart{{"negotiating", 0, 500}}, Budget: 1000}},
	} {
		got := f.bar(test.line)
		got.Label = ""
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
