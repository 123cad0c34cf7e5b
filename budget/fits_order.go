package budget

import (
	"cmp"
	"slices"
	"strings"
)

// FitOrder is an order in which Fits can take cooperations, by name.
type FitOrder string

// The orders.
const (
	FitsByStart   FitOrder = "start"    // by start, then ID
	FitsSurest    FitOrder = "surest"   // what is in negotiation first, drafts last
	FitsCheapest  FitOrder = "cheapest" // so that many fit
	FitsDearest   FitOrder = "dearest"  // so that little is left
	fitsByDefault          = FitsByStart
)

// FitOrders returns all orders.
func FitOrders() []FitOrder { return []FitOrder{FitsByStart, FitsSurest, FitsCheapest, FitsDearest} }

// ParseFitOrder reads the name of an order in any case; an empty text is FitsByStart. Other words are ErrOrder.
func ParseFitOrder(s string) (FitOrder, error) {
	order := cmp.Or(FitOrder(strings.ToLower(strings.TrimSpace(s))), fitsByDefault)
	if !slices.Contains(FitOrders(), order) {
		return "", wrong(ErrOrder, "%q, want one of %q", short(s), FitOrders())
	}
	return order, nil
}

// Compare is the order for Fits. What it holds equal stays in the order of Items.
func (o FitOrder) Compare(a, b ItemShare) int {
	switch o {
	case FitsSurest:
		return cmp.Compare(a.Stage.index(), b.Stage.index())
	case FitsCheapest:
		return cmp.Compare(a.Share.minor, b.Share.minor)
	case FitsDearest:
		return cmp.Compare(b.Share.minor, a.Share.minor)
	}
	return 0
}
