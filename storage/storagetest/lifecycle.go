package storagetest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/getklar/influencercrm/crm"
)

var lifecycleChecks = []check{
	inShop("After Close every call returns ErrClosed", func(s *shop) {
		s.must("Close", s.inTime("Close", s.store.Close))
		for what, call := range s.calls() {
			s.wantErr(what+" after Close", s.inTime(what, func() error { return call(s.ctx) }), crm.ErrClosed)
		}
	}),
	inShop("After Close a context that has ended is not looked at: the error is ErrClosed", func(s *shop) {
		ctx, cancel := context.WithCancel(s.ctx)
		cancel()
		s.must("Close", s.store.Close())
		for what, call := range s.calls() {
			err := s.inTime(what, func() error { return call(ctx) })
			s.onlyErr(what+" after Close with an ended context", err, crm.ErrClosed, context.Canceled)
		}
		for what, read := range reads(s.store.Reader(s.id)) {
			s.onlyErr(what+" after Close with an ended context", read(ctx), crm.ErrClosed, context.Canceled)
		}
	}),
	inShop("Heads and Workspaces: bad arguments are an ErrInvalid, after what ends every call", func(s *shop) {
		ended, cancel := context.WithCancel(s.ctx)
		cancel()
		calls := map[string]func(context.Context) error{
			"Heads": func(ctx context.Context) error { _, err := s.store.Heads(ctx, crm.WorkspaceID{}, 0); return err },
			"Workspaces": func(ctx context.Context) error {
				_, err := s.store.Workspaces(ctx, crm.ListOptions{Token: "x"})
				return err
			},
		}
		for what, call := range calls {
			s.wantErr(what, call(s.ctx), crm.ErrInvalid)
			s.onlyErr(what+" with an ended context", call(ended), context.Canceled, crm.ErrInvalid)
			s.view(func(ctx context.Context, _ crm.Reader) error {
				s.onlyErr(what+", nested", call(ctx), crm.ErrNestedTx, crm.ErrInvalid)
				return nil
			})
		}
		s.must("Close", s.store.Close())
		for what, call := range calls {
			s.onlyErr(what+" after Close", call(s.ctx), crm.ErrClosed, crm.ErrInvalid)
		}
	}),
	inShop("Close: waits for an open View", func(s *shop) {
		s.closesAfter(func(work func(context.Context, crm.Reader) error) error { return s.store.View(s.ctx, s.id, work) })
	}),
	inShop("Close: waits for an open Update", func(s *shop) {
		m := members.sample(s, 1)
		s.closesAfter(func(work func(context.Context, crm.Reader) error) error {
			return s.try(func(ctx context.Context, tx crm.Tx) error { return errors.Join(work(ctx, tx), tx.Insert(ctx, m)) })
		})
	}),
	inShop("A context that has ended ends every call with its error", func(s *shop) {
		before := s.contents()
		cancelled, cancel := context.WithCancel(s.ctx)
		cancel()
		late, cancelLate := context.WithDeadline(s.ctx, time.Unix(0, 0))
		defer cancelLate()
		for what, call := range s.calls() {
			s.wantErr(what+" with a cancelled context", call(cancelled), context.Canceled)
			s.wantErr(what+" after the context's deadline", call(late), context.DeadlineExceeded)
		}
		s.same("contents", s.contents(), before)
		s.same("workspaces", len(s.workspaces()), 1)
	}),
	inShop("A context that ends while an Update waits for a writer ends it, and nothing is written", func(s *shop) {
		waiting := func(ctx context.Context, want error) error {
			begin := time.Now()
			err := s.store.Update(ctx, s.id, func(ctx context.Context, tx crm.Tx) error { return tx.Append(ctx, sampleChanges(s, 1)) })
			if !errors.Is(err, want) || time.Since(begin) > patience/2 {
				return fmt.Errorf("a waiting Update ended after %s with error %v, want %v at once", time.Since(begin), err, want)
			}
			return nil
		}
		s.must("Update", s.inTime("Update", func() error {
			return s.run(s.ctx, s.id, true, func(context.Context) error {
				cancelled, cancel := context.WithCancel(s.ctx)
				defer cancel()
				time.AfterFunc(pause, cancel)
				late, cancelLate := context.WithTimeout(s.ctx, 2*pause)
				defer cancelLate()
				return errors.Join(waiting(cancelled, context.Canceled), waiting(late, context.DeadlineExceeded))
			})
		}))
		s.same("head", s.contents().Head.Seq, crm.Seq(0))
		s.log(sampleChanges(s, 1)...)
	}),
	inShop("A context that ends within fn ends the Update, even if fn returns nil, and nothing is written", func(s *shop) {
		work := s.everyWrite()
		before := s.contents()
		for want, returned := range map[error]error{context.Canceled: nil, errOwn: errOwn} {
			ctx, cancel := context.WithCancel(s.ctx)
			err := s.store.Update(ctx, s.id, func(ctx context.Context, tx crm.Tx) error {
				if err := work(ctx, tx); err != nil {
					return err
				}
				cancel()
				return returned
			})
			s.wantErr(fmt.Sprintf("fn returned %v, Update", returned), err, want)
			s.same("contents after the context had ended", s.contents(), before)
		}
		ctx, cancel := context.WithCancel(s.ctx)
		err := s.store.Update(ctx, s.id, func(ctx context.Context, tx crm.Tx) error {
			cancel()
			return tx.Insert(ctx, members.sample(s, 4))
		})
		s.wantErr("Insert after the context had ended", err, context.Canceled)
		s.same("contents", s.contents(), before)
		s.update(work)
	}),
	inShop("A context that ends ends reads with its error", func(s *shop) {
		s.everyWrite()
		read := func(ctx context.Context, r crm.Reader, cancel func()) error {
			cancel()
			s.fails("Workspace", context.Canceled)(r.Workspace(ctx))
			s.fails("Head", context.Canceled)(r.Head(ctx))
			s.fails("Claims", context.Canceled)(r.Claims(ctx, crm.ClaimFilter{}))
			s.fails("PlanRows", context.Canceled)(readPlan(ctx, r))
			s.fails("PlanSums", context.Canceled)(readPlanSums(ctx, r, crm.PlanSumFilter{}))
			s.fails("PlanSpans", context.Canceled)(r.PlanSpans(ctx, s.campaigns))
			s.fails("Changes", context.Canceled)(r.Changes(ctx, crm.ChangeFilter{}, 1))
			for _, k := range kinds {
				all := ids(s.records(k.name)...)
				s.fails("List", context.Canceled)(k.list(ctx, r, k.all, crm.ListOptions{}))
				s.fails("Count", context.Canceled)(k.count(ctx, r, k.all))
				s.fails("Get", context.Canceled)(k.get(ctx, r, all[0]))
				s.fails("GetAll", context.Canceled)(k.getAll(ctx, r, all))
			}
			return ctx.Err()
		}
		ctx, cancel := context.WithCancel(s.ctx)
		err := s.store.View(ctx, s.id, func(ctx context.Context, r crm.Reader) error { return read(ctx, r, cancel) })
		s.wantErr("View", err, context.Canceled)
		ctx, cancel = context.WithCancel(s.ctx)
		err = s.store.Update(ctx, s.id, func(ctx context.Context, tx crm.Tx) error { return read(ctx, tx, cancel) })
		s.wantErr("Update", err, context.Canceled)
		s.check("afterwards")
	}),
}

// onlyErr reports an error of another family than the wanted one, or of another one too.
func (e *env) onlyErr(what string, got, want, not error) {
	e.Helper()
	if !errors.Is(got, want) || errors.Is(got, not) {
		e.Errorf("%s: got error %v, want one that is %q and not %q", what, got, want, not)
	}
}

// closesAfter closes the store while a unit of work is open, which may read on, and checks that Close waits for its end.
func (s *shop) closesAfter(unit func(work func(context.Context, crm.Reader) error) error) {
	s.Helper()
	begun, finish := newSignal(), newSignal()
	working := start(func() error {
		return unit(func(ctx context.Context, r crm.Reader) error {
			begun.give()
			if err := finish.await(); err != nil {
				return err
			}
			_, err := r.Members().Get(ctx, s.members[0])
			return err
		})
	})
	s.must("unit of work", begun.await())
	closing := start(s.store.Close)
	s.staysOpen("Close with an open unit of work", closing)
	finish.give()
	s.must("unit of work during Close", s.wait("unit of work", working))
	s.must("Close", s.wait("Close", closing))
}
