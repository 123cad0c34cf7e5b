package sqlstore

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/tables"
	"github.com/getklar/influencercrm/storage/internal/unit"
)

// writer is a reader that also writes. It implements crm.Tx. On a database behind a network it queues what it can, on a local
// one it writes behind.
type writer struct {
	*reader
	queues bool
	queue  queue
	behind behind
	saved  bool           // there is a savepoint before the last queue
	entry  *unit.LogEntry // the last one that this unit of work has made in the log

	plan    crm.PlanTally // what it has changed of the sums of the plan and not written yet
	planned bool          // it has written cooperations since

	identifies bool // it has written influencers
}

var _ crm.Tx = (*writer)(nil)

func (s *Store) writer(u *unit.Session, ws crm.WorkspaceID) *writer {
	w := &writer{reader: s.reader(u, ws), queues: s.dialect.Remote, behind: behind{first: s.AtOnce}}
	w.settled, w.summed = w.settle, w.writePlan
	return w
}

// Update implements crm.Tx.
func (w *writer) Update(ctx context.Context, before, r crm.Record) error {
	return w.unit.Write(ctx, func() error {
		kind := w.schema.KindOf(r)
		if kind == nil {
			return unknown(r)
		}
		if err := w.planUpdated(ctx, before, r); err != nil {
			return err
		}
		w.identifies = w.identifies || r.Ref().Kind == crm.KindInfluencer
		args, derived, err := kind.Changed(w.wsText, r)
		if err != nil {
			return err
		}
		u := update{kind, kept(r), args, w.changed(kind, before, derived)}
		if w.queues {
			err = w.queueUpdate(ctx, u)
		} else {
			err = w.later(ctx, func(ctx context.Context) error { return w.updateNow(ctx, u) })
		}
		if ws, ok := r.(crm.Workspace); ok && err == nil {
			w.workspace = crm.Clone(backend.AtRevision(ws, ws.Version+1))
		}
		return err
	})
}

func (w *writer) updateNow(ctx context.Context, u update) error {
	count, err := w.unit.Exec(ctx, u.kind.Update, u.args...)
	if err := w.updated(ctx, u.kind, u.record, count, err); err != nil {
		return err
	}
	for _, set := range u.sets {
		if err := w.removeDerived(ctx, set.Derived, u.record); err != nil {
			return err
		}
		if err := w.insertDerived(ctx, u.kind, u.record, set.rows); err != nil {
			return err
		}
	}
	return nil
}

// updated is the error of an update that changed so many rows, or failed.
func (w *writer) updated(ctx context.Context, kind *tables.Kind, r crm.Record, changed int64, err error) error {
	switch {
	case w.unit.Is(dialect.Unique, err):
		return nameTaken(r)
	case w.unit.Is(dialect.Reference, err):
		return w.dangling(ctx, r, err)
	case err != nil:
		return w.unit.Fail(ctx, "changing the "+r.Ref().String(), err)
	case changed == 0:
		return w.stale(ctx, kind, r)
	}
	return nil
}

// Delete implements crm.Tx.
func (w *writer) Delete(ctx context.Context, r crm.Record) error {
	return w.unit.Write(ctx, func() error {
		kind, err := w.insertable(r) // workspaces are removed by DeleteWorkspace
		if err != nil {
			return err
		}
		w.planDeleted(r)
		if w.queues {
			return w.queueDelete(ctx, deletion{kind, r})
		}
		return w.later(ctx, func(ctx context.Context) error { return w.deleteNow(ctx, deletion{kind, r}) })
	})
}

func (w *writer) deleteNow(ctx context.Context, d deletion) error {
	r := d.record
	for _, derived := range d.kind.Derived {
		if err := w.removeDerived(ctx, derived, r); err != nil {
			return err
		}
	}
	removed, err := w.unit.Exec(ctx, d.kind.Delete, w.wsText, r.Ref().ID.String(), r.Revision())
	return w.deleted(ctx, d.kind, r, removed, err)
}

// deleted is the error of a deletion that removed so many rows, or failed.
func (w *writer) deleted(ctx context.Context, kind *tables.Kind, r crm.Record, removed int64, err error) error {
	switch {
	case w.unit.Is(dialect.Reference, err):
		return backend.Referenced(r.Ref())
	case err != nil:
		return w.unit.Fail(ctx, "deleting the "+r.Ref().String(), err)
	case removed == 0:
		return w.stale(ctx, kind, r)
	}
	return nil
}

// later does a write behind. The context of the call may end before it is done; that of the unit still ends it.
func (w *writer) later(ctx context.Context, write func(context.Context) error) error {
	ctx = context.WithoutCancel(ctx)
	return w.behind.add(func() error { return write(ctx) })
}

// writeNow runs fn, which writes at once, after what is queued.
func (w *writer) writeNow(ctx context.Context, fn func() error) error {
	if err := w.settle(ctx); err != nil {
		return err
	}
	return w.unit.Write(ctx, fn)
}

func unknown(r crm.Record) error {
	return fmt.Errorf("%w: a unit of work does not write a %T like this", crm.ErrInvalid, r)
}

