package attribution

import (
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/utm"
)

// Order is an order of a shop, with what tells whom it came through.
type Order struct {
	ID string    `json:"id"`
	At time.Time `json:"at"` // when it was placed; its offset does not matter, the day is that of the workspace's zone
	// Codes are the discount codes, in the order in which the customer gave them.
	Codes []string `json:"codes,omitzero"`
	// Touchpoints are the visits before the order, in any order; of those of one time the later one in the list is the
	// later one.
	Touchpoints []Touchpoint `json:"touchpoints,omitzero"`
	// Amount is what the order is worth to the shop. It is credited whole.
	Amount budget.Money `json:"amount,omitzero"`
	// Cancelled says that the order was called off whole; it earns nothing.
	Cancelled bool `json:"cancelled,omitzero"`
	// RefundOf is the id of the order that this one takes back, in whole or in part; its Amount is what goes back, above
	// zero. Codes and touchpoints of a refund do not count: it follows the decision of its order.
	RefundOf string `json:"refund_of,omitzero"`
}

// Touchpoint is a visit of the customer who ordered.
type Touchpoint struct {
	At  time.Time  `json:"at,omitzero"` // zero is the time of the order
	UTM utm.Params `json:"utm"`
}
