package crm

import (
	"context"
)

// unitClaims are the claims of a workspace as a unit of work sees them: the version of the state in which it began,
// and once the unit has changed something, the next version, which is its own until it has been written.
type unitClaims struct {
	changed map[CooperationID][]Claim // what changed cooperations claim now
	began   *claimVersion             // to be cached even if the unit fails; nil if there is nothing new to cache
	index   *ClaimIndex               // nil until conflicts are looked for
	own     bool                      // whether index is the unit's own version
}

// use sets the index of the state in which the unit began, and makes the unit's own changes in it.
func (u *unitClaims) use(index *ClaimIndex, own bool) {
	u.index, u.own = index, own
	for id, now := range u.changed {
		u.replace(id, now)
	}
}

func (u *unitClaims) replace(id CooperationID, now []Claim) {
	if u.index.has(id, now) {
		return
	}
	if !u.own {
		u.index, u.own = u.index.copy(), true
	}
	u.index.replace(id, now)
}

// blocking lists the blocking conflicts of a cooperation, but for those that it had before. There may be thousands; a
// limit of 0 lists all.
func (u *unitClaims) blocking(c, before Cooperation, limit int) []Conflict {
	return listConflicts(indexOf(u.index).Blocking(u.index.entriesOf(c), u.index.entriesOf(before), limit))
}

// allClaims returns the claims of the workspace as this unit of work sees them.
func (w *Work) allClaims(ctx context.Context) (*unitClaims, error) {
	u := w.claims
	if u.index != nil && u.index.claimSettings == w.workspace.claimSettings() {
		return u, nil
	}
	w.dropRolledBack()
	if w.mayLeave && w.claimCache.far(w.workspace, w.head) {
		w.left = true
		return nil, errClaimsAhead
	}
	v, err := w.claimCache.find(ctx, w.tx, w.workspace, w.head, w.ahead)
	if err != nil {
		return nil, err
	}
	if w.log.count == 0 {
		u.began = v
	}
	u.use(v.index, false)
	return u, nil
}

// dropRolledBack drops cached versions of later states than the one in which the unit began. No other unit is open, so
// there are none: a host has rolled them back.
func (w *Work) dropRolledBack() {
	w.claimCache.drop(w.workspace.ID, func(v *claimVersion) bool {
		return v.at.seq > w.head.seq || v.at.seq == w.head.seq && v.at.unit != w.head.unit
	})
}

// attachCachedClaims gets the cached claims if the unit of work did not use them, so that storeClaims can cache the next
// version. It leaves it if most of the index would change, which takes longer than a new index.
func (w *Work) attachCachedClaims() {
	if w.claims.index != nil || w.log.count == 0 || len(w.claimCache.get(w.workspace.ID)) == 0 {
		return
	}
	w.dropRolledBack()
	v := w.claimCache.at(w.workspace.ID, w.head)
	if v == nil || v.index.claimSettings != w.workspace.claimSettings() {
		return
	}
	differ := 0
	for id, now := range w.claims.changed {
		if !v.index.has(id, now) {
			differ++
		}
	}
	if differ <= minRebuild+indexOf(v.index).Len()/2 {
		w.claims.use(v.index, false)
	}
}

// storeClaims caches the claims for the next unit of work, in the state that this one has made. If it failed they are
// those of the state in which it began: a save that is refused again and again must not read all rules each time.
func (w *Work) storeClaims(failed bool) {
	u := w.claims
	if u.began != nil && w.claimCache.at(w.workspace.ID, w.head) != u.began {
		w.claimCache.put(w.workspace.ID, u.began)
	}
	if failed || w.log.count == 0 || u.index == nil || u.index.claimSettings != w.workspace.claimSettings() {
		return
	}
	now := stateID{w.head.seq + Seq(w.log.count), w.log.unit}
	w.claimCache.put(w.workspace.ID, &claimVersion{now, u.index})
}

// noteClaims records what a cooperation claims now.
func (w *Work) noteClaims(c Cooperation) { w.setClaims(c.ID, ClaimsOf(c)) }

// setClaims is noteClaims for a cooperation that is deleted, or that undo looks at in another state. All are recorded,
// because other tail days, or another comparison of codes, need another index, in which they are made again.
func (w *Work) setClaims(id CooperationID, now []Claim) {
	u := w.claims
	u.changed[id] = now
	if u.index != nil {
		u.replace(id, now)
	}
}

func (w *Work) setAllClaims(now map[CooperationID][]Claim) {
	for id, each := range now {
		w.setClaims(id, each)
	}
}
