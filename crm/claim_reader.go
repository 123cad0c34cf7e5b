package crm

import (
	"context"

	"github.com/getklar/influencercrm/crm/internal/claims"
)

// readerClaims are the claims of a workspace as a reader sees them. Writers go on to later versions meanwhile.
type readerClaims struct {
	Reader
	index *ClaimIndex
}

// readClaims returns the claims that a reader sees.
func (s *Service) readClaims(ctx context.Context, r Reader) (*readerClaims, error) {
	v, err := s.cachedClaims(ctx, r)
	if err != nil {
		return nil, err
	}
	return &readerClaims{r, v.index}, nil
}

// cachedClaims returns the version of the claims that a reader sees, and caches it.
func (s *Service) cachedClaims(ctx context.Context, r Reader) (*claimVersion, error) {
	ws, err := r.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	at, err := stateOf(ctx, r)
	if err != nil {
		return nil, err
	}
	v, err := s.claims.find(ctx, r, ws, at, nil)
	if err != nil {
		return nil, err
	}
	if s.claims.at(ws.ID, at) != v {
		s.claims.put(ws.ID, v)
	}
	return v, nil
}

// conflicts finds the conflicts of cooperations.
func (c *readerClaims) conflicts(ctx context.Context, of []Cooperation) ([]Conflicts, error) {
	found, lists := make([]Conflicts, len(of)), make([][]Conflict, len(of))
	for n := range of {
		found[n] = c.index.Conflicts(of[n])
		lists[n] = found[n].List
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return found, nameOthers(ctx, c, lists...)
}

// severities returns the worst severity of each cooperation that has a blocking or certain conflict. They are found
// once for a version, and follow from those of an earlier version if they can.
func severities(ctx context.Context, c *readerClaims) (*claims.Severities, error) {
	return indexOf(c.index).Severities(ctx)
}
