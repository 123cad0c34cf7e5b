package crm

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm/sentence"
)

// Kept is a record that an undo did not change, or not all that it was to change.
type Kept struct {
	Record Ref               `json:"record"`
	Name   string            `json:"name,omitzero"` // as the record is called now
	Code   string            `json:"code"`          // of Why
	Why    sentence.Sentence `json:"why"`
	// By and At are the actor and the time of its last change since. They are zero if nobody has changed it since, because
	// something else keeps it, and for all but the first MaxPageSize records.
	By string    `json:"by,omitzero"`
	At time.Time `json:"at,omitzero"`
}

// tellKept lists the records that stay, with their names and who changed them last.
func (u *undo) tellKept(ctx context.Context, changes []*netChange) error {
	for _, net := range changes {
		why, stays := u.why[net.record]
		if part, ok := u.partly[net.record]; ok && !stays {
			why, stays = part, true
		}
		if !stays {
			continue
		}
		if !u.stands {
			var err error
			if u.stands, err = u.isLeft(ctx, net); err != nil {
				return err
			}
		}
		kept := Kept{Record: net.record, Code: why.Code(), Why: why}
		if len(u.done.Kept) < MaxPageSize {
			if err := u.tellWho(ctx, net, &kept); err != nil {
				return err
			}
		}
		u.done.Kept = append(u.done.Kept, kept)
	}
	return nil
}

// isLeft reports whether a record that stays still shows what the units did: it is not deleted, and not as it was before them.
func (u *undo) isLeft(ctx context.Context, net *netChange) (bool, error) {
	now, err := find(ctx, u, net.record)
	switch {
	case err != nil || now == nil:
		return false, err
	case !net.existed || len(net.before) == 0:
		return true, nil
	}
	then, err := patchByMonth(now, net.before)
	if isRefusal(err) {
		return true, nil
	} else if err != nil {
		return false, err
	}
	since, err := diff(then, now)
	return len(since) > 0, err
}

func (u *undo) tellWho(ctx context.Context, net *netChange, kept *Kept) error {
	now, err := find(ctx, u, net.record)
	if err != nil {
		return err
	}
	kept.Name = nameOf(now)
	last, err := u.Changes(ctx, ChangeFilter{Record: net.record, After: u.end, Before: u.head + 1, Newest: true}, 1)
	for _, c := range last {
		kept.By, kept.At = c.Actor, c.At
	}
	return err
}

// nameOf is what people call a record; "" for one that is not there.
func nameOf(r Record) string {
	switch r := r.(type) {
	case Workspace:
		return r.Name
	case Member:
		return r.Name
	case Campaign:
		return r.Name
	case Influencer:
		return r.Name
	case Cooperation:
		return r.Name
	}
	return ""
}

// takenBack are the units of work whose changes are taken back in the log: those of imports that were undone, and those of
// the undos of imports.
type takenBack struct {
	units map[uuid.UUID]bool
	at    map[int64]bool // of undos of which the run does not have the unit, as an earlier version of this library left them
}

func (u *undo) readTakenBack(ctx context.Context) error {
	u.takenBack = &takenBack{units: map[uuid.UUID]bool{}, at: map[int64]bool{}}
	return eachBriefRun(ctx, u, func(run ImportRun) {
		for _, unit := range run.Undos { // of an import that stands again, they have taken each other back
			u.takenBack.units[unit] = true
		}
		if run.UndoneAt.IsZero() {
			return
		}
		for _, unit := range run.Units {
			u.takenBack.units[unit] = true
		}
		if len(run.Undos) == 0 {
			u.takenBack.at[run.UndoneAt.UnixMicro()] = true
		}
	})
}

func (t *takenBack) has(c Change) bool { return t.units[c.Unit] || t.at[c.At.UnixMicro()] }

// cameBack reports whether a created record stands as the units left it, and all its changes since are those of later
// imports and of their undos, or are deletions that were undone. What a person has changed, and changed back, stays
// touched.
func (u *undo) cameBack(ctx context.Context, net *netChange, now Record) (bool, error) {
	if u.takenBack == nil {
		if err := u.readTakenBack(ctx); err != nil {
			return false, err
		}
	}
	since := netChange{existed: true, exists: true, version: net.version,
		before: map[string]json.RawMessage{}, after: map[string]json.RawMessage{}}
	changedBy := map[uuid.UUID]bool{}
	err := eachChange(ctx, u, ChangeFilter{Record: net.record, After: net.last}, func(c Change) error {
		switch {
		case c.Seq > u.head:
			return nil
		case c.Kind == Deleted: // what the unit changed before is gone with the record
			delete(changedBy, c.Unit)
		case c.Kind != Created && !u.takenBack.has(c):
			changedBy[c.Unit] = true
		}
		since.unit = c.Unit // what differs in between does not matter
		since.add(c)
		return nil
	})
	return err == nil && len(changedBy) == 0 && now.Revision() == since.version && since.isNothing(), err
}
