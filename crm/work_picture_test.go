package crm_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/crm/history"
	"github.com/getklar/influencercrm/crm/sentence"
)

// setPicture gives an influencer a picture, from the stored state.
func (s *shop) setPicture(id crm.InfluencerID, p crm.Picture) crm.Influencer {
	s.Helper()
	return must(s.crm.SetPicture(ctx, s.ws, id, must(s.crm.Influencer(ctx, s.ws, id))(s).Version, p, ""))(s)
}

// bytesOf is the file of a picture.
func (s *shop) bytesOf(id crm.PictureID) []byte {
	s.Helper()
	return must(s.crm.Picture(ctx, s.ws, id))(s).Data
}

func TestSetPicture(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	emma := s.influencer("Emma")
	grey, cut := portrait(40, 30, 99), cutout(30, 40)
	given := crm.Clone(emma)
	given.Name, given.Picture = "Not looked at", crm.PictureID{9}
	grey.ID, grey.Influencer = crm.PictureID{8}, crm.InfluencerID{7}

	first := must(s.crm.SetPicture(ctx, s.ws, given.ID, given.Version, grey, "from her kit"))(t)
	want := crm.Clone(emma)
	want.Version, want.Picture = 2, first.Picture
	if diff := cmp.Diff(want, first, values); diff != "" || first.Picture.IsZero() || first.Picture == given.Picture || first.Picture == grey.ID {
		t.Errorf("set (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(first, must(s.crm.Influencer(ctx, s.ws, emma.ID))(t), values); diff != "" {
		t.Errorf("stored (-returned +stored):\n%s", diff)
	}
	kept := grey
	kept.ID, kept.Influencer = first.Picture, emma.ID
	if diff := cmp.Diff(kept, must(s.crm.Picture(ctx, s.ws, first.Picture))(t)); diff != "" {
		t.Errorf("picture (-want +got):\n%s", diff)
	}

	before := s.head()
	if again := must(s.crm.SetPicture(ctx, s.ws, first.ID, first.Version, grey, "again"))(t); again.Version != 2 || again.Picture != first.Picture || s.head() != before {
		t.Errorf("the same picture again gave %+v", again)
	}
	second := must(s.crm.SetPicture(ctx, s.ws, first.ID, first.Version, cut, ""))(t)
	if second.Picture == first.Picture || !bytes.Equal(s.bytesOf(second.Picture), cut.Data) || !bytes.Equal(s.bytesOf(first.Picture), grey.Data) {
		t.Errorf("another picture gave %+v", second)
	}
	if kept := must(s.crm.Picture(ctx, s.ws, second.Picture))(t).ETag(); kept != `"`+second.Picture.String()+`"` {
		t.Errorf("ETag %s", kept)
	}

	edited := crm.Clone(second)
	edited.Notes, edited.Picture = "called", crm.PictureID{}
	if edited = must(s.crm.UpdateInfluencer(ctx, s.ws, edited, ""))(t); edited.Picture != second.Picture {
		t.Errorf("an update without the picture left %s", edited.Picture)
	}
	made := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Noah", Picture: second.Picture}))(t)
	if !made.Picture.IsZero() {
		t.Errorf("created with the picture %s", made.Picture)
	}

	none := must(s.crm.RemovePicture(ctx, s.ws, edited.ID, edited.Version, "she asked"))(t)
	if none.Version != 5 || !none.Picture.IsZero() || !bytes.Equal(s.bytesOf(second.Picture), cut.Data) {
		t.Errorf("removed: %+v", none)
	}
	before = s.head()
	if same := must(s.crm.RemovePicture(ctx, s.ws, none.ID, none.Version, ""))(t); same.Version != 5 || s.head() != before {
		t.Errorf("removed twice: %+v", same)
	}
	third := must(s.crm.SetPicture(ctx, s.ws, none.ID, none.Version, cut, ""))(t)
	if third.Picture.IsZero() || third.Picture == second.Picture {
		t.Errorf("set after it was removed: %+v", third)
	}

	said := []string{}
	for _, c := range must(s.crm.History(ctx, s.ws, emma.Ref(), 0, 10))(t) {
		said = append(said, history.Describe(c, nil))
	}
	if diff := cmp.Diff([]string{
		`mira@shop.example created the influencer "Emma"`,
		`mira@shop.example set the picture (reason: from her kit)`,
		`mira@shop.example changed the picture`,
		`mira@shop.example set the notes`,
		`mira@shop.example removed the picture (reason: she asked)`,
		`mira@shop.example set the picture`,
	}, said); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

func TestPicturesAreRefused(t *testing.T) {
	t.Parallel()
	grey := portrait(40, 30, 99)
	bad := with(grey, jpegStart, segment(0xe1, "Exif\x00\x00MM")...)
	for _, test := range []struct {
		name string
		do   func(*town) error
		want string
		of   error
	}{
		{"the rules of CheckPicture", func(w *town) error { return second(w.crm.SetPicture(ctx, w.ws, w.pam.ID, w.pam.Version, bad, "")) },
			`picture data "segment APP1": is no part of the image and may tell what nobody meant to show; make the picture of the uploaded file with Read of package crm/picture`, crm.ErrInvalid},
		{"set from an older version", func(w *town) error {
			w.setPicture(w.pam.ID, cutout(1, 1))
			return second(w.crm.SetPicture(ctx, w.ws, w.pam.ID, w.pam.Version, grey, ""))
		},
			`influencer version "1": it has changed since it was read, and is at version 2 now; read it again and repeat the change`, crm.ErrConflict},
		{"removed from an older version", func(w *town) error {
			w.setPicture(w.pam.ID, grey)
			return second(w.crm.RemovePicture(ctx, w.ws, w.pam.ID, w.pam.Version, ""))
		},
			`influencer version "1": it has changed since it was read, and is at version 2 now; read it again and repeat the change`, crm.ErrConflict},
		{"set without a version", func(w *town) error {
			return second(w.crm.SetPicture(ctx, w.ws, w.pam.ID, 0, grey, ""))
		},
			`influencer version "0": a change starts from the record as it was read, with its version; read it first`, crm.ErrConflict},
		{"set in the archive", func(w *town) error {
			return second(w.crm.SetPicture(ctx, w.ws, w.otto.ID, 2, grey, ""))
		}, `influencer archived_on "2026-05-20": it is archived; restore it first`, crm.ErrInvalid},
		{"removed in the archive", func(w *town) error {
			return second(w.crm.RemovePicture(ctx, w.ws, w.otto.ID, 2, ""))
		}, `influencer archived_on "2026-05-20": it is archived; restore it first`, crm.ErrInvalid},
		{"set for nobody", func(w *town) error { return second(w.crm.SetPicture(ctx, w.ws, crm.InfluencerID{}, 0, grey, "")) },
			`influencer id "": there is no such influencer in this workspace`, crm.ErrNotFound},
		{"set for somebody elsewhere", func(w *town) error {
			return second(w.crm.SetPicture(ctx, w.ws, w.otherPerson.ID, w.otherPerson.Version, grey, ""))
		},
			`influencer id "018f8f5e-0000-7000-8000-000000000038": there is no such influencer in this workspace`, crm.ErrNotFound},
		{"read elsewhere", func(w *town) error {
			return second(w.crm.Picture(ctx, w.elsewhere, w.setPicture(w.pam.ID, grey).Picture))
		},
			`picture id "018f8f5e-0000-7000-8000-000000000040": there is no such picture in this workspace`, crm.ErrNotFound},
		{"a bad reason", func(w *town) error {
			return second(w.crm.SetPicture(ctx, w.ws, w.pam.ID, w.pam.Version, grey, "bell\a"))
		},
			"influencer reason \"bell\\a\": has the control character U+0007, which cannot be seen, inside; remove it", crm.ErrInvalid},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			err := test.do(w)
			if err == nil || err.Error() != test.want || !errors.Is(err, test.of) {
				t.Errorf("got %v\nwant %v", err, test.want)
			}
		})
	}
}

