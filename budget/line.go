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

// Count returns the number of cooperations in all stages.
func (c Counts) Count() int { return c.Signed + c.Negotiating + c.Draft }

// Amounts are costs by stage, all in the report's currency.
type Amounts struct {
	Signed      Money `json:"signed"`
	Negotiating Money `json:"negotiating"`
	Draft       Money `json:"draft"`
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

// Basis says what the budget of a line rests on.
type Basis string

// The bases of a budget.
const (
	BudgetNone     Basis = "none"     // there is none, which is not a budget of zero
	BudgetCampaign Basis = "campaign" // as set on the campaign; of the total: their sum
	BudgetMonth    Basis = "month"    // as set for the month
	BudgetSpread   Basis = "spread"   // campaign budgets, by day over the campaigns' dates
	BudgetDerived  Basis = "derived"  // as spread, some over the span of the cooperations
	BudgetMonths   Basis = "months"   // of the total of months: the sum of their budgets
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
	Counts Counts `json:"counts"`

	// Forecast is signed + p·negotiating + q·draft with the report's weights. Each line
	// is rounded by itself, so forecasts do not sum to the cent.
	Forecast Money `json:"forecast"`

	Budget     Money `json:"budget,omitzero"` // unset: no budget
	BudgetFrom Basis `json:"budget_from"`

	// Covered is the part of the amounts that the budget is for, and is held against: all
	// of them in the line of a campaign; in the line of a month without a budget of its own only
	// those of the campaigns whose budgets it is made of. Without a budget it is zero.
	Covered Amounts `json:"covered"`

	// Others is what the budget is for beside Covered in a report that Filter made: spend that is not selected, in the
	// same campaign or month. In other reports, and without a budget, it is not set.
	Others Amounts `json:"others,omitzero"`

	Health Health `json:"health"`

	// Target is the revenue target of a campaign, in the total the sum of them, and TargetCost what the campaigns that have one
	// cost. In other lines, and in a range of months, they are not set. A filter leaves them as they are.
	Target     Money `json:"revenue_target,omitzero"`
	TargetCost Money `json:"target_cost,omitzero"`

	// TippedBy is the ID of the item that tipped the line over its budget: see Health.
	TippedBy string `json:"tipped_by,omitzero"`
}

// Unbudgeted returns the part of the allocated amount that no budget is for.
func (l Line) Unbudgeted() Money {
	rest, err := l.Allocated().Sub(l.Covered.Allocated())
	if err != nil {
		return Money{}
	}
	return rest
}

// Count returns the number of cooperations in all stages.
func (l Line) Count() int { return l.Counts.Count() }

// against returns all that is held against the budget.
func (l Line) against() Amounts {
	sum := l.Covered
	sum.add(l.Others)
	return sum
}

// RemainingAfterSigned returns the budget less what is signed of the amounts that it
// covers, and of Others. It is negative when the line is over, and no amount without a budget.
func (l Line) RemainingAfterSigned() Money { return l.remaining(l.against().Signed) }

// RemainingAfterNegotiating returns what is left when all negotiations end in a signature.
func (l Line) RemainingAfterNegotiating() Money {
	against := l.against()
	spent, err := against.Signed.Add(against.Negotiating)
	if err != nil {
		return Money{}
	}
	return l.remaining(spent)
}

// RemainingAfterAllocated returns the budget less all that it covers. It is negative
// when the line is over or at risk, and no amount without a budget.
func (l Line) RemainingAfterAllocated() Money { return l.remaining(l.against().Allocated()) }

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

// MarshalJSON adds what is computed: allocated, unbudgeted, and what remains of the
// budget. Without a budget nothing remains, and the last three are left out.
func (l Line) MarshalJSON() ([]byte, error) {
	type fields Line // without this method
	return json.Marshal(struct {
		fields
		Allocated                 Money `json:"allocated"`
		Unbudgeted                Money `json:"unbudgeted"`
		RemainingAfterSigned      Money `json:"remaining_after_signed,omitzero"`
		RemainingAfterNegotiating Money `json:"remaining_after_negotiating,omitzero"`
		RemainingAfterAllocated   Money `json:"remaining_after_allocated,omitzero"`
	}{
		fields(l), l.Allocated(), l.Unbudgeted(),
		l.RemainingAfterSigned(), l.RemainingAfterNegotiating(), l.RemainingAfterAllocated(),
	})
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
	}
}

func (t *tally) counts() Counts {
	return Counts{Signed: t.count[0], Negotiating: t.count[1], Draft: t.count[2], Unpriced: t.unpriced}
}
