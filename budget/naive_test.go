package budget_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
)

// monthlyRates are rates that change each month. There is none for dollars in some months.
type monthlyRates struct{}

func (monthlyRates) Rate(from, _ budget.Currency, on budget.Date) (decimal.Decimal, bool) {
	m := int64(on.Month().TimeMonth())
	if from == "JPY" {
		return decimal.New(6000+37*m, -6), true
	}
	return decimal.New(9000+113*m, -4), m != 4
}

// generatedPlan has 20 campaigns, 18 months and 3 currencies.
func generatedPlan(seed uint64) budget.Plan {
	random := rand.New(rand.NewPCG(seed, 14))
	first := budget.MustParseDate("2026-01-01")
	day := func(span int) budget.Date { return first.AddDays(random.IntN(span)) }
	const span = 540 // days
	period := func(longest int) budget.Period {
		p := budget.Period{Start: day(span - longest)}
		p.End = p.Start.AddDays(random.IntN(longest))
		switch random.IntN(12) {
		case 0:
			return budget.Period{}
		case 1:
			return budget.Period{Start: p.Start}
		case 2:
			return budget.Period{End: p.End}
		}
		return p
	}
	plan := budget.Plan{
		Currency: "EUR", Today: budget.MustParseDate("2026-09-09"), Rates: monthlyRates{},
		MonthBudgets: map[budget.Month]budget.Money{},
	}
	for n := range 20 {
		c := budget.Campaign{ID: fmt.Sprintf("c%02d", n), Name: fmt.Sprint("Campaign ", n), Period: period(200)}
		if random.IntN(4) > 0 {
			c.Budget = budget.FromMinor(random.Int64N(3_000_000), "EUR")
		}
		plan.Campaigns = append(plan.Campaigns, c)
	}
	for range 4 {
		plan.MonthBudgets[day(span).Month()] = budget.FromMinor(random.Int64N(5_000_000), "EUR")
	}
	for n := range 400 {
		currency := []budget.Currency{"EUR", "EUR", "USD", "JPY"}[random.IntN(4)]
		it := budget.Item{
			ID: fmt.Sprintf("i%03d", n), Name: fmt.Sprint("Item ", n), Campaign: fmt.Sprintf("c%02d", random.IntN(20)),
			Stage: budget.Stages()[random.IntN(3)], Cost: budget.FromMinor(random.Int64N(400_000)-20_000, currency), Period: period(90),
			Spread: []budget.Spread{"", "", budget.OnStart, budget.OnEnd}[random.IntN(4)],
		}
		switch random.IntN(15) {
		case 0:
			it.Cost = budget.Money{}
		case 1:
			it.Cancellation = &budget.Cancellation{On: day(span), Fee: budget.FromMinor(random.Int64N(9_999), currency)}
		}
		plan.Items = append(plan.Items, it)
	}
	all := &plan.Items[0] // in all months
	all.Period, all.Spread, all.Cancellation = days("2026-01-01", "2027-06-30"), budget.ByDay, nil
	return plan
}

// naive is the report once more, from fractions and day by day, as slow as it is plain.
type naive struct {
	plan   budget.Plan
	amount map[naiveKey]*[3]int64        // by stage
	counts map[naiveKey]map[string]bool  // the ids of items
	items  map[string]naiveItem          // those that count
	budget map[naiveKey]int64            // of cells
	basis  map[string]budget.Basis       // of campaigns
	month  map[budget.Month]budget.Money // own
}

type naiveKey struct {
	campaign string
	month    budget.Month
}

type naiveItem struct {
	budget.Item
	unpriced bool
	first    budget.Date
	shares   map[budget.Month]int64
}

// round rounds half away from zero.
func round(r *big.Rat) int64 {
	half := big.NewRat(int64(r.Sign()), 2)
	sum := new(big.Rat).Add(r, half)
	return new(big.Int).Quo(sum.Num(), sum.Denom()).Int64()
}

// byDay shares an amount over the days of a period.
func byDay(minor int64, from, to budget.Date) map[budget.Month]int64 {
	shares := map[budget.Month]int64{}
	days, before := int64(to.DaysSince(from))+1, int64(0)
	for d := int64(1); d <= days; d++ {
		upTo := round(new(big.Rat).Mul(big.NewRat(minor, 1), big.NewRat(d, days)))
		shares[from.AddDays(int(d)-1).Month()] += upTo - before
		before = upTo
	}
	return shares
}

// price converts an amount; a yen has no cents.
func price(m budget.Money, on budget.Date) (minor int64, ok bool) {
	if m.Currency() == "EUR" || m.Sign() == 0 {
		return m.Minor(), true
	}
	rate, ok := monthlyRates{}.Rate(m.Currency(), "EUR", on)
	if !ok {
		return 0, false
	}
	value := new(big.Rat).Mul(big.NewRat(m.Minor(), 1), rate.Rat())
	if m.Currency() == "JPY" {
		value.Mul(value, big.NewRat(100, 1))
	}
	return round(value), true
}

