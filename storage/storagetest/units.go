package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

var unitChecks = []check{
	inShop("A workspace that does not exist is an ErrNotFound", func(s *shop) {
		for _, ws := range []crm.WorkspaceID{{}, crm.WorkspaceID(number(0, 77))} {
			called := func(context.Context) error {
				s.Errorf("the callback was called for workspace %q", ws)
				return nil
			}
			s.wantErr("View", s.run(s.ctx, ws, false, called), crm.ErrNotFound)
			s.wantErr("Update", s.run(s.ctx, ws, true, called), crm.ErrNotFound)
			s.wantErr("DeleteWorkspace", s.store.DeleteWorkspace(s.ctx, ws), crm.ErrNotFound)
		}
	}),
	inShop("View: its error is fn's", func(s *shop) {
		err := s.run(s.ctx, s.id, false, func(context.Context) error { return fmt.Errorf("detail: %w", errOwn) })
		s.wantErr("View", err, errOwn)
		s.check("after the View")
	}),
	inShop("View: a Reader is valid until its callback returns", func(s *shop) {
		var kept crm.Reader
		s.view(func(_ context.Context, r crm.Reader) error { kept = r; return nil })
		for _, k := range kinds {
			if page, err := k.list(s.ctx, kept, k.all, crm.ListOptions{}); !errors.Is(err, crm.ErrUnitOver) {
				s.Errorf("a Reader listed %d %ss after its callback had returned, error %v", len(page.Items), k.name, err)
			}
		}
		if _, err := kept.Head(s.ctx); !errors.Is(err, crm.ErrUnitOver) {
			s.Errorf("a Reader answered Head after its callback had returned, error %v", err)
		}
		if rows, err := readPlan(s.ctx, kept); !errors.Is(err, crm.ErrUnitOver) {
			s.Errorf("a Reader read %d rows of the plan after its callback had returned, error %v", len(rows), err)
		}
	}),
	inShop("Update: if fn returns nil everything it wrote is there", func(s *shop) {
		var records []crm.Record
		for _, k := range kinds {
			records = append(records, k.full(s), k.sample(s, 1))
		}
		changes, w := sampleChanges(s, 3), fullWorkspace(s.id)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			return errors.Join(tx.Insert(ctx, records...), tx.Update(ctx, nil, w), tx.Append(ctx, changes))
		})
		s.expect(records...)
		s.check("after the Update")
		got := s.contents()
		s.same("workspace", got.Workspace, backend.AtRevision(w, 2))
		s.same("changes", len(got.Changes), 3)
		s.same("seq", got.Head.Seq, crm.Seq(3))
	}),
	inShop("Update: otherwise nothing is, and the error is fn's", func(s *shop) {
		work := s.everyWrite()
		before := s.contents()
		s.wantErr("Update", s.try(failing(work)), errOwn)
		s.same("contents after fn returned an error", s.contents(), before)
		s.update(work)
	}),
	inShop("Update: a panic in fn writes nothing and leaves the store usable", func(s *shop) {
		work := s.everyWrite()
		before := s.contents()
		s.must("Update", s.inTime("Update with a panic", func() error { return s.tryPanic(work) }))
		s.must("View", s.inTime("View with a panic", func() error {
			defer func() { _ = recover() }()
			return s.run(s.ctx, s.id, false, func(context.Context) error { panic("in View") })
		}))
		s.same("contents after the panic", s.contents(), before)
		s.must("Update after the panic", s.inTime("Update after the panic", func() error { return s.try(work) }))
	}),
	forEachKind("Update: after a write inside fn has failed the transaction is doomed", func(s *shop, k kind) {
		there, stale, missing := k.sample(s, 1), k.sample(s, 2), k.sample(s, 3)
		s.insert(there, stale)
		before := s.contents()
		for _, c := range []struct {
			what  string
			want  error
			write func(context.Context, crm.Tx) error
		}{
			{"Insert of an id that is taken", crm.ErrAlreadyExists, inserting(there)},
			{"Update of a stale version", crm.ErrConflict, updating(backend.AtRevision(stale, 9))},
			{"Update of a missing record", crm.ErrNotFound, updating(missing)},
			{"Delete of a stale version", crm.ErrConflict, deleting(backend.AtRevision(stale, 9))},
			{"Delete of a missing record", crm.ErrNotFound, deleting(missing)},
			{"Delete of a record in use", crm.ErrReferenced, func(ctx context.Context, tx crm.Tx) error {
				holder := crm.Cooperation{
					ID: crm.CooperationID(number(1, 900)), Version: 1, Campaign: s.campaigns[0], Influencer: s.influencers[0],
				}
				return errors.Join(tx.Insert(ctx, holder), tx.Delete(ctx, s.model[crm.RefTo(s.campaigns[0])]))
			}},
			{"Insert that names nothing", crm.ErrInvalid, inserting(crm.Influencer{
				ID: crm.InfluencerID(number(1, 901)), Version: 1, Name: "x", Responsible: crm.MemberID(number(1, 902)),
			})},
		} {
			what := fmt.Sprintf("%s: %s", k.name, c.what)
			var failed error
			err := s.try(func(ctx context.Context, tx crm.Tx) error {
				if err := tx.Update(ctx, nil, k.edited(s, there)); err != nil {
					return err
				}
				if failed = c.write(ctx, tx); failed == nil { // a write that is kept back fails when something is read
					_, failed = readAll(ctx, tx)
				}
				_ = tx.Insert(ctx, crm.Member{ID: crm.MemberID(number(1, 903)), Version: 1, Name: "after the failure"})
				_ = tx.Append(ctx, sampleChanges(s, 1))
				return nil
			})
			s.wantErr(what, failed, c.want)
			s.wantErr(what+": fn returned nil, Update", err, c.want)
			err = s.try(func(ctx context.Context, tx crm.Tx) error { _ = c.write(ctx, tx); return errOwn })
			s.wantErr(what+": fn returned its own error, Update", err, errOwn)
			s.same(what+": contents afterwards", s.contents(), before)
		}
	}),
	forEachKind("Update: a read that finds nothing dooms nothing", func(s *shop, k kind) {
		r := k.sample(s, 1)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			s.fails("Get of a missing "+string(k.name), crm.ErrNotFound)(k.get(ctx, tx, r.Ref().ID))
			s.fails("List with a bad size", crm.ErrInvalid)(k.list(ctx, tx, k.all, crm.ListOptions{Size: -1}))
			s.fails("Changes with limit 0", crm.ErrInvalid)(tx.Changes(ctx, crm.ChangeFilter{}, 0))
			return tx.Insert(ctx, r)
		})
		s.expect(r)
		s.check("after the Update")
	}),
	inShop("Update: a Tx is valid until its callback returns", func(s *shop) {
		var kept crm.Tx
		s.update(func(_ context.Context, tx crm.Tx) error { kept = tx; return nil })
		if err := kept.Insert(s.ctx, members.sample(s, 1)); !errors.Is(err, crm.ErrUnitOver) {
			s.Errorf("a Tx wrote after its callback had returned, error %v", err)
		}
		if err := kept.Append(s.ctx, sampleChanges(s, 1)); !errors.Is(err, crm.ErrUnitOver) {
			s.Errorf("a Tx appended to the log after its callback had returned, error %v", err)
		}
		s.check("after the late writes")
		s.same("head", s.contents().Head, headAfter(s, nil))
	}),
	{"Tx: a Reader that sees its own writes", func(e *env) {
		for _, k := range kinds {
			seesItsRecords(e.shop(), k)
		}
		s := e.shop()
		changes := sampleChanges(s, 3)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			w := fullWorkspace(s.id)
			err := errors.Join(tx.Append(ctx, changes[:1]), tx.Append(ctx, changes[1:]), tx.Update(ctx, nil, w))
			all, readErr := readAll(ctx, tx)
			s.same("workspace", all.Workspace, backend.AtRevision(w, 2))
			s.same("changes", all.Changes, storedChanges(changes))
			s.same("head", all.Head, headAfter(s, changes))
			return errors.Join(err, readErr)
		})
	}},
	forEachKind("Update: each unit of work begins where the one before ended", func(s *shop, k kind) {
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
	}),
}

