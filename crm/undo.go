package crm

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Undone is what became of the records of a unit of work that was undone, the last change first.
type Undone struct {
	// Unit is the unit of work that did the undoing. To undo the undo, undo it.
	Unit      uuid.UUID `json:"unit"`
	Restored  []Ref     `json:"restored"`  // what the unit changed has its former values again
	Deleted   []Ref     `json:"deleted"`   // what the unit created is gone
	Recreated []Ref     `json:"recreated"` // what the unit deleted is there again, at version 1
	Kept      []Kept    `json:"kept"`      // what stays as it is
}

func newUndone(by uuid.UUID) Undone {
	return Undone{Unit: by, Restored: []Ref{}, Deleted: []Ref{}, Recreated: []Ref{}, Kept: []Kept{}}
}

// Kept is a record that an undo left alone.
type Kept struct {
	Record Ref    `json:"record"`
	Why    string `json:"why"`
}

// UndoUnit takes back what a unit of work did: it deletes what the unit created, whatever its
// status, gives the fields that the unit changed their former values, and creates again what it
// deleted. Each record goes back whole or not at all. One that somebody touched or referenced since
// stays, and so does one whose name, handle or code was taken by somebody else, or whose campaign,
// influencer or responsible member was archived; Kept says why. Touched is a created record with any
// later change, and a changed one whose fields no longer stand as the unit left them; a later change
// of other fields does not matter, and the name of an auto-named cooperation follows from the rest.
//
// What waits for each other goes back at once, as an influencer that was merged into another, with
// profiles and cooperations: it comes back unless somebody who stays has one of its profiles.
//
// A state that stood before may stand again, whatever an import had let through: only what happened
// since keeps it from coming back, and two that swapped names or handles, neither of which can be
// first. A blank reason is replaced by one that names the unit. Imports'
// own accounts are outside of the log and stay; see UndoImport. An unknown unit is an ErrNotFound.
//
// The undo is a part of the unit of work that calls it, stands in the log like every other, and can
// be undone in turn.
func (w *Work) UndoUnit(ctx context.Context, unit uuid.UUID, reason string) (Undone, error) {
	if unit == uuid.Nil || unit == w.log.unit {
		return Undone{}, &Error{Family: ErrInvalid, Field: "unit", Value: ID[Change](unit).String(),
			Problem: "is no unit of work that can be undone; take the unit of a change in the history"}
	}
	if err := checkReason(Ref{}, &reason); err != nil {
		return Undone{}, err
	}
	if err := w.log.flush(ctx, w.tx); err != nil { // so that what this unit did so far is seen as done since
		return Undone{}, err
	}
	head, err := w.Head(ctx)
	if err != nil {
		return Undone{}, err
	}
	changes, first, err := netChangesOf(ctx, w, unit)
	if err != nil {
		return Undone{}, err
	}
	if first.Seq == 0 {
		return Undone{}, &Error{Family: ErrNotFound, Field: "unit", Value: unit.String(), Problem: "there is no such unit of work in the log"}
	}
	if Fold(reason) == "" {
		reason = undoReason(first)
	}
	u := &undo{
		Work: w, before: first.Seq - 1, head: head.Seq, reason: reason, holders: &profileHolders{},
		why: map[Ref]string{}, refusals: map[*netChange]string{}, restored: map[CooperationID]bool{},
		done: newUndone(w.log.unit),
	}
	if err := u.run(ctx, changes); err != nil {
		return Undone{}, err
	}
	return u.done, nil
}

func undoReason(first Change) string {
	reason := "undo of a change on " + first.At.Format(time.DateOnly+" 15:04 MST")
	if first.Actor != "" {
		reason += " by " + Shorten(Clean(strings.ToValidUTF8(first.Actor, "\uFFFD")))
	}
	return reason
}

// undo is one run of UndoUnit.
type undo struct {
	*Work
	before Seq // of the log before the unit that is undone
	end    Seq // of the unit's last change
	head   Seq // of the log when the undo began
	reason string
	done   Undone

	why      map[Ref]string         // what stays, and the reason
	refusals map[*netChange]string  // what a rule has against an effect as things stand
	holders  *profileHolders        // who got which profile
	restored map[CooperationID]bool // the cooperations that it restored or created again
	renamed  []CooperationFilter    // selects those whose auto names are made of names that changed
}

// run takes the changes back, newest first. What a rule refuses is tried again after the others:
// the record that holds its name, or refers to it, may go back too.
func (u *undo) run(ctx context.Context, changes []*netChange) error {
	pending := []*netChange{}
	for _, net := range changes {
		u.end = max(u.end, net.last)
	}
	for _, net := range changes {
		why, err := u.touched(ctx, net)
		switch {
		case err != nil:
			return err
		case why != "":
			u.why[net.record] = why
		case net.existed && net.exists && len(net.before) == 0: // only an auto name, which follows from the rest
		default:
			pending = append(pending, net)
		}
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
	for _, net := range changes {
		if why, kept := u.why[net.record]; kept {
			u.done.Kept = append(u.done.Kept, Kept{Record: net.record, Why: why})
		}
	}
	return u.renameAll(ctx)
}

// undoEach takes back what the rules allow as things stand, and returns the rest. Cooperations that
// go to another influencer are left to undoGroup: by the rules on codes each is in the way of the
// others until all have gone.
func (u *undo) undoEach(ctx context.Context, pending []*netChange) (refused []*netChange, err error) {
	for _, net := range pending {
		if net.changesInfluencer() {
			refused = append(refused, net)
			continue
		}
		write, err := u.prepare(ctx, net)
		switch {
		case isRefusal(err):
			refused, u.refusals[net] = append(refused, net), problemsIn(err)
			continue
		case err == nil:
			err = write(ctx)
		}
		if err != nil {
			return nil, err
		}
	}
	return refused, nil
}

// isRefusal tells a rule's no from a failure.
func isRefusal(err error) bool {
	return errors.Is(err, ErrInvalid) || errors.Is(err, ErrAlreadyExists) || errors.Is(err, ErrReferenced)
}

// problemsIn is what the errors of a record say, without the record.
func problemsIn(err error) string {
	var said []string
	for _, e := range FieldErrors(err) {
		text := e.Problem
		if e.Field != "" {
			text = (&Error{Field: e.Field, Value: e.Value, Problem: e.Problem}).Error()
		}
		said = append(said, text)
	}
	if len(said) == 0 {
		return err.Error()
	}
	return strings.Join(said, "; ")
}

// UndoUnit is Work.UndoUnit.
func (s *Service) UndoUnit(ctx context.Context, ws WorkspaceID, unit uuid.UUID, reason string) (Undone, error) {
	return update(ctx, s, ws, func(ctx context.Context, w *Work) (Undone, error) { return w.UndoUnit(ctx, unit, reason) })
}

// PreviewUndo tells what UndoUnit would do, and does nothing: it runs UndoUnit in a unit of work
// that it then drops. Undone.Unit is the zero id.
func (s *Service) PreviewUndo(ctx context.Context, ws WorkspaceID, unit uuid.UUID) (Undone, error) {
	done, err := preview(ctx, s, ws, func(ctx context.Context, w *Work) (Undone, error) { return w.UndoUnit(ctx, unit, "") })
	done.Unit = uuid.Nil
	return done, err
}
