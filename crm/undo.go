package crm

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/google/uuid"
)

// Undone is the outcome of an undo for each record of the unit, the last change first.
type Undone struct {
	Done
	Restored  []Ref  `json:"restored"`  // what the unit changed has its former values again
	Deleted   []Ref  `json:"deleted"`   // what the unit created is gone
	Recreated []Ref  `json:"recreated"` // what the unit deleted is there again, at the version after its last
	Kept      []Kept `json:"kept"`      // what stays as it is; a workspace also for the budgets of some months
}

func newUndone() Undone {
	return Undone{Restored: []Ref{}, Deleted: []Ref{}, Recreated: []Ref{}, Kept: []Kept{}}
}

// isNothing reports whether all records stay as they are.
func (u Undone) isNothing() bool { return len(u.Restored)+len(u.Deleted)+len(u.Recreated) == 0 }

// UndoUnit takes back what a unit of work did: it deletes what the unit created, whatever its status, gives the fields
// that the unit changed their former values, and creates again what it deleted. Each record goes back whole or not at
// all, but for the budgets of months, of which each goes back by itself. One that somebody touched or referenced since
// stays, and so does one whose name, handle or code was taken by somebody else, or whose campaign, influencer or
// responsible member was archived; Kept says why. Touched is a created record with any later change, but for those of an
// import that was undone with it, and a changed one whose fields no longer stand as the unit left them; a later change of
// other fields does not matter, and the name of an auto-named cooperation follows from the rest.
//
// A record that comes back goes on after the highest version that it has had, so that a change of what somebody read
// before it was deleted is an ErrConflict.
//
// Records that depend on each other go back together. An influencer that was merged into another comes back with its
// profiles and cooperations, unless an influencer who stays has one of the profiles.
//
// A former state may come back even if it breaks a rule, as imports may: only what happened since prevents it. Two
// records that swapped names or handles stay, because neither can be first. A blank reason is replaced by one that
// names the unit. The accounts of imports are outside of the log and stay as they are, but that of an import which the
// unit took back says again that it stands; see UndoImport. An unknown unit is an ErrNotFound.
//
// The undo is a part of the unit of work that calls it, stands in the log like every other, and can be undone in turn.
func (w *Work) UndoUnit(ctx context.Context, unit uuid.UUID, reason string) (Undone, error) {
	units := []uuid.UUID{unit}
	done, _, err := w.undoUnits(ctx, units, reason)
	if err == nil {
		err = w.turnImports(ctx, units, done, ImportRunID{})
	}
	if err != nil {
		return Undone{}, err
	}
	return done, nil
}

// undoUnits is UndoUnit for several units, in the order of the log, as if they had been one. A field that somebody else
// changed between two of them counts as touched. It reports whether something is left of what they did.
func (w *Work) undoUnits(ctx context.Context, units []uuid.UUID, reason string) (done Undone, stands bool, err error) {
	for _, unit := range units {
		if unit == uuid.Nil || unit == w.log.unit {
			return Undone{}, false, &Error{Family: ErrInvalid, Field: "unit", Value: ID[Change](unit).String(),
				Problem: sentence.Of("is no unit of work that can be undone; take the unit of a change in the history")}
		}
	}
	if err := checkReason(Ref{}, &reason); err != nil {
		return Undone{}, false, err
	}
	if err := w.log.flush(ctx, w.tx); err != nil { // so that the undo sees what this unit has done so far
		return Undone{}, false, err
	}
	head, err := w.Head(ctx)
	if err != nil {
		return Undone{}, false, err
	}
	changes, first, err := netChangesOf(ctx, w, units)
	if err != nil {
		return Undone{}, false, err
	}
	if first.Seq == 0 {
		return Undone{}, false, &Error{Family: ErrNotFound, Field: "unit", Value: unitsText(units),
			Problem: sentence.Of("there is no such unit of work in the log")}
	}
	if Fold(reason) == "" {
		reason = undoReason(first)
	}
	u := &undo{
		Work: w, before: first.Seq - 1, head: head.Seq, reason: reason, holders: &profileHolders{},
		why: map[Ref]sentence.Sentence{}, partly: map[Ref]sentence.Sentence{},
		refusals: map[*netChange]sentence.Sentence{}, restored: map[CooperationID]bool{},
		later: &laterEvents{of: map[Ref]*recordEvents{}}, deletions: &laterDeletions{of: map[Ref]deletion{}},
		done: newUndone(),
	}
	if err := u.run(ctx, changes); err != nil {
		return Undone{}, false, err
	}
	u.done.Done = w.done()
	return u.done, u.stands, nil
}

