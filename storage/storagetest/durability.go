package storagetest

import (
	"context"
	"time"

	"github.com/getklar/influencercrm/crm"
)

var durabilityChecks = []check{
	inTwoShops("Everything written is there after the store was opened again", func(a, b *shop) {
		fillAlike(a, b)
		a.must("Update", a.tryChange(fullWorkspace(a.id)))
		for _, k := range kinds {
			a.insert(k.full(a))
		}
		first, second := a.contents(), b.contents()
		a.open()
		a.same("first workspace", a.contents(), first)
		a.same("second workspace", b.contents(), second)
		a.check("first workspace")
	}),
	inShop("A unit of work that failed is not there after the store was opened again", func(s *shop) {
		work := s.everyWrite()
		before := s.contents()
		s.wantErr("Update", s.try(failing(work)), errOwn)
		s.open()
		s.same("contents", s.contents(), before)
		s.update(work)
	}),
	inShop("Close: waits for an open Update, which is there after the store was opened again", func(s *shop) {
		m := members.sample(s, 1)
		begun, finish := newSignal(), newSignal()
		store := s.store
		writing := start(func() error {
			return store.Update(s.ctx, s.id, func(ctx context.Context, tx crm.Tx) error {
				begun.give()
				if err := finish.await(); err != nil {
					return err
				}
				return tx.Insert(ctx, m)
			})
		})
		s.must("Update", begun.await())
		time.AfterFunc(pause, finish.give)
		s.open()
		s.must("Update", s.wait("Update", writing))
		s.expect(m)
		s.check("afterwards")
	}),
	inShop("The store goes on where it ended", func(s *shop) {
		c, m := s.campaign("Taken"), members.full(s)
		s.insert(c, m)
		changes := sampleChanges(s, 5)
		s.log(changes[:3]...)
		s.open()
		s.log(changes[3:]...)
		s.same("log", s.contents().Changes, storedChanges(changes))
		s.wantErr("Insert of a taken name", s.tryInsert(s.campaign("TAKEN")), crm.ErrAlreadyExists)
		s.wantErr("Insert of a taken id", s.tryInsert(m), crm.ErrAlreadyExists)
		s.wantErr("Update of a stale version", s.tryChange(crm.AtRevision(m, 2)), crm.ErrConflict)
		s.change(members.edited(s, m))
		s.check("afterwards")
	}),
	inTwoShops("Every picture is there after the store was opened again", func(a, b *shop) {
		a.add(a.picture(1), a.picture(2))
		b.add(b.picture(1))
		a.wantErr("Update", a.try(failing(adding(a.picture(3)))), errOwn)
		a.open()
		a.has("first workspace", a.picture(1), a.picture(2))
		a.lacks("first workspace", a.picture(3))
		b.has("second workspace", b.picture(1))
		b.lacks("second workspace", b.picture(2))
		a.wantErr("AddPicture of an id that is taken", a.try(adding(a.picture(1))), crm.ErrAlreadyExists)
	}),
}

// open closes the store and opens it again, as after a restart.
func (e *env) open() { e.store = e.reopen(e.T, e.store) }
