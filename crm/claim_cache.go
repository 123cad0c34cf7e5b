package crm

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/discount"
)

// claimCache keeps the claim indexes of workspaces between calls, so that a save costs a few look-ups and not a reading
// of all rules. An index is that of one state of its workspace, and the units of work of this process move it on; if
// another process has written since, the claims are read again.
type claimCache struct {
	mu      sync.Mutex
	indexes map[WorkspaceID]cachedIndex
	claims  int // in all indexes
}

type cachedIndex struct {
	*sharedClaims
	seq    Seq // of the state when the index was put here
	claims int
}

// stateID names a state of a workspace: the seq and unit of its last change. The unit tells a workspace from a deleted
// one that had the same id.
type stateID struct {
	seq  Seq
	unit uuid.UUID
}

// stateOf returns the state that a reader sees.
func stateOf(ctx context.Context, r Reader) (stateID, error) {
	head, err := r.Head(ctx)
	if err != nil || head.Seq == 0 {
		return stateID{}, err
	}
	last, err := r.Changes(ctx, ChangeFilter{After: head.Seq - 1}, 1)
	if err != nil || len(last) != 1 {
		return stateID{}, err
	}
	return stateID{head.Seq, last[0].Unit}, nil
}

// maxCachedClaims bounds the claims in memory, some 400 bytes each.
const maxCachedClaims = 1_000_000

// get returns the cached claims of a workspace, nil if there are none.
func (c *claimCache) get(ws WorkspaceID) *sharedClaims {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.indexes[ws].sharedClaims
}

// put stores the claims of a workspace, replacing the previous ones. When the cache is full it evicts arbitrary other
// workspaces; their next save reads the claims again.
func (c *claimCache) put(ws WorkspaceID, s *sharedClaims) {
	at, n := s.state()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.indexes == nil {
		c.indexes = map[WorkspaceID]cachedIndex{}
	}
	c.evict(ws)
	for other := range c.indexes {
		if c.claims+n <= maxCachedClaims {
			break
		}
		c.evict(other)
	}
	if n <= maxCachedClaims {
		c.indexes[ws] = cachedIndex{s, at.seq, n}
		c.claims += n
	}
}

// putNewer is put for a reader, whose state may have passed already: it replaces older claims only.
func (c *claimCache) putNewer(ws WorkspaceID, s *sharedClaims) {
	at, _ := s.state()
	c.mu.Lock()
	cached := c.indexes[ws]
	c.mu.Unlock()
	if cached.sharedClaims == nil || cached.seq < at.seq {
		c.put(ws, s)
	}
}

func (c *claimCache) evict(ws WorkspaceID) {
	c.claims -= c.indexes[ws].claims
	delete(c.indexes, ws)
}

// sharedClaims is the index of one state of a workspace. Readers and units of work look things up in it side by side; a
// unit that has been written moves it on to the next state. It is locked while something is looked up in memory and
// never while a store is asked, so waits are short.
type sharedClaims struct {
	mu         sync.RWMutex
	at         stateID
	index      *ClaimIndex
	inConflict atomic.Pointer[map[CooperationID]discount.Severity] // of this state, once somebody has asked
}

func (s *sharedClaims) state() (at stateID, claims int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.at, s.index.index.Len()
}

// tailDays never change; a workspace with others gets another index.
func (s *sharedClaims) tailDays() int { return s.index.tailDays }

// read calls fn with the index if it is that of a state, and reports whether it is.
func (s *sharedClaims) read(at stateID, fn func(*ClaimIndex)) bool {
	if s == nil {
		return false
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.at != at {
		return false
	}
	fn(s.index)
	return true
}

// advance moves the index to the next state, in which some cooperations claim something else. It reports false if the
// index is that of another state or of other tail days, or if most of it would change, which takes longer than a new
// index.
func (s *sharedClaims) advance(from, to stateID, changed map[CooperationID][]Claim, tailDays int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at != from || s.tailDays() != tailDays || len(changed) > minRebuild+s.index.index.Len()/2 {
		return false
	}
	s.at = to
	for id, now := range changed {
		s.index.replace(id, now)
		s.inConflict.Store(nil)
	}
	return true
}

// minRebuild is how many cooperations may change before it can be better to read all claims again.
const minRebuild = 1_000
