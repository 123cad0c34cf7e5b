package budget_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
)

// summer is a plan in which most rules have something to do.
func summer() budget.Plan {
	return budget.Plan{
		Currency: "EUR",
		Today:    budget.MustParseDate("2026-06-15"),
		Campaigns: []budget.Campaign{
			{ID: "c2", Name: "Back to School", Budget: eur("500"), Period: days("2026-08-01", "2026-09-30")},
			{ID: "c1", Name: "Summer Sale", Budget: eur("310"), Period: days("2026-06-01", "2026-07-01")},
			{ID: "c3", Name: "Always on"},
			{ID: "c4", Name: "Derived", Budget: eur("60"), Archived: true},
		},
		Items: []budget.Item{
			{ID: "i1", Name: "Emma", Campaign: "c1", Influencer: "Emma", Platform: "instagram",
				Tags: []string{"a", "b", "a"}, Stage: budget.Signed, Cost: eur("200"),
				Period: days("2026-06-01", "2026-06-30")},
			{ID: "i2", Name: "Noah", Campaign: "c1", Influencer: "Noah", Platform: "tiktok", Tags: []string{"b"},
				Stage: budget.Negotiating, Cost: eur("155"), Period: days("2026-06-30", "2026-07-30")},
			{ID: "i3", Name: "Mia", Campaign: "c2", Influencer: "Mia", Platform: "tiktok", Stage: budget.Draft,
				Cost: eur("100"), Period: days("2026-08-01", "")},
			{ID: "i4", Name: "Undated", Campaign: "c2", Stage: budget.Draft, Cost: eur("40")},
			{ID: "i5", Name: "No cost", Campaign: "c2", Stage: budget.Signed, Period: days("2026-09-01", "2026-09-02")},
			{ID: "i6", Name: "Cancelled signed", Campaign: "c2", Stage: budget.Signed, Cost: eur("900"), Period: days("2026-09-01", "2026-09-30"),
				Cancellation: &budget.Cancellation{On: budget.MustParseDate("2026-08-20"), Fee: eur("25")}},
			{ID: "i7", Name: "Cancelled draft", Campaign: "c2", Stage: budget.Draft, Cost: eur("900"), Period: days("2026-09-01", "2026-09-30"),
				Cancellation: &budget.Cancellation{On: budget.MustParseDate("2026-08-20"), Fee: eur("25")}},
			{ID: "i8", Name: "Dollars", Campaign: "c3", Stage: budget.Signed, Cost: budget.FromMinor(10_000, "USD"),
				Period: days("2026-06-30", "2026-07-01")},
			{ID: "i9", Name: "Only an end", Campaign: "c4", Stage: budget.Signed, Cost: eur("10"), Period: days("", "2026-06-30")},
			{ID: "j1", Name: "To July", Campaign: "c4", Stage: budget.Signed, Cost: eur("20"), Period: days("2026-07-01", "2026-07-02")},
		},
	}
}

func report(t failer, plan budget.Plan) *budget.Report {
	t.Helper()
	r, err := budget.New(plan)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return r
}

// row is a line in short.
type row struct {
	Label, Signed, Negotiating, Draft, Budget string
	From                                      budget.Basis
	Health                                    budget.Health
	TippedBy                                  string
}

func rows(lines ...budget.Line) []row {
	var out []row
	for _, l := range lines {
		label := l.Label
		if l.Month.String() != l.Key && !l.Month.IsZero() {
			label += "|" + l.Month.String()
		}
		out = append(out, row{label, l.Signed.Amount(), l.Negotiating.Amount(), l.Draft.Amount(), l.Budget.Amount(),
			l.BudgetFrom, l.Health, l.TippedBy})
	}
	return out
}

