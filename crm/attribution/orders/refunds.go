package orders

import (
	"strconv"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
)

// refundList is those of one order, one after the other. Amounts of them that are computed, such as those without taxes, are
// rounded once they are added up: each rounded by itself, they could come to a cent more than the order.
type refundList struct {
	of   *attribution.Order
	back budget.Money // what has gone back by all of them; not set before the first one
	all  []attribution.Order
}

// upTo adds the refund by which all that has gone back comes to an amount. If as much has gone back before, there is none.
func (r *refundList) upTo(back budget.Money, at time.Time) {
	amount := budget.FromMinor(back.Minor()-r.back.Minor(), back.Currency())
	if amount.Sign() <= 0 {
		return
	}
	id := r.of.ID + "-refund"
	if len(r.all) > 0 {
		id += "-" + strconv.Itoa(len(r.all)+1)
	}
	r.all = append(r.all, attribution.Order{ID: id, At: at, Amount: amount, RefundOf: r.of.ID})
	r.back = back
}

// withOrder is the order with its refunds behind it.
func (r *refundList) withOrder() []attribution.Order {
	return append([]attribution.Order{*r.of}, r.all...)
}
