package crm

import (
	"context"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm/internal/claims"
)

// unitClaims are the claims of a workspace as a unit of work sees them: those of the state in which it began, with
// those of the cooperations that it has changed. The former are shared and stay as they are until the unit has been
// written: writers of a workspace come one after the other, so no other unit changes them meanwhile.
type unitClaims struct {
	changed map[CooperationID][]Claim // what changed cooperations claim now
	base    *sharedClaims             // nil until conflicts are looked for
	at      stateID                   // the state of base; zero if the unit had written already when it was read
	overlay *claims.Overlay           // changed, on top of base
}

// use sets the claims that the unit's own changes are laid over.
func (u *unitClaims) use(base *sharedClaims, at stateID) {
	u.base, u.at, u.overlay = base, at, claims.NewOverlay()
	base.read(at, func(x *ClaimIndex) {
		for id, now := range u.changed {
			u.replace(x, id, now)
		}
	})
}

func (u *unitClaims) replace(base *ClaimIndex, id CooperationID, now []Claim) {
	u.overlay.Replace(base.index, claims.ID(id), entriesOf(now, base.tailDays))
}

// conflicts finds all conflicts of a cooperation.
func (u *unitClaims) conflicts(c Cooperation) (list []Conflict, possible int) {
	u.base.read(u.at, func(x *ClaimIndex) {
		found := u.overlay.Conflicts(x.index, x.entriesOf(c))
		list, possible = listConflicts(found.Worst), found.Possible
	})
	return list, possible
}

// blocks reports whether a code of another cooperation keeps c from being signed.
func (u *unitClaims) blocks(c Cooperation, o blockingCode) (blocks bool) {
	u.base.read(u.at, func(x *ClaimIndex) {
		for _, other := range u.overlay.Entries(x.index, claims.ID(o.other)) {
			for _, mine := range x.entriesOf(c) {
				if mine.Kind == claims.Equals && other.Kind == claims.Equals && mine.Key == o.code && other.Key == o.code {
					_, meet := mine.Meets(other)
					blocks = blocks || meet
				}
			}
		}
	})
	return blocks
}

// allClaims returns the claims of the workspace as this unit of work sees them, on top of the cached ones of the state
// in which it began, or else of all claims, read now.
func (w *Work) allClaims(ctx context.Context) (*unitClaims, error) {
	u, tailDays := w.claims, w.workspace.TailDays
	if u.base == nil {
		cached, err := w.cachedClaims(ctx)
		if err != nil {
			return nil, err
		}
		if cached != nil {
			u.use(cached, w.head)
		}
	}
	if u.base != nil && u.base.tailDays() == tailDays {
		return u, nil
	}
	all, err := w.Claims(ctx, ClaimFilter{})
	if err != nil {
		return nil, err
	}
	var at stateID
	if w.log.count == 0 {
		if err := w.readHeadUnit(ctx); err != nil {
			return nil, err
		}
		at = w.head
	}
	u.use(&sharedClaims{at: at, index: NewClaimIndex(all, tailDays)}, at)
	return u, nil
}

// cachedClaims returns the cached claims of the state in which the unit began, nil if there are none.
func (w *Work) cachedClaims(ctx context.Context) (*sharedClaims, error) {
	cached := w.claimCache.get(w.workspace.ID)
	if cached == nil {
		return nil, nil
	}
	if err := w.readHeadUnit(ctx); err != nil {
		return nil, err
	}
	if at, _ := cached.state(); at != w.head {
		return nil, nil
	}
	return cached, nil
}

// readHeadUnit completes the id of the state in which this unit began. Most units do not need it.
func (w *Work) readHeadUnit(ctx context.Context) error {
	if w.head.seq == 0 || w.head.unit != uuid.Nil {
		return nil
	}
	last, err := w.Changes(ctx, ChangeFilter{After: w.head.seq - 1}, 1)
	if err == nil && len(last) == 1 {
		w.head.unit = last[0].Unit
	}
	return err
}

// attachCachedClaims gets the cached claims if the unit of work did not use them, so that storeClaims can advance them.
func (w *Work) attachCachedClaims(ctx context.Context) (err error) {
	if w.claims.base == nil && w.log.count > 0 {
		w.claims.base, err = w.cachedClaims(ctx)
		w.claims.at = w.head
	}
	return err
}

// storeClaims caches the claims for the next unit of work, in the state that this one has made. If it failed they are
// those of the state in which it began: a save that is refused again and again must not read all rules each time.
func (w *Work) storeClaims(failed bool) {
	u := w.claims
	switch {
	case u.base == nil:
		return
	case failed || w.log.count == 0:
		if u.at != w.head {
			return
		}
	default:
		now := stateID{w.head.seq + Seq(w.log.count), w.log.unit}
		if !u.base.advance(u.at, now, u.changed, w.workspace.TailDays) {
			return
		}
	}
	w.claimCache.put(w.workspace.ID, u.base)
}

// noteClaims records what a cooperation claims now.
func (w *Work) noteClaims(c Cooperation) { w.setClaims(c.ID, ClaimsOf(c)) }

// setClaims is noteClaims for a cooperation that is deleted, or that undo looks at in another state. Claims that are
// those of the base are not noted, so that a unit that changes no rules leaves the index as it is. If the unit has
// changed the tail days, claims that look the same in the base may differ in the index that allClaims makes next, so
// all are noted.
func (w *Work) setClaims(id CooperationID, now []Claim) {
	u := w.claims
	if u.base == nil {
		u.changed[id] = now
		return
	}
	u.base.read(u.at, func(x *ClaimIndex) {
		if _, changed := u.changed[id]; changed || x.tailDays != w.workspace.TailDays || !x.has(id, now) {
			u.changed[id] = now
			u.replace(x, id, now)
		}
	})
}

func (w *Work) setAllClaims(now map[CooperationID][]Claim) {
	for id, each := range now {
		w.setClaims(id, each)
	}
}
