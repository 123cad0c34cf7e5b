package crm

import (
	"context"
	"errors"
	"slices"
)

// errClaimsAhead ends an attempt of a unit of work that needs all claims of a large workspace and does not find them in
// the cache. Reading them takes seconds, and in a unit all other writers would wait for that: it is done in a snapshot,
// and then the unit begins anew, as it does after an ErrRetry of the store.
var errClaimsAhead = errors.New("the claims have not been read yet")

// far reports whether a state is so far from all cached versions that all claims of a large workspace have to be read.
func (c *claimCache) far(ws Workspace, at stateID) bool {
	return at.seq > maxCatchUp && !slices.ContainsFunc(c.get(ws.ID), func(v *claimVersion) bool {
		return v.at.seq <= at.seq && v.index.claimSettings == ws.claimSettings() && v.nearEnough(at)
	})
}

// claimsAhead is a reading of all claims that is under way, for all who wait for it.
type claimsAhead struct {
	done    chan struct{}
	version *claimVersion // nil if it failed
}

// claimsAhead reads all claims of a workspace as it is now, outside of units of work. Of those who ask at once, one reads
// for all.
func (s *Service) claimsAhead(ctx context.Context, ws WorkspaceID) (*claimVersion, error) {
	mine, others := s.claims.ahead(ws)
	for others != nil {
		select {
		case <-others.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if others.version != nil {
			return others.version, nil
		}
		mine, others = s.claims.ahead(ws) // who was to read was interrupted
	}
	defer s.claims.endAhead(ws, mine)
	err := s.store.View(ctx, ws, func(ctx context.Context, r Reader) (err error) {
		mine.version, err = s.cachedClaims(ctx, r)
		return err
	})
	return mine.version, err
}

// ahead returns the reading of a workspace's claims that somebody else has begun, or one that the caller is to do.
func (c *claimCache) ahead(ws WorkspaceID) (mine, others *claimsAhead) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if others := c.reading[ws]; others != nil {
		return nil, others
	}
	mine = &claimsAhead{done: make(chan struct{})}
	c.reading[ws] = mine
	return mine, nil
}

func (c *claimCache) endAhead(ws WorkspaceID, mine *claimsAhead) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.reading, ws)
	close(mine.done)
}
