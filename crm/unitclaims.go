package crm

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// unitClaims are the claims of a workspace as a unit of work sees them: those that were found, but
// for the cooperations that the unit has changed. What was found is shared with others and stays as
// it is until the unit has been written: writers of a workspace come one after the other, so nobody
// else moves it on meanwhile.
type unitClaims struct {
	changed map[CooperationID][]Claim // what they claim now
	found   *sharedClaims             // nil until the first claim is checked
	at      stateID                   // the state of found; zero if the unit had made it already when it was read
	gone    *ClaimIndex               // what the changed ones claim in found
	now     *ClaimIndex               // and what they claim now
}

// set notes what a cooperation claims now.
func (u *unitClaims) set(id CooperationID, claims []Claim) {
	slices.SortFunc(claims, compareWhat) // as they are found
	if u.found != nil && !u.differ(id, claims) {
		return
	}
	u.changed[id] = claims
	if u.found != nil {
		u.lay(id, claims)
	}
}

// setAll is set for many.
func (u *unitClaims) setAll(claims map[CooperationID][]Claim) {
	for id, each := range claims {
		u.set(id, each)
	}
}

// blocks reports whether a code that another cooperation has keeps one from being signed.
func (u *unitClaims) blocks(c Cooperation, o obstacle) bool {
	theirs, changed := u.changed[o.other]
	if !changed {
		u.found.read(u.at, func(x *ClaimIndex) { theirs = x.of[o.other] })
	}
	for _, mine := range ClaimsOf(c) {
		for _, other := range theirs {
			if mine.Kind == ClaimEquals && other.Kind == ClaimEquals && mine.Key == o.code && other.Key == o.code {
				if _, meet := u.now.meet(mine, other); meet {
					return true
				}
			}
		}
	}
	return false
}

// differ reports whether a cooperation's claims are, or have been, others than those that were found.
func (u *unitClaims) differ(id CooperationID, claims []Claim) bool {
	_, differ := u.changed[id]
	if !differ {
		u.found.read(u.at, func(x *ClaimIndex) { differ = !slices.Equal(x.of[id], claims) })
	}
	return differ
}

// use begins to look things up in what was found.
func (u *unitClaims) use(found *sharedClaims, at stateID) {
	u.found, u.at = found, at
	tailDays := found.index.tailDays
	u.gone, u.now = NewClaimIndex(nil, tailDays), NewClaimIndex(nil, tailDays)
	for id, claims := range u.changed {
		u.lay(id, claims)
	}
}

func (u *unitClaims) lay(id CooperationID, claims []Claim) {
	u.found.read(u.at, func(x *ClaimIndex) { u.gone.replace(id, x.of[id]) })
	u.now.replace(id, claims)
}

// clashes is that of ClaimIndex, on the claims as they are now: those that were found, without what
// has gone, with what has come.
func (u *unitClaims) clashes(c Cooperation) (worst clashes, possible int) {
	u.found.read(u.at, func(x *ClaimIndex) { worst, possible = x.clashes(c, 0, u.changed) })
	if len(u.changed) == 0 {
		return worst, possible
	}
	_, gone := u.gone.clashes(c, 0, u.changed)
	come, more := u.now.clashes(c, 0, nil)
	worst.worst = append(worst.worst, come.worst...)
	worst.total += come.total
	return worst, possible - gone + more
}

// claimIndex returns the claims of the workspace as this unit of work sees them: those that are kept
// of the state in which it began, or else those of now, read.
func (w *Work) claimIndex(ctx context.Context) (*unitClaims, error) {
	u, tailDays := w.claims, w.workspace.TailDays
	if u.found == nil {
		kept, err := w.keptClaims(ctx)
		if err != nil {
			return nil, err
		}
		if kept != nil {
			u.use(kept, w.head)
		}
	}
	if u.found != nil && u.now.tailDays == tailDays {
		return u, nil
	}
	all, err := w.Claims(ctx, ClaimFilter{})
	if err != nil {
		return nil, err
	}
	var at stateID
	if w.log.count == 0 {
		if err := w.nameHead(ctx); err != nil {
			return nil, err
		}
		at = w.head
	}
	u.use(&sharedClaims{at: at, index: NewClaimIndex(all, tailDays)}, at)
	return u, nil
}

// keptClaims returns the claims that are kept of the state in which the unit began, nil if there are none.
func (w *Work) keptClaims(ctx context.Context) (*sharedClaims, error) {
	kept := w.cache.get(w.workspace.ID)
	if kept == nil {
		return nil, nil
	}
	if err := w.nameHead(ctx); err != nil {
		return nil, err
	}
	if at, _ := kept.state(); at != w.head {
		return nil, nil
	}
	return kept, nil
}

// nameHead completes the name of the state in which the unit began.
func (w *Work) nameHead(ctx context.Context) error {
	if w.head.seq == 0 || w.head.unit != uuid.Nil {
		return nil
	}
	last, err := w.Changes(ctx, ChangeFilter{After: w.head.seq - 1}, 1)
	if err == nil && len(last) == 1 {
		w.head.unit = last[0].Unit
	}
	return err
}

// endClaims finds the claims that are kept although the unit of work had no need of them, so that
// they can follow what it wrote.
func (w *Work) endClaims(ctx context.Context) (err error) {
	if w.claims.found == nil && w.log.count > 0 {
		w.claims.found, err = w.keptClaims(ctx)
		w.claims.at = w.head
	}
	return err
}

// keepClaims keeps the claims for the next unit of work, in the state that this one has made. If it
// failed they are those that it found: a save that is refused again and again must not read all
// rules each time.
func (w *Work) keepClaims(failed bool) {
	u := w.claims
	switch {
	case u.found == nil:
		return
	case failed || w.log.count == 0:
		if u.at != w.head {
			return
		}
	default:
		if !u.found.move(u.at, stateID{w.head.seq + Seq(w.log.count), w.log.unit}, u.changed, w.workspace.TailDays) {
			return
		}
	}
	w.cache.put(w.workspace.ID, u.found)
}

// reclaim notes what a cooperation claims now.
func (w *Work) reclaim(c Cooperation) { w.claims.set(c.ID, ClaimsOf(c)) }
