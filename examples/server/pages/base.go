package pages

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// How far a page goes back in the log for the record that a form was made of.
const (
	maxVersionsBack = 100
	maxChangesBack  = 5_000
)

// base reads a record as it was at the version that the form has, from the log. Known is false if the log would have to be read
// too far, or the record had no such version; the form then stands for itself.
func base[R crm.Record](v *visit, stored R, read func(context.Context, crm.Reader) (R, error)) (was R, known bool) {
	version := v.version()
	back := stored.Revision() - version
	if version < 1 || back < 1 || back > maxVersionsBack {
		return was, false
	}
	changes, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Record: stored.Ref(), Newest: true}, int(back))
	if err != nil || len(changes) < int(back) {
		return was, false
	}
	last, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Newest: true}, 1)
	at := changes[back-1].Seq - 1 // right before the first change that the form does not know
	if err != nil || len(last) == 0 || last[0].Seq-at > maxChangesBack {
		return was, false
	}
	err = v.crm.AsOf(v.Context(), v.ws.ID, at, func(ctx context.Context, r crm.Reader) (err error) {
		was, err = read(ctx, r)
		return err
	})
	return was, err == nil && was.Revision() == version
}

// erasedSince reports whether a person's data were taken out of a record since the form was made of it. Such a form is
// not merged: the log says by now that what was erased never stood in the record, so that all of it would pass for what
// the visitor has typed, and saving would bring it back.
func erasedSince[R crm.Record](v *visit, stored R) (bool, error) {
	filter := crm.ChangeFilter{Record: stored.Ref(), Newest: true}
	for back := stored.Revision() - v.version(); back > 0; {
		changes, err := v.crm.Log(v.Context(), v.ws.ID, filter, int(min(back, maxVersionsBack)))
		if err != nil || len(changes) == 0 {
			return false, err
		}
		if slices.ContainsFunc(changes, func(c crm.Change) bool { return c.Kind == crm.Erased }) {
			return true, nil
		}
		back -= int64(len(changes))
		filter.Before = changes[len(changes)-1].Seq
	}
	return false, nil
}