// version reads the stored version of a record.
func (w *writer) version(ctx context.Context, kind *tables.Kind, ref crm.Ref) (version int64, found bool, err error) {
	found, err = w.unit.Get(ctx, []any{&version}, kind.Version, kind.Key(w.wsText, ref.ID.String())...)
	return version, found, w.unit.Fail(ctx, "looking for the "+ref.String(), err)
}

// stale is why a write at a version found nothing.
func (w *writer) stale(ctx context.Context, kind *tables.Kind, r crm.Record) error {
	version, found, err := w.version(ctx, kind, r.Ref())
	switch {
	case err != nil:
		return err
	case !found:
		return r.Ref().NotFound()
	}
	return r.Ref().Stale(r.Revision(), version)
}

// taken tells a taken id from a taken name.
func (w *writer) taken(ctx context.Context, kind *tables.Kind, r crm.Record) error {
	_, found, err := w.version(ctx, kind, r.Ref())
	switch {
	case err != nil:
		return err
	case found:
		return backend.Taken(r.Ref(), "id", r.Ref().IDString())
	}
	return nameTaken(r)
}

// nameOf is the name of a record whose name is unique.
func nameOf(r crm.Record) string {
	if c, ok := r.(crm.Campaign); ok {
		return c.Name
	}
	return ""
}

// dangling finds the reference of a record that points to nothing, after the database has refused it: by the
// constraint, which is named after the field, or by looking. Where a database neither names it nor reads on after
// an error, the result has no field.
func (w *writer) dangling(ctx context.Context, r crm.Record, refused error) error {
	constraint := w.unit.Classify(refused).Constraint
	for _, ref := range tables.References(r) {
		points := strings.Contains(constraint, "_"+ref.Field+"_fk")
		if constraint == "" {
			var version int64
			found, err := w.unit.Get(ctx, []any{&version}, w.schema.Kind(ref.To.Kind).Version, w.wsText, ref.To.ID.String())
			points = err == nil && !found
		}
		if points {
			return backend.Dangling(r.Ref(), ref.Field, ref.To.IDString())
		}
	}
	return backend.Dangling(r.Ref(), "", "")
}

// AddPicture implements crm.Tx.
func (w *writer) AddPicture(ctx context.Context, p crm.Picture) error {
	return w.writeNow(ctx, func() error {
		added, err := w.unit.Exec(ctx, w.schema.Pictures.Insert, w.schema.Pictures.InsertArgs(w.wsText, p)...)
		switch {
		case err != nil:
			return w.unit.Fail(ctx, "adding a picture", err)
		case added == 0:
			return backend.Taken(p.Ref(), "id", p.ID.String())
		}
		return nil
	})
}

// DeletePictures implements crm.Tx.
func (w *writer) DeletePictures(ctx context.Context, id crm.InfluencerID) error {
	return w.writeNow(ctx, func() error {
		_, err := w.unit.ExecMany(ctx, w.schema.Pictures.Delete, w.wsText, tables.IDText(id))
		return w.unit.Fail(ctx, "deleting the pictures of an influencer", err)
	})
}

// Append implements crm.Tx.
func (w *writer) Append(ctx context.Context, changes []crm.Change) error {
	return w.unit.Write(ctx, func() error {
		if len(changes) == 0 {
			return nil
		}
		log, head := w.schema.Changes, w.head
		rows, err := log.Rows(w.wsText, &head, changes)
		if err != nil {
			return err
		}
		w.head = head
		if w.entry = nil; head.Unit != uuid.Nil { // which others could have too
			w.entry = &unit.LogEntry{Seq: int64(head.Seq), Unit: head.Unit.String()}
		}
		if w.queues {
			w.queue.log = append(w.queue.log, rows...)
			w.queue.size += len(rows) - 1
			return w.queuedOne(ctx)
		}
		return w.later(ctx, func(ctx context.Context) error { return w.appendNow(ctx, rows, head) })
	})
}

func (w *writer) appendNow(ctx context.Context, rows [][]any, head crm.Head) error {
	for _, row := range rows {
		if _, err := w.unit.Exec(ctx, w.schema.Changes.Insert.One, row...); err != nil {
			return w.unit.Fail(ctx, "writing the log", err)
		}
	}
	_, err := w.unit.Exec(ctx, w.schema.Changes.Advance, tables.AdvanceArgs(w.wsText, head)...)
	return w.unit.Fail(ctx, "writing the log", err)
}

// Redact implements crm.Tx.
func (w *writer) Redact(ctx context.Context, changes []crm.Change) error {
	return w.writeNow(ctx, func() error {
		queries := make([]*dialect.Query, len(changes))
		for n, c := range changes {
			args, err := w.schema.Changes.RedactArgs(w.wsText, c)
			if err != nil {
				return err
			}
			queries[n] = &dialect.Query{Text: w.schema.Changes.Redact, Args: args}
		}
		if _, err := w.unit.Send(ctx, queries...); err != nil {
			return w.unit.Fail(ctx, "redacting the log", err)
		}
		for n, q := range queries {
			if q.Count == 0 {
				return backend.NotInLog(changes[n])
			}
		}
		return nil
	})
}
