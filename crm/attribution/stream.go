package attribution

import (
	"context"
	"iter"
	"runtime"
	"sync"
)

// batch is how many orders a core decides at a time: enough that handing them over costs little.
const batch = 256

// DecideAll decides a stream of orders on all cores, and yields the decisions in the order of the orders. An error of the
// stream, and one of Decide, is yielded in the place of the decision, and the stream goes on until it ends.
//
// A refund gets the cooperation of its order, and its amount with the sign turned. One that comes before its order waits
// and is yielded just after it; one whose order never comes is yielded at the end, credited to nobody. For that, DecideAll
// remembers some 80 bytes and the code of each order that it has seen, and nothing else.
func (x *Index) DecideAll(ctx context.Context, orders iter.Seq2[Order, error]) iter.Seq2[Decided, error] {
	return func(yield func(Decided, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		r := newRefunds(x)
		var running sync.WaitGroup
		defer running.Wait()
		defer stop()
		for b := range x.batches(ctx, orders, &running) {
			select {
			case <-b.done:
			case <-ctx.Done(): // it may never be begun
				yield(Decided{}, ctx.Err())
				return
			}
			for n := range b.orders {
				if !r.pass(&b.orders[n], b.results[n], yield) {
					return
				}
			}
		}
		if err := ctx.Err(); err != nil {
			yield(Decided{}, err)
			return
		}
		r.passRest(yield)
	}
}

// Decided is an order with its decision.
type Decided struct {
	Order    Order    `json:"order"`
	Decision Decision `json:"decision"`
}

// work is a batch of orders, and what is decided of them once it is done.
type work struct {
	orders  []Order
	results []result // with errors of the stream before they are decided
	done    chan struct{}
}

// batches reads orders and has them decided. It sends each batch as soon as it is begun, so that they come in order, and
// reads no further ahead than all cores have to do.
func (x *Index) batches(ctx context.Context, orders iter.Seq2[Order, error], running *sync.WaitGroup) <-chan *work {
	cores := runtime.GOMAXPROCS(0)
	inOrder, todo := make(chan *work, cores), make(chan *work)
	for range cores {
		running.Go(func() {
			for w := range todo {
				w.decide(x)
			}
		})
	}
	running.Go(func() {
		defer close(inOrder)
		defer close(todo)
		hand := func(w *work) bool {
			for _, to := range []chan<- *work{inOrder, todo} {
				select {
				case to <- w:
				case <-ctx.Done():
					return false
				}
			}
			return true
		}
		w := newWork()
		for order, err := range orders {
			w.orders, w.results = append(w.orders, order), append(w.results, result{err: err})
			if len(w.orders) == batch {
				if !hand(w) {
					return
				}
				w = newWork()
			}
		}
		hand(w)
	})
	return inOrder
}

// result is the decision of an order with the winner, or an error.
type result struct {
	Decision
	winner *deal
	err    error
}

func newWork() *work {
	return &work{orders: make([]Order, 0, batch), results: make([]result, 0, batch), done: make(chan struct{})}
}

func (w *work) decide(x *Index) {
	for n := range w.orders {
		if r := &w.results[n]; r.err == nil {
			r.Decision, r.winner, r.err = x.decide(&w.orders[n])
		}
	}
	close(w.done)
}
