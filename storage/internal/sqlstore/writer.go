package sqlstore

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// writer is a reader that also writes. It implements crm.Tx.
type writer struct {
	reader
	head crm.Head // end of the log, with what this unit has appended
}

var _ crm.Tx = (*writer)(nil)

func newWriter(u *session, ws crm.WorkspaceID) *writer {
	return &writer{reader: reader{session: u, ws: ws, wsText: idText(ws)}}
}

// write runs one write; its failure dooms the unit.
func (w *writer) write(ctx context.Context, fn func() error) error {
	if err := w.usable(ctx); err != nil {
		return err
	}
	w.failed = fn()
	return w.failed
}

// Update implements crm.Tx.
func (w *writer) Update(ctx context.Context, record crm.Record) error {
	return w.write(ctx, func() error {
		s := w.store.schema
		switch r := record.(type) {
		case crm.Workspace:
			return update(ctx, w, s.workspaces, r)
		case crm.Member:
			return update(ctx, w, s.members, r)
		case crm.Campaign:
			return update(ctx, w, s.campaigns, r)
		case crm.Influencer:
			if err := update(ctx, w, s.influencers, r); err != nil {
				return err
			}
			if err := w.clear(ctx, r, s.profiles, s.tags); err != nil {
				return err
			}
			return w.setProfiles(ctx, r)
		case crm.Cooperation:
			if err := update(ctx, w, s.cooperations, r); err != nil {
				return err
			}
			if err := w.clear(ctx, r, s.claims); err != nil {
				return err
			}
			return w.setClaims(ctx, r)
		case crm.ImportRun:
			return update(ctx, w, s.importRuns, r)
		}
		return unknown(record)
	})
}

// Delete implements crm.Tx.
func (w *writer) Delete(ctx context.Context, record crm.Record) error {
	return w.write(ctx, func() error {
		s := w.store.schema
		switch r := record.(type) {
		case crm.Member:
			return remove(ctx, w, s.members, r)
		case crm.Campaign:
			return remove(ctx, w, s.campaigns, r)
		case crm.Influencer:
			if err := w.clear(ctx, r, s.profiles, s.tags); err != nil {
				return err
			}
			return remove(ctx, w, s.influencers, r)
		case crm.Cooperation:
			if err := w.clear(ctx, r, s.claims); err != nil {
				return err
			}
			return remove(ctx, w, s.cooperations, r)
		case crm.ImportRun:
			return remove(ctx, w, s.importRuns, r)
		}
		return unknown(record) // workspaces are removed by DeleteWorkspace
	})
}

func unknown(record crm.Record) error {
	return fmt.Errorf("%w: a unit of work does not write a %T like this", crm.ErrInvalid, record)
}

func update[R crm.Record, W, F any](ctx context.Context, w *writer, t *table[R, W, F], r R) error {
	row, err := t.encode(w.wsText, r)
	if err != nil {
		return err
	}
	all := t.args(&row)
	args := make([]any, 0, len(all)+3)
	for _, n := range t.updated {
		args = append(args, all[n])
	}
	args = append(args, w.wsText, r.Ref().ID.String(), r.Revision())
	changed, err := w.exec(ctx, t.update, args...)
	switch {
	case w.is(Unique, err):
		return backend.Taken(r.Ref(), "name", nameOf(r))
	case w.is(Reference, err):
		return w.dangling(ctx, r, err)
	case err != nil:
		return w.fail(ctx, "changing the "+r.Ref().String(), err)
	case changed == 0:
		return stale(ctx, w, t, r)
	}
	return nil
}

func remove[R crm.Record, W, F any](ctx context.Context, w *writer, t *table[R, W, F], r R) error {
	removed, err := w.exec(ctx, t.delete, w.wsText, r.Ref().ID.String(), r.Revision())
	switch {
	case w.is(Reference, err):
		return backend.Referenced(r.Ref())
	case err != nil:
		return w.fail(ctx, "deleting the "+r.Ref().String(), err)
	case removed == 0:
		return stale(ctx, w, t, r)
	}
	return nil
}

// stale looks why a write at a version found nothing.
func stale[R crm.Record, W, F any](ctx context.Context, w *writer, t *table[R, W, F], r R) error {
	stored, err := recordsOf(&w.reader, t).Get(ctx, crm.ID[R](r.Ref().ID))
	if err != nil {
		return err
	}
	return r.Ref().Stale(r.Revision(), stored.Revision())
}

// clear removes the rows derived from a record.
func (w *writer) clear(ctx context.Context, r crm.Record, tables ...derived) error {
	for _, table := range tables {
		if _, err := w.exec(ctx, table.remove, w.wsText, r.Ref().ID.String()); err != nil {
			return w.fail(ctx, "changing the "+r.Ref().String(), err)
		}
	}
	return nil
}

// taken tells an id that is taken from a name.
func (w *writer) taken(ctx context.Context, exists statement, r crm.Record) error {
	var n int
	if _, err := w.get(ctx, &n, exists, w.wsText, r.Ref().ID.String()); err != nil {
		return w.fail(ctx, "looking for the "+r.Ref().String(), err)
	}
	if n > 0 {
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
