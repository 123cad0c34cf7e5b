package storagetest

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
)

var snapshotChecks = []check{
	inShop("View: one consistent snapshot while writers commit", func(s *shop) {
		work := s.everyWrite()
		before := s.contents()
		var first, second contents
		s.view(func(ctx context.Context, r crm.Reader) (err error) {
			if _, err = r.Head(ctx); err != nil { // a snapshot begins no later than the first read
				return err
			}
			err = s.inTime("Update during a View", func() error { return s.try(work) })
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
		s.same("what the View saw after the commit", first, before)
		s.same("what it saw later", second, before)
		if s.contents().Head.Seq == before.Head.Seq {
			s.Error("the Update during the View wrote nothing")
		}
	}),
	inShop("View: does not wait for a writer and sees nothing of it", func(s *shop) {
		work := s.everyWrite()
		before := s.contents()
		var during contents
		s.update(func(ctx context.Context, tx crm.Tx) error {
			if err := work(ctx, tx); err != nil {
				return err
			}
			return s.inTime("View during a long Update", func() error {
				return s.store.View(s.ctx, s.id, func(ctx context.Context, r crm.Reader) (err error) {
					during, err = readAll(ctx, r)
					return err
				})
			})
		})
		s.same("what a View saw during an Update", during, before)
	}),
	inShop("View: does not make a writer wait", func(s *shop) {
		r := members.sample(s, 1)
		begun, written := newSignal(), newSignal()
		viewing := start(func() error {
			return s.store.View(s.ctx, s.id, func(ctx context.Context, rd crm.Reader) error {
				if _, err := rd.Head(ctx); err != nil {
					return err
				}
				begun.give()
				return written.await()
			})
		})
		s.must("View", begun.await())
		err := s.inTime("Update during a View", func() error { return s.tryInsert(r) })
		written.give()
		s.must("Update during a View", err)
		s.must("View", s.wait("View", viewing))
		s.expect(r)
		s.check("afterwards")
	}),
	forEachKind("Update: what a unit of work wrote is there when Update returns", func(s *shop, k kind) {
		for n := range 20 {
			r := k.sample(s, n)
			s.insert(r)
			s.view(func(ctx context.Context, rd crm.Reader) error {
				s.returns("record", stored(r))(k.get(ctx, rd, r.Ref().ID))
				return nil
			})
		}
	}),
}