func newNaive(plan budget.Plan) *naive {
	n := &naive{
		plan: plan, amount: map[naiveKey]*[3]int64{}, counts: map[naiveKey]map[string]bool{}, items: map[string]naiveItem{},
		budget: map[naiveKey]int64{}, basis: map[string]budget.Basis{}, month: plan.MonthBudgets,
	}
	for _, it := range plan.Items {
		n.addItem(it)
	}
	for _, c := range plan.Campaigns {
		n.addBudget(c)
	}
	return n
}

func (n *naive) addItem(it budget.Item) {
	if it.Cancellation != nil {
		if it.Stage != budget.Signed {
			return
		}
		it.Cost, it.Period = it.Cancellation.Fee, budget.Period{Start: it.Cancellation.On, End: it.Cancellation.On}
	}
	from, to := cmp.Or(it.Period.Start, it.Period.End), cmp.Or(it.Period.End, it.Period.Start)
	minor, priced := price(it.Cost, cmp.Or(from, n.plan.Today))
	item := naiveItem{Item: it, unpriced: !priced, first: from, shares: map[budget.Month]int64{{}: minor}}
	switch {
	case from.IsZero():
	case it.Spread == budget.OnStart:
		item.shares = map[budget.Month]int64{from.Month(): minor}
	case it.Spread == budget.OnEnd:
		item.shares = map[budget.Month]int64{to.Month(): minor}
	default:
		item.shares = byDay(minor, from, to)
	}
	n.items[it.ID] = item
	for m, share := range item.shares {
		key := naiveKey{it.Campaign, m}
		if n.amount[key] == nil {
			n.amount[key], n.counts[key] = &[3]int64{}, map[string]bool{}
		}
		n.amount[key][slices.Index(budget.Stages(), it.Stage)] += share
		n.counts[key][it.ID] = true
	}
}

func (n *naive) addBudget(c budget.Campaign) {
	from, to := cmp.Or(c.Period.Start, c.Period.End), cmp.Or(c.Period.End, c.Period.Start)
	n.basis[c.ID] = budget.BudgetSpread
	if from.IsZero() {
		n.basis[c.ID] = budget.BudgetDerived
		for _, it := range n.items {
			if it.Campaign != c.ID || it.first.IsZero() {
				continue
			}
			if from.IsZero() || it.first.Before(from) {
				from = it.first
			}
			if last := cmp.Or(it.Period.End, it.Period.Start); last.After(to) {
				to = last
			}
		}
	}
	if !c.Budget.IsSet() || from.IsZero() {
		return
	}
	for m, share := range byDay(c.Budget.Minor(), from, to) {
		n.budget[naiveKey{c.ID, m}] = share
	}
}

// line makes a line of some cells. covered says which of them the budget is for.
func (n *naive) line(key, label string, m budget.Month, has, covered func(naiveKey) bool, amount budget.Money, from budget.Basis) budget.Line {
	var all, against [3]int64
	ids := map[string]bool{}
	for key, sums := range n.amount {
		if !has(key) {
			continue
		}
		for stage := range all {
			all[stage] += sums[stage]
			if covered(key) && amount.IsSet() {
				against[stage] += sums[stage]
			}
		}
		maps.Copy(ids, n.counts[key])
	}
	l := budget.Line{Key: key, Label: label, Month: m, Amounts: amounts(all), Covered: amounts(against), Budget: amount,
		BudgetFrom: from, Health: budget.NoBudget}
	if !amount.IsSet() {
		l.BudgetFrom = budget.BudgetNone
	}
	for id := range ids {
		switch n.items[id].Stage {
		case budget.Signed:
			l.Counts.Signed++
		case budget.Negotiating:
			l.Counts.Negotiating++
		default:
			l.Counts.Draft++
		}
		if n.items[id].unpriced {
			l.Counts.Unpriced++
		}
	}
	forecast := new(big.Rat).SetInt64(all[0])
	forecast.Add(forecast, big.NewRat(all[1], 2)).Add(forecast, big.NewRat(all[2], 10))
	l.Forecast = budget.FromMinor(round(forecast), "EUR")
	if amount.IsSet() {
		l.Health, l.TippedBy = n.health(against, amount.Minor(), func(key naiveKey) bool { return has(key) && covered(key) })
	}
	return l
}

func amounts(minor [3]int64) budget.Amounts {
	return budget.Amounts{
		Signed: budget.FromMinor(minor[0], "EUR"), Negotiating: budget.FromMinor(minor[1], "EUR"), Draft: budget.FromMinor(minor[2], "EUR"),
	}
}