func TestReport(t *testing.T) {
	t.Parallel()
	r := report(t, summer())
	for name, tc := range map[string]struct{ got, want []row }{
		"campaigns": {rows(r.Campaigns...), []row{
			{"Summer Sale", "200.00", "155.00", "0.00", "310.00", budget.BudgetCampaign, budget.AtRisk, "i2"},
			{"Back to School", "25.00", "0.00", "140.00", "500.00", budget.BudgetCampaign, budget.OK, ""},
			{"Always on", "0.00", "0.00", "0.00", "", budget.BudgetNone, budget.NoBudget, ""},
			{"Derived", "30.00", "0.00", "0.00", "60.00", budget.BudgetCampaign, budget.OK, ""},
		}},
		"months": {rows(r.Months...), []row{
			// The budgets are 300 of Summer Sale and 20 of Derived, which has three days.
			{"June 2026", "210.00", "5.00", "0.00", "320.00", budget.BudgetDerived, budget.OK, ""},
			{"July 2026", "20.00", "150.00", "0.00", "50.00", budget.BudgetDerived, budget.AtRisk, "i2"},
			{"August 2026", "25.00", "0.00", "100.00", "254.10", budget.BudgetSpread, budget.OK, ""},
			{"September 2026", "0.00", "0.00", "0.00", "245.90", budget.BudgetSpread, budget.OK, ""},
		}},
		"cells": {rows(r.Cells...), []row{
			{"Summer Sale|2026-06", "200.00", "5.00", "0.00", "300.00", budget.BudgetSpread, budget.OK, ""},
			{"Summer Sale|2026-07", "0.00", "150.00", "0.00", "10.00", budget.BudgetSpread, budget.AtRisk, "i2"},
			{"Back to School|2026-08", "25.00", "0.00", "100.00", "254.10", budget.BudgetSpread, budget.OK, ""},
			{"Back to School|2026-09", "0.00", "0.00", "0.00", "245.90", budget.BudgetSpread, budget.OK, ""},
			{"Back to School", "0.00", "0.00", "40.00", "", budget.BudgetNone, budget.NoBudget, ""},
			{"Always on|2026-06", "0.00", "0.00", "0.00", "", budget.BudgetNone, budget.NoBudget, ""},
			{"Always on|2026-07", "0.00", "0.00", "0.00", "", budget.BudgetNone, budget.NoBudget, ""},
			{"Derived|2026-06", "10.00", "0.00", "0.00", "20.00", budget.BudgetDerived, budget.OK, ""},
			{"Derived|2026-07", "20.00", "0.00", "0.00", "40.00", budget.BudgetDerived, budget.OK, ""},
		}},
		"total":       {rows(r.Total), []row{{"Total", "255.00", "155.00", "140.00", "870.00", budget.BudgetCampaign, budget.OK, ""}}},
		"unscheduled": {rows(r.Unscheduled), []row{{"Unscheduled", "0.00", "0.00", "40.00", "", budget.BudgetNone, budget.NoBudget, ""}}},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(budget.Counts{Signed: 6, Negotiating: 1, Draft: 2, Unpriced: 1}, r.Total.Counts); diff != "" {
		t.Errorf("counts: -want +got\n%s", diff)
	}
	if got := r.Total.Forecast.Amount(); got != "346.50" { // 255 + 0.5·155 + 0.1·140
		t.Errorf("forecast %s", got)
	}
	wantUnpriced := []budget.Unpriced{{
		Item: "i8", Name: "Dollars", Campaign: "c3", Stage: budget.Signed,
		Cost: budget.FromMinor(10_000, "USD"), On: budget.MustParseDate("2026-06-30"),
	}}
	if diff := cmp.Diff(wantUnpriced, r.Unpriced, reportOptions()...); diff != "" {
		t.Errorf("unpriced: -want +got\n%s", diff)
	}
	if len(r.Warnings) != 1 || r.Warnings[0].Item != "i9" || r.Warnings[0].Code != budget.WarnOnlyEnd {
		t.Errorf("warnings: %v", r.Warnings)
	}
}

func TestMonthBudgetReplacesTheSpreadOne(t *testing.T) {
	t.Parallel()
	plan := summer()
	plan.MonthBudgets = map[budget.Month]budget.Money{
		budget.MustParseMonth("2026-06"): eur("100"),
		budget.MustParseMonth("2027-01"): eur("0"),
		budget.MustParseMonth("2026-08"): {},
	}
	r := report(t, plan)
	var got []string
	for _, l := range r.Months {
		got = append(got, l.Key+" "+l.Budget.Amount()+" "+string(l.BudgetFrom)+" "+string(l.Health)+" "+l.TippedBy)
	}
	want := []string{
		"2026-06 100.00 month over i1", "2026-07 50.00 derived at_risk i2", "2026-08 254.10 spread ok ",
		"2026-09 245.90 spread ok ", "2027-01 0.00 month ok ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := r.Total.Budget.Amount(); got != "870.00" {
		t.Errorf("the total is still the campaigns': %s", got)
	}
}

func TestTippedBy(t *testing.T) {
	t.Parallel()
	item := func(id, start string, stage budget.Stage, cost string) budget.Item {
		return budget.Item{ID: id, Campaign: "c", Stage: stage, Cost: eur(cost), Period: days(start, start)}
	}
	for name, tc := range map[string]struct {
		items  []budget.Item
		health budget.Health
		want   string
	}{
		"by start": {[]budget.Item{item("a", "2026-06-02", budget.Draft, "60"),
			item("b", "2026-06-01", budget.Draft, "60")}, budget.AtRisk, "a"},
		"then by id": {[]budget.Item{item("b", "2026-06-01", budget.Draft, "60"),
			item("a", "2026-06-01", budget.Draft, "60")}, budget.AtRisk, "b"},
		"undated last": {[]budget.Item{item("a", "", budget.Draft, "60"), item("b", "2026-06-01", budget.Draft, "60")}, budget.AtRisk, "a"},
		"over: signed alone": {[]budget.Item{item("a", "2026-06-01", budget.Draft, "150"),
			item("b", "2026-06-02", budget.Signed, "101")}, budget.Over, "b"},
		"exactly spent": {[]budget.Item{item("a", "2026-06-01", budget.Signed, "100")}, budget.OK, ""},
	} {
		r := report(t, budget.Plan{Currency: "EUR", Campaigns: []budget.Campaign{{ID: "c", Budget: eur("100")}}, Items: tc.items})
		for _, l := range []budget.Line{r.Total, r.Campaigns[0]} {
			if l.Health != tc.health || l.TippedBy != tc.want {
				t.Errorf("%s: %s, tipped by %q, want %s by %q", name, l.Health, l.TippedBy, tc.health, tc.want)
			}
		}
	}
}

type rates map[string]string

func (r rates) Rate(from, to budget.Currency, on budget.Date) (decimal.Decimal, bool) {
	s, ok := r[string(from)+string(to)+on.String()]
	if !ok {
		return decimal.Decimal{}, false
	}
	return decimal.RequireFromString(s), true
}

func TestRates(t *testing.T) {
	t.Parallel()
	usd := func(minor int64, p budget.Period) budget.Item {
		return budget.Item{ID: "x", Campaign: "c", Stage: budget.Signed, Cost: budget.FromMinor(minor, "USD"), Period: p}
	}
	known := rates{
		"USDEUR2026-06-01": "0.90", "USDEUR2026-07-01": "0.80", "USDEUR2026-05-05": "0.5",
		"USDEUR2026-01-01": "-1", "USDEUR2026-01-02": "1e9000", "USDEUR2026-01-03": "100000000000000000000",
		"JPYEUR2026-06-01": "0.00615",
	}
	cancelled := usd(1, days("2026-06-01", "2026-07-01"))
	cancelled.Cancellation = &budget.Cancellation{On: budget.MustParseDate("2026-07-01"), Fee: budget.FromMinor(1000, "USD")}
	yen := usd(0, days("2026-06-01", ""))
	yen.Cost = budget.FromMinor(1000, "JPY")
	for name, tc := range map[string]struct {
		item     budget.Item
		want     string
		unpriced int
		err      error
	}{
		"at the start":        {usd(10_000, days("2026-06-01", "2026-07-01")), "90.00", 0, nil},
		"else the end":        {usd(10_000, days("", "2026-07-01")), "80.00", 0, nil},
		"else today":          {usd(10_001, budget.Period{}), "50.01", 0, nil},
		"half away from zero": {usd(-10_001, budget.Period{}), "-50.01", 0, nil},
		"fee on its day":      {cancelled, "8.00", 0, nil},
		"other decimals":      {yen, "6.15", 0, nil},
		"unknown":             {usd(10_000, days("2026-06-02", "")), "0.00", 1, nil},
		"nothing":             {usd(0, days("2026-06-02", "")), "0.00", 0, nil},
		"negative rate":       {usd(10_000, days("2026-01-01", "")), "", 0, budget.ErrRate},
		"huge exponent":       {usd(10_000, days("2026-01-02", "")), "", 0, budget.ErrRate},
		"huge":                {usd(10_000, days("2026-01-03", "")), "", 0, budget.ErrTooLarge},
	} {
		r, err := budget.New(budget.Plan{
			Currency: "EUR", Campaigns: []budget.Campaign{{ID: "c"}}, Items: []budget.Item{tc.item},
			Rates: known, Today: budget.MustParseDate("2026-05-05"),
		})
		if !errors.Is(err, tc.err) {
			t.Errorf("%s: %v, want %v", name, err, tc.err)
		}
		if err == nil && (r.Total.Signed.Amount() != tc.want || r.Total.Counts.Unpriced != tc.unpriced || r.Total.Counts.Signed != 1) {
			t.Errorf("%s: %s, %+v, want %s", name, r.Total.Signed, r.Total.Counts, tc.want)
		}
	}
}

func TestRefusedPlans(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*budget.Plan)
		want   error
	}{
		"unknown campaign":    {func(p *budget.Plan) { p.Items[0].Campaign = "nope" }, budget.ErrPlan},
		"no campaign":         {func(p *budget.Plan) { p.Items[0].Campaign = "" }, budget.ErrPlan},
		"campaign without id": {func(p *budget.Plan) { p.Campaigns[0].ID = "" }, budget.ErrPlan},
		"doubled campaign":    {func(p *budget.Plan) { p.Campaigns[0].ID = "c1" }, budget.ErrPlan},
		"stage":               {func(p *budget.Plan) { p.Items[0].Stage = "cancelled" }, budget.ErrStage},
		"spread":              {func(p *budget.Plan) { p.Items[0].Spread = "weekly" }, budget.ErrSpread},
		"report spread":       {func(p *budget.Plan) { p.Spread = "weekly" }, budget.ErrSpread},
		"period":              {func(p *budget.Plan) { p.Items[0].Period = days("2026-06-02", "2026-06-01") }, budget.ErrPeriod},
		"campaign period":     {func(p *budget.Plan) { p.Campaigns[0].Period = days("2026-06-02", "2026-06-01") }, budget.ErrPeriod},
		"cancellation date":   {func(p *budget.Plan) { p.Items[5].Cancellation.On = budget.FromUnixDay(9_999_999) }, budget.ErrPeriod},
		"currency":            {func(p *budget.Plan) { p.Currency = "EURO" }, budget.ErrCurrency},
		"budget in dollars":   {func(p *budget.Plan) { p.Campaigns[0].Budget = budget.FromMinor(1, "USD") }, budget.ErrCurrency},
		"month in dollars": {func(p *budget.Plan) {
			p.MonthBudgets = map[budget.Month]budget.Money{budget.MustParseMonth("2026-06"): budget.FromMinor(1, "USD")}
		}, budget.ErrCurrency},
		"negative budget": {func(p *budget.Plan) { p.Campaigns[0].Budget = eur("-1") }, budget.ErrAmount},
		"negative month": {func(p *budget.Plan) {
			p.MonthBudgets = map[budget.Month]budget.Money{budget.MustParseMonth("2026-06"): eur("-1")}
		}, budget.ErrAmount},
		"budget of no month":   {func(p *budget.Plan) { p.MonthBudgets = map[budget.Month]budget.Money{{}: eur("1")} }, budget.ErrMonth},
		"today":                {func(p *budget.Plan) { p.Today = budget.FromUnixDay(9_999_999) }, budget.ErrDate},
		"weights":              {func(p *budget.Plan) { p.Weights = &budget.Weights{Draft: decimal.New(11, -1)} }, budget.ErrWeights},
		"negative weight":      {func(p *budget.Plan) { p.Weights = &budget.Weights{Draft: decimal.New(-1, -1)} }, budget.ErrWeights},
		"weight of any length": {func(p *budget.Plan) { p.Weights = &budget.Weights{Draft: decimal.New(1, math.MinInt32)} }, budget.ErrWeights},
		"sum":                  {func(p *budget.Plan) { p.Items[0].Cost = budget.FromMinor(math.MaxInt64, "EUR") }, budget.ErrOverflow},
		"least":                {func(p *budget.Plan) { p.Items[0].Cost = budget.FromMinor(math.MinInt64, "EUR") }, budget.ErrOverflow},
		"budget sum":           {func(p *budget.Plan) { p.Campaigns[0].Budget = budget.FromMinor(math.MaxInt64, "EUR") }, budget.ErrOverflow},
		"month sum": {func(p *budget.Plan) {
			p.MonthBudgets = map[budget.Month]budget.Money{budget.MustParseMonth("2026-06"): budget.FromMinor(math.MaxInt64, "EUR")}
		}, budget.ErrOverflow},
	} {
		plan := summer()
		tc.change(&plan)
		if _, err := budget.New(plan); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
	}
}

