package crm

import (
	"cmp"
	"context"
	"slices"
)

// codesAreFree refuses to restore a signed cooperation with a code that somebody else has taken since for the same time.
// Conflicts that existed before, which imports can bring, may come back.
func (u *undo) codesAreFree(ctx context.Context, before, then Cooperation) error {
	if then.Status != Signed {
		return nil
	}
	conflicts, _, err := u.conflictsOf(ctx, then)
	if err != nil {
		return err
	}
	broken, about := signable(then, conflicts)
	for n, problem := range broken.list {
		code, ok := about[n].(obstacle)
		if !ok || before.Status == Signed && u.claims.blocks(before, code) {
			continue
		}
		if taken, err := u.codeTakenSince(ctx, then.ID, code.other); err != nil || taken {
			return cmp.Or(err, problem) // one is enough: there may be thousands
		}
	}
	return nil
}

// codeTakenSince reports whether a conflict of two cooperations is a new one: whether the codes or days of either have
// changed since. For the other cooperation that is since before the unit that is undone; if the undo restores the other
// one as well, the unit itself does not count.
func (u *undo) codeTakenSince(ctx context.Context, mine, other CooperationID) (bool, error) {
	since := u.before
	if u.settled[other] {
		since = u.end
	}
	taken, err := u.claimedSince(ctx, other, since)
	if err != nil || taken {
		return taken, err
	}
	return u.claimedSince(ctx, mine, u.end)
}

// claiming are the fields of a cooperation that say which codes it has, for whom and when.
var claiming = []string{"rules", "period", "influencer", "cancellation", "archived_on"}

// claimedSince reports whether a cooperation was created after a seq, or its codes or their days changed.
func (u *undo) claimedSince(ctx context.Context, id CooperationID, then Seq) (claimed bool, err error) {
	err = eachChange(ctx, u, ChangeFilter{Record: RefTo(id), After: then}, func(c Change) error {
		claims := func(f FieldChange) bool { return slices.Contains(claiming, f.Field) }
		if c.Seq <= u.head && (c.Kind == Created || slices.ContainsFunc(c.Fields, claims)) {
			claimed = true
		}
		return nil
	})
	return claimed, err
}
