package attribution

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"slices"
	"sync"
)

// batchSize is how many orders a core decides at a time: enough that handing them over costs little.
const batchSize = 256

// batch is some orders of a stream, and what each of some indexes decides of them. Batches are used again and again, because they
// are most of what a stream would leave to the garbage collector.
type batch struct {
	orders  []Order
	errs    []error    // of the stream, in the place of an order
	results [][]result // of each index
	done    chan struct{}
}

// result is the decision of an order with the winner, or an error, with which the two mean nothing.
type result struct {
	Decision
	winner *deal
	err    error
}

func newBatch(indexes int) *batch {
	b := &batch{
		orders: make([]Order, 0, batchSize), errs: make([]error, 0, batchSize),
		results: make([][]result, indexes), done: make(chan struct{}, 1),
	}
	return b
}

// decide decides the orders by each of the indexes, until ctx ends.
func (b *batch) decide(ctx context.Context, indexes []*Index) {
	defer func() { b.done <- struct{}{} }()
	for i, x := range indexes {
		b.results[i] = slices.Grow(b.results[i][:0], len(b.orders))[:len(b.orders)]
		for n := range b.orders {
			r := &b.results[i][n]
			if r.err = b.errs[n]; r.err == nil {
				r.winner, r.err = x.decide(ctx, &b.orders[n], &r.Decision)
			}
			if ctx.Err() != nil {
				return
			}
		}
	}
}

// empty makes room for other orders.
func (b *batch) empty() *batch {
	b.orders, b.errs = b.orders[:0], b.errs[:0]
	return b
}

// errEnough ends a stream whose caller wants no more of it.
var errEnough = errors.New("enough")

// inBatches decides a stream of orders on all cores, and passes the batches on in their order. None may be kept. It ends
// with the error of ctx, or with errEnough if pass returns false.
//
// The goroutine of the caller reads and passes on, and decides, too, while the batch that is next is not done: what it decides
// itself need not come from another core, and with one core nothing changes hands.
func inBatches(ctx context.Context, orders iter.Seq2[Order, error], pass func(*batch) bool, indexes ...*Index) error {
	cores := runtime.GOMAXPROCS(0)
	ahead := 4 * cores // batches that were begun and not passed on; with half as many, other cores wait while they are
	todo := make(chan *batch, ahead)
	var deciding sync.WaitGroup
	defer deciding.Wait()
	defer close(todo)
	for range cores - 1 {
		deciding.Go(func() {
			for b := range todo {
				b.decide(ctx, indexes)
			}
		})
	}
	passOn := func(next *batch) error {
		for done := false; !done; {
			select {
			case <-next.done: // asked for first: to pass on comes before deciding, or the others soon have nothing to decide
				done = true
				continue
			default:
			}
			select {
			case <-next.done:
				done = true
			case b := <-todo:
				b.decide(ctx, indexes)
			}
		}
		if ctx.Err() != nil { // then not all of it is decided
			return ctx.Err()
		}
		if !pass(next) {
			return errEnough
		}
		return nil
	}
	filling := newBatch(len(indexes))
	begun := make([]*batch, 0, ahead)
	for order, err := range orders { // here, so that who stops listening has not to wait for the next order
		if ctx.Err() != nil {
			return ctx.Err()
		}
		filling.orders, filling.errs = append(filling.orders, order), append(filling.errs, err)
		if len(filling.orders) < batchSize {
			continue
		}
		todo <- filling
		if begun = append(begun, filling); len(begun) < ahead {
			filling = newBatch(len(indexes))
			continue
		}
		if err := passOn(begun[0]); err != nil {
			return err
		}
		filling = begun[0].empty()
		begun = slices.Delete(begun, 0, 1)
	}
	filling.decide(ctx, indexes)
	for _, b := range append(begun, filling) {
		if err := passOn(b); err != nil {
			return err
		}
	}
	return ctx.Err()
}
