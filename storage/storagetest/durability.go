package storagetest

import (
	"context"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func durabilityChecks() []check {
	return []check{
		{"Everything written is there after the store was opened again", checkReopened},
		{"A unit of work that failed is not there after the store was opened again", checkReopenedFailure},
		{"Close: waits for an open Update, which is there after the store was opened again", checkReopenedUpdate},
		{"The store goes on where it ended", checkGoesOn},
		{"Every picture is there after the store was opened again", checkReopenedPictures},
	}
}

func (e *env) open() { e.store = e.reopen(e.T, e.store) }

func checkReopened(e *env) {
	a, b := filledShops(e)
	e.must("Update", a.tryChange(fullWorkspace(a.id)))
	for _, k := range kinds() {
		a.insert(k.full(a))
	}
	first, second := a.contents(), b.contents()
	e.open()
	e.same("first workspace", a.contents(), first)
	e.same("second workspace", b.contents(), second)
	a.check("first workspace")
}

func checkReopenedFailure(e *env) {
	s, there, fresh := busyShop(e)
	before := s.contents()
	work := writeEverything(s, there, fresh)
	e.wantErr("Update", s.try(failing(work)), errOwn)
	e.open()
	e.same("contents", s.contents(), before)
	s.update(work)
}

func checkReopenedUpdate(e *env) {
	s := e.shop()
	m := kinds()[0].sample(s, 1)
	begun, finish := newSignal(), newSignal()
	done := make(chan error, 1)
	go func() {
		done <- s.store.Update(e.ctx, s.id, func(ctx context.Context, tx crm.Tx) error {
			begun.give()
			if err := finish.await(); err != nil {
				return err
			}
			return tx.Insert(ctx, m)
		})
	}()
	e.must("Update", begun.await())
	time.AfterFunc(pause, finish.give)
	e.open()
	e.must("Update", e.wait("Update", done))
	s.model[m.Ref()] = stored(m)
	s.check("afterwards")
}

func checkGoesOn(e *env) {
	s := e.shop()
	c, m := s.campaign("Taken"), kinds()[0].full(s)
	s.insert(c, m)
	changes := sampleChanges(s, 5)
	s.log(changes[:3]...)
	e.open()
	s.log(changes[3:]...)
	e.same("log", s.contents().Changes, storedChanges(changes))
	e.wantErr("Insert of a taken name", s.tryInsert(s.campaign("TAKEN")), crm.ErrAlreadyExists)
	e.wantErr("Insert of a taken id", s.tryInsert(m), crm.ErrAlreadyExists)
	e.wantErr("Update of a stale version", s.tryChange(backend.AtRevision(m, 2)), crm.ErrConflict)
	s.change(kinds()[0].edited(s, m))
	s.check("afterwards")
}
