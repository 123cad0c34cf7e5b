package budget

import "encoding/json"

// Counts are numbers of cooperations beside the amounts of a line. In the line of
// a month a cooperation is counted when it has a share there, even a share of
// zero; so the counts of months do not add up to the total, which counts each
// cooperation once.
type Counts struct {
	Signed      int `json:"signed"`
	Negotiating int `json:"negotiating"`
	Draft       int `json:"draft"`

	// Unpriced is how many of these are in no amount for want of an exchange rate.
	Unpriced int `json:"unpriced,omitzero"`
}

// Amounts is what a line adds up, by stage, all in the report's currency.
type Amounts struct {
	Signed      Money  `json:"signed"`
	Negotiating Money  `json:"negotiating"`
	Draft       Money  `json:"draft"`
	Counts      Counts `json:"counts"`
}

// Allocated returns signed + negotiating + draft. It is no amount if that does
// not fit or currencies are mixed, which lines of a report never are.
func (a Amounts) Allocated() Money {
	sum, err := a.Signed.Add(a.Negotiating)
	if err != nil {
		return Money{}
	}
	if sum, err = sum.Add(a.Draft); err != nil {
		return Money{}
	}
	return sum
}

// Count returns the number of cooperations in all stages.
func (a Amounts) Count() int {
	return a.Counts.Signed + a.Counts.Negotiating + a.Counts.Draft
}

func (a Amounts) currency() Currency { return a.Allocated().currency }

// Basis says what the budget of a line rests on.
type Basis string

// The bases of a budget.
const (
	BudgetNone     Basis = "none"     // there is none, which is not a budget of zero
	BudgetCampaign Basis = "campaign" // as set on the campaign; of the total: their sum
	BudgetMonth    Basis = "month"    // as set for the month
	BudgetSpread   Basis = "spread"   // campaign budgets, by day over the campaigns' dates
	BudgetDerived  Basis = "derived"  // as spread, some over the span of the cooperations
)

// Line is one row of a report.
type Line struct {
	// Key identifies the row in its list: the campaign's ID (also of a cell), the
	// month, or the value of an axis. Label is the same for people.
	Key   string `json:"key"`
	Label string `json:"label"`

	// Month is set for months and cells. A cell without one is the campaign's
	// unscheduled bucket.
	Month Month `json:"month,omitzero"`

	Amounts

	Budget     Money  `json:"budget,omitzero"` // unset: no budget
	BudgetFrom Basis  `json:"budget_from"`
	Health     Health `json:"health"`

	// TippedBy is the ID of the item that tipped the line over its budget: see Health.
	TippedBy string `json:"tipped_by,omitzero"`
}

// RemainingAfterSigned returns budget - signed. It is negative when the line is
// over, and no amount without a budget.
func (l Line) RemainingAfterSigned() Money { return l.remaining(l.Signed) }

// RemainingAfterAllocated returns budget - allocated. It is negative when the
// line is over or at risk, and no amount without a budget.
func (l Line) RemainingAfterAllocated() Money { return l.remaining(l.Allocated()) }

func (l Line) remaining(spent Money) Money {
	if !l.Budget.IsSet() {
		return Money{}
	}
	rest, err := l.Budget.Sub(spent)
	if err != nil {
		return Money{}
	}
	return rest
}

// MarshalJSON adds what is computed: allocated, remaining_after_signed and
// remaining_after_allocated. Without a budget the last two are left out.
func (l Line) MarshalJSON() ([]byte, error) {
	type fields Line // without this method
	return json.Marshal(struct {
		fields
		Allocated               Money `json:"allocated"`
		RemainingAfterSigned    Money `json:"remaining_after_signed,omitzero"`
		RemainingAfterAllocated Money `json:"remaining_after_allocated,omitzero"`
	}{fields(l), l.Allocated(), l.RemainingAfterSigned(), l.RemainingAfterAllocated()})
}

// tally is Amounts while adding up: plain integers by the index of the stage. It
// never overflows, because the ledger refuses items whose magnitudes would.
type tally struct {
	minor    [3]int64
	count    [3]int
	unpriced int
}

func (t *tally) add(e *entry, minor int64) {
	t.minor[e.stage] += minor
	t.count[e.stage]++
	if e.unpriced {
		t.unpriced++
	}
}

func (t *tally) merge(o *tally) {
	for i := range t.minor {
		t.minor[i] += o.minor[i]
		t.count[i] += o.count[i]
	}
	t.unpriced += o.unpriced
}

func (t *tally) amounts(c Currency) Amounts {
	return Amounts{
		Signed:      FromMinor(t.minor[0], c),
		Negotiating: FromMinor(t.minor[1], c),
		Draft:       FromMinor(t.minor[2], c),
		Counts:      Counts{Signed: t.count[0], Negotiating: t.count[1], Draft: t.count[2], Unpriced: t.unpriced},
	}
}

// line finishes a row: the budget, what is left of it, and how healthy that is.
func (t *tally) line(c Currency, budget Money, from Basis) Line {
	l := Line{Amounts: t.amounts(c), Budget: budget, BudgetFrom: from}
	if !budget.IsSet() {
		l.BudgetFrom = BudgetNone
	}
	l.Health = healthOf(l)
	return l
}
