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

	Total    Line  `json:"total"`
	Forecast Money `json:"forecast"` // of the total, with Weights

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

	ledger *ledger
	cells  map[cellKey]int // positions in Cells
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
	r := &Report{
		Currency: plan.Currency,
		Today:    plan.Today,
		Weights:  plan.weights(),
		ledger:   b,
		cells:    make(map[cellKey]int),
	}
	planned := make([]plannedBudget, len(b.campaigns))
	for i := range b.campaigns {
		planned[i] = b.spreadBudget(&b.campaigns[i])
	}
	r.addCampaigns()
	r.addCells(planned)
	r.addMonths(monthBudgets(&plan, planned))
	r.Unpriced, r.Warnings = b.unpriced, b.warnings
	slices.SortFunc(r.Warnings, func(x, y Warning) int {
		return cmp.Or(cmp.Compare(x.Item, y.Item), cmp.Compare(x.Campaign, y.Campaign))
	})
	r.findTips()
	if r.Forecast, err = r.Total.Forecast(r.Weights); err != nil {
		return nil, fmt.Errorf("the forecast: %w", err)
	}
	return r, nil
}

// addCampaigns makes the lines of the campaigns and their totals.
func (r *Report) addCampaigns() {
	var total, unscheduled tally
	var sum Money
	r.Campaigns = make([]Line, len(r.ledger.campaigns))
	for i := range r.ledger.campaigns {
		a := &r.ledger.campaigns[i]
		l := a.total.line(r.Currency, a.Budget, BudgetCampaign)
		l.Key, l.Label = a.ID, a.Name
		r.Campaigns[i] = l
		total.merge(&a.total)
		unscheduled.merge(&a.unscheduled)
		if a.Budget.IsSet() {
			sum = FromMinor(sum.minor+a.Budget.minor, r.Currency)
		}
	}
	r.Total = total.line(r.Currency, sum, BudgetCampaign)
	r.Total.Label = "Total"
	r.Unscheduled = unscheduled.line(r.Currency, Money{}, BudgetNone)
	r.Unscheduled.Label = "Unscheduled"
}

// addCells makes the lines of campaign × month. A month of a campaign has a line
// if it has a share of a cost or of the campaign's budget.
func (r *Report) addCells(planned []plannedBudget) {
	r.Cells = []Line{}
	for i := range r.ledger.campaigns {
		a := &r.ledger.campaigns[i]
		add := func(m Month, t *tally, budget Money) {
			l := t.line(r.Currency, budget, planned[i].from)
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

// addMonths makes the lines of the months out of the cells and the budgets.
func (r *Report) addMonths(budgets map[Month]int64, sources map[Month]Basis) {
	months := make(map[Month]*tally)
	for m := range budgets {
		months[m] = &tally{}
	}
	for i := range r.ledger.campaigns {
		for _, c := range r.ledger.campaigns[i].cells {
			if months[c.month] == nil {
				months[c.month] = &tally{}
			}
			months[c.month].merge(&c.tally)
		}
	}
	r.Months = make([]Line, 0, len(months))
	for _, m := range slices.SortedFunc(maps.Keys(months), Month.Compare) {
		var budget Money
		if minor, set := budgets[m]; set {
			budget = FromMinor(minor, r.Currency)
		}
		l := months[m].line(r.Currency, budget, sources[m])
		l.Key, l.Month = m.String(), m
		l.Label = fmt.Sprintf("%s %d", m.TimeMonth(), m.Year())
		r.Months = append(r.Months, l)
	}
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