func TestBudgetOverATooLongSpan(t *testing.T) {
	t.Parallel()
	plan := budget.Plan{
		Currency:  "EUR",
		Campaigns: []budget.Campaign{{ID: "c", Budget: eur("100")}},
		Items: []budget.Item{
			{ID: "a", Campaign: "c", Stage: budget.Draft, Cost: eur("1"), Period: days("1926-06-01", "")},
			{ID: "b", Campaign: "c", Stage: budget.Draft, Cost: eur("1"), Period: days("2026-06-01", "")},
		},
	}
	r := report(t, plan)
	if len(r.Months) != 2 || r.Months[0].Budget.IsSet() || len(r.Warnings) != 1 || r.Warnings[0].Code != budget.WarnLongSpan {
		t.Errorf("%d months, warnings %v", len(r.Months), r.Warnings)
	}
}

func TestBy(t *testing.T) {
	t.Parallel()
	r := report(t, summer())
	for axis, want := range map[budget.Axis]map[string]string{
		budget.AxisPlatform: {"instagram": "200.00", "tiktok": "255.00", "": "95.00"},
		budget.AxisTag:      {"a": "200.00", "b": "355.00", "": "195.00"},
		budget.AxisCategory: {"": "550.00"},
		"shoe size":         {},
	} {
		got := map[string]string{}
		lines := r.By(axis)
		for i, l := range lines {
			got[l.Key] = l.Allocated().Amount()
			if l.Key == "" && i != len(lines)-1 {
				t.Errorf("%s: those without are not last", axis)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", axis, diff)
		}
	}
	if _, err := budget.ParseAxis("shoe size"); !errors.Is(err, budget.ErrAxis) {
		t.Errorf("ParseAxis: %v", err)
	}
}

// The lines of an axis are those of folded texts, with labels for people, in the order of these.
func TestByFoldsAndLabels(t *testing.T) {
	t.Parallel()
	items := []budget.Item{ // in no order
		{ID: "3", Category: "ﬁtness", Platform: "ig", Influencer: "u2", Responsible: "m1", Tags: []string{"NEW", "vip", "Vip"}},
		{ID: "1", Category: "Beauty", Platform: "IG", Influencer: "u1", Responsible: "m2", Tags: []string{"VIP", "vip "}},
		{ID: "4", Category: " BEAUTY", Platform: "Ig", Influencer: "U1", Tags: []string{"new"}},
		{ID: "0", Category: "beauty", Cancellation: &budget.Cancellation{}}, // has left, so it names nothing
		{ID: "2", Category: "FITNESS", Influencer: "u1", Responsible: "m2"},
		{ID: "5", Category: "home  & garden"}, {ID: "6", Category: "Home & Garden"},
	}
	for n := range items {
		items[n].Campaign, items[n].Stage, items[n].Cost = "c", budget.Draft, eur("10")
	}
	plan := budget.Plan{
		Currency: "EUR", Campaigns: []budget.Campaign{{ID: "c"}}, Items: items,
		Labels: map[budget.Axis]map[string]string{
			budget.AxisInfluencer: {"u1": "Zoe", "u2": "emma"}, budget.AxisResponsible: {"m1": "Mira", "m2": "Anna", "m3": "Leo"},
			budget.AxisPlatform: {"ig": "Instagram"},
		},
	}
	lines := func(r *budget.Report, axis budget.Axis) (got []string) {
		for _, l := range r.By(axis) {
			got = append(got, fmt.Sprintf("%s|%s|%s|%d", l.Key, l.Label, l.Allocated().Amount(), l.Count()))
		}
		return got
	}
	for axis, want := range map[budget.Axis][]string{
		budget.AxisCategory:    {"beauty|Beauty|20.00|2", "fitness|FITNESS|20.00|2", "home & garden|home  & garden|20.00|2"},
		budget.AxisPlatform:    {"ig|Instagram|30.00|3", "||30.00|3"},
		budget.AxisInfluencer:  {"u2|emma|10.00|1", "U1|U1|10.00|1", "u1|Zoe|20.00|2", "||20.00|2"},
		budget.AxisResponsible: {"m2|Anna|20.00|2", "m1|Mira|10.00|1", "||30.00|3"},
		budget.AxisTag:         {"new|NEW|20.00|2", "vip|VIP|20.00|2", "||30.00|3"},
	} {
		if diff := cmp.Diff(want, lines(report(t, plan), axis)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", axis, diff)
		}
	}
	plan.Fold = strings.ToLower // the host's own
	want := []string{"beauty|Beauty|10.00|1", " beauty| BEAUTY|10.00|1", "ﬁtness|ﬁtness|10.00|1"}
	got := lines(report(t, plan), budget.AxisCategory)
	slices.Sort(got)
	slices.Sort(want)
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("with the host's Fold %q has no %q", got, line)
		}
	}
}

