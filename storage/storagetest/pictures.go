package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

var pictureChecks = []check{
	inShop("A picture comes back as it was added, byte for byte", func(s *shop) {
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
	}),
	inShop("Bytes are empty but never nil", func(s *shop) {
		null, empty := s.picture(1), s.picture(2)
		null.Data, empty.Data = nil, []byte{}
		s.add(null, empty)
		null.Data = []byte{}
		s.has("pictures without bytes", null, empty)
	}),
	inShop("Picture: one that is not there is an ErrNotFound and dooms nothing", func(s *shop) {
		there, missing := s.picture(1), s.picture(2)
		s.lacks("in an empty workspace", missing, crm.Picture{})
		s.update(func(ctx context.Context, tx crm.Tx) error {
			s.showsNone(ctx, tx, "before the write", there, missing, crm.Picture{})
			return tx.AddPicture(ctx, there)
		})
		s.has("after the Update", there)
		s.lacks("after the Update", missing, crm.Picture{})
	}),
	inTwoShops("PictureIDs: all pictures in the order of ids, whoever names them, a limited number at a time", func(a, b *shop) {
		a.lists("in an empty workspace")
		kept := a.influencer()
		kept.Picture = pictureID(99) // is not there
		a.insert(kept)
		a.add(a.picture(3), a.picture(1), a.picture(4), a.picture(2)) // of influencers that name none
		b.add(b.picture(5), b.picture(2))
		a.lists("after the Update", pictureID(1), pictureID(2), pictureID(3), pictureID(4))
		b.lists("the other workspace", pictureID(2), pictureID(5))
		a.view(func(ctx context.Context, r crm.Reader) error {
			a.returns("two of four", []crm.PictureID{pictureID(2), pictureID(3)})(r.PictureIDs(ctx, pictureID(1), 2))
			a.returns("after an id that is not there", []crm.PictureID{pictureID(1)})(r.PictureIDs(ctx, pictureID(0), 1))
			a.returns("after the last", []crm.PictureID{})(r.PictureIDs(ctx, pictureID(4), crm.MaxPageSize))
			return nil
		})
		a.update(func(ctx context.Context, tx crm.Tx) error {
			err := errors.Join(tx.DeletePictures(ctx, a.picture(2).Influencer), tx.AddPicture(ctx, a.picture(7)))
			a.returns("within the unit of work", []crm.PictureID{pictureID(1), pictureID(3), pictureID(7)})(
				tx.PictureIDs(ctx, crm.PictureID{}, crm.MaxPageSize))
			return err
		})
		a.lists("after some were deleted", pictureID(1), pictureID(3), pictureID(7))
		b.lists("the other workspace afterwards", pictureID(2), pictureID(5))
	}),
	inShop("PictureIDs: a limit out of bounds is an ErrInvalid that names the field limit", func(s *shop) {
		s.add(s.picture(1))
		for _, limit := range []int{-1, 0, crm.MaxPageSize + 1} {
			_, err := s.store.Reader(s.id).PictureIDs(s.ctx, crm.PictureID{}, limit)
			s.wantField(fmt.Sprintf("limit %d", limit), err, crm.ErrInvalid, "limit")
		}
	}),
	inShop("AddPicture: an id that is taken is an ErrAlreadyExists that names the field id", func(s *shop) {
		first, second := s.picture(1), s.picture(2)
		s.add(first)
		second.ID = first.ID
		for what, again := range map[string]crm.Picture{"another picture": second, "the same picture": first} {
			err := s.try(adding(again))
			s.wantField(what, err, crm.ErrAlreadyExists, "id")
			if detail := (*crm.Error)(nil); errors.As(err, &detail) && detail.Record != first.Ref() {
				s.Errorf("%s: got error %v, want one of the %s", what, err, first.Ref())
			}
		}
		third := s.picture(3)
		s.wantErr("twice in one unit of work", s.try(adding(third, third)), crm.ErrAlreadyExists)
		s.lacks("added twice", third)
		s.has("afterwards", first)
	}),
	inShop("AddPicture: after it has failed the transaction is doomed", func(s *shop) {
		taken, before, after := s.picture(1), s.picture(2), s.picture(3)
		s.add(taken)
		contents := s.contents()
		m := members.sample(s, 1)
		err := s.try(func(ctx context.Context, tx crm.Tx) error {
			if err := errors.Join(tx.Insert(ctx, m), tx.AddPicture(ctx, before)); err != nil {
				return err
			}
			s.wantErr("AddPicture", tx.AddPicture(ctx, taken), crm.ErrAlreadyExists)
			_ = tx.AddPicture(ctx, after)
			_ = tx.Append(ctx, sampleChanges(s, 1))
			return nil
		})
		s.wantErr("fn returned nil, Update", err, crm.ErrAlreadyExists)
		err = s.try(func(ctx context.Context, tx crm.Tx) error {
			if err := tx.Update(ctx, nil, m); err != nil { // else it is kept back
				s.wantErr("Update", err, crm.ErrNotFound)
			}
			s.wantErr("AddPicture after a failed write", tx.AddPicture(ctx, after), crm.ErrNotFound)
			s.fails("Picture after a failed write", crm.ErrNotFound)(tx.Picture(ctx, taken.ID))
			return nil
		})
		s.wantErr("after another write has failed, Update", err, crm.ErrNotFound)
		s.same("contents afterwards", s.contents(), contents)
		s.lacks("afterwards", before, after)
		s.has("afterwards", taken)
	}),
	inShop("AddPicture: its influencer need not be there, nor the picture that an influencer names", func(s *shop) {
		p, i := s.picture(1), s.influencer()
		p.Influencer, i.Picture = crm.InfluencerID(number(1, 900)), pictureID(99)
		s.add(p)
		s.has("picture of nobody", p)
		s.insert(i)
		i.Picture = pictureID(98)
		s.change(i)
		s.check("influencer whose picture is not there")
	}),
	inShop("A picture stays when another takes its place and when its influencer is deleted", func(s *shop) {
		first, second, i := s.picture(1), s.picture(2), s.influencer()
		first.Influencer, second.Influencer, i.Picture = i.ID, i.ID, first.ID
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
	}),
	inTwoShops("DeletePictures: removes all pictures of an influencer and no others", func(a, b *shop) {
		others, first, second := a.picture(1), a.picture(2), a.picture(4)
		a.add(others, first, second)
		b.add(b.picture(2))
		wipe := func(ctx context.Context, tx crm.Tx) error {
			err := tx.DeletePictures(ctx, first.Influencer)
			a.showsNone(ctx, tx, "within the unit of work", first, second)
			a.shows(ctx, tx, "within the unit of work", others)
			return err
		}
		a.wantErr("Update", a.try(failing(wipe)), errOwn)
		a.has("after fn returned an error", others, first, second)
		a.update(wipe)
		a.lacks("afterwards", first, second)
		a.has("afterwards", others)
		b.has("the other workspace", b.picture(2))
		a.check("the records")
		a.update(wipe) // of nobody's pictures
		a.add(first)
		a.has("added again", others, first)
	}),
	inShop("A unit of work sees the pictures that it has added", func(s *shop) {
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
	}),
	inShop("A unit of work that fails adds no picture", func(s *shop) {
		old, fresh := s.picture(1), s.picture(2)
		s.add(old)
		s.wantErr("Update", s.try(failing(adding(fresh))), errOwn)
		s.lacks("after fn returned an error", fresh)
		s.must("Update with a panic", s.inTime("Update with a panic", func() error { return s.tryPanic(adding(fresh)) }))
		s.lacks("after fn panicked", fresh)
		s.has("afterwards", old)
		s.add(fresh)
		s.has("added at last", old, fresh)
	}),
	inShop("View: sees no picture that came after it", func(s *shop) {
		old, fresh, runs := s.picture(0), crm.Picture{}, 0 // a View may run twice, each time with a fresh one
		s.add(old)
		s.view(func(ctx context.Context, r crm.Reader) error {
			if _, err := r.Head(ctx); err != nil { // a snapshot begins no later than the first read
				return err
			}
			runs++
			fresh = s.picture(runs)
			if err := s.inTime("Update during a View", func() error { return s.try(adding(fresh)) }); err != nil {
				return err
			}
			s.shows(ctx, r, "during the View", old)
			s.showsNone(ctx, r, "during the View", fresh)
			return nil
		})
		s.has("after the View", old, fresh)
	}),
	inShop("A Reader and a Tx answer for pictures until their callback returns", func(s *shop) {
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
			if _, err := r.Picture(s.ctx, there.ID); err == nil {
				s.Errorf("a %s returned a picture after its callback had returned", what)
			}
		}
		if err := tx.AddPicture(s.ctx, late); err == nil {
			s.Error("a Tx added a picture after its callback had returned")
		}
		s.lacks("afterwards", late)
		cancelled, cancel := context.WithCancel(s.ctx)
		cancel()
		s.view(func(_ context.Context, r crm.Reader) error {
			s.fails("Picture with a context that has ended", context.Canceled)(r.Picture(cancelled, there.ID))
			return nil
		})
	}),
	inShop("A picture shares no memory with what was passed in or came back", func(s *shop) {
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
			s.same("second answer after the first was overwritten", second, want)
			return errors.Join(err, err2)
		})
		s.has("in another View", want)
	}),
	inTwoShops("A picture belongs to one workspace; another may have the same id", func(a, b *shop) {
		a.add(a.picture(1), a.picture(2))
		b.lacks("before it has any", a.picture(1), a.picture(2))
		b.add(b.picture(1))
		a.has("first workspace", a.picture(1), a.picture(2))
		b.has("second workspace", b.picture(1))
		b.lacks("second workspace", a.picture(2))
	}),
	inTwoShops("DeleteWorkspace: removes its pictures and no others", func(a, b *shop) {
		a.add(a.picture(1), a.picture(2))
		b.add(b.picture(1), b.picture(2))
		a.must("DeleteWorkspace", a.store.DeleteWorkspace(a.ctx, a.id))
		a.must("CreateWorkspace", a.store.CreateWorkspace(a.ctx, plainWorkspace(a.id), nil))
		a.lacks("the workspace that was made again", a.picture(1), a.picture(2))
		a.add(a.picture(1))
		a.has("the workspace that was made again", a.picture(1))
		b.has("the other workspace", b.picture(1), b.picture(2))
	}),
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

