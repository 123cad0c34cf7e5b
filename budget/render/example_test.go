package render_test

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
)

func summer() *budget.Report {
	report, err := budget.New(budget.Plan{
		Currency: "EUR", Today: budget.MustParseDate("2026-06-10"),
		Campaigns: []budget.Campaign{
			{ID: "summer", Name: "Summer Sale", Budget: eur(500_000), Period: days("2026-06-01", "2026-07-31")},
		},
		Items: []budget.Item{
			{ID: "1", Campaign: "summer", Stage: budget.Signed, Cost: eur(300_000), Period: days("2026-06-16", "2026-07-15")},
			{ID: "2", Campaign: "summer", Stage: budget.Negotiating, Cost: eur(240_000), Period: days("2026-07-01", "2026-07-31")},
		},
	})
	if err != nil {
		panic(err)
	}
	return report
}

func ExampleText() {
	if err := render.Text(os.Stdout, summer(), nil); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Budget in EUR on 2026-06-10, forecast 4,200.00
	//
	// July 2026: 1,040.98 left after signed; if all negotiations close, 1,359.02 over
	//   budget 2,540.98, signed 1,500.00, negotiating 2,400.00, draft 0.00, forecast 2,700.00
	//
	// Campaigns that go on or are to come:
	//   Summer Sale: 2,000.00 left after signed; if all negotiations close, 400.00 over
	//
	// █ signed  ▓ negotiating  ░ draft  · left of the budget  ▷ at risk  ▶ over
	//
	//                                                        Left after       Left
	// Month        Signed  Negotiating  Allocated    Budget      signed  after all  Health
	// ---------  --------  -----------  ---------  --------  ----------  ---------  -------
	// June 2026  1,500.00         0.00   1,500.00  2,459.02      959.02     959.02  ok       ███████·····
	// July 2026  1,500.00     2,400.00   3,900.00  2,540.98    1,040.98  -1,359.02  at risk  ███████▓▓▓▓▓▷
	// ---------  --------  -----------  ---------  --------  ----------  ---------  -------
	// Total      3,000.00     2,400.00   5,400.00  5,000.00    2,000.00    -400.00  at risk  ███████▓▓▓▓▓▷
	//
	//                                                          Left after       Left
	// Campaign       Signed  Negotiating  Allocated    Budget      signed  after all  Health
	// -----------  --------  -----------  ---------  --------  ----------  ---------  -------
	// Summer Sale  3,000.00     2,400.00   5,400.00  5,000.00    2,000.00    -400.00  at risk  ██████▓▓▓▓▷
	// -----------  --------  -----------  ---------  --------  ----------  ---------  -------
	// Total        3,000.00     2,400.00   5,400.00  5,000.00    2,000.00    -400.00  at risk  ██████▓▓▓▓▷
}

func ExampleCSV() {
	if err := render.CSV(os.Stdout, summer()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// axis,key,label,month,currency,signed,negotiating,draft,allocated,forecast,budget,budget_from,unbudgeted,not_selected,remaining_after_signed,remaining_after_allocated,signed_count,negotiating_count,draft_count,unpriced_count,health,revenue_target,cost_share,tipped_by
	// total,,Total,,EUR,3000.00,2400.00,0.00,5400.00,4200.00,5000.00,campaign,0.00,,2000.00,-400.00,1,1,0,0,at_risk,,,2
	// unscheduled,,Unscheduled,,EUR,0.00,0.00,0.00,0.00,0.00,,none,0.00,,,,0,0,0,0,no_budget,,,
	// campaign,summer,Summer Sale,,EUR,3000.00,2400.00,0.00,5400.00,4200.00,5000.00,campaign,0.00,,2000.00,-400.00,1,1,0,0,at_risk,,,2
	// month,2026-06,June 2026,2026-06,EUR,1500.00,0.00,0.00,1500.00,1500.00,2459.02,spread,0.00,,959.02,959.02,1,0,0,0,ok,,,
	// month,2026-07,July 2026,2026-07,EUR,1500.00,2400.00,0.00,3900.00,2700.00,2540.98,spread,0.00,,1040.98,-1359.02,1,1,0,0,at_risk,,,2
	// month_total,,Total,,EUR,3000.00,2400.00,0.00,5400.00,4200.00,5000.00,months,0.00,,2000.00,-400.00,1,1,0,0,at_risk,,,2
	// cell,summer,Summer Sale,2026-06,EUR,1500.00,0.00,0.00,1500.00,1500.00,2459.02,spread,0.00,,959.02,959.02,1,0,0,0,ok,,,
	// cell,summer,Summer Sale,2026-07,EUR,1500.00,2400.00,0.00,3900.00,2700.00,2540.98,spread,0.00,,1040.98,-1359.02,1,1,0,0,at_risk,,,2
}

func ExampleMarkdown() {
	if err := render.Markdown(os.Stdout, summer(), &render.MarkdownOptions{Lang: language.German}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Budget in EUR am 10.06.2026, Prognose 4.200,00
	//
	// Juli 2026: 1.040,98 übrig nach Unterschriebenem; mit allem in Verhandlung 1.359,02 überzogen
	//
	// Kampagnen, die laufen oder kommen:
	//
	// - Summer Sale: 2.000,00 übrig nach Unterschriebenem; mit allem in Verhandlung 400,00 überzogen
	//
	// | Monat | Unterschrieben | In Verhandlung | Entwurf | Verplant | Prognose | Budget | Übrig nach Unterschriebenem | Übrig nach allem | Stand |
	// | :-- | --: | --: | --: | --: | --: | --: | --: | --: | :-- |
	// | Juni 2026 | 1.500,00 | 0,00 | 0,00 | 1.500,00 | 1.500,00 | 2.459,02 | 959,02 | 959,02 | in Ordnung |
	// | Juli 2026 | 1.500,00 | 2.400,00 | 0,00 | 3.900,00 | 2.700,00 | 2.540,98 | 1.040,98 | -1.359,02 | gefährdet |
	// | **Summe** | 3.000,00 | 2.400,00 | 0,00 | 5.400,00 | 4.200,00 | 5.000,00 | 2.000,00 | -400,00 | gefährdet |
	//
	// | Kampagne | Unterschrieben | In Verhandlung | Entwurf | Verplant | Prognose | Budget | Übrig nach Unterschriebenem | Übrig nach allem | Stand |
	// | :-- | --: | --: | --: | --: | --: | --: | --: | --: | :-- |
	// | Summer Sale | 3.000,00 | 2.400,00 | 0,00 | 5.400,00 | 4.200,00 | 5.000,00 | 2.000,00 | -400,00 | gefährdet |
	// | **Summe** | 3.000,00 | 2.400,00 | 0,00 | 5.400,00 | 4.200,00 | 5.000,00 | 2.000,00 | -400,00 | gefährdet |
}

func ExampleSVG() {
	var drawing strings.Builder // an *os.File or an http.ResponseWriter in a program
	err := render.SVG(&drawing, summer(), &render.SVGOptions{Charts: []render.Chart{render.ChartMonths}, Theme: render.ThemeLight})
	if err != nil {
		fmt.Println(err)
		return
	}
	head, _, _ := strings.Cut(drawing.String(), "\n<style>")
	fmt.Println(head)
	// Output:
	// <svg xmlns="http://www.w3.org/2000/svg" id="budget" width="960" height="478.1" viewBox="0 0 960 478.1" role="group" aria-labelledby="budget-title" lang="en">
	// <title id="budget-title">Budget in EUR on 2026-06-10, forecast 4,200.00</title>
}
