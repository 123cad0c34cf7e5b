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

// takenBack are the imports that were undone: their units, and the times at which they were.
type takenBack struct {
	units map[uuid.UUID]bool
	at    map[int64]bool
}

func (u *undo) readTakenBack(ctx context.Context) error {
	u.takenBack = &takenBack{units: map[uuid.UUID]bool{}, at: map[int64]bool{}}
	o := ListOptions{Size: MaxPageSize, Brief: true}
	for {
		page, err := u.ImportRuns().List(ctx, ImportRunFilter{}, o)
		if err != nil {
			return err
		}
		for _, run := range page.Items {
			if run.UndoneAt.IsZero() {
				continue
			}
			u.takenBack.at[run.UndoneAt.UnixMicro()] = true
			for _, unit := range run.Units {
				u.takenBack.units[unit] = true
			}
		}
		if o.Token = page.Next; o.Token == "" {
			return nil
		}
	}
}

// cameBack reports whether all changes of a record since the units are those of later imports and of their undos, and
// leave it as the units did. What a person has changed, and changed back, stays touched.
func (u *undo) cameBack(ctx context.Context, net *netChange, now Record) (bool, error) {
	if u.takenBack == nil {
		if err := u.readTakenBack(ctx); err != nil {
			return false, err
		}
	}
	if len(u.takenBack.units) == 0 {
		return false, nil
	}
	since := netChange{existed: true, exists: true, before: map[string]json.RawMessage{}, after: map[string]json.RawMessage{}}
	changes, others := int64(0), false
	err := eachChange(ctx, u, ChangeFilter{Record: net.record, After: net.last}, func(c Change) error {
		if c.Seq <= u.head {
			since.unit = c.Unit // what differs in between does not matter
			since.add(c)
			others = others || !u.takenBack.units[c.Unit] && !u.takenBack.at[c.At.UnixMicro()]
			changes++
		}
		return nil
	})
	return err == nil && !others && now.Revision() == net.version+changes && since.isNothing(), err
}
