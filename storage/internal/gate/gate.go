// Package gate counts the units of work of a store. A [Gate] refuses those that are nested in another one or come after
// Close, and makes Close wait for those that are open.
package gate

import (
	"context"
	"sync"

	"github.com/getklar/influencercrm/crm"
)

// Gate is that of one store. The zero Gate is open.
type Gate struct {
	mu     sync.Mutex
	closed bool
	open   sync.WaitGroup // units of work
}

// insideKey is the context key of a gate's own callbacks.
type insideKey struct{ gate *Gate }

// Enter begins a unit of work or another call, which Leave ends. It refuses, in this order, the context of one of the
// gate's own callbacks (crm.ErrNestedTx), every call after Close (crm.ErrClosed), and a context that has ended.
func (g *Gate) Enter(ctx context.Context) error {
	if g.Nested(ctx) {
		return crm.ErrNestedTx
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return crm.ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	g.open.Add(1)
	return nil
}

// Nested reports whether a context is that of one of the gate's own callbacks.
func (g *Gate) Nested(ctx context.Context) bool { return ctx.Value(insideKey{g}) != nil }

// Leave ends what Enter began.
func (g *Gate) Leave() { g.open.Done() }

// Inside is the context for a callback. Enter refuses it, and every context made from it.
func (g *Gate) Inside(ctx context.Context) context.Context {
	return context.WithValue(ctx, insideKey{g}, true)
}

// Close lets no more in and waits for those that are open.
func (g *Gate) Close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.open.Wait()
}
