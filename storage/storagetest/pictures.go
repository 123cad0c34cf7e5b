package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func pictureChecks() []check {
	return []check{
		{"A picture comes back as it was added, byte for byte", checkPictureBytes},
		{"Bytes are empty but never nil", checkNoBytes},
		{"Picture: one that is not there is an ErrNotFound and dooms nothing", checkNoPicture},
		{"AddPicture: an id that is taken is an ErrAlreadyExists that names the field id", checkPictureTaken},
		{"AddPicture: after it has failed the transaction is doomed", checkPictureDooms},
		{"AddPicture: its influencer need not be there, nor the picture that an influencer names", checkPictureReferences},
		{"A picture stays when another takes its place and when its influencer is deleted", checkPictureStays},
		{"DeletePictures: removes all pictures of an influencer and no others", checkDeletePictures},
		{"A unit of work sees the pictures that it has added", checkOwnPictures},
		{"A unit of work that fails adds no picture", checkPictureRollback},
		{"View: sees no picture that came after it", checkPictureSnapshot},
		{"A Reader and a Tx answer for pictures until their callback returns", checkPicturesEnd},
		{"A picture shares no memory with what was passed in or came back", checkPictureMemory},
		{"A picture belongs to one workspace; another may have the same id", checkPictureIsolation},
		{"DeleteWorkspace: removes its pictures and no others", checkPicturesWiped},
	}
}

// pictureID is the nth of the ids of pictures, the same in every shop.
func pictureID(n int) crm.PictureID { return crm.PictureID(number(4, n)) }

// picture is the nth of a series of pictures with all bytes in them, no two alike.
func (s *shop) picture(n int) crm.Picture {
	p := crm.Picture{
		ID: pictureID(n), Influencer: s.influencers[n%2], Type: words[n%len(words)], Width: n, Height: 512,
		Data: make([]byte, 256*(n+1)),
	}
	for i := range p.Data {
		p.Data[i] = byte(i + int(s.id[15]))
	}
	return p
}

// add adds pictures in a unit of work of their own.
func (s *shop) add(pictures ...crm.Picture) {
	s.Helper()
	s.must("AddPicture", s.tryAdd(pictures...))
}