func unitsText(units []uuid.UUID) string {
	texts := make([]string, len(units))
	for n, unit := range units {
		texts[n] = unit.String()
	}
	return Shorten(strings.Join(texts, ", "))
}

// undo is one run of undoUnits.
type undo struct {
	*Work
	before Seq // of the log before the units that are undone
	end    Seq // of their last change
	head   Seq // of the log when the undo began
	reason string
	done   Undone
	stands bool // something is left of what the units did

	why       map[Ref]sentence.Sentence        // why records stay
	partly    map[Ref]sentence.Sentence        // why a part of a record stays
	refusals  map[*netChange]sentence.Sentence // why a rule refuses a change at present
	holders   *profileHolders                  // who got which profile
	restored  map[CooperationID]bool           // the cooperations that it restored or created again
	later     *laterEvents
	deletions *laterDeletions
	takenBack *takenBack          // nil until somebody asks
	changed   []CooperationFilter // selects those of which the campaign or influencer changed
}

// run undoes the changes, newest first. A change that a rule refuses is tried again after the others, because the
// record that has its name or refers to it may go back too.
func (u *undo) run(ctx context.Context, changes []*netChange) error {
	pending := []*netChange{}
	for _, net := range changes {
		u.end = max(u.end, net.last)
	}
	err := u.eachPrepared(ctx, changes, func(net *netChange) error {
		why, err := u.touched(ctx, net)
		switch {
		case err != nil:
			return err
		case !why.IsZero():
			u.why[net.record] = why
		case net.existed && net.exists && len(net.before) == 0: // only an auto name, which follows from the rest
		default:
			pending = append(pending, net)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for len(pending) > 0 {
		refused, err := u.undoEach(ctx, pending)
		if err == nil && len(refused) == len(pending) {
			refused, err = u.undoGroup(ctx, pending)
		}
		if err != nil {
			return err
		}
		if len(refused) == len(pending) {
			for _, net := range refused {
				if !net.follows {
					u.why[net.record] = u.refusals[net]
				}
			}
			break
		}
		pending = refused
	}
	if err := u.tellKept(ctx, changes); err != nil {
		return err
	}
	return u.followAll(ctx)
}

// undoEach undoes the changes that the rules allow at present, and returns the rest. Cooperations that go to another
// influencer are left to undoGroup, because the rules on codes refuse each of them until all have moved.
func (u *undo) undoEach(ctx context.Context, pending []*netChange) (refused []*netChange, err error) {
	err = u.eachPrepared(ctx, pending, func(net *netChange) error {
		if net.changesInfluencer() {
			refused = append(refused, net)
			return nil
		}
		write, err := u.prepare(ctx, net)
		switch {
		case isRefusal(err):
			refused, u.refusals[net] = append(refused, net), problemsIn(err)
			return nil
		case err == nil:
			err = write(ctx)
		}
		return err
	})
	return refused, err
}

// eachPrepared calls fn for each change. What it takes to undo them is read in batches, just before they are looked at:
// a unit of work does not remember all records that another one may have changed.
func (u *undo) eachPrepared(ctx context.Context, changes []*netChange, fn func(*netChange) error) error {
	for batch := range slices.Chunk(changes, bulkBatch) {
		need := Need{Parents: true}
		for _, net := range batch {
			need.Refs = append(append(need.Refs, net.record), net.references()...)
		}
		if err := u.cache.prepare(ctx, need); err != nil {
			return err
		}
		for _, net := range batch {
			if err := fn(net); err != nil {
				return err
			}
		}
	}
	return nil
}

// isRefusal reports whether an error comes from a rule and not from the store.
func isRefusal(err error) bool {
	return errors.Is(err, ErrInvalid) || errors.Is(err, ErrAlreadyExists) || errors.Is(err, ErrReferenced)
}

// problemsIn returns what is said in the errors of a record, without the record.
func problemsIn(err error) sentence.Sentence {
	var said sentence.List
	for _, e := range FieldErrors(err) {
		text := e.problem()
		if e.Field != "" {
			text = sentence.Of("%s %q: %s", e.Field, e.Value, text)
		}
		said = append(said, text)
	}
	switch len(said) {
	case 0:
		return familyOf(err)
	case 1:
		return said[0]
	}
	return sentence.Of("%s", said)
}

// UndoUnit is Work.UndoUnit. What cannot be taken back is no error: Undone.Kept lists it with the reason.
func (s *Service) UndoUnit(ctx context.Context, ws WorkspaceID, unit uuid.UUID, reason string) (Undone, error) {
	return update(ctx, s, ws, "undo", func(ctx context.Context, w *Work) (Undone, error) { return w.UndoUnit(ctx, unit, reason) })
}
