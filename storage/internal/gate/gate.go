// Package gate is the door of a store: it lets units of work in, knows those that are inside, and
// closes behind the last one.
package gate

import (
	"context"
	"sync"

	"github.com/getklar/influencercrm/crm"
)

// Gate counts the units of work of one store. The zero Gate is open.
type Gate struct {
	mu     sync.Mutex
	closed bool
	inside sync.WaitGroup
}

// mark is the context key under which a store finds its own open unit of work.
type mark struct{ gate *Gate }

// Enter begins a unit of work or another call; Leave must follow it. It refuses a context of one of
// the gate's own callbacks (crm.ErrNestedTx), one that has ended, and everybody after Close
// (crm.ErrClosed).
func (g *Gate) Enter(ctx context.Context) error {
	if ctx.Value(mark{g}) != nil {
		return crm.ErrNestedTx
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return crm.ErrClosed
	}
	g.inside.Add(1)
	return nil
}

// Leave ends what Enter began.
func (g *Gate) Leave() { g.inside.Done() }

// Inside is the context of a callback: Enter refuses it and every context made from it.
func (g *Gate) Inside(ctx context.Context) context.Context {
	return context.WithValue(ctx, mark{g}, true)
}

// Close lets nobody in any more and waits until all have left.
func (g *Gate) Close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.inside.Wait()
}
