package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/google/uuid"
)

func unitChecks() []check {
	return []check{
		{"A workspace that does not exist is an ErrNotFound", checkNoWorkspace},
		{"View: its error is fn's", checkViewError},
		{"View: a Reader is valid until its callback returns", checkReaderEnds},
		{"Update: if fn returns nil everything it wrote is there", checkCommit},
		{"Update: otherwise nothing is, and the error is fn's", checkRollback},
		{"Update: a panic in fn writes nothing and leaves the store usable", checkPanic},
		{"Update: after a write inside fn has failed the transaction is doomed", checkDoomed},
		{"Update: a read that finds nothing dooms nothing", checkReadFailure},
		{"Update: a Tx is valid until its callback returns", checkTxEnds},
		{"Tx: a Reader that sees its own writes", checkOwnWrites},
		{"Update: each unit of work begins where the one before ended", checkSequence},
	}
}

func checkNoWorkspace(e *env) {
	e.shop()
	for _, ws := range []crm.WorkspaceID{{}, crm.WorkspaceID(number(0, 77))} {
		called := false
		err := e.store.View(e.ctx, ws, func(context.Context, crm.Reader) error { called = true; return nil })
		e.wantErr("View", err, crm.ErrNotFound)
		err = e.store.Update(e.ctx, ws, func(context.Context, crm.Tx) error { called = true; return nil })
		e.wantErr("Update", err, crm.ErrNotFound)
		e.wantErr("DeleteWorkspace", e.store.DeleteWorkspace(e.ctx, ws), crm.ErrNotFound)
		if called {
			e.Errorf("the callback was called for workspace %q", ws)
		}
	}
}

var errOwn = errors.New("the caller's own error")

func checkViewError(e *env) {
	s := e.shop()
	err := e.store.View(e.ctx, s.id, func(context.Context, crm.Reader) error { return fmt.Errorf("detail: %w", errOwn) })
	e.wantErr("View", err, errOwn)
	s.check("after the View")
}

func checkReaderEnds(e *env) {
	s := e.shop()
	var kept crm.Reader
	s.view(func(_ context.Context, r crm.Reader) error { kept = r; return nil })
	for _, k := range kinds() {
		if page, err := k.list(e.ctx, kept, k.all, crm.ListOptions{}); err == nil {
			e.Errorf("a Reader listed %d %ss after its callback had returned", len(page.Items), k.name)
		}
	}
	if _, err := kept.Head(e.ctx); err == nil {
		e.Error("a Reader answered Head after its callback had returned")
	}
}

func checkTxEnds(e *env) {
	s := e.shop()
	var kept crm.Tx
	s.update(func(_ context.Context, tx crm.Tx) error { kept = tx; return nil })
	if err := kept.Insert(e.ctx, kinds()[0].sample(s, 1)); err == nil {
		e.Error("a Tx wrote after its callback had returned")
	}
	if err := kept.Append(e.ctx, sampleChanges(s, 1)); err == nil {
		e.Error("a Tx appended to the log after its callback had returned")
	}
	s.check("after the late writes")
	e.same("head", s.contents().Head, crm.Head{Workspace: s.id})
}

func checkCommit(e *env) {
	s := e.shop()
	changes := sampleChanges(s, 3)
	var records []crm.Record
	for _, k := range kinds() {
		records = append(records, k.full(s), k.sample(s, 1))
	}
	w := fullWorkspace(s.id)
	s.update(func(ctx context.Context, tx crm.Tx) error {
		return errors.Join(tx.Insert(ctx, records...), tx.Update(ctx, w), tx.Append(ctx, changes))
	})
	for _, r := range records {
		s.model[r.Ref()] = stored(r)
	}
	s.check("after the Update")
	got := s.contents()
	e.same("workspace", got.Workspace, backend.AtRevision(w, 2))
	e.same("changes", len(got.Changes), 3)
	e.same("seq", got.Head.Seq, crm.Seq(3))
}

// writeEverything inserts, updates and deletes records of every kind, and appends to the log.
func writeEverything(s *shop, there []crm.Record, fresh []crm.Record) func(context.Context, crm.Tx) error {
	changes := sampleChanges(s, 3)
	return func(ctx context.Context, tx crm.Tx) error {
		if err := tx.Insert(ctx, fresh...); err != nil {
			return err
		}
		for n, r := range there {
			if n%2 == 0 {
				if err := tx.Update(ctx, r); err != nil {
					return err
				}
			} else if err := tx.Delete(ctx, r); err != nil {
				return err
			}
		}
		w, err := tx.Workspace(ctx)
		if err != nil {
			return err
		}
		w.Name = "Renamed"
		if err := tx.Update(ctx, w); err != nil {
			return err
		}
		return tx.Append(ctx, changes)
	}
}

// busyShop is a shop with two records of each kind, one to update and one to delete, and others to
// insert.
func busyShop(e *env) (s *shop, there, fresh []crm.Record) {
	s = e.shop()
	for _, k := range kinds() {
		update, remove := k.sample(s, 1), k.sample(s, 2)
		s.insert(update, remove)
		there = append(there, k.edited(s, update), remove)
		fresh = append(fresh, k.sample(s, 3))
	}
	s.log(sampleChanges(s, 2)...)
	return s, there, fresh
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

func checkRollback(e *env) {
	s, there, fresh := busyShop(e)
	before := s.contents()
	e.wantErr("Update", s.try(failing(writeEverything(s, there, fresh))), errOwn)
	e.same("contents after fn returned an error", s.contents(), before)
	s.update(writeEverything(s, there, fresh))
}

func checkPanic(e *env) {
	s, there, fresh := busyShop(e)
	before := s.contents()
	err := e.inTime("Update with a panic", func() (err error) {
		defer func() {
			if p := recover(); p != any("the caller's own panic") {
				err = fmt.Errorf("recovered %v, want the caller's own panic", p)
			}
		}()
		return s.try(func(ctx context.Context, tx crm.Tx) error {
			if err := writeEverything(s, there, fresh)(ctx, tx); err != nil {
				return err
			}
			panic("the caller's own panic")
		})
	})
	e.must("Update", err)
	err = e.inTime("View with a panic", func() error {
		defer func() { _ = recover() }()
		return e.store.View(e.ctx, s.id, func(context.Context, crm.Reader) error { panic("in View") })
	})
	e.must("View", err)
	e.same("contents after the panic", s.contents(), before)
	e.must("Update after the panic", e.inTime("Update after the panic", func() error { return s.try(writeEverything(s, there, fresh)) }))
}

func ids(records ...crm.Record) []uuid.UUID {
	all := make([]uuid.UUID, len(records))
	for n, r := range records {
		all[n] = r.Ref().ID
	}
	return all
}
