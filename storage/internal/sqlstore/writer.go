package sqlstore

import (
	"context"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/tables"
	"github.com/getklar/influencercrm/storage/internal/unit"
)

// writer is a reader that also writes. It implements crm.Tx.
type writer struct {
	*reader
	head crm.Head // the end of the log, with what this unit has appended
}

var _ crm.Tx = (*writer)(nil)

func (s *Store) writer(u *unit.Session, ws crm.WorkspaceID) *writer {
	return &writer{reader: s.reader(u, ws)}
}

// lock takes the workspace's row, which makes other writers of the workspace wait, and reads the head.
func (w *writer) lock(ctx context.Context) error {
	if w.unit.Joined() && w.store.dialect.Lock == "" {
		// A write locks the database, which the host's transaction may not have done yet.
		if _, err := w.unit.Exec(ctx, w.schema.Changes.Hold, w.wsText); err != nil {
			return w.unit.Fail(ctx, "locking the database", err)
		}
	}
	return w.unit.Lock(ctx, func(ctx context.Context) (err error) {
		w.head, err = w.headBy(ctx, w.schema.Changes.Lock)
		return err
	})
}

// Head implements crm.Reader. Nobody else writes, so the writer knows it.
func (w *writer) Head(ctx context.Context) (crm.Head, error) {
	if err := w.unit.Usable(ctx); err != nil {
		return crm.Head{}, err
	}
	return w.head, nil
}

// Update implements crm.Tx.
func (w *writer) Update(ctx context.Context, r crm.Record) error {
	return w.unit.Write(ctx, func() error {
		kind := w.schema.KindOf(r)
		if kind == nil {
			return unknown(r)
		}
		args, derived, err := kind.Changed(w.wsText, r)
		if err != nil {
			return err
		}
		changed, err := w.unit.Exec(ctx, kind.Update, args...)
		switch {
		case w.unit.Is(dialect.Unique, err):
			return backend.Taken(r.Ref(), "name", nameOf(r))
		case w.unit.Is(dialect.Reference, err):
			return w.dangling(ctx, r, err)
		case err != nil:
			return w.unit.Fail(ctx, "changing the "+r.Ref().String(), err)
		case changed == 0:
			return w.stale(ctx, kind, r)
		}
		if err := w.removeDerived(ctx, kind, r); err != nil {
			return err
		}
		return w.insertDerived(ctx, kind, r, derived)
	})
}

// Delete implements crm.Tx.
func (w *writer) Delete(ctx context.Context, r crm.Record) error {
	return w.unit.Write(ctx, func() error {
		kind := w.schema.KindOf(r)
		if _, workspace := r.(crm.Workspace); workspace || kind == nil {
			return unknown(r) // workspaces are removed by DeleteWorkspace
		}
		if err := w.removeDerived(ctx, kind, r); err != nil {
			return err
		}
		removed, err := w.unit.Exec(ctx, kind.Delete, w.wsText, r.Ref().ID.String(), r.Revision())
		switch {
		case w.unit.Is(dialect.Reference, err):
			return backend.Referenced(r.Ref())
		case err != nil:
			return w.unit.Fail(ctx, "deleting the "+r.Ref().String(), err)
		case removed == 0:
			return w.stale(ctx, kind, r)
		}
		return nil
	})
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
	return backend.Taken(r.Ref(), "name", nameOf(r))
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
	return w.unit.Write(ctx, func() error {
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
	return w.unit.Write(ctx, func() error {
		_, err := w.unit.ExecMany(ctx, w.schema.Pictures.Delete, w.wsText, tables.IDText(id))
		return w.unit.Fail(ctx, "deleting the pictures of an influencer", err)
	})
}

// Append implements crm.Tx.
func (w *writer) Append(ctx context.Context, changes []crm.Change) error {
	return w.unit.Write(ctx, func() error { return w.append(ctx, changes) })
}

func (w *writer) append(ctx context.Context, changes []crm.Change) error {
	if len(changes) == 0 {
		return nil
	}
	log, head := w.schema.Changes, w.head
	rows, advance, err := log.Rows(w.wsText, &head, changes)
	if err != nil {
		return err
	}
	if _, err := w.insertRows(ctx, log.Insert, rows); err != nil {
		return w.unit.Fail(ctx, "writing the log", err)
	}
	if _, err := w.unit.Exec(ctx, log.Advance, advance...); err != nil {
		return w.unit.Fail(ctx, "writing the log", err)
	}
	w.head = head
	return nil
}

// Redact implements crm.Tx.
func (w *writer) Redact(ctx context.Context, changes []crm.Change) error {
	return w.unit.Write(ctx, func() error {
		for _, c := range changes {
			args, err := w.schema.Changes.RedactArgs(w.wsText, c)
			if err != nil {
				return err
			}
			found, err := w.unit.Exec(ctx, w.schema.Changes.Redact, args...)
			if err != nil {
				return w.unit.Fail(ctx, "redacting the log", err)
			}
			if found == 0 {
				return backend.NotInLog(c)
			}
		}
		return nil
	})
}
