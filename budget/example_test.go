package budget_test

import (
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func june() budget.Plan {
	day := budget.MustParseDate
	return budget.Plan{
		Currency: "EUR",
		Campaigns: []budget.Campaign{{
			ID: "summer", Name: "Summer Sale 2026",
			Budget: must(budget.ParseMoney("5000", "EUR")),
			Period: budget.Period{Start: day("2026-06-01"), End: day("2026-07-31")},
		}},
		Items: []budget.Item{
			{
				ID: "1", Name: "Summer Sale 2026 - Emma - instagram", Campaign: "summer", Platform: "instagram",
				Stage: budget.Signed, Cost: must(budget.ParseMoney("3000", "EUR")),
				Period: budget.Period{Start: day("2026-06-16"), End: day("2026-07-15")},
			},
			{
				ID: "2", Name: "Summer Sale 2026 - Noah - tiktok", Campaign: "summer", Platform: "tiktok",
				Stage: budget.Negotiating, Cost: must(budget.ParseMoney("2400", "EUR")),
				Period: budget.Period{Start: day("2026-07-01"), End: day("2026-07-31")},
			},
		},
	}
}

func ExampleNew() {
	report, err := budget.New(june())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, month := range report.Months {
		fmt.Printf("%s: signed %s, allocated %s of %s, %s\n",
			month.Label, month.Signed, month.Allocated(), month.Budget, month.Health)
	}
	total := report.Total
	fmt.Printf("left after signed %s, after all %s: %s, tipped by item %s\n",
		total.RemainingAfterSigned(), total.RemainingAfterAllocated(), total.Health, total.TippedBy)
	// Output:
	// June 2026: signed 1500.00 EUR, allocated 1500.00 EUR of 2459.02 EUR, ok
	// July 2026: signed 1500.00 EUR, allocated 3900.00 EUR of 2540.98 EUR, at_risk
	// left after signed 2000.00 EUR, after all -400.00 EUR: at_risk, tipped by item 2
}

func ExampleReport_Items() {
	report := must(budget.New(june()))
	for _, share := range report.Items("summer", budget.MustParseMonth("2026-07")) {
		fmt.Println(share.Name, share.Stage, share.Share)
	}
	// Output:
	// Summer Sale 2026 - Emma - instagram signed 1500.00 EUR
	// Summer Sale 2026 - Noah - tiktok negotiating 2400.00 EUR
}

func ExampleReport_By() {
	report := must(budget.New(june()))
	for _, line := range report.By(budget.AxisPlatform) {
		fmt.Println(line.Label, line.Allocated(), line.Count())
	}
	// Output:
	// instagram 3000.00 EUR 1
	// tiktok 2400.00 EUR 1
}

func ExampleReport_Upcoming() {
	report := must(budget.New(june()))
	for _, month := range report.Upcoming(budget.MustParseDate("2026-07-10")).Months {
		fmt.Println(month.Label)
	}
	// Output:
	// July 2026
}

func ExampleAmounts_ForecastWith() {
	report := must(budget.New(june()))
	fmt.Println(report.Total.Forecast)

	cautious := budget.Weights{Negotiating: decimal.RequireFromString("0.25")}
	fmt.Println(report.Total.ForecastWith(cautious))
	// Output:
	// 4200.00 EUR
	// 3600.00 EUR <nil>
}

func ExampleShares() {
	cost := must(budget.ParseMoney("100", "EUR"))
	period := budget.Period{Start: budget.MustParseDate("2026-06-30"), End: budget.MustParseDate("2026-07-02")}
	for _, share := range budget.Shares(cost, period, budget.ByDay) {
		fmt.Println(share.Month, share.Amount)
	}
	// Output:
	// 2026-06 33.33 EUR
	// 2026-07 66.67 EUR
}

func ExampleParseMoney() {
	m, err := budget.ParseMoney("1234.5", "EUR")
	fmt.Println(m, err)
	fmt.Println(string(must(json.Marshal(m))))

	_, err = budget.ParseMoney("1234.505", "EUR")
	fmt.Println(err)
	_, err = budget.ParseMoney("1.234,50", "EUR")
	fmt.Println(err)
	// Output:
	// 1234.50 EUR <nil>
	// {"amount":"1234.50","currency":"EUR"}
	// more decimals than the currency has: 1234.505, EUR has 2
	// not an amount: "1.234,50", want a plain number like 1234.50
}

func ExampleParseDate() {
	_, err := budget.ParseDate("2026-02-31")
	fmt.Println(err)
	_, err = budget.ParseDate("01.06.2026")
	fmt.Println(err)
	// Output:
	// "2026-02-31": not a date: day 31, want 1 to 28 in 2026-02
	// not a date: "01.06.2026", want year-month-day like 2026-06-01
}

func ExamplePeriod_Overlap() {
	june := budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")}
	open := budget.Period{Start: budget.MustParseDate("2026-06-20")}
	common, ok := june.Overlap(open)
	fmt.Println(common.Start, common.End, common.Days(), ok)
	// Output:
	// 2026-06-20 2026-06-30 11 true
}
