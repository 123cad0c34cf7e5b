package pages

import (
	"testing"

	"golang.org/x/text/language"

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
