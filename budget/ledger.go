package budget

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// ledger holds a plan's items, priced and sorted into campaigns and months: a
// report without its lines.
type ledger struct {
	currency  Currency
	labels    map[Axis]map[string]string
	fold      func(string) string // nil: foldText
	items     []Item
	entries   []entry // as many as items, in the same order
	campaigns []account
	index     map[string]int32 // campaign ID to position in campaigns
	unpriced  []Unpriced
	warnings  []Warning
	months    monthRange // those that shares are cut to, as Filter asks

	// gross is the sum of all magnitudes, of costs and of budgets. As long as it
	// fits into an int64, so does every sum and every difference that a report can
	// make of them, in any order: it is the only overflow check there is.
	gross uint64
}

// entry is what counts of an item.
type entry struct {
	minor    int64  // in the plan's currency
	period   Period // where the spread puts the cost, to be shared by day
	first    Date   // orders the items: the start, else the end
	campaign int32
	stage    int8 // position in Stages
	counts   bool // false: cancelled before it was signed
	unpriced bool
}

// account is a campaign with its sums.
type account struct {
	Campaign
	total       tally
	unscheduled tally
	cells       []cell // by month
	span        Period // from the first day of any item to the last
}

type cell struct {
	month Month
	tally tally
}

func newLedger(plan *Plan) (*ledger, error) {
	if len(plan.Items) > math.MaxInt32 {
		return nil, wrong(ErrPlan, "%d items, want at most %d", len(plan.Items), math.MaxInt32)
	}
	b := &ledger{
		currency: plan.Currency,
		labels:   plan.Labels,
		fold:     plan.Fold,
		items:    plan.Items,
		entries:  make([]entry, len(plan.Items)),
		unpriced: []Unpriced{},
		warnings: []Warning{},
	}
	if err := b.openAccounts(plan); err != nil {
		return nil, err
	}
	var parts []part
	for i := range plan.Items {
		it := &plan.Items[i]
		if err := b.addItem(plan, it, &b.entries[i]); err != nil {
			return nil, fmt.Errorf("item %q (%s): %w", short(it.Name), short(it.ID), err)
		}
		parts = b.addShares(&b.entries[i], parts)
	}
	slices.SortFunc(b.unpriced, func(x, y Unpriced) int { return cmp.Compare(x.Item, y.Item) })
	return b, nil
}

// openAccounts opens an account for every campaign, in the order of the report.
func (b *ledger) openAccounts(plan *Plan) error {
	b.campaigns = make([]account, len(plan.Campaigns))
	for i, c := range plan.Campaigns {
		if err := c.validate(plan.Currency); err != nil {
			return err
		}
		b.campaigns[i].Campaign = c
		if err := b.addGross(c.Budget.minor); err != nil {
			return fmt.Errorf("the budget of campaign %q: %w", short(c.Name), err)
		}
		if err := b.addGross(c.Target.minor); err != nil {
			return fmt.Errorf("the revenue target of campaign %q: %w", short(c.Name), err)
		}
	}
	for m, amount := range plan.MonthBudgets {
		if err := b.addGross(amount.minor); err != nil {
			return fmt.Errorf("the budget of %s: %w", m, err)
		}
	}
	slices.SortFunc(b.campaigns, func(x, y account) int {
		return cmp.Or(
			cmp.Compare(x.Period.first().n-1, y.Period.first().n-1), // without dates last
			cmp.Compare(x.Name, y.Name),
			cmp.Compare(x.ID, y.ID),
		)
	})
	b.index = make(map[string]int32, len(b.campaigns))
	for i := range b.campaigns {
		id := b.campaigns[i].ID
		if _, twice := b.index[id]; twice {
			return wrong(ErrPlan, "two campaigns have the id %q", short(id))
		}
		b.index[id] = int32(i)
	}
	return nil
}

