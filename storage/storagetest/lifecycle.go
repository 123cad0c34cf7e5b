package storagetest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/getklar/influencercrm/crm"
)

func lifecycleChecks() []check {
	return []check{
		{"After Close every call returns ErrClosed", checkClosed},
		{"Close: waits for an open View", func(e *env) { checkCloseWaits(e, false) }},
		{"Close: waits for an open Update", func(e *env) { checkCloseWaits(e, true) }},
		{"A context that has ended ends every call with its error", checkEnded},
		{"A context that ends while an Update waits for a writer ends it, and nothing is written", checkEndsWaiting},
		{"A context that ends within fn ends the Update, even if fn returns nil, and nothing is written", checkEndsWithin},
		{"A context that ends ends reads with its error", checkEndsReads},
	}
}

// calls are all calls of a store.
func (s *shop) calls() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"View": func(ctx context.Context) error {
			return s.run(ctx, s.id, false, func(context.Context) error { return nil })
		},
		"Update": func(ctx context.Context) error {
			return s.run(ctx, s.id, true, func(context.Context) error { return nil })
		},
		"CreateWorkspace": func(ctx context.Context) error {
			return s.store.CreateWorkspace(ctx, plainWorkspace(crm.WorkspaceID(number(0, 70))), nil)
		},
		"Workspaces": func(ctx context.Context) error {
			_, err := s.store.Workspaces(ctx, crm.ListOptions{})
			return err
		},
		"Heads": func(ctx context.Context) error {
			_, err := s.store.Heads(ctx, crm.WorkspaceID{}, 1)
			return err
		},
		"DeleteWorkspace": func(ctx context.Context) error { return s.store.DeleteWorkspace(ctx, s.id) },
	}
}

func checkClosed(e *env) {
	s := e.shop()
	e.must("Close", e.inTime("Close", s.store.Close))
	for what, call := range s.calls() {
		e.wantErr(what+" after Close", e.inTime(what, func() error { return call(e.ctx) }), crm.ErrClosed)
	}
}

func checkCloseWaits(e *env, write bool) {
	s := e.shop()
	m := kinds()[0].sample(s, 1)
	begun, finish := newSignal(), newSignal()
	unit, closed := make(chan error, 1), make(chan error, 1)
	go func() {
		work := func(ctx context.Context, r crm.Reader) error {
			begun.give()
			if err := finish.await(); err != nil {
				return err
			}
			_, err := r.Members().Get(ctx, s.members[0])
			return err
		}
		if !write {
			unit <- s.store.View(e.ctx, s.id, work)
			return
		}
		unit <- s.try(func(ctx context.Context, tx crm.Tx) error { return errors.Join(work(ctx, tx), tx.Insert(ctx, m)) })
	}()
	e.must("unit of work", begun.await())
	go func() { closed <- s.store.Close() }()
	e.staysOpen("Close with an open unit of work", closed)
	finish.give()
	e.must("unit of work during Close", e.wait("unit of work", unit))
	e.must("Close", e.wait("Close", closed))
}

func checkEnded(e *env) {
	s := e.shop()
	before := s.contents()
	cancelled, cancel := context.WithCancel(e.ctx)
	cancel()
	late, cancelLate := context.WithDeadline(e.ctx, time.Unix(0, 0))
	defer cancelLate()
	for what, call := range s.calls() {
		e.wantErr(what+" with a cancelled context", call(cancelled), context.Canceled)
		e.wantErr(what+" after the context's deadline", call(late), context.DeadlineExceeded)
	}
	e.same("contents", s.contents(), before)
	page, err := e.store.Workspaces(e.ctx, crm.ListOptions{})
	e.must("Workspaces", err)
	e.same("workspaces", len(page.Items), 1)
}

func checkEndsWaiting(e *env) {
	s := e.shop()
	err := e.inTime("Update", func() error {
		return s.run(e.ctx, s.id, true, func(context.Context) error {
			for want, end := range map[error]func() (context.Context, context.CancelFunc){
				context.Canceled: func() (context.Context, context.CancelFunc) {
					ctx, cancel := context.WithCancel(e.ctx)
					time.AfterFunc(pause, cancel)
					return ctx, cancel
				},
				context.DeadlineExceeded: func() (context.Context, context.CancelFunc) { return context.WithTimeout(e.ctx, pause) },
			} {
				ctx, cancel := end()
				begin := time.Now()
				err := s.store.Update(ctx, s.id, func(ctx context.Context, tx crm.Tx) error { return tx.Append(ctx, sampleChanges(s, 1)) })
				cancel()
				if !errors.Is(err, want) || time.Since(begin) > patience/2 {
					return fmt.Errorf("a waiting Update ended after %s with error %v, want %v at once", time.Since(begin), err, want)
				}
			}
			return nil
		})
	})
	e.must("Update", err)
	e.same("head", s.contents().Head.Seq, crm.Seq(0))
	s.log(sampleChanges(s, 1)...)
}

func checkEndsWithin(e *env) {
	s, there, fresh := busyShop(e)
	before := s.contents()
	for what, returned := range map[string]error{"fn returned nil": nil, "fn returned an error": errOwn} {
		ctx, cancel := context.WithCancel(e.ctx)
		err := s.store.Update(ctx, s.id, func(ctx context.Context, tx crm.Tx) error {
			if err := writeEverything(s, there, fresh)(ctx, tx); err != nil {
				return err
			}
			cancel()
			return returned
		})
		want := returned
		if want == nil {
			want = context.Canceled
		}
		e.wantErr(what, err, want)
		e.same("contents after the context had ended and "+what, s.contents(), before)
	}
	ctx, cancel := context.WithCancel(e.ctx)
	err := s.store.Update(ctx, s.id, func(ctx context.Context, tx crm.Tx) error {
		cancel()
		return tx.Insert(ctx, fresh...)
	})
	e.wantErr("Insert after the context had ended", err, context.Canceled)
	e.same("contents", s.contents(), before)
	s.update(writeEverything(s, there, fresh))
}

func checkEndsReads(e *env) {
	s, _, _ := busyShop(e)
	for _, write := range []bool{false, true} {
		ctx, cancel := context.WithCancel(e.ctx)
		read := func(ctx context.Context, r crm.Reader) error {
			cancel()
			_, err := r.Workspace(ctx)
			e.wantErr("Workspace", err, context.Canceled)
			_, err = r.Head(ctx)
			e.wantErr("Head", err, context.Canceled)
			_, err = r.Claims(ctx, crm.ClaimFilter{})
			e.wantErr("Claims", err, context.Canceled)
			_, err = r.Changes(ctx, crm.ChangeFilter{}, 1)
			e.wantErr("Changes", err, context.Canceled)
			for _, k := range kinds() {
				_, err = k.list(ctx, r, k.all, crm.ListOptions{})
				e.wantErr("List", err, context.Canceled)
				_, err = k.count(ctx, r, k.all)
				e.wantErr("Count", err, context.Canceled)
				_, err = k.get(ctx, r, s.records(k.name)[0].Ref().ID)
				e.wantErr("Get", err, context.Canceled)
				_, err = k.getAll(ctx, r, ids(s.records(k.name)...))
				e.wantErr("GetAll", err, context.Canceled)
			}
			return err
		}
		var err error
		if write {
			err = s.store.Update(ctx, s.id, func(ctx context.Context, tx crm.Tx) error { return read(ctx, tx) })
		} else {
			err = s.store.View(ctx, s.id, read)
		}
		e.wantErr("the unit of work", err, context.Canceled)
	}
	s.check("afterwards")
}
