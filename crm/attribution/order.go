package attribution

import (
	"slices"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/utm"
)

// Order is an order of a shop, with what tells whom it came through.
type Order struct {
	ID string    `json:"id"`
	At time.Time `json:"at"` // when it was placed; its offset does not matter, the day is that of the workspace's zone
	// Codes are the discount codes, in the order in which the customer gave them. Beyond the first MaxCodes none counts.
	Codes []string `json:"codes,omitzero"`
	// Touchpoints are the visits before the order, in any order; of those of one time the later one in the list is the
	// later one. Of more than MaxVisits the latest count.
	Touchpoints []Touchpoint `json:"touchpoints,omitzero"`
	// Amount is what the order is worth to the shop, not below zero. It is credited whole.
	Amount budget.Money `json:"amount,omitzero"`
	// Cancelled says that the order was called off whole; it earns nothing.
	Cancelled bool `json:"cancelled,omitzero"`
	// RefundOf is the id of the order that this one takes back, in whole or in part; its Amount is what goes back, not
	// below zero. Codes and touchpoints of a refund do not count: it follows the decision of its order.
	RefundOf string `json:"refund_of,omitzero"`
}

// How many codes and visits of an order count. Visits cost nobody anything, so an order may come with any number.
const (
	MaxCodes  = 100
	MaxVisits = 100
)

// Touchpoint is a visit of the customer who ordered.
type Touchpoint struct {
	At  time.Time  `json:"at,omitzero"` // zero is the time of the order
	UTM utm.Params `json:"utm"`
}

// visitedAt is the time of a visit.
func (o *Order) visitedAt(t *Touchpoint) time.Time {
	if t.At.IsZero() {
		return o.At
	}
	return t.At
}

// appendVisits appends the places of the visits that count.
func (o *Order) appendVisits(places []int) []int {
	for n := range o.Touchpoints {
		places = append(places, n)
	}
	if len(places) > MaxVisits {
		slices.SortStableFunc(places, func(a, b int) int {
			return o.visitedAt(&o.Touchpoints[a]).Compare(o.visitedAt(&o.Touchpoints[b]))
		})
		places = places[len(places)-MaxVisits:]
	}
	return places
}

// codes are the codes that count.
func (o *Order) codes() []string { return o.Codes[:min(len(o.Codes), MaxCodes)] }
