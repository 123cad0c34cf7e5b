package crm

import (
	"context"
	"slices"
	"sync"

	"github.com/google/uuid"
)

// claimCache keeps the claim indexes of workspaces between calls, so that a save costs a few look-ups and not a reading
// of all rules. Of a workspace it keeps the latest versions, each of one state. The units of work of this process add
// the next one; what another process has written is caught up from the log.
type claimCache struct {
	mu       sync.Mutex
	max      int // of all claims
	versions map[WorkspaceID][]*claimVersion
	claims   int // in the latest version of each workspace
	reading  map[WorkspaceID]*claimsAhead
}

// claimVersion is the index of one state of a workspace. It does not change.
type claimVersion struct {
	at    stateID
	index *ClaimIndex
}

// maxVersions is how many versions of a workspace are kept. Readers need the earlier ones, whose snapshot can be a few
// units old. They share nearly all of their memory with the latest.
const maxVersions = 16

// stateID names a state of a workspace: the seq and unit of its last change. The unit tells a workspace from a deleted
// one that had the same id.
type stateID struct {
	seq  Seq
	unit uuid.UUID
}

// stateOf returns the state that a reader sees.
func stateOf(ctx context.Context, r Reader) (stateID, error) {
	head, err := r.Head(ctx)
	return stateID{head.Seq, head.Unit}, err
}

// DefaultMaxCachedClaims is how many claims a Service keeps in memory if Options.MaxCachedClaims does not say.
const DefaultMaxCachedClaims = 1_000_000

func newClaimCache(most int) *claimCache {
	if most <= 0 {
		most = DefaultMaxCachedClaims
	}
	return &claimCache{max: most, versions: map[WorkspaceID][]*claimVersion{}, reading: map[WorkspaceID]*claimsAhead{}}
}

// get returns the versions of a workspace, by seq. The list does not change.
func (c *claimCache) get(ws WorkspaceID) []*claimVersion {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.versions[ws]
}

// at returns the version of a state, nil if it is not cached.
func (c *claimCache) at(ws WorkspaceID, at stateID) *claimVersion {
	for _, v := range c.get(ws) {
		if v.at == at {
			return v
		}
	}
	return nil
}

// put stores a version, in the place of another one with its seq. When the cache is full it evicts arbitrary other
// workspaces; their next save reads the claims again.
func (c *claimCache) put(ws WorkspaceID, v *claimVersion) {
	c.change(ws, func(kept []*claimVersion) []*claimVersion {
		at, found := slices.BinarySearchFunc(kept, v.at.seq, func(k *claimVersion, seq Seq) int { return int(k.at.seq - seq) })
		if found {
			kept[at] = v
		} else {
			kept = slices.Insert(kept, at, v)
		}
		return kept[max(0, len(kept)-maxVersions):]
	})
}

// drop removes versions of states that are not in the log, such as those of a transaction that the host rolled back.
func (c *claimCache) drop(ws WorkspaceID, wrong func(*claimVersion) bool) {
	if slices.ContainsFunc(c.get(ws), wrong) {
		c.change(ws, func(kept []*claimVersion) []*claimVersion { return slices.DeleteFunc(kept, wrong) })
	}
}

func (c *claimCache) change(ws WorkspaceID, fn func([]*claimVersion) []*claimVersion) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept := fn(slices.Clone(c.versions[ws]))
	c.evict(ws)
	if len(kept) == 0 {
		return
	}
	n := indexOf(kept[len(kept)-1].index).Len()
	for other := range c.versions {
		if c.claims+n <= c.max {
			break
		}
		c.evict(other)
	}
	if n <= c.max {
		c.versions[ws] = kept
		c.claims += n
	}
}

func (c *claimCache) evict(ws WorkspaceID) {
	if kept := c.versions[ws]; len(kept) > 0 {
		c.claims -= indexOf(kept[len(kept)-1].index).Len()
	}
	delete(c.versions, ws)
}

// find returns the index of a state, which is the reader's or, if the reader is a unit of work, the one in which it
// began. It catches up from the latest earlier version that is of the same log, or else reads all claims. Of a
// unit that has written already, the index has some changes as well. The version that was read ahead may be too large for
// the cache; it is nil if none was.
func (c *claimCache) find(ctx context.Context, r Reader, ws Workspace, at stateID, ahead *claimVersion) (*claimVersion, error) {
	known := c.get(ws.ID)
	if ahead != nil {
		known = append(slices.Clip(known), ahead)
	}
	for _, v := range slices.Backward(known) {
		if v.at == at && v.index.claimSettings == ws.claimSettings() {
			return v, nil
		}
	}
	for _, v := range slices.Backward(known) {
		if v.at.seq >= at.seq || v.index.claimSettings != ws.claimSettings() {
			continue
		}
		index, sameLog, err := catchUp(ctx, r, v, at)
		if err != nil {
			return nil, err
		}
		if index != nil {
			return &claimVersion{at, index}, nil
		}
		if sameLog {
			break // it has changed too much since
		}
		c.drop(ws.ID, func(k *claimVersion) bool { return k == v })
	}
	all, err := r.Claims(ctx, ClaimFilter{})
	if err != nil {
		return nil, err
	}
	return &claimVersion{at, NewClaimIndex(all, ws)}, nil
}

// maxCatchUp is how many changes are read at most; for more it is better to read all claims.
const maxCatchUp = 5_000

// minRebuild is how many cooperations may change before it can be better to read all claims again.
const minRebuild = 1_000

// nearEnough reports whether few enough changes lie between a version and a later state to be read one by one.
func (v *claimVersion) nearEnough(to stateID) bool {
	return to.seq-v.at.seq <= Seq(min(maxCatchUp, max(minRebuild, indexOf(v.index).Len()/2)))
}

// catchUp moves a version on to a later state through the log. It returns no index if the version is not of this log,
// or if reading all claims is faster.
func catchUp(ctx context.Context, r Reader, from *claimVersion, to stateID) (x *ClaimIndex, sameLog bool, err error) {
	after := max(0, from.at.seq-1) // the change of the version's state tells its unit
	if from.at.seq > 0 {
		last, err := r.Changes(ctx, ChangeFilter{After: after}, 1)
		if err != nil || len(last) == 0 || last[0].Unit != from.at.unit {
			return nil, false, err
		}
	}
	if !from.nearEnough(to) {
		return nil, true, nil
	}
	ids := []CooperationID{}
	for after = from.at.seq; after < to.seq; {
		changes, err := r.Changes(ctx, ChangeFilter{After: after}, int(min(MaxPageSize, to.seq-after)))
		if err != nil {
			return nil, true, err
		}
		for _, c := range changes {
			if c.Record.Kind == KindCooperation {
				ids = append(ids, CooperationID(c.Record.ID))
			}
			after = c.Seq
		}
		if len(changes) == 0 {
			return nil, true, nil
		}
	}
	if len(ids) == 0 {
		return from.index, true, nil
	}
	slices.SortFunc(ids, CooperationID.Compare)
	ids = slices.Compact(ids)
	x = from.index.copy()
	for batch := range slices.Chunk(ids, MaxPageSize) {
		now := map[CooperationID][]Claim{}
		records, err := r.Cooperations().GetAll(ctx, batch)
		if err != nil {
			return nil, true, err
		}
		for _, c := range records {
			now[c.ID] = ClaimsOf(c)
		}
		for _, id := range batch {
			x.replace(id, now[id])
		}
	}
	return x, true, nil
}
