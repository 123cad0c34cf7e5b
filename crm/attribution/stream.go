package attribution

import (
	"context"
	"errors"
	"iter"
)

// DecideAll decides a stream of orders on all cores, and yields the decisions in the order of the orders, some thousand
// orders after they were read. An error of the stream, and one of Decide, is yielded in the place of the decision, and the
// stream goes on until it ends. An order whose id came before is a crm.ErrAlreadyExists, and so is a refund whose id came
// before with the same RefundOf, so that two exports of one day count both once. The end of ctx ends the stream with its error
// as soon as the next order is read.
//
// A refund gets the cooperation of its order, and its amount with the sign turned. One that comes before its order waits
// and is yielded just after it; one whose order never comes is yielded at the end, credited to nobody. For that, DecideAll
// remembers some 60 bytes of each order and refund, the codes that credited, and the refunds that wait: of at least the last
// million, or as many as Options.Remember says, and of at most twice as many. An order that came longer ago is as one that
// never came.
func (x *Index) DecideAll(ctx context.Context, orders iter.Seq2[Order, error]) iter.Seq2[Decided, error] {
	return func(yield func(Decided, error) bool) {
		r := newRefunds(x, x.options.Remember)
		err := inBatches(ctx, orders, func(b *batch) bool { return r.passAll(b, 0, yield) }, x)
		switch {
		case err == nil:
			r.passRest(yield)
		case !errors.Is(err, errEnough):
			yield(Decided{}, err)
		}
	}
}

// Decided is an order with its decision.
type Decided struct {
	Order    Order    `json:"order"`
	Decision Decision `json:"decision"`
}
