package crm

import "context"

// laterDeletions are the last deletions, between the units that are undone and the undo, of records that are not there.
// They are read as laterEvents are: of one record at a time or, when that would take more reads than the log has pages, of
// all. Several units that are undone together are of an import, which deletes nothing.
type laterDeletions struct {
	of    map[Ref]deletion
	reads int
	all   bool
}

// deletion is a Deleted change.
type deletion struct {
	seq     Seq
	version int64 // see Change.Version
}

// lastVersion is the highest version of a record that the units deleted and that is not there.
func (u *undo) lastVersion(ctx context.Context, net *netChange) (int64, error) {
	last, err := u.lastDeletion(ctx, net.record)
	if err != nil {
		return 0, err
	}
	if last.seq == 0 {
		last.version = net.version
	}
	if last.version > 0 {
		return last.version, nil
	}
	// An earlier version of this library logged the deletion without the version, and made records again at version 1. They
	// have had at most as many versions as changes.
	err = eachChange(ctx, u, ChangeFilter{Record: net.record, Before: u.head + 1}, func(c Change) error {
		if c.Kind != Deleted {
			last.version++
		}
		return nil
	})
	return last.version, err
}

// lastDeletion is the last deletion of a record after the units; zero if there is none.
func (u *undo) lastDeletion(ctx context.Context, ref Ref) (deletion, error) {
	l := u.deletions
	if last, known := l.of[ref]; known || l.all || u.end == u.head {
		return last, nil
	}
	f := ChangeFilter{Record: ref, After: u.end, Before: u.head + 1}
	if l.reads++; l.reads*MaxPageSize > int(u.head-u.end) {
		f.Record, l.all = Ref{}, true
		err := eachChange(ctx, u, f, func(c Change) error {
			if c.Kind == Deleted {
				l.of[c.Record] = deletion{c.Seq, c.Version()}
			}
			return nil
		})
		return l.of[ref], err
	}
	f.Newest = true
	newest, err := u.Changes(ctx, f, 1)
	l.of[ref] = deletion{}
	for _, c := range newest {
		l.of[ref] = deletion{c.Seq, c.Version()}
	}
	return l.of[ref], err
}