func (s *shop) tryAdd(pictures ...crm.Picture) error {
	return s.try(func(ctx context.Context, tx crm.Tx) error {
		for _, p := range pictures {
			if err := tx.AddPicture(ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// has reports the pictures that are not there as they should be.
func (s *shop) has(what string, pictures ...crm.Picture) {
	s.Helper()
	s.view(func(ctx context.Context, r crm.Reader) error {
		s.shows(ctx, r, what, pictures...)
		return nil
	})
}

func (s *shop) shows(ctx context.Context, r crm.Reader, what string, pictures ...crm.Picture) {
	s.Helper()
	for _, want := range pictures {
		got, err := r.Picture(ctx, want.ID)
		s.same(fmt.Sprintf("%s: error of Picture %s", what, want.ID), err, nil)
		s.same(fmt.Sprintf("%s: picture %s", what, want.ID), got, want)
		if err == nil && got.Data == nil {
			s.Errorf("%s: the bytes of picture %s are nil", what, want.ID)
		}
	}
}

// lacks reports pictures that are there and should not be.
func (s *shop) lacks(what string, pictures ...crm.Picture) {
	s.Helper()
	s.view(func(ctx context.Context, r crm.Reader) error {
		s.showsNone(ctx, r, what, pictures...)
		return nil
	})
}

func (s *shop) showsNone(ctx context.Context, r crm.Reader, what string, pictures ...crm.Picture) {
	s.Helper()
	for _, p := range pictures {
		got, err := r.Picture(ctx, p.ID)
		s.wantErr(what+": Picture", err, crm.ErrNotFound)
		s.same(what+": what came with the error", got, crm.Picture{})
	}
}

func checkPictureBytes(e *env) {
	s := e.shop()
	large := s.picture(1)
	large.Data = make([]byte, 1<<20+1<<12) // as large as the domain lets them be
	for n := range large.Data {
		large.Data[n] = byte(n * n >> 3)
	}
	bare := crm.Picture{ID: pictureID(2), Data: []byte{0}}
	text := s.picture(3)
	text.Type, text.Data = awkward, []byte(awkward+"\xff\xfe\x00 ")
	s.add(large, bare, text)
	s.has("after the Update", large, bare, text)
	for n := range words {
		p := s.picture(10 + n)
		s.add(p)
		s.has("one by one", p)
	}
	s.has("at the end", large, bare, text)
}

func checkNoBytes(e *env) {
	s := e.shop()
	null, empty := s.picture(1), s.picture(2)
	null.Data, empty.Data = nil, []byte{}
	s.add(null, empty)
	null.Data = []byte{}
	s.has("pictures without bytes", null, empty)
}

func checkNoPicture(e *env) {
	s := e.shop()
	there, missing := s.picture(1), s.picture(2)
	s.lacks("in an empty workspace", missing, crm.Picture{})
	s.update(func(ctx context.Context, tx crm.Tx) error {
		s.showsNone(ctx, tx, "before the write", there, missing, crm.Picture{})
		return tx.AddPicture(ctx, there)
	})
	s.has("after the Update", there)
	s.lacks("after the Update", missing, crm.Picture{})
}

func checkPictureTaken(e *env) {
	s := e.shop()
	first := s.picture(1)
	s.add(first)
	second := s.picture(2)
	second.ID = first.ID
	for what, again := range map[string]crm.Picture{"another picture": second, "the same picture": first} {
		err := s.tryAdd(again)
		e.wantErr(what, err, crm.ErrAlreadyExists)
		var detail *crm.Error
		if !errors.As(err, &detail) || detail.Field != "id" || detail.Record != first.Ref() {
			e.Errorf("%s: got error %v, want one of the field id of the %s", what, err, first.Ref())
		}
	}
	third := s.picture(3)
	e.wantErr("twice in one unit of work", s.tryAdd(third, third), crm.ErrAlreadyExists)
	s.lacks("added twice", third)
	s.has("afterwards", first)
}

func checkPictureDooms(e *env) {
	s := e.shop()
	taken, before, after := s.picture(1), s.picture(2), s.picture(3)
	s.add(taken)
	contents := s.contents()
	m := kinds()[0].sample(s, 1)
	err := s.try(func(ctx context.Context, tx crm.Tx) error {
		if err := errors.Join(tx.Insert(ctx, m), tx.AddPicture(ctx, before)); err != nil {
			return err
		}
		e.wantErr("AddPicture", tx.AddPicture(ctx, taken), crm.ErrAlreadyExists)
		_ = tx.AddPicture(ctx, after)
		_ = tx.Append(ctx, sampleChanges(s, 1))
		return nil
	})
	e.wantErr("fn returned nil, Update", err, crm.ErrAlreadyExists)
	err = s.try(func(ctx context.Context, tx crm.Tx) error {
		e.wantErr("Update", tx.Update(ctx, m), crm.ErrNotFound)
		e.wantErr("AddPicture after a failed write", tx.AddPicture(ctx, after), crm.ErrNotFound)
		_, err := tx.Picture(ctx, taken.ID)
		e.wantErr("Picture after a failed write", err, crm.ErrNotFound)
		return nil
	})
	e.wantErr("after another write has failed, Update", err, crm.ErrNotFound)
	e.same("contents afterwards", s.contents(), contents)
	s.lacks("afterwards", before, after)
	s.has("afterwards", taken)
}

func checkPictureReferences(e *env) {
	s := e.shop()
	p := s.picture(1)
	p.Influencer = crm.InfluencerID(number(1, 900))
	s.add(p)
	s.has("picture of nobody", p)
	i := crm.Influencer{ID: crm.InfluencerID(s.newID()), Version: 1, Name: "No picture", Picture: pictureID(99)}
	s.insert(i)
	i.Picture = pictureID(98)
	s.change(i)
	s.check("influencer whose picture is not there")
}

func checkPictureStays(e *env) {
	s := e.shop()
	first, second := s.picture(1), s.picture(2)
	i := crm.Influencer{ID: crm.InfluencerID(s.newID()), Version: 1, Name: "Emma", Picture: first.ID}
	first.Influencer, second.Influencer = i.ID, i.ID
	s.add(first)
	s.insert(i)
	s.add(second)
	i.Picture = second.ID
	s.change(i)
	s.has("after another took its place", first, second)
	i.Version, i.Picture = 2, crm.PictureID{}
	s.change(i)
	s.has("after the last was taken away", first, second)
	s.remove(backend.AtRevision(i, 3))
	s.has("after the influencer was deleted", first, second)
	s.check("afterwards")
}

func checkDeletePictures(e *env) {
	a, b := e.shop(), e.shop()
	others, first, second := a.picture(1), a.picture(2), a.picture(4)
	a.add(others, first, second)
	b.add(b.picture(2))
	wipe := func(ctx context.Context, tx crm.Tx) error {
		err := tx.DeletePictures(ctx, first.Influencer)
		a.showsNone(ctx, tx, "within the unit of work", first, second)
		a.shows(ctx, tx, "within the unit of work", others)
		return err
	}
	e.wantErr("Update", a.try(failing(wipe)), errOwn)
	a.has("after fn returned an error", others, first, second)
	a.update(wipe)
	a.lacks("afterwards", first, second)
	a.has("afterwards", others)
	b.has("the other workspace", b.picture(2))
	a.check("the records")
	a.update(wipe) // of nobody's pictures
	a.add(first)
	a.has("added again", others, first)
}

func checkOwnPictures(e *env) {
	s := e.shop()
	old, first, second := s.picture(1), s.picture(2), s.picture(3)
	s.add(old)
	s.update(func(ctx context.Context, tx crm.Tx) error {
		err := tx.AddPicture(ctx, first)
		s.shows(ctx, tx, "after the first AddPicture", old, first)
		s.showsNone(ctx, tx, "after the first AddPicture", second)
		err = errors.Join(err, tx.AddPicture(ctx, second))
		s.shows(ctx, tx, "after the second AddPicture", old, first, second)
		return err
	})
	s.has("after the Update", old, first, second)
}

func checkPictureRollback(e *env) {
	s := e.shop()
	old, fresh := s.picture(1), s.picture(2)
	s.add(old)
	add := func(ctx context.Context, tx crm.Tx) error { return tx.AddPicture(ctx, fresh) }
	e.wantErr("Update", s.try(failing(add)), errOwn)
	s.lacks("after fn returned an error", fresh)
	err := e.inTime("Update with a panic", func() error {
		defer func() { _ = recover() }()
		return s.try(func(ctx context.Context, tx crm.Tx) error {
			if err := add(ctx, tx); err != nil {
				return err
			}
			panic("the caller's own panic")
		})
	})
	e.must("Update with a panic", err)
	s.lacks("after fn panicked", fresh)
	s.has("afterwards", old)
	s.add(fresh)
	s.has("added at last", old, fresh)
}

func checkPictureSnapshot(e *env) {
	s := e.shop()
	old, fresh, runs := s.picture(0), crm.Picture{}, 0 // a View may run twice, each time with a fresh one
	s.add(old)
	s.view(func(ctx context.Context, r crm.Reader) error {
		if _, err := r.Head(ctx); err != nil { // a snapshot begins no later than the first read
			return err
		}
		runs++
		fresh = s.picture(runs)
		if err := e.inTime("Update during a View", func() error { return s.tryAdd(fresh) }); err != nil {
			return err
		}
		s.shows(ctx, r, "during the View", old)
		s.showsNone(ctx, r, "during the View", fresh)
		return nil
	})
	s.has("after the View", old, fresh)
}

func checkPicturesEnd(e *env) {
	s := e.shop()
	there, late := s.picture(1), s.picture(2)
	s.add(there)
	var reader crm.Reader
	var tx crm.Tx
	s.view(func(ctx context.Context, r crm.Reader) error {
		reader = r
		s.shows(ctx, r, "during the View", there)
		return nil
	})
	s.update(func(_ context.Context, t crm.Tx) error { tx = t; return nil })
	for what, r := range map[string]crm.Reader{"Reader": reader, "Tx": tx} {
		if _, err := r.Picture(e.ctx, there.ID); err == nil {
			e.Errorf("a %s returned a picture after its callback had returned", what)
		}
	}
	if err := tx.AddPicture(e.ctx, late); err == nil {
		e.Error("a Tx added a picture after its callback had returned")
	}
	s.lacks("afterwards", late)
	cancelled, cancel := context.WithCancel(e.ctx)
	cancel()
	s.view(func(_ context.Context, r crm.Reader) error {
		_, err := r.Picture(cancelled, there.ID)
		e.wantErr("Picture with a context that has ended", err, context.Canceled)
		return nil
	})
}

func checkPictureMemory(e *env) {
	s := e.shop()
	want := s.picture(1)
	s.update(func(ctx context.Context, tx crm.Tx) error {
		given := s.picture(1)
		err := tx.AddPicture(ctx, given)
		scribble(given)
		s.shows(ctx, tx, "after the picture that was passed in was overwritten", want)
		return err
	})
	s.has("after the Update", want)
	s.view(func(ctx context.Context, r crm.Reader) error {
		first, err := r.Picture(ctx, want.ID)
		second, err2 := r.Picture(ctx, want.ID)
		scribble(first)
		e.same("second answer after the first was overwritten", second, want)
		return errors.Join(err, err2)
	})
	s.has("in another View", want)
}

func checkPictureIsolation(e *env) {
	a, b := e.shop(), e.shop()
	a.add(a.picture(1), a.picture(2))
	b.lacks("before it has any", a.picture(1), a.picture(2))
	b.add(b.picture(1))
	a.has("first workspace", a.picture(1), a.picture(2))
	b.has("second workspace", b.picture(1))
	b.lacks("second workspace", a.picture(2))
}

func checkPicturesWiped(e *env) {
	a, b := e.shop(), e.shop()
	a.add(a.picture(1), a.picture(2))
	b.add(b.picture(1), b.picture(2))
	e.must("DeleteWorkspace", e.store.DeleteWorkspace(e.ctx, a.id))
	e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, plainWorkspace(a.id), nil))
	a.lacks("the workspace that was made again", a.picture(1), a.picture(2))
	a.add(a.picture(1))
	a.has("the workspace that was made again", a.picture(1))
	b.has("the other workspace", b.picture(1), b.picture(2))
}

func checkReopenedPictures(e *env) {
	a, b := e.shop(), e.shop()
	a.add(a.picture(1), a.picture(2))
	b.add(b.picture(1))
	e.wantErr("Update", a.try(failing(func(ctx context.Context, tx crm.Tx) error { return tx.AddPicture(ctx, a.picture(3)) })), errOwn)
	e.open()
	a.has("first workspace", a.picture(1), a.picture(2))
	a.lacks("first workspace", a.picture(3))
	b.has("second workspace", b.picture(1))
	b.lacks("second workspace", b.picture(2))
	e.wantErr("AddPicture of an id that is taken", a.tryAdd(a.picture(1)), crm.ErrAlreadyExists)
}
