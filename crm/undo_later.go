package crm

import (
	"context"
	"slices"
)

// laterEvents are what happened to records from the start of the unit that is undone until the undo. They are read from
// the log when somebody asks: of one record at a time or, when that has taken as many reads as the log has pages, of all.
type laterEvents struct {
	of    map[Ref]*recordEvents
	reads int
	all   bool
}

// recordEvents are those of one record.
type recordEvents struct {
	archivings []archiving
	claimed    Seq // the last change of the cooperation's codes or of their days, its creation included
}

// archiving is a change of the day on which a record was archived.
type archiving struct {
	seq   Seq
	first bool // the record was not archived before
}

// eventsOf returns what happened to a record.
func (u *undo) eventsOf(ctx context.Context, ref Ref) (*recordEvents, error) {
	l := u.later
	if known := l.of[ref]; known != nil || l.all {
		if known == nil {
			known = &recordEvents{}
		}
		return known, nil
	}
	f := ChangeFilter{Record: ref, After: u.before}
	if l.reads++; l.reads*MaxPageSize > int(u.head-u.before) {
		f.Record, l.all = Ref{}, true
		clear(l.of)
	}
	l.of[ref] = &recordEvents{}
	err := eachChange(ctx, u, f, func(c Change) error {
		if c.Seq <= u.head {
			l.observe(c, u.end)
		}
		return nil
	})
	return l.of[ref], err
}

// claiming are the fields of a cooperation on which its claims depend.
var claiming = []string{"rules", "period", "influencer", "cancellation", "archived_on"}

// observe notes a change. That claims ended or went on with a campaign or influencer counts after the units that are
// undone only: what they did of it goes back with them.
func (l *laterEvents) observe(c Change, end Seq) {
	claimed := c.Record.Kind == KindCooperation && c.Kind == Created
	var archived []archiving
	for _, f := range c.Fields {
		claimed = claimed || c.Record.Kind == KindCooperation && slices.Contains(claiming, f.Field)
		claimed = claimed || c.Record.Kind == KindCooperation && f.Field == "claims_until" && c.Seq > end
		if f.Field == "archived_on" && (c.Kind == Updated || c.Kind == Erased) {
			archived = append(archived, archiving{c.Seq, f.Before == nil})
		}
	}
	if !claimed && len(archived) == 0 {
		return
	}
	events := l.of[c.Record]
	if events == nil {
		events = &recordEvents{}
		l.of[c.Record] = events
	}
	events.archivings = append(events.archivings, archived...)
	if claimed {
		events.claimed = c.Seq
	}
}

// archivedSince reports whether a record that is archived now was not archived at a seq.
func (u *undo) archivedSince(ctx context.Context, record Ref, then Seq) (archived bool, err error) {
	events, err := u.eventsOf(ctx, record)
	if err != nil {
		return false, err
	}
	for _, a := range events.archivings {
		if a.seq > then {
			return a.first, nil
		}
	}
	return false, nil
}

// claimedSince reports whether a cooperation was created after a seq, or its codes or their days changed.
func (u *undo) claimedSince(ctx context.Context, id CooperationID, then Seq) (claimed bool, err error) {
	events, err := u.eventsOf(ctx, RefTo(id))
	return err == nil && events.claimed > then, err
}