// health says how a line stands, and the first item by start, then id, with which its running sum passes the budget.
func (n *naive) health(against [3]int64, limit int64, in func(naiveKey) bool) (budget.Health, string) {
	health := budget.OK
	switch {
	case against[0] > limit:
		health = budget.Over
	case against[0]+against[1]+against[2] > limit:
		health = budget.AtRisk
	default:
		return health, ""
	}
	order := slices.SortedFunc(maps.Values(n.items), func(a, b naiveItem) int {
		if a.first.IsZero() != b.first.IsZero() {
			return -a.first.Compare(b.first)
		}
		return cmp.Or(a.first.Compare(b.first), cmp.Compare(a.ID, b.ID))
	})
	sum := int64(0)
	for _, it := range order {
		for m, share := range it.shares {
			if in(naiveKey{it.Campaign, m}) && (health == budget.AtRisk || it.Stage == budget.Signed) {
				sum += share
			}
		}
		if sum > limit {
			return health, it.ID
		}
	}
	return health, "nobody"
}

// lines makes all lines of the report, by what they are.
func (n *naive) lines() map[string]budget.Line {
	out := map[string]budget.Line{}
	always := func(naiveKey) bool { return true }
	set := func(c string) bool {
		return slices.ContainsFunc(n.plan.Campaigns, func(of budget.Campaign) bool { return of.ID == c && of.Budget.IsSet() })
	}
	months := map[budget.Month]bool{}
	cells := map[naiveKey]bool{}
	for _, keys := range []map[naiveKey]bool{keysOf(n.amount), keysOf(n.budget)} {
		for key := range keys {
			cells[key] = true
			months[key.month] = true
		}
	}
	for m := range n.month {
		months[m] = true
	}
	delete(months, budget.Month{})
	total := budget.Money{}
	for _, c := range n.plan.Campaigns {
		of := func(key naiveKey) bool { return key.campaign == c.ID }
		out["campaign "+c.ID] = n.line(c.ID, c.Name, budget.Month{}, of, always, c.Budget, budget.BudgetCampaign)
		total = plus(total, c.Budget)
		for key := range cells {
			if key.campaign == c.ID {
				amount := budget.Money{}
				if share, has := n.budget[key]; has {
					amount = budget.FromMinor(share, "EUR")
				}
				in := func(k naiveKey) bool { return k == key }
				out[fmt.Sprint("cell ", key)] = n.line(c.ID, c.Name, key.month, in, always, amount, n.basis[c.ID])
			}
		}
	}
	out["total"] = n.line("", "Total", budget.Month{}, always, func(key naiveKey) bool { return set(key.campaign) },
		total, budget.BudgetCampaign)
	undated := func(key naiveKey) bool { return key.month.IsZero() }
	out["unscheduled"] = n.line("", "Unscheduled", budget.Month{}, undated, always, budget.Money{}, budget.BudgetNone)
	covered := func(key naiveKey) bool {
		_, own := n.month[key.month]
		_, spread := n.budget[key]
		return own || spread
	}
	total = budget.Money{}
	for m := range months {
		amount, from := n.monthBudget(m)
		total = plus(total, amount)
		in := func(key naiveKey) bool { return key.month == m }
		out["month "+m.String()] = n.line(m.String(), fmt.Sprintf("%s %d", m.TimeMonth(), m.Year()), m, in, covered, amount, from)
	}
	out["month total"] = n.line("", "Total", budget.Month{}, always, covered, total, budget.BudgetMonths)
	return out
}

func (n *naive) monthBudget(m budget.Month) (amount budget.Money, from budget.Basis) {
	if own, has := n.month[m]; has {
		return own, budget.BudgetMonth
	}
	from = budget.BudgetSpread
	for key, share := range n.budget {
		if key.month == m {
			amount = plus(amount, budget.FromMinor(share, "EUR"))
			if n.basis[key.campaign] == budget.BudgetDerived {
				from = budget.BudgetDerived
			}
		}
	}
	return amount, from
}

func plus(a, b budget.Money) budget.Money {
	if !b.IsSet() {
		return a
	}
	return budget.FromMinor(a.Minor()+b.Minor(), "EUR")
}

func keysOf[V any](m map[naiveKey]V) map[naiveKey]bool {
	keys := map[naiveKey]bool{}
	for key := range m {
		keys[key] = true
	}
	return keys
}

// A report of 20 campaigns over 18 months in 3 currencies is, line by line, what fractions and single days come to.
func TestReportOfTwentyCampaigns(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		plan := generatedPlan(seed)
		r := report(t, plan)
		got := map[string]budget.Line{"total": r.Total, "month total": r.MonthTotal, "unscheduled": r.Unscheduled}
		for _, l := range r.Campaigns {
			got["campaign "+l.Key] = l
		}
		for _, l := range r.Months {
			got["month "+l.Key] = l
		}
		for _, l := range r.Cells {
			got[fmt.Sprint("cell ", naiveKey{l.Key, l.Month})] = l
		}
		if diff := gocmp.Diff(newNaive(plan).lines(), got, reportOptions()...); diff != "" {
			t.Fatalf("seed %d (-naive +report):\n%s", seed, diff)
		}
		if len(r.Months) != 18 || len(r.Unpriced) == 0 {
			t.Errorf("seed %d has %d months, and %d items without a rate", seed, len(r.Months), len(r.Unpriced))
		}
		checkAgreement(t, r)
	}
}