func TestItems(t *testing.T) {
	t.Parallel()
	r := report(t, summer())
	list := func(campaign, month string) []string {
		var m budget.Month
		if month != "" {
			m = budget.MustParseMonth(month)
		}
		out := []string{}
		for _, s := range r.Items(campaign, m) {
			out = append(out, s.Item+" "+s.Month.String()+" "+s.Share.Amount())
		}
		return out
	}
	for name, tc := range map[string]struct{ got, want []string }{
		"cell":     {list("c1", "2026-06"), []string{"i1 2026-06 200.00", "i2 2026-06 5.00"}},
		"month":    {list("", "2026-08"), []string{"i3 2026-08 100.00", "i6 2026-08 25.00"}},
		"campaign": {list("c2", ""), []string{"i3 2026-08 100.00", "i6 2026-08 25.00", "i5 2026-09 0.00", "i4  40.00"}},
		"unknown":  {list("nope", ""), []string{}},
		"empty":    {list("c1", "2030-01"), []string{}},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

func TestUpcoming(t *testing.T) {
	t.Parallel()
	r := report(t, summer())
	labels := func(lines []budget.Line) []string {
		out := []string{}
		for _, l := range lines {
			out = append(out, l.Label)
		}
		return out
	}
	up := r.Upcoming(budget.MustParseDate("2026-07-02"))
	if diff := cmp.Diff([]string{"July 2026", "August 2026", "September 2026"}, labels(up.Months)); diff != "" {
		t.Errorf("months: -want +got\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Back to School", "Always on"}, labels(up.Campaigns)); diff != "" {
		t.Errorf("campaigns: -want +got\n%s", diff)
	}
	if up := r.Upcoming(budget.Date{}); len(up.Months) != 4 || len(up.Campaigns) != 4 {
		t.Errorf("without a today: %d months, %d campaigns", len(up.Months), len(up.Campaigns))
	}
}

func TestEmptyPlan(t *testing.T) {
	t.Parallel()
	r := report(t, budget.Plan{Currency: "EUR"})
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	const (
		none    = `{"amount":"0.00","currency":"EUR"}`
		amounts = `"signed":` + none + `,"negotiating":` + none + `,"draft":` + none
		line    = amounts + `,"counts":{"signed":0,"negotiating":0,"draft":0},"forecast":` + none +
			`,"budget_from":"none","covered":{` + amounts + `},"health":"no_budget","allocated":` + none + `,"unbudgeted":` + none + `}`
		covers = `{"lines":0,"budgeted":0,"planned":` + none + `,"covered":` + none + `,"uncovered":0}`
		want   = `{"currency":"EUR","weights":{"negotiating":"0.5","draft":"0.1"},` +
			`"total":{"key":"","label":"Total",` + line + `,"month_total":{"key":"","label":"Total",` + line +
			`,"coverage":{"campaigns":` + covers + `,"months":` + covers + `},"campaigns":[],"months":[],"cells":[],` +
			`"unscheduled":{"key":"","label":"Unscheduled",` + line + `,"unpriced":[],"warnings":[]}`
	)
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// A report that was written and read again has its lines, and its methods, which
// have no items to look at, find nothing.
func TestDecodedReport(t *testing.T) {
	t.Parallel()
	r := report(t, summer())
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back budget.Report
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, &back, reportOptions()...); diff != "" {
		t.Errorf("-made +read\n%s", diff)
	}
	if _, ok := back.Cell("c1", budget.MustParseMonth("2026-06")); ok || len(back.By(budget.AxisTag)) > 0 ||
		len(back.Items("", budget.Month{})) > 0 || len(back.Upcoming(budget.Date{}).Campaigns) > 0 {
		t.Error("a decoded report has items")
	}
}

func reportOptions() []cmp.Option {
	return []cmp.Option{
		cmpopts.IgnoreUnexported(budget.Report{}),
		cmpopts.EquateComparable(budget.Money{}, budget.Date{}, budget.Month{}),
		cmp.Comparer(func(x, y decimal.Decimal) bool { return x.Equal(y) }),
	}
}
