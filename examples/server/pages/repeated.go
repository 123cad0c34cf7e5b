package pages

import (
	"errors"
	"maps"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// A form without fields of its own may be sent twice, as by a double click where no script runs. The second time, what
// it asks for is done already, and the visitor comes to where the first one leads. Forms for new records have an id
// instead; see onceOf.

// lastChange is the newest change of a record; false if the log has none, or cannot be read.
func (v *visit) lastChange(record crm.Ref) (c crm.Change, ok bool) {
	if record.ID == uuid.Nil {
		return c, false
	}
	last, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Record: record, Newest: true}, 1)
	if err != nil || len(last) == 0 {
		return c, false
	}
	return last[0], true
}

// deletedAlready leads to a page if the record that a form deletes is not there because it was deleted before.
func (v *visit) deletedAlready(a answer, err error, record crm.Ref, to string) (answer, error) {
	if !errors.Is(err, crm.ErrNotFound) {
		return a, err
	}
	if last, ok := v.lastChange(record); ok && last.Kind == crm.Deleted && last.MergedInto().IsZero() {
		return done(to, crm.Done{Unit: last.Unit}), nil
	}
	return a, err
}

// doneAlready takes a change as done that is refused because the record has another version than the form, if the change which
// made it so has set the field that this one sets, or emptied that which this one empties.
func (v *visit) doneAlready(at crm.At, did crm.Done, err error, field string, set bool) (crm.Done, error) {
	if !stale(err) {
		return did, err
	}
	last, ok := v.lastChange(at.Ref)
	if !ok || last.Kind != crm.Updated {
		return did, err
	}
	for _, f := range last.Fields {
		if f.Field == field && (f.After != nil) == set {
			return crm.Done{Unit: last.Unit}, nil
		}
	}
	return did, err
}

// mergedAlready leads to the influencer of whom another one was to become a part, if that one is not there because it did.
func (v *visit) mergedAlready(target crm.InfluencerID, gone string, err error) (answer, error) {
	id, parseErr := crm.ParseID[crm.Influencer](gone)
	if !errors.Is(err, crm.ErrNotFound) || parseErr != nil {
		return nil, err
	}
	last, ok := v.lastChange(crm.RefTo(id))
	if into := last.MergedInto(); ok && !into.IsZero() && into == target {
		return done(v.linkTo(crm.RefTo(into)), crm.Done{Unit: last.Unit}), nil
	}
	return nil, err
}

// undoneAlready leads back from an undo that has found nothing, if that is because the unit of work was taken back
// before. The log tells the unit of an undo by minute and actor only, so that must be certain: the undo has changed all
// records of the unit and no others, and no other unit of work on the first of them is one that it may have taken back.
func (v *visit) undoneAlready(unit uuid.UUID, u crm.Undone, back string) answer {
	if len(u.Restored)+len(u.Deleted)+len(u.Recreated) > 0 || len(u.Kept) == 0 {
		return nil
	}
	history, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Record: u.Kept[0].Record, Newest: true}, changesRead)
	if err != nil || len(history) == 0 {
		return nil
	}
	last, mayBe := history[0], map[uuid.UUID]bool{}
	for _, c := range history[1:] {
		if last.MayUndo(c) {
			mayBe[c.Unit] = true
		}
	}
	if len(mayBe) != 1 || !mayBe[unit] || !v.haveSameRecords(unit, last.Unit) {
		return nil
	}
	if last.Kind == crm.Deleted {
		back = v.still(back, []crm.Ref{last.Record})
	}
	return done(back, crm.Done{Unit: last.Unit})
}

// haveSameRecords reports whether two units of work have changed the same records; false if they are too large to tell.
func (v *visit) haveSameRecords(a, b uuid.UUID) bool {
	var of [2]map[crm.Ref]bool
	for n, unit := range []uuid.UUID{a, b} {
		changes, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Unit: unit}, changesRead)
		if err != nil || len(changes) == changesRead {
			return false
		}
		of[n] = map[crm.Ref]bool{}
		for _, c := range changes {
			of[n][c.Record] = true
		}
	}
	return maps.Equal(of[0], of[1])
}
