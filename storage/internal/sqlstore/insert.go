package sqlstore

import (
	"context"
	"reflect"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// Insert implements crm.Tx. Records of one kind that follow each other go in together.
func (w *writer) Insert(ctx context.Context, all ...crm.Record) error {
	return w.unit.Write(ctx, func() error {
		for len(all) > 0 {
			n := alike(all)
			if err := w.insert(ctx, all[:n]); err != nil {
				return err
			}
			all = all[n:]
		}
		return nil
	})
}

// alike is how many records at the start are of one kind, up to maxRows.
func alike(all []crm.Record) int {
	n := 1
	for n < len(all) && n < maxRows && reflect.TypeOf(all[n]) == reflect.TypeOf(all[0]) {
		n++
	}
	return n
}

// insert adds records of one kind: together, if that saves round trips and every record can be added, and else one
// by one, which finds the one that cannot.
func (w *writer) insert(ctx context.Context, all []crm.Record) error {
	kind := w.schema.KindOf(all[0])
	if _, workspace := all[0].(crm.Workspace); workspace || kind == nil {
		return unknown(all[0]) // workspaces are made by CreateWorkspace
	}
	if len(all) > 1 && kind.Insert.Many != "" {
		if done, err := w.insertMany(ctx, kind, all); done || err != nil {
			return err
		}
	}
	for _, r := range all {
		if err := w.insertOne(ctx, kind, r); err != nil {
			return err
		}
	}
	return nil
}

// insertMany adds all records or, if one of them cannot be added, none, and reports which.
func (w *writer) insertMany(ctx context.Context, kind *tables.Kind, all []crm.Record) (done bool, err error) {
	sets, err := kind.Rows(w.wsText, all...)
	if err != nil {
		return false, nil //nolint:nilerr // one by one shows whether the records before it can be added
	}
	return w.unit.Attempt(ctx, func() (keep bool, err error) {
		for _, rows := range sets {
			added, err := w.insertRows(ctx, rows.Insert, rows.Values)
			if w.unit.Is(dialect.Reference, err) || err == nil && rows.Unique && added < len(rows.Values) {
				return false, nil // one by one finds the record
			}
			if err != nil {
				return false, w.unit.Fail(ctx, "adding records", err)
			}
		}
		return true, nil
	})
}

func (w *writer) insertOne(ctx context.Context, kind *tables.Kind, r crm.Record) error {
	sets, err := kind.Rows(w.wsText, r)
	if err != nil {
		return err
	}
	added, err := w.insertRows(ctx, kind.Insert, sets[0].Values)
	switch {
	case w.unit.Is(dialect.Reference, err):
		return w.dangling(ctx, r, err)
	case err != nil:
		return w.unit.Fail(ctx, "adding a "+string(r.Ref().Kind), err)
	case added == 0:
		return w.taken(ctx, kind, r)
	}
	return w.insertDerived(ctx, kind, r, sets[1:])
}

// insertRows inserts rows and returns how many of them had free keys.
func (w *writer) insertRows(ctx context.Context, into tables.Insertion, rows [][]any) (added int, err error) {
	size := 1
	if into.Many != "" {
		size = maxRows
	}
	for chunk := range slices.Chunk(rows, size) {
		exec, text, args := w.unit.Exec, into.One, chunk[0]
		if len(chunk) > 1 {
			exec, text = w.unit.ExecReturning, into.Many
			if args, err = tables.Columns(chunk); err != nil {
				return added, err
			}
		}
		count, err := exec(ctx, text, args...)
		if err != nil {
			return added, err
		}
		added += int(count)
	}
	return added, nil
}

// insertDerived writes the rows that are derived from a record, of which there are none.
func (w *writer) insertDerived(ctx context.Context, kind *tables.Kind, r crm.Record, sets []tables.Rows) error {
	for _, rows := range sets {
		added, err := w.insertRows(ctx, rows.Insert, rows.Values)
		if err != nil {
			return w.unit.Fail(ctx, "writing the "+r.Ref().String(), err)
		}
		if rows.Unique && added < len(rows.Values) {
			return w.takenProfile(ctx, kind, r.(crm.Influencer), rows)
		}
	}
	return nil
}

func (w *writer) removeDerived(ctx context.Context, kind *tables.Kind, r crm.Record) error {
	for _, d := range kind.Derived {
		if _, err := w.unit.Exec(ctx, d.Remove, w.wsText, r.Ref().ID.String()); err != nil {
			return w.unit.Fail(ctx, "changing the "+r.Ref().String(), err)
		}
	}
	return nil
}

// takenProfile finds the first profile of an influencer that is taken, by adding them again one by one, and tells a
// taken id from a taken handle.
func (w *writer) takenProfile(ctx context.Context, kind *tables.Kind, i crm.Influencer, profiles tables.Rows) error {
	if err := w.removeDerived(ctx, kind, i); err != nil {
		return err
	}
	for n, p := range i.Profiles {
		added, err := w.insertRows(ctx, profiles.Insert, profiles.Values[n:n+1])
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
