package attribution

import (
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// DefaultRemember is how many orders and refunds a stream remembers at least, unless Options say so.
const DefaultRemember = 1_000_000

// refunds knows whom the last orders of a stream went to: those of two generations, of which the older one is forgotten when the
// newer one is full. Nothing is looked up by age, so each order needs no more than its place in a map.
type refunds struct {
	index *Index
	ids
	limit  int // of a generation
	newer  *generation
	before *generation
}

// generation is what is remembered of some orders and refunds that came one after the other. There may be millions of them, so
// it is little of each.
type generation struct {
	orders  map[orderKey]decidedOrder
	codes   codeNumbers
	seen    map[refundKey]struct{}
	waiting map[string][]Order // refunds by the id of their order, until that comes
	size    int                // how many orders and refunds these were
}

func newGeneration() *generation {
	return &generation{
		orders: map[orderKey]decidedOrder{}, codes: codeNumbers{numbers: map[string]int32{}},
		seen: map[refundKey]struct{}{}, waiting: map[string][]Order{},
	}
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
	code      int32 // that credited the order, by its number; 0 if it was a visit
	winner    int32 // the number of the deal, or nobody
	cancelled bool
}

const nobody = -1

func (of decidedOrder) by() Means {
	if of.code > 0 {
		return ByCode
	}
	return ByUTM
}

// codeNumbers numbers codes from 1, and keeps each once, however many orders have it.
type codeNumbers struct {
	numbers map[string]int32
	codes   []string
}

func (c *codeNumbers) number(code string) int32 {
	if code == "" {
		return 0
	}
	n, known := c.numbers[code]
	if !known {
		code = strings.Clone(code) // which may be a part of a whole line of a file
		c.codes = append(c.codes, code)
		n = int32(len(c.codes))
		c.numbers[code] = n
	}
	return n
}

func (c *codeNumbers) code(number int32) string {
	if number == 0 {
		return ""
	}
	return c.codes[number-1]
}

func newRefunds(x *Index, remember int) *refunds {
	if remember <= 0 {
		remember = DefaultRemember
	}
	return &refunds{index: x, ids: newIDs(), limit: remember, newer: newGeneration(), before: newGeneration()}
}

// passAll yields the decisions of a batch by one of its indexes.
func (r *refunds) passAll(b *batch, index int, yield func(Decided, error) bool) bool {
	for n := range b.orders {
		if !r.pass(&b.orders[n], &b.results[index][n], yield) {
			return false
		}
	}
	return true
}

// pass yields a decision, with the refunds that wait for it.
func (r *refunds) pass(o *Order, found *result, yield func(Decided, error) bool) bool {
	if r.newer.size >= r.limit && !r.forget(yield) {
		return false
	}
	r.newer.size++
	key := r.key(o.ID)
	switch {
	case found.err != nil:
		return yield(Decided{*o, Decision{Order: o.ID}}, found.err)
	case r.twice(o, key):
		return yield(Decided{*o, Decision{Order: o.ID, RefundOf: o.RefundOf}}, cameBefore(o))
	case o.RefundOf != "":
		for _, g := range []*generation{r.newer, r.before} {
			if of, known := g.orders[r.key(o.RefundOf)]; known {
				return r.passRefund(o, found.Decision, of, g, yield)
			}
		}
		r.newer.waiting[o.RefundOf] = append(r.newer.waiting[o.RefundOf], *o)
		return true
	}
	of := decidedOrder{winner: nobody, cancelled: o.Cancelled}
	if found.winner != nil {
		of.winner, of.code = found.winner.number, r.newer.codes.number(found.Code)
	}
	r.newer.orders[key] = of
	if !yield(Decided{*o, found.Decision}, nil) {
		return false
	}
	for _, g := range []*generation{r.before, r.newer} {
		waiting := g.waiting[o.ID]
		delete(g.waiting, o.ID)
		for n := range waiting {
			d := Decision{Order: waiting[n].ID, RefundOf: o.ID, Candidates: []Candidate{}}
			if !r.passRefund(&waiting[n], d, of, r.newer, yield) {
				return false
			}
		}
	}
	return true
}

// forget makes room for a new generation. Refunds that have waited for a whole one wait no longer.
func (r *refunds) forget(yield func(Decided, error) bool) bool {
	if !r.before.passRest(yield) {
		return false
	}
	r.before, r.newer = r.newer, newGeneration()
	return true
}

// twice reports whether an order or a refund came before. It remembers a refund; an order is remembered by its decision.
// What has no id is never taken for another one.
func (r *refunds) twice(o *Order, id orderKey) (twice bool) {
	switch {
	case o.ID == "":
		return false
	case o.RefundOf == "":
		if _, twice = r.newer.orders[id]; !twice {
			_, twice = r.before.orders[id]
		}
		return twice
	}
	key := refundKey{r.key(o.RefundOf), id}
	if _, twice = r.newer.seen[key]; !twice {
		_, twice = r.before.seen[key]
		r.newer.seen[key] = struct{}{}
	}
	return twice
}

// passRefund yields the decision of a refund whose order a generation remembers. A refund of an order that was cancelled, and so
// earned nothing, takes nothing back.
func (r *refunds) passRefund(o *Order, d Decision, of decidedOrder, g *generation, yield func(Decided, error) bool) bool {
	if of.winner == nobody {
		return yield(Decided{*o, d}, nil)
	}
	d.creditTo(r.index.numbered(of.winner), of.by())
	d.Code = g.codes.code(of.code)
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

// passRest yields the refunds whose order did not come, those that came first in front.
func (r *refunds) passRest(yield func(Decided, error) bool) {
	if r.before.passRest(yield) {
		r.newer.passRest(yield)
	}
}

// passRest yields the refunds that wait, by their order's id.
func (g *generation) passRest(yield func(Decided, error) bool) bool {
	for _, of := range slices.Sorted(maps.Keys(g.waiting)) {
		for _, o := range g.waiting[of] {
			if !yield(Decided{o, Decision{Order: o.ID, RefundOf: of, Candidates: []Candidate{}}}, nil) {
				return false
			}
		}
	}
	return true
}