// A refusal leaves the unit of work usable, and nothing behind.
func TestARefusedPictureWritesNothing(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	emma, grey := s.influencer("Emma"), portrait(40, 30, 99)
	s.ok(s.work(func(w *crm.Work) error {
		for _, refused := range []error{
			second(w.SetPicture(ctx, emma.ID, emma.Version, crm.Picture{}, "")),
			second(w.SetPicture(ctx, emma.ID, emma.Version, grey, "bell\a")),
			second(w.SetPicture(ctx, backend.AtRevision(emma, 7).ID, backend.AtRevision(emma, 7).Version, grey, "")),
		} {
			if refused == nil {
				t.Error("was not refused")
			}
		}
		_, err := w.SetPicture(ctx, emma.ID, emma.Version, grey, "")
		return err
	}))
	if n := len(s.changes()); n != 3 { // the workspace, Emma and her picture
		t.Errorf("%d changes", n)
	}
}

// What a unit of work does with pictures is undone, redone and read in the past with their bytes.
func TestPicturesComeBack(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	emma, grey, cut := s.influencer("Emma"), portrait(40, 30, 99), cutout(30, 40)
	shows := func(what string, want []byte) {
		t.Helper()
		now := must(s.crm.Influencer(ctx, s.ws, emma.ID))(t)
		if want == nil {
			if !now.Picture.IsZero() {
				t.Errorf("%s: there is the picture %s", what, now.Picture)
			}
		} else if !bytes.Equal(s.bytesOf(now.Picture), want) {
			t.Errorf("%s: it is another picture", what)
		}
	}
	undo := func(what string, want []byte) {
		t.Helper()
		done := must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
		if diff := cmp.Diff([]crm.Ref{emma.Ref()}, slices.Concat(done.Restored, done.Recreated)); diff != "" || len(done.Kept) > 0 {
			t.Errorf("%s: kept %v, restored %s", what, done.Kept, diff)
		}
		shows(what, want)
	}
	first := s.setPicture(emma.ID, grey)
	undo("undo of the first", nil)
	undo("redo of the first", grey.Data)
	atGrey := s.head().Seq
	s.setPicture(emma.ID, cut)
	atCut, changing := s.head().Seq, s.lastUnit()
	undo("undo of the second", grey.Data)
	undo("redo of the second", cut.Data)
	must(s.crm.RemovePicture(ctx, s.ws, emma.ID, must(s.crm.Influencer(ctx, s.ws, emma.ID))(t).Version, ""))(t)
	undo("undo of the removal", cut.Data)
	must(s.crm.Delete(ctx, s.ws, must(s.crm.Influencer(ctx, s.ws, emma.ID))(t).At(), ""))(s)
	undo("undo of the delete", cut.Data)
	s.setPicture(emma.ID, portrait(9, 9, 9))
	kept := must(s.crm.UndoUnit(ctx, s.ws, changing, ""))(t).Kept
	if diff := cmp.Diff([]crm.Kept{{Record: emma.Ref(), Name: emma.Name, Code: "kept_changed", Why: sentence.Of("its picture changed since"),
		By: "mira@shop.example", At: s.now}}, kept); diff != "" {
		t.Errorf("undo of what changed since (-want +got):\n%s", diff)
	}

	for at, want := range map[crm.Seq][]byte{atGrey: grey.Data, atCut: cut.Data} {
		s.ok(s.crm.AsOf(ctx, s.ws, at, func(ctx context.Context, past crm.Reader) error {
			then, err := past.Influencers().Get(ctx, emma.ID)
			if err != nil {
				return err
			}
			p, err := past.Picture(ctx, then.Picture)
			if !bytes.Equal(p.Data, want) || p.Influencer != emma.ID {
				t.Errorf("as of %d there is another picture", at)
			}
			return err
		}))
	}
	s.ok(s.crm.AsOf(ctx, s.ws, 2, func(ctx context.Context, past crm.Reader) error {
		then, err := past.Influencers().Get(ctx, emma.ID)
		if !then.Picture.IsZero() {
			t.Errorf("before %s there was %s", first.Picture, then.Picture)
		}
		return err
	}))
}