// addItem checks an item, converts its cost and counts it into the gross sum.
func (b *ledger) addItem(plan *Plan, it *Item, e *entry) error {
	campaign, known := b.index[it.Campaign]
	if !known {
		return wrong(ErrPlan, "it names campaign %q, which is not in the plan", short(it.Campaign))
	}
	if err := it.validate(); err != nil {
		return err
	}
	e.campaign = campaign
	e.stage = int8(it.Stage.index())
	cost, period, counts := it.effective()
	if e.counts = counts; !counts {
		return nil
	}
	minor, priced, err := convert(cost, b.currency, plan.Rates, rateDay(period, plan.Today))
	if err != nil {
		return err
	}
	if err := b.addGross(minor); err != nil {
		return err
	}
	if !priced {
		e.unpriced = true
		b.unpriced = append(b.unpriced, Unpriced{
			Item: it.ID, Name: it.Name, Campaign: it.Campaign,
			Stage: it.Stage, Cost: cost, On: rateDay(period, plan.Today),
		})
	}
	if period.Start.IsZero() && !period.End.IsZero() {
		b.warnings = append(b.warnings, onlyEnd(it, period.End))
	}
	e.minor = minor
	e.first = period.first()
	e.period = period.spreadDays(cmp.Or(it.Spread, plan.Spread))
	b.campaigns[campaign].extendSpan(period)
	return nil
}

// addShares adds an entry to the tallies of its campaign, month by month. It returns the scratch slice for reuse.
func (b *ledger) addShares(e *entry, parts []part) []part {
	if !e.counts {
		return parts
	}
	a := &b.campaigns[e.campaign]
	a.total.add(e, e.minor)
	parts = appendParts(parts[:0], e.minor, e.period)
	if len(parts) == 0 {
		a.unscheduled.add(e, e.minor)
	}
	for _, part := range parts {
		a.monthTally(part.month).add(e, part.minor)
	}
	return parts
}

// appendShares appends the shares of an entry that the report has, with no month for what is unscheduled.
func (b *ledger) appendShares(parts []part, e *entry) []part {
	if e.period.IsZero() {
		if b.months.isAll() {
			parts = append(parts, part{Month{}, e.minor})
		}
		return parts
	}
	from := len(parts)
	parts = appendParts(parts, e.minor, e.period)
	if b.months.isAll() {
		return parts
	}
	kept := slices.DeleteFunc(parts[from:], func(p part) bool { return !b.months.has(p.month) })
	return parts[:from+len(kept)]
}

// amount returns what the report has of an entry. It takes and returns a scratch slice for reuse.
func (b *ledger) amount(e *entry, parts []part) (int64, []part) {
	if b.months.isAll() {
		return e.minor, parts
	}
	parts = b.appendShares(parts[:0], e)
	sum := int64(0)
	for _, p := range parts {
		sum += p.minor
	}
	return sum, parts
}

// total returns the sums of all campaigns.
func (b *ledger) total() *tally {
	var t tally
	for i := range b.campaigns {
		t.merge(&b.campaigns[i].total)
	}
	return &t
}

// addGross adds a magnitude to the gross sum, and fails if the sum could overflow.
func (b *ledger) addGross(minor int64) error {
	if b.gross += magnitude(minor); b.gross > math.MaxInt64 {
		return wrong(ErrOverflow, "with %s the report would pass %s", FromMinor(minor, b.currency), FromMinor(math.MaxInt64, b.currency))
	}
	return nil
}

// monthTally returns the tally of a month, and adds it if there is none.
func (a *account) monthTally(m Month) *tally {
	i, found := slices.BinarySearchFunc(a.cells, m, func(c cell, m Month) int { return c.month.Compare(m) })
	if !found {
		a.cells = slices.Insert(a.cells, i, cell{month: m})
	}
	return &a.cells[i].tally
}

// countCells returns how many months the campaigns have, without those that have a budget only.
func (b *ledger) countCells() (n int) {
	for i := range b.campaigns {
		n += len(b.campaigns[i].cells)
	}
	return n
}

// extendSpan stretches the campaign's span to take in a period.
func (a *account) extendSpan(p Period) {
	if p.IsZero() {
		return
	}
	if first := p.first(); a.span.Start.IsZero() || first.Before(a.span.Start) {
		a.span.Start = first
	}
	if last := p.last(); last.After(a.span.End) {
		a.span.End = last
	}
}
