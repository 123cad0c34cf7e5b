package crm

import (
	"context"

	"github.com/getklar/influencercrm/discount"
)

// readerClaims are the claims of a workspace as a reader sees them. They are shared with others until a writer moves
// them on to a later state; then the reader reads its own.
type readerClaims struct {
	Reader
	at     stateID
	shared *sharedClaims
}

// readClaims returns the claims that a reader sees.
func (s *Service) readClaims(ctx context.Context, r Reader) (*readerClaims, error) {
	ws, err := r.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	at, err := stateOf(ctx, r)
	if err != nil {
		return nil, err
	}
	c := &readerClaims{Reader: r, at: at, shared: s.claims.get(ws.ID)}
	if !c.shared.read(at, func(*ClaimIndex) {}) {
		if err := c.read(ctx); err != nil {
			return nil, err
		}
		s.claims.putNewer(ws.ID, c.shared)
	}
	return c, nil
}

// read reads the claims from the store.
func (c *readerClaims) read(ctx context.Context) error {
	ws, err := c.Workspace(ctx)
	if err != nil {
		return err
	}
	all, err := c.Claims(ctx, ClaimFilter{})
	if err != nil {
		return err
	}
	c.shared = &sharedClaims{at: c.at, index: NewClaimIndex(all, ws.TailDays)}
	return nil
}

// use calls fn with the index. If a writer has moved the shared one on, the reader reads its own first.
func (c *readerClaims) use(ctx context.Context, fn func(*ClaimIndex) error) (err error) {
	used := func(x *ClaimIndex) { err = fn(x) }
	for !c.shared.read(c.at, used) {
		if err := c.read(ctx); err != nil {
			return err
		}
	}
	return err
}

// conflicts finds the conflicts of cooperations.
func (c *readerClaims) conflicts(ctx context.Context, of []Cooperation) ([]Conflicts, error) {
	found, lists := make([]Conflicts, len(of)), make([][]Conflict, len(of))
	err := c.use(ctx, func(x *ClaimIndex) error {
		for n := range of {
			found[n] = x.Conflicts(of[n])
			lists[n] = found[n].List
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, nameOthers(ctx, c, lists...)
}

// inConflict returns the worst severity of each cooperation that has a blocking or certain conflict. The map is cached
// with the index and must not be changed.
func (c *readerClaims) inConflict(ctx context.Context) (worst map[CooperationID]discount.Severity, err error) {
	err = c.use(ctx, func(x *ClaimIndex) error {
		if known := c.shared.inConflict.Load(); known != nil {
			worst = *known
			return nil
		}
		if worst, err = x.inConflict(ctx); err == nil {
			c.shared.inConflict.Store(&worst)
		}
		return err
	})
	return worst, err
}
