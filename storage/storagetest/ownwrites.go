package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func checkOwnWrites(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		first, second := k.full(s), k.sample(s, 1)
		s.insert(first)
		edited := backend.AtRevision(k.edited(s, first), 2)
		expect := func(ctx context.Context, tx crm.Tx, what string, records ...crm.Record) {
			for _, r := range []crm.Record{first, second} {
				delete(s.model, r.Ref())
			}
			for _, r := range records {
				s.model[r.Ref()] = stored(r)
				got, err := k.get(ctx, tx, r.Ref().ID)
				e.same(what+": Get", got, stored(r))
				e.same(what+": error of Get", err, nil)
			}
			all, err := readAll(ctx, tx)
			e.same(what+": error", err, nil)
			e.same(what+": list", all.Records[k.name], s.records(k.name))
			e.same(what+": claims", all.Claims, s.claims())
			n, err := k.count(ctx, tx, k.all)
			e.same(what+": count", n, len(s.records(k.name)))
			e.same(what+": error of Count", err, nil)
			some, err := k.getAll(ctx, tx, ids(first, second))
			e.same(what+": GetAll", some, storedAll(records))
			e.same(what+": error of GetAll", err, nil)
		}
		s.update(func(ctx context.Context, tx crm.Tx) error {
			expect(ctx, tx, "at first", first)
			err := tx.Insert(ctx, second)
			expect(ctx, tx, "after Insert", first, second)
			err = errors.Join(err, tx.Update(ctx, backend.AtRevision(edited, 1)))
			expect(ctx, tx, "after Update", edited, second)
			err = errors.Join(err, tx.Delete(ctx, second))
			expect(ctx, tx, "after Delete", edited)
			return err
		})
		s.check("afterwards")
	}
	s := e.shop()
	changes := sampleChanges(s, 3)
	s.update(func(ctx context.Context, tx crm.Tx) error {
		w := fullWorkspace(s.id)
		err := errors.Join(tx.Append(ctx, changes[:1]), tx.Append(ctx, changes[1:]), tx.Update(ctx, w))
		all, readErr := readAll(ctx, tx)
		e.same("workspace", all.Workspace, backend.AtRevision(w, 2))
		e.same("changes", all.Changes, storedChanges(changes))
		e.same("head", all.Head, crm.Head{Workspace: s.id, Seq: 3, At: backend.StoredTime(changes[2].At)})
		return errors.Join(err, readErr)
	})
}

func checkSequence(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r := k.full(s)
		s.insert(r)
		for n := int64(1); n < 5; n++ {
			edited := k.edited(s, backend.AtRevision(r, n))
			s.change(edited)
			r = backend.AtRevision(edited, n+1)
			s.check(fmt.Sprintf("%s at version %d", k.name, n+1))
		}
		s.remove(r)
		s.check("after Delete")
		s.insert(r)
		s.check("inserted again")
	}
}