// Whatever is set, removed and undone, an influencer shows the bytes that the last of it says, and
// every unit that changed nothing has written nothing.
func TestPicturesFollowWhatIsDone(t *testing.T) {
	t.Parallel()
	gallery := []crm.Picture{portrait(3, 2, 0), portrait(3, 2, 200), cutout(2, 3)}
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		emma := s.influencer("Emma")
		present, before := -1, -1 // in the gallery; before the last unit that wrote
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			emma = must(s.crm.Influencer(ctx, s.ws, emma.ID))(t)
			next, seq := present, s.head().Seq
			switch step := rapid.IntRange(-2, len(gallery)-1).Draw(t, "step"); {
			case step >= 0:
				next = step
				must(s.crm.SetPicture(ctx, s.ws, emma.ID, emma.Version, gallery[step], ""))(t)
			case step == -1:
				next = -1
				must(s.crm.RemovePicture(ctx, s.ws, emma.ID, emma.Version, ""))(t)
			case emma.Version > 1:
				next = before
				must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
			}
			if wrote := s.head().Seq - seq; (next != present) != (wrote == 1) || wrote > 1 {
				t.Fatalf("from %d to %d: %d changes", present, next, wrote)
			}
			if next != present {
				before, present = present, next
			}
			now := must(s.crm.Influencer(ctx, s.ws, emma.ID))(t).Picture
			if now.IsZero() != (present < 0) || present >= 0 && !bytes.Equal(s.bytesOf(now), gallery[present].Data) {
				t.Fatalf("picture %d is not there", present)
			}
		}
	})
}