// adding is a unit of work that adds pictures.
func adding(pictures ...crm.Picture) func(context.Context, crm.Tx) error {
	return func(ctx context.Context, tx crm.Tx) error {
		for _, p := range pictures {
			if err := tx.AddPicture(ctx, p); err != nil {
				return err
			}
		}
		return nil
	}
}

// add adds pictures in a unit of work of their own.
func (s *shop) add(pictures ...crm.Picture) {
	s.Helper()
	s.must("AddPicture", s.try(adding(pictures...)))
}

// lists reports ids of pictures that differ, in a View and outside of units of work.
func (s *shop) lists(what string, want ...crm.PictureID) {
	s.Helper()
	if want == nil {
		want = []crm.PictureID{}
	}
	s.view(func(ctx context.Context, r crm.Reader) error {
		s.returns(what+", in a View", want)(r.PictureIDs(ctx, crm.PictureID{}, crm.MaxPageSize))
		return nil
	})
	s.returns(what+", outside of units of work", want)(s.store.Reader(s.id).PictureIDs(s.ctx, crm.PictureID{}, crm.MaxPageSize))
}

// has reports the pictures that are not there as they should be.
func (s *shop) has(what string, pictures ...crm.Picture) {
	s.Helper()
	s.view(func(ctx context.Context, r crm.Reader) error { s.shows(ctx, r, what, pictures...); return nil })
}

func (s *shop) shows(ctx context.Context, r crm.Reader, what string, pictures ...crm.Picture) {
	s.Helper()
	for _, want := range pictures {
		got, err := r.Picture(ctx, want.ID)
		s.returns(fmt.Sprintf("%s: picture %s", what, want.ID), want)(got, err)
		if err == nil && got.Data == nil {
			s.Errorf("%s: the bytes of picture %s are nil", what, want.ID)
		}
	}
}

// lacks reports pictures that are there and should not be.
func (s *shop) lacks(what string, pictures ...crm.Picture) {
	s.Helper()
	s.view(func(ctx context.Context, r crm.Reader) error { s.showsNone(ctx, r, what, pictures...); return nil })
}

func (s *shop) showsNone(ctx context.Context, r crm.Reader, what string, pictures ...crm.Picture) {
	s.Helper()
	for _, p := range pictures {
		got, err := r.Picture(ctx, p.ID)
		s.wantErr(what+": Picture", err, crm.ErrNotFound)
		s.same(what+": what came with the error", got, crm.Picture{})
	}
}
