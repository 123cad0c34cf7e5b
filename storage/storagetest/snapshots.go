package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
)

func snapshotChecks() []check {
	return []check{
		{"View: one consistent snapshot while writers commit", checkSnapshot},
		{"View: does not wait for a writer and sees nothing of it", checkViewDuringUpdate},
		{"View: does not make a writer wait", checkUpdateDuringView},
		{"Update: what a unit of work wrote is there when Update returns", checkAtOnce},
	}
}

func checkSnapshot(e *env) {
	s, there, fresh := busyShop(e)
	before := s.contents()
	var first, second contents
	s.view(func(ctx context.Context, r crm.Reader) (err error) {
		if _, err = r.Head(ctx); err != nil { // a snapshot begins no later than the first read
			return err
		}
		err = e.inTime("Update during a View", func() error { return s.try(writeEverything(s, there, fresh)) })
		if errors.Is(err, crm.ErrConflict) || errors.Is(err, crm.ErrAlreadyExists) {
			err = nil // the View runs for the second time
		}
		if err != nil {
			return err
		}
		if first, err = readAll(ctx, r); err != nil {
			return err
		}
		second, err = readAll(ctx, r)
		return err
	})
	e.same("what the View saw after the commit", first, before)
	e.same("what it saw later", second, before)
	if s.contents().Head.Seq == before.Head.Seq {
		e.Error("the Update during the View wrote nothing")
	}
}

func checkViewDuringUpdate(e *env) {
	s, there, fresh := busyShop(e)
	before := s.contents()
	var during contents
	s.update(func(ctx context.Context, tx crm.Tx) error {
		if err := writeEverything(s, there, fresh)(ctx, tx); err != nil {
			return err
		}
		done := make(chan error, 1)
		go func() {
			done <- s.store.View(e.ctx, s.id, func(ctx context.Context, r crm.Reader) (err error) {
				during, err = readAll(ctx, r)
				return err
			})
		}()
		return e.wait("View during a long Update", done)
	})
	e.same("what a View saw during an Update", during, before)
}

func checkUpdateDuringView(e *env) {
	s := e.shop()
	r := kinds()[0].sample(s, 1)
	begun, written := newSignal(), newSignal()
	done := make(chan error, 1)
	go func() {
		done <- s.store.View(e.ctx, s.id, func(ctx context.Context, rd crm.Reader) error {
			if _, err := rd.Head(ctx); err != nil {
				return err
			}
			begun.give()
			return written.await()
		})
	}()
	e.must("View", begun.await())
	err := e.inTime("Update during a View", func() error { return s.tryInsert(r) })
	written.give()
	e.must("Update during a View", err)
	e.must("View", e.wait("View", done))
	s.model[r.Ref()] = stored(r)
	s.check("afterwards")
}

func checkAtOnce(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		for n := range 20 {
			r := k.sample(s, n)
			s.insert(r)
			s.view(func(ctx context.Context, rd crm.Reader) error {
				got, err := k.get(ctx, rd, r.Ref().ID)
				if err != nil {
					return fmt.Errorf("%s %d: %w", k.name, n, err)
				}
				e.same("record", got, stored(r))
				return nil
			})
		}
	}
}
