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
// PAM15, one letter off PAM10". It has at most MaxMisses groups, those that came first, and counts other orders together, so that
// a stream of any length takes it no more memory than that. It is not safe for use by several goroutines.
type Misses struct {
	groups map[string]*Miss
	rest   Miss
}

// MaxMisses is how many groups Misses has at most. A person looks at the first ones.
const MaxMisses = 10_000

// Miss is a group of orders with one explanation.
type Miss struct {
	// Finding is that of the first order of the group. Its fixes mend the whole group.
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
	key := keyOf(f)
	group := m.groups[key]
	switch {
	case group != nil:
		group.Finding.widen(f)
	case len(m.groups) < MaxMisses:
		f.Fixes = slices.Clone(f.Fixes) // which widen changes
		group = &Miss{Finding: f, Amounts: []budget.Money{}}
		m.groups[key] = group
	default:
		group = &m.rest
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

// keyOf is the same for findings that one set of fixes mends: all but the days, which can be made to fit all orders. Codes to
// which something was added are one by what they were made of.
func keyOf(f Finding) string {
	key := []string{string(f.Kind), f.Cooperation.String()}
	if f.Kind != FindingKind(discount.Added) {
		key = append(key, discount.Normalize(f.Code))
	}
	for _, fix := range f.Fixes {
		key = append(key, fix.Record.ID.String(), fix.Field)
		if fix.Field != "period.start" && fix.Field != "period.end" {
			key = append(key, discount.Normalize(fix.To))
		}
	}
	return strings.Join(key, "\n")
}

// widen makes the days of the fixes fit another finding with the same key, too.
func (f *Finding) widen(other Finding) {
	f.Days = max(f.Days, other.Days)
	for n, fix := range other.Fixes { // days are written so that they are in order as texts
		switch fix.Field {
		case "period.start":
			f.Fixes[n].To = min(f.Fixes[n].To, fix.To)
		case "period.end":
			f.Fixes[n].To = max(f.Fixes[n].To, fix.To)
		}
	}
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

// Rest returns how many orders are in none of the groups, and their sums by currency.
func (m *Misses) Rest() (orders int, amounts []budget.Money) { return m.rest.Orders, m.rest.Amounts }
