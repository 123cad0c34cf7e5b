package sqlstore

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// View implements crm.Store.
func (s *Store) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	return s.unit(ctx, s.readers, ws, func(u *session) error {
		r := &reader{session: u, ws: ws, wsText: idText(ws)}
		// The first statement takes the snapshot.
		if _, err := r.headBy(ctx, s.schema.changes.head); err != nil {
			return err
		}
		u.final = true // nobody expects the callback of a View to run twice
		return fn(s.gate.Inside(ctx), r)
	})
}

// Update implements crm.Store.
func (s *Store) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return s.unit(ctx, s.writers, ws, func(u *session) error {
		w := newWriter(u, ws)
		if err := w.lock(ctx); err != nil {
			return err
		}
		if u.doubt {
			if there, err := w.settle(ctx); there || err != nil {
				return err
			}
		}
		if err := fn(s.gate.Inside(ctx), w); err != nil {
			return err
		}
		return w.sign(ctx)
	})
}

// unit runs fn in a transaction of a pool, and once more in a new one if it failed by what a second
// try can mend. A joined store has one transaction and one try.
func (s *Store) unit(ctx context.Context, p *pool, ws crm.WorkspaceID, fn func(*session) error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	if s.joined != nil {
		return s.joined.unit(ctx, s, ws, fn)
	}

	key, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("%w: no randomness for a unit's key", crm.ErrStorage)
	}
	doubt := false
	for wait := (backoff{left: s.busy}); ; {
		u := &session{store: s, ctx: ctx, ws: ws, key: key, doubt: doubt}
		err := u.run(p, fn)
		doubt = u.doubt
		if err == nil || u.final || !u.mendable() || !wait.next() {
			return unsettled(doubt, err)
		}
		s.retrying(ctx, wait.attempt, u.broken.Code)
		if wait.pause(ctx) != nil {
			return unsettled(doubt, ctx.Err())
		}
	}
}

// unsettled says of an error that what it ends may be there nevertheless.
func unsettled(doubt bool, err error) error {
	if !doubt || err == nil {
		return err
	}
	return fmt.Errorf("%w; %w", err, crm.ErrUnknownOutcome)
}

// run is one try. A write that failed in it outlives fn's nil.
func (u *session) run(p *pool, fn func(*session) error) error {
	defer u.end() // also when fn panics or ends its goroutine
	if err := u.begin(p); err != nil {
		return err
	}
	if err := fn(u); err != nil {
		return err
	}
	if u.failed != nil {
		return u.failed
	}
	return u.commit()
}
