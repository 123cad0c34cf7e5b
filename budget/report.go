package budget

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Report is a budget planning report. Its lists are never nil, and it is safe for
// use by several goroutines as long as nobody changes it or the plan's items.
//
// The axes agree to the minor unit: for each campaign and in total, the months
// plus the unscheduled bucket are the allocated amount.
//
// A report that was decoded from JSON has its lists; its methods, which need the
// items, find nothing.
type Report struct {
	Currency Currency `json:"currency"`
	Today    Date     `json:"today,omitzero"`
	Weights  Weights  `json:"weights"`

	// Total is that of the campaigns: its budget is the sum of theirs. MonthTotal has the same
	// amounts; its budget is the sum of the months'. Where months have budgets of their own,
	// or a campaign's budget could not be spread over months, the two differ.
	Total      Line `json:"total"`
	MonthTotal Line `json:"month_total"`

	// Coverage says how much of the plan the budgets are for.
	Coverage Coverage `json:"coverage"`

	// Campaigns has a line for each, by start (without dates last), name and ID.
	Campaigns []Line `json:"campaigns"`

	// Months has, in calendar order, every month that has a share or a budget.
	Months []Line `json:"months"`

	// Cells has campaign × month, campaigns as above, their months in calendar
	// order and last, without a month, what is unscheduled of them.
	Cells []Line `json:"cells"`

	// Unscheduled is what has no dates. It has no budget of its own.
	Unscheduled Line `json:"unscheduled"`

	Unpriced []Unpriced `json:"unpriced"` // by item ID
	Warnings []Warning  `json:"warnings"` // of campaigns, then by item ID

	ledger  *ledger
	cells   map[cellKey]int // positions in Cells
	budgets map[Month]monthBudget

	full  *Report // that this one is a part of, as Filter makes it; nil for a whole one
	shown []bool  // by campaign: whether the filter has it; of a part only
}

type cellKey struct {
	campaign int32
	month    Month
}

// New makes the report of a plan.
//
// It refuses a plan that contradicts itself, and names the item or campaign: an
// unknown or doubled campaign (ErrPlan), a wrong stage, spread, period or month
// (ErrStage, ErrSpread, ErrPeriod, ErrMonth), a budget in another currency than
// the plan (ErrCurrency) or below zero (ErrAmount), a rate or a weight that cannot
// be (ErrRate, ErrWeights), and amounts whose sum does not fit (ErrOverflow).
//
// An item without a cost is counted and adds nothing. An item that is cancelled
// is counted with its fee if it was signed, and not at all if it was not.
func New(plan Plan) (*Report, error) {
	if err := plan.validate(); err != nil {
		return nil, err
	}
	b, err := newLedger(&plan)
	if err != nil {
		return nil, err
	}
	r := newReport(&plan, b)
	r.addLines(&plan)
	r.findTips()
	return r, nil
}

func newReport(plan *Plan, b *ledger) *Report {
	return &Report{
		Currency: plan.Currency,
		Today:    plan.Today,
		Weights:  plan.weights(),
		ledger:   b,
		cells:    make(map[cellKey]int, b.countCells()),
	}
}

// addLines makes all lines, without who tipped them, and the lists.
func (r *Report) addLines(plan *Plan) {
	b := r.ledger
	planned := make([]plannedBudget, len(b.campaigns))
	for i := range b.campaigns {
		planned[i] = b.spreadBudget(&b.campaigns[i])
	}
	r.addCampaigns()
	r.addCells(planned)
	r.budgets = monthBudgets(plan, planned)
	r.addMonths()
	r.Coverage = r.coverage()
	r.Unpriced, r.Warnings = b.unpriced, b.warnings
	slices.SortFunc(r.Warnings, func(x, y Warning) int {
		return cmp.Or(cmp.Compare(x.Item, y.Item), cmp.Compare(x.Campaign, y.Campaign))
	})
}

// line finishes a row: the forecast, the budget, and how healthy that is. covered is nil when the budget is for all.
func (r *Report) line(all, covered *tally, budget Money, from Basis) Line {
	l := Line{Amounts: all.amounts(r.Currency), Counts: all.counts(), Budget: budget, BudgetFrom: from}
	l.Forecast = FromMinor(l.forecast(r.Weights).IntPart(), r.Currency)
	switch {
	case !budget.IsSet():
		l.BudgetFrom = BudgetNone
		l.Covered = new(tally).amounts(r.Currency)
	case covered == nil:
		l.Covered = l.Amounts
	default:
		l.Covered = covered.amounts(r.Currency)
	}
	l.Health = healthOf(l)
	return l
}

