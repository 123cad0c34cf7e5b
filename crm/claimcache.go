package crm

import (
	"context"
	"sync"
)

// claimCache keeps the claim indexes of workspaces between units of work, so that a save costs a
// few look-ups and not a reading of all rules. An index is that of one seq of its workspace's log:
// if another process has written since, it is read again.
type claimCache struct {
	mu      sync.Mutex
	indexes map[WorkspaceID]cachedIndex
}

type cachedIndex struct {
	seq   Seq
	index *ClaimIndex
}

// maxCachedIndexes bounds the workspaces with an index in memory.
const maxCachedIndexes = 256

// take removes the index of a workspace's state and returns it, nil if there is none. Taking it
// out keeps it from being changed by two: whoever has it puts it back.
func (c *claimCache) take(ws WorkspaceID, seq Seq) *ClaimIndex {
	c.mu.Lock()
	defer c.mu.Unlock()
	cached := c.indexes[ws]
	delete(c.indexes, ws)
	if cached.seq != seq {
		return nil
	}
	return cached.index
}

func (c *claimCache) put(ws WorkspaceID, seq Seq, index *ClaimIndex) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.indexes == nil {
		c.indexes = map[WorkspaceID]cachedIndex{}
	}
	for other := range c.indexes { // any one: the next save of its workspace reads it again
		if len(c.indexes) < maxCachedIndexes {
			break
		}
		delete(c.indexes, other)
	}
	c.indexes[ws] = cachedIndex{seq, index}
}

// claimIndex returns the index of the workspace's claims as this unit of work sees them: from the
// cache, or read now. From then on it follows the unit's writes.
func (w *Work) claimIndex(ctx context.Context) (*ClaimIndex, error) {
	if w.claims != nil {
		return w.claims, nil
	}
	if w.claimsAtHead = w.log.count == 0; w.claimsAtHead {
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

// keepClaims puts the index back after the unit of work. Of a unit that failed it keeps what was
// there before; a save that is refused again and again must not read all rules each time.
func (w *Work) keepClaims(failed bool) {
	switch {
	case w.claims == nil:
	case !failed:
		w.claims.before = nil
		w.cache.put(w.workspace.ID, w.head+Seq(w.log.count), w.claims)
	case w.claimsAtHead:
		w.claims.revert()
		w.cache.put(w.workspace.ID, w.head, w.claims)
	}
}

// revert puts back the claims that the unit of work found.
func (x *ClaimIndex) revert() {
	before := x.before
	x.before = nil
	for id, claims := range before {
		x.replace(id, claims)
	}
}
