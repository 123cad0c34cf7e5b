package crm

import (
	"cmp"
	"math"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Sum adds up cooperations of one status, all cancelled or none, whose amounts are in one currency, or not set.
type Sum struct {
	Status    Status // of cancelled ones that of their cancellation
	Cancelled bool
	Count     int
	Amount    budget.Money // of the costs, and of cancelled ones of the fees instead; not set if these are not
}

// SumsOf adds up cooperations as Reader.Sums does, for stores that have them in memory. Each calls add with all of
// them, and returns an error of add.
func SumsOf(each func(add func(Cooperation) error) error) ([]Sum, error) {
	mustBeGiven(each != nil, "SumsOf", "a function")
	type group struct {
		status    Status
		cancelled bool
		currency  budget.Currency
	}
	type parts struct {
		count     int
		high, low int64
	}
	sums := map[group]*parts{}
	err := each(func(c Cooperation) error {
		status, amount := c.Status, c.Cost
		if c.Cancellation != nil {
			status, amount = c.Cancellation.Status, c.Cancellation.Fee
		}
		of := group{status, c.Cancellation != nil, amount.Currency()}
		s := sums[of]
		if s == nil {
			s = &parts{}
			sums[of] = s
		}
		s.count, s.high, s.low = s.count+1, s.high+amount.Minor()/SumPart, s.low+amount.Minor()%SumPart
		return nil
	})
	if err != nil {
		return nil, err
	}
	all := make([]Sum, 0, len(sums))
	for of, s := range sums {
		amount, err := WholeSum(s.high, s.low, of.currency)
		if err != nil {
			return nil, err
		}
		all = append(all, Sum{of.status, of.cancelled, s.count, amount})
	}
	slices.SortFunc(all, Sum.Compare)
	return all, nil
}

// Compare orders sums as Reader.Sums returns them: by status and currency, both by their bytes; of one currency those
// that are cancelled come last.
func (s Sum) Compare(o Sum) int {
	return cmp.Or(cmp.Compare(s.Status, o.Status), cmp.Compare(s.Amount.Currency(), o.Amount.Currency()),
		cmp.Compare(order(s.Cancelled), order(o.Cancelled)))
}

func order(cancelled bool) int {
	if cancelled {
		return 1
	}
	return 0
}

// SumPart is where stores cut amounts in two to add them up, so that no sum on the way is too large, whatever comes
// first.
const SumPart = 1_000_000_000

// WholeSum is the sum of amounts of which high counts whole SumParts, and low the rest. One that does not fit into an
// amount is SumTooLarge.
func WholeSum(high, low int64, c budget.Currency) (budget.Money, error) {
	high, low = high+low/SumPart, low%SumPart
	if high > math.MaxInt64/SumPart || high < math.MinInt64/SumPart {
		return budget.Money{}, SumTooLarge(c)
	}
	sum, err := budget.FromMinor(high*SumPart, c).Add(budget.FromMinor(low, c))
	if err != nil {
		return budget.Money{}, SumTooLarge(c)
	}
	return sum, nil
}

// SumTooLarge is the error for amounts that add up to more than fits into one.
func SumTooLarge(c budget.Currency) error {
	return &Error{Family: ErrInvalid, Record: Ref{Kind: KindCooperation}, Field: "cost",
		Problem: sentence.Of("the amounts that the filter selects add up to more than %s; let it select fewer",
			budget.FromMinor(math.MaxInt64, c))}
}
