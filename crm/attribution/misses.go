package attribution

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// Misses groups the diagnoses of orders that nobody earned by what would credit them: "214 orders, 9,120.40 EUR, all with
// PAM15, one letter off PAM10". It is not safe for use by several goroutines.
type Misses struct {
	groups map[string]*Miss
}

// Miss is a group of orders with one explanation.
type Miss struct {
	// Finding is that of the order which misses the cooperation's days by most, so that its fixes mend the whole group.
	Finding Finding        `json:"finding"`
	Orders  int            `json:"orders"`
	Amounts []budget.Money `json:"amounts"` // the sum of the orders in each currency, by currency
}

// Add adds an order with its diagnosis, of which the first finding counts. An order that was cancelled, and one that
// nothing explains, is left out, and false comes back.
func (m *Misses) Add(o Order, findings []Finding) (bool, error) {
	if len(findings) == 0 || o.Cancelled {
		return false, nil
	}
	if m.groups == nil {
		m.groups = map[string]*Miss{}
	}
	f := findings[0]
	key := strings.Join([]string{string(f.Kind), f.Cooperation.String(), discount.Normalize(f.Code)}, " ")
	group := m.groups[key]
	if group == nil {
		group = &Miss{Finding: f, Amounts: []budget.Money{}}
		m.groups[key] = group
	}
	if f.Days > group.Finding.Days {
		group.Finding = f
	}
	if o.Amount.IsSet() {
		sums, err := addTo(group.Amounts, o.Amount)
		if err != nil {
			return false, err
		}
		group.Amounts = sums
	}
	group.Orders++
	return true, nil
}

// Groups returns the groups, those with most money in the given currency first, then those with most orders.
func (m *Misses) Groups(currency budget.Currency) []Miss {
	all := []Miss{}
	for _, key := range slices.Sorted(maps.Keys(m.groups)) {
		all = append(all, *m.groups[key])
	}
	slices.SortStableFunc(all, func(a, b Miss) int {
		return cmp.Or(cmp.Compare(in(b.Amounts, currency), in(a.Amounts, currency)), cmp.Compare(b.Orders, a.Orders))
	})
	return all
}

// in is the sum in one currency, in minor units.
func in(sums []budget.Money, c budget.Currency) int64 {
	for _, sum := range sums {
		if sum.Currency() == c {
			return sum.Minor()
		}
	}
	return 0
}

// addTo adds an amount to sums that are apart by currency. The sums that were given stay as they are.
func addTo(sums []budget.Money, m budget.Money) ([]budget.Money, error) {
	n, found := slices.BinarySearchFunc(sums, m.Currency(), func(sum budget.Money, c budget.Currency) int {
		return cmp.Compare(sum.Currency(), c)
	})
	if !found {
		return slices.Insert(slices.Clone(sums), n, m), nil
	}
	sum, err := sums[n].Add(m)
	if err != nil {
		return nil, err
	}
	sums = slices.Clone(sums)
	sums[n] = sum
	return sums, nil
}
