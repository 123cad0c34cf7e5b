package crm

import (
	"context"
	"sync"

	"github.com/google/uuid"
)

// claimCache keeps the claim indexes of workspaces between units of work, so that a save costs a
// few look-ups and not a reading of all rules. An index is that of one state of its workspace: if
// another process has written since, it is read again.
type claimCache struct {
	mu      sync.Mutex
	indexes map[WorkspaceID]cachedIndex
	claims  int // in all indexes
}

type cachedIndex struct {
	at     stateID
	index  *ClaimIndex
	claims int
}

// stateID names a state of a workspace: the seq and unit of its last change. The unit tells a
// workspace from a deleted one that had its id.
type stateID struct {
	seq  Seq
	unit uuid.UUID
}

// maxCachedClaims bounds the claims in memory, some 200 bytes each.
const maxCachedClaims = 1_000_000

// take removes the index of a workspace's state and returns it, nil if there is none. Taking it
// out keeps it from being changed by two: whoever has it puts it back.
func (c *claimCache) take(ws WorkspaceID, at stateID) *ClaimIndex {
	c.mu.Lock()
	defer c.mu.Unlock()
	cached := c.indexes[ws]
	c.drop(ws)
	if cached.at != at {
		return nil
	}
	return cached.index
}

func (c *claimCache) put(ws WorkspaceID, at stateID, index *ClaimIndex) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.indexes == nil {
		c.indexes = map[WorkspaceID]cachedIndex{}
	}
	c.drop(ws)
	n := len(index.of)             // every cooperation in it has a claim, few have many
	for other := range c.indexes { // any one: the next save of its workspace reads it again
		if c.claims+n <= maxCachedClaims {
			break
		}
		c.drop(other)
	}
	if n <= maxCachedClaims {
		c.indexes[ws] = cachedIndex{at, index, n}
		c.claims += n
	}
}

func (c *claimCache) drop(ws WorkspaceID) {
	c.claims -= c.indexes[ws].claims
	delete(c.indexes, ws)
}

// claimIndex returns the index of the workspace's claims as this unit of work sees them: from the
// cache, or read now. From then on it follows the unit's writes.
func (w *Work) claimIndex(ctx context.Context) (*ClaimIndex, error) {
	if w.claims != nil {
		return w.claims, nil
	}
	if w.claimsAtHead = w.log.count == 0; w.claimsAtHead {
		if err := w.nameHead(ctx); err != nil {
			return nil, err
		}
		w.claims = w.cache.take(w.workspace.ID, w.head)
	}
	if w.claims == nil {
		all, err := w.Claims(ctx, ClaimFilter{})
		if err != nil {
			return nil, err
		}
		w.claims = NewClaimIndex(all)
	}
	w.claims.before = map[CooperationID][]Claim{}
	return w.claims, nil
}

// nameHead completes the name of the state in which the unit began.
func (w *Work) nameHead(ctx context.Context) error {
	if w.head.seq == 0 {
		return nil
	}
	last, err := w.Changes(ctx, ChangeFilter{After: w.head.seq - 1}, 1)
	if err == nil && len(last) == 1 {
		w.head.unit = last[0].Unit
	}
	return err
}

// keepClaims puts the index back after the unit of work. Of a unit that failed it keeps what was
// there before; a save that is refused again and again must not read all rules each time.
func (w *Work) keepClaims(failed bool) {
	switch {
	case w.claims == nil:
	case failed && w.claimsAtHead:
		w.claims.revert()
		w.cache.put(w.workspace.ID, w.head, w.claims)
	case !failed && w.log.count > 0:
		w.claims.before = nil
		w.cache.put(w.workspace.ID, stateID{w.head.seq + Seq(w.log.count), w.log.unit}, w.claims)
	case !failed: // nothing was written, so the index was that of the head
		w.claims.before = nil
		w.cache.put(w.workspace.ID, w.head, w.claims)
	}
}

// revert puts back the claims that the unit of work found.
func (x *ClaimIndex) revert() {
	before := x.before
	x.before = nil
	x.replaceAll(before)
}