// addCampaigns makes the lines of the campaigns and their totals.
func (r *Report) addCampaigns() {
	var total, covered, unscheduled tally
	var budget Money
	r.Campaigns = make([]Line, len(r.ledger.campaigns))
	for i := range r.ledger.campaigns {
		a := &r.ledger.campaigns[i]
		l := r.line(&a.total, nil, a.Budget, BudgetCampaign)
		l.Key, l.Label = a.ID, a.Name
		l.setTarget(a.Target)
		r.Campaigns[i] = l
		total.merge(&a.total)
		unscheduled.merge(&a.unscheduled)
		if a.Budget.IsSet() {
			covered.merge(&a.total)
			budget = FromMinor(budget.minor+a.Budget.minor, r.Currency)
		}
	}
	r.Total = r.line(&total, &covered, budget, BudgetCampaign)
	r.Total.Label = "Total"
	for _, l := range r.Campaigns {
		r.Total.addTarget(l)
	}
	r.Unscheduled = r.line(&unscheduled, nil, Money{}, BudgetNone)
	r.Unscheduled.Label = "Unscheduled"
}

// addCells makes the lines of campaign × month. A month of a campaign has a line
// if it has a share of a cost or of the campaign's budget.
func (r *Report) addCells(planned []plannedBudget) {
	r.Cells = []Line{}
	for i := range r.ledger.campaigns {
		a := &r.ledger.campaigns[i]
		add := func(m Month, t *tally, budget Money) {
			l := r.line(t, nil, budget, planned[i].from)
			l.Key, l.Label, l.Month = a.ID, a.Name, m
			r.cells[cellKey{int32(i), m}] = len(r.Cells)
			r.Cells = append(r.Cells, l)
		}
		budgets := make(map[Month]Money, len(planned[i].parts))
		for _, part := range planned[i].parts {
			budgets[part.month] = FromMinor(part.minor, r.Currency)
			a.monthTally(part.month) // so that the month has a line
		}
		for j := range a.cells {
			add(a.cells[j].month, &a.cells[j].tally, budgets[a.cells[j].month])
		}
		if a.unscheduled != (tally{}) {
			add(Month{}, &a.unscheduled, Money{})
		}
	}
}

// addMonths makes the lines of the months and their total, out of the cells and the budgets.
func (r *Report) addMonths() {
	type sums struct{ all, covered tally }
	months := make(map[Month]*sums)
	for m := range r.budgets {
		months[m] = &sums{}
	}
	for i := range r.ledger.campaigns {
		for _, c := range r.ledger.campaigns[i].cells {
			s := months[c.month]
			if s == nil {
				s = &sums{}
				months[c.month] = s
			}
			s.all.merge(&c.tally)
			if r.covers(int32(i), c.month) {
				s.covered.merge(&c.tally)
			}
		}
	}
	var covered tally
	var total Money
	r.Months = make([]Line, 0, len(months))
	for _, m := range slices.SortedFunc(maps.Keys(months), Month.Compare) {
		var budget Money
		if b, set := r.budgets[m]; set {
			budget = FromMinor(b.minor, r.Currency)
			total = FromMinor(total.minor+b.minor, r.Currency)
			covered.merge(&months[m].covered)
		}
		l := r.line(&months[m].all, &months[m].covered, budget, r.budgets[m].from)
		l.Key, l.Month = m.String(), m
		l.Label = monthLabel(m)
		r.Months = append(r.Months, l)
	}
	r.MonthTotal = r.line(r.ledger.total(), &covered, total, BudgetMonths)
	r.MonthTotal.Label = "Total"
}

func monthLabel(m Month) string { return fmt.Sprintf("%s %d", m.TimeMonth(), m.Year()) }

// covers reports whether a month's budget is for what a campaign spends in it. One that was set
// for the month is for all of the month; one that is made of campaigns' budgets is for those campaigns.
func (r *Report) covers(campaign int32, m Month) bool {
	if r.budgets[m].from == BudgetMonth {
		return true
	}
	i, known := r.cells[cellKey{campaign, m}]
	return known && r.Cells[i].Budget.IsSet()
}

// Cell returns the line of a campaign in a month; with the zero Month, what is
// unscheduled of the campaign. ok is false when there is no such line, because
// the campaign has neither cooperations nor budget there.
func (r *Report) Cell(campaignID string, m Month) (line Line, ok bool) {
	c, known := r.ledgerOrEmpty().index[campaignID]
	if !known {
		return Line{}, false
	}
	i, ok := r.cells[cellKey{c, m}]
	if !ok {
		return Line{}, false
	}
	return r.Cells[i], true
}

// ledgerOrEmpty returns the ledger, or an empty one for a report that New did not make.
func (r *Report) ledgerOrEmpty() *ledger {
	if r.ledger == nil {
		return &ledger{}
	}
	return r.ledger
}