var errOwn = errors.New("the caller's own error")

// run calls View or Update with a callback that neither reads nor writes.
func (s *shop) run(ctx context.Context, ws crm.WorkspaceID, write bool, fn func(context.Context) error) error {
	if write {
		return s.store.Update(ctx, ws, func(ctx context.Context, _ crm.Tx) error { return fn(ctx) })
	}
	return s.store.View(ctx, ws, func(ctx context.Context, _ crm.Reader) error { return fn(ctx) })
}

func nothing(context.Context) error { return nil }

// inserting, updating and deleting are units of work of one write.
func inserting(records ...crm.Record) func(context.Context, crm.Tx) error {
	return func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, records...) }
}

func updating(r crm.Record) func(context.Context, crm.Tx) error {
	return func(ctx context.Context, tx crm.Tx) error { return tx.Update(ctx, nil, r) }
}

func deleting(r crm.Record) func(context.Context, crm.Tx) error {
	return func(ctx context.Context, tx crm.Tx) error { return tx.Delete(ctx, r) }
}

// failing does its work and then returns an error of its own.
func failing(work func(context.Context, crm.Tx) error) func(context.Context, crm.Tx) error {
	return func(ctx context.Context, tx crm.Tx) error {
		if err := work(ctx, tx); err != nil {
			return err
		}
		return errOwn
	}
}

