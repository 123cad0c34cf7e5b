package attribution

import (
	"hash/maphash"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
)

// refunds knows whom the orders of a stream went to.
type refunds struct {
	index *Index
	ids
	orders  map[orderKey]decidedOrder
	seen    map[refundKey]struct{}
	waiting map[string][]Order // refunds by the id of their order, until that comes
}

// ids makes keys of the ids of a stream.
type ids [2]maphash.Seed

func newIDs() ids { return ids{maphash.MakeSeed(), maphash.MakeSeed()} }

// orderKey stands for the id of an order, which may be long. Two of a million ids have one key once in 10^26 streams.
type orderKey [2]uint64

func (s ids) key(id string) orderKey {
	return orderKey{maphash.String(s[0], id), maphash.String(s[1], id)}
}

// refundKey tells refunds apart. A shop may number those of each order from 1, or have one id for an order and a refund.
type refundKey struct{ of, id orderKey }

// decidedOrder is what a refund has of the decision of its order.
type decidedOrder struct {
	code      string
	winner    int32 // the number of the deal, or nobody
	by        Means
	cancelled bool
}

const nobody = -1

func newRefunds(x *Index) *refunds {
	return &refunds{
		index: x, ids: newIDs(), orders: map[orderKey]decidedOrder{}, seen: map[refundKey]struct{}{}, waiting: map[string][]Order{},
	}
}

// passAll yields the decisions of a batch by one of its indexes.
func (r *refunds) passAll(b *batch, index int, yield func(Decided, error) bool) bool {
	for n := range b.orders {
		if !r.pass(&b.orders[n], b.results[index][n], yield) {
			return false
		}
	}
	return true
}

// pass yields a decision, with the refunds that wait for it.
func (r *refunds) pass(o *Order, found result, yield func(Decided, error) bool) bool {
	switch {
	case found.err != nil:
		return yield(Decided{*o, Decision{Order: o.ID}}, found.err)
	case r.twice(o):
		return yield(Decided{*o, Decision{Order: o.ID, RefundOf: o.RefundOf}}, cameBefore(o))
	case o.RefundOf != "":
		of, known := r.orders[r.key(o.RefundOf)]
		if !known {
			r.waiting[o.RefundOf] = append(r.waiting[o.RefundOf], *o)
			return true
		}
		return r.passRefund(o, found.Decision, of, yield)
	}
	of := decidedOrder{code: found.Code, winner: nobody, by: found.By, cancelled: o.Cancelled}
	if found.winner != nil {
		of.winner = found.winner.number
	}
	r.orders[r.key(o.ID)] = of
	if !yield(Decided{*o, found.Decision}, nil) {
		return false
	}
	waiting := r.waiting[o.ID]
	delete(r.waiting, o.ID)
	for n := range waiting {
		if !r.passRefund(&waiting[n], Decision{Order: waiting[n].ID, RefundOf: o.ID, Candidates: []Candidate{}}, of, yield) {
			return false
		}
	}
	return true
}

// twice reports whether an order or a refund came before. It remembers a refund; an order is remembered by its decision.
// What has no id is never taken for another one.
func (r *refunds) twice(o *Order) (twice bool) {
	switch {
	case o.ID == "":
	case o.RefundOf == "":
		_, twice = r.orders[r.key(o.ID)]
	default:
		key := refundKey{r.key(o.RefundOf), r.key(o.ID)}
		_, twice = r.seen[key]
		r.seen[key] = struct{}{}
	}
	return twice
}

// passRefund yields the decision of a refund. A refund of an order that was cancelled, and so earned nothing, takes
// nothing back.
func (r *refunds) passRefund(o *Order, d Decision, of decidedOrder, yield func(Decided, error) bool) bool {
	if of.winner == nobody {
		return yield(Decided{*o, d}, nil)
	}
	d.creditTo(r.index.numbered(of.winner), of.by)
	d.Code = of.code
	if o.Amount.IsSet() {
		d.Credit = budget.FromMinor(0, o.Amount.Currency())
		if !of.cancelled && !o.Cancelled {
			back, err := o.Amount.Neg()
			if err != nil {
				return yield(Decided{*o, d}, err)
			}
			d.Credit = back
		}
	}
	return yield(Decided{*o, d}, nil)
}

// passRest yields the refunds whose order did not come, by their order's id.
func (r *refunds) passRest(yield func(Decided, error) bool) {
	for _, of := range slices.Sorted(maps.Keys(r.waiting)) {
		for _, o := range r.waiting[of] {
			if !yield(Decided{o, Decision{Order: o.ID, RefundOf: of, Candidates: []Candidate{}}}, nil) {
				return
			}
		}
	}
}
