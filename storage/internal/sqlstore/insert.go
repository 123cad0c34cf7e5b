package sqlstore

import (
	"cmp"
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// maxRows is how many rows one statement inserts at most.
const maxRows = 1_000

// Insert implements crm.Tx.
func (w *writer) Insert(ctx context.Context, all ...crm.Record) error {
	return w.unit.Write(ctx, func() error {
		for _, r := range all {
			w.planInserted(r)
			w.identifies = w.identifies || r.Ref().Kind == crm.KindInfluencer
		}
		if w.queues {
			return w.queueInsert(ctx, all)
		}
		for _, r := range all {
			if err := w.insertBehind(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// insertBehind adds a record to a local database.
func (w *writer) insertBehind(ctx context.Context, r crm.Record) error {
	kind, err := w.insertable(r)
	if err != nil {
		return err
	}
	sets, err := kind.Rows(w.wsText, r)
	if err != nil {
		return cmp.Or(w.behind.wait(), err) // that of a record before it comes first
	}
	a := addition{kind, kept(r), sets}
	return w.later(ctx, func(ctx context.Context) error { return w.insertNow(ctx, a) })
}

// insertOne adds a record at once.
func (w *writer) insertOne(ctx context.Context, kind *tables.Kind, r crm.Record) error {
	sets, err := kind.Rows(w.wsText, r)
	if err != nil {
		return err
	}
	return w.insertNow(ctx, addition{kind, r, sets})
}

func (w *writer) insertNow(ctx context.Context, a addition) error {
	added, err := w.unit.Exec(ctx, a.kind.Insert.One, a.sets[0].Values[0]...)
	if err := w.inserted(ctx, a.kind, a.record, added, err); err != nil {
		return err
	}
	for _, set := range a.sets[1:] {
		if err := w.insertDerived(ctx, a.kind, a.record, set); err != nil {
			return err
		}
	}
	return nil
}

// inserted is the error of an insert that added so many rows, or failed.
func (w *writer) inserted(ctx context.Context, kind *tables.Kind, r crm.Record, added int64, err error) error {
	switch {
	case w.unit.Is(dialect.Reference, err):
		return w.dangling(ctx, r, err)
	case err != nil:
		return w.unit.Fail(ctx, "adding a "+string(r.Ref().Kind), err)
	case added == 0:
		return w.taken(ctx, kind, r)
	}
	return nil
}

// insertDerived writes the rows that are derived from a record. None of them is there yet.
func (w *writer) insertDerived(ctx context.Context, kind *tables.Kind, r crm.Record, rows tables.Rows) error {
	for _, row := range rows.Values {
		added, err := w.unit.Exec(ctx, rows.Insert.One, row...)
		if err != nil {
			return w.unit.Fail(ctx, "writing the "+r.Ref().String(), err)
		}
		if rows.Unique && added == 0 {
			return w.takenProfile(ctx, kind, r.(crm.Influencer), rows)
		}
	}
	return nil
}

func (w *writer) removeDerived(ctx context.Context, d tables.Derived, r crm.Record) error {
	_, err := w.unit.Exec(ctx, d.Remove, w.wsText, r.Ref().ID.String())
	return w.unit.Fail(ctx, "changing the "+r.Ref().String(), err)
}

// takenProfile finds the first profile of an influencer that is taken, by adding them again one by one, and tells a
// taken id from a taken handle.
func (w *writer) takenProfile(ctx context.Context, kind *tables.Kind, i crm.Influencer, profiles tables.Rows) error {
	for _, d := range kind.Derived {
		if err := w.removeDerived(ctx, d, i); err != nil {
			return err
		}
	}
	for n, p := range i.Profiles {
		added, err := w.unit.Exec(ctx, profiles.Insert.One, profiles.Values[n]...)
		if err != nil {
			return w.unit.Fail(ctx, "writing the "+i.Ref().String(), err)
		}
		if added > 0 {
			continue
		}
		var same int
		if _, err := w.unit.Get(ctx, []any{&same}, w.schema.ProfileExists, w.wsText, tables.RefText(p.ID)); err != nil {
			return w.unit.Fail(ctx, "looking for a profile", err)
		}
		if same > 0 {
			return backend.Taken(i.Ref(), "profiles.id", p.ID.String())
		}
		return backend.Taken(i.Ref(), "profiles.handle", p.Handle)
	}
	return nil // they have become free
}