// tryPanic does some work in a unit that then panics, and returns an error if not that panic comes out of it.
func (s *shop) tryPanic(work func(context.Context, crm.Tx) error) (err error) {
	const own = "the caller's own panic"
	defer func() {
		if p := recover(); p != any(own) {
			err = errors.Join(err, fmt.Errorf("recovered %v, want the caller's own panic", p))
		}
	}()
	return s.try(func(ctx context.Context, tx crm.Tx) error {
		if err := work(ctx, tx); err != nil {
			return err
		}
		panic(own)
	})
}

// everyWrite fills a shop, and returns a unit of work that inserts, updates and deletes records of every kind, changes
// the workspace and appends to the log.
func (s *shop) everyWrite() func(context.Context, crm.Tx) error {
	s.Helper()
	var update, remove, fresh []crm.Record
	for _, k := range kinds {
		first, second := k.sample(s, 1), k.sample(s, 2)
		s.insert(first, second)
		update, remove, fresh = append(update, k.edited(s, first)), append(remove, second), append(fresh, k.sample(s, 3))
	}
	s.log(sampleChanges(s, 2)...)
	changes := sampleChanges(s, 3)
	return func(ctx context.Context, tx crm.Tx) error {
		if err := tx.Insert(ctx, fresh...); err != nil {
			return err
		}
		for n := range kinds {
			if err := errors.Join(tx.Update(ctx, nil, update[n]), tx.Delete(ctx, remove[n])); err != nil {
				return err
			}
		}
		w, err := tx.Workspace(ctx)
		if err != nil {
			return err
		}
		w.Name = "Renamed"
		return errors.Join(tx.Update(ctx, nil, w), tx.Append(ctx, changes))
	}
}

// seesItsRecords reads after each write of a unit of work, and compares with what must be there.
func seesItsRecords(s *shop, k kind) {
	first, second := k.full(s), k.sample(s, 1)
	s.insert(first)
	edited := backend.AtRevision(k.edited(s, first), 2)
	holds := func(ctx context.Context, tx crm.Tx, what string, records ...crm.Record) {
		delete(s.model, first.Ref())
		delete(s.model, second.Ref())
		s.expect(records...)
		for _, r := range records {
			s.returns(what+": Get", stored(r))(k.get(ctx, tx, r.Ref().ID))
		}
		all, err := readAll(ctx, tx)
		s.returns(what+": list", s.records(k.name))(all.Records[k.name], err)
		s.same(what+": claims", all.Claims, s.claims())
		s.same(what+": rows of the plan", all.PlanRows, s.planRows())
		s.returns(what+": count", len(s.records(k.name)))(k.count(ctx, tx, k.all))
		s.returns(what+": GetAll", storedAll(records))(k.getAll(ctx, tx, ids(first, second)))
	}
	s.update(func(ctx context.Context, tx crm.Tx) error {
		holds(ctx, tx, "at first", first)
		err := tx.Insert(ctx, second)
		holds(ctx, tx, "after Insert", first, second)
		err = errors.Join(err, tx.Update(ctx, nil, backend.AtRevision(edited, 1)))
		holds(ctx, tx, "after Update", edited, second)
		err = errors.Join(err, tx.Delete(ctx, second))
		holds(ctx, tx, "after Delete", edited)
		return err
	})
	s.check("afterwards")
}
