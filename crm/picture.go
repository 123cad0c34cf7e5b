package crm

import (
	"bytes"
	"context"
	"errors"
)

// Picture is a small profile picture without metadata. It is not a Record. It is written once, and kept when another
// one replaces it, so that an undo and AsOf can show it, until the person is erased. Influencer.Picture is the id of
// the present one.
type Picture struct {
	ID         PictureID    `json:"id"`
	Influencer InfluencerID `json:"influencer"`
	Type       string       `json:"type"`   // "image/jpeg" or "image/png"
	Width      int          `json:"width"`  // in pixels, at most MaxPictureSide
	Height     int          `json:"height"` // the same
	Data       []byte       `json:"data"`   // the file, at most MaxPictureBytes
}

// The bounds of a picture. Package crm/picture makes none beyond them.
const (
	MaxPictureSide = 512
	// MaxPictureBytes is what uncompressed pixels with transparency take, plus the frame of a PNG.
	MaxPictureBytes = 4*MaxPictureSide*MaxPictureSide + 4096
)

// Ref names the picture in errors.
func (p Picture) Ref() Ref { return Ref{KindPicture, p.ID.UUID()} }

// ETag is the picture's strong HTTP entity tag: its id, within double quotes. The bytes of an id never change, so
// Picture{ID: influencer.Picture}.ETag() answers a cache before a picture is read.
func (p Picture) ETag() string { return `"` + p.ID.String() + `"` }

// SetPicture gives an influencer a profile picture, from the version that was read, and returns the influencer as it
// stands then. The picture is made of an upload by package crm/picture, and checked as CheckPicture does; it gets an id
// of its own, whatever id and influencer it comes with. The bytes of the present picture again change nothing. The
// former picture is kept.
func (w *Work) SetPicture(ctx context.Context, id InfluencerID, version int64, p Picture, reason string) (Influencer, error) {
	before, err := editable(ctx, w.Influencers(), id, version)
	if err != nil {
		return Influencer{}, err
	}
	p.ID, p.Influencer = PictureID{}, before.ID
	if err := errors.Join(CheckPicture(p), checkReason(before.Ref(), &reason)); err != nil {
		return Influencer{}, err
	}
	if same, err := w.isPresent(ctx, before, p); err != nil || same {
		return before, err
	}
	p.ID = newID(w, p.ID)
	if err := w.tx.AddPicture(ctx, p); err != nil {
		return Influencer{}, err
	}
	after := before
	after.Picture = p.ID
	return replace(ctx, w, before, after, reason)
}

// isPresent reports whether an influencer's present picture has the same bytes.
func (w *Work) isPresent(ctx context.Context, i Influencer, p Picture) (bool, error) {
	if i.Picture.IsZero() {
		return false, nil
	}
	present, err := w.Picture(ctx, i.Picture)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil && bytes.Equal(present.Data, p.Data), err
}

// RemovePicture removes an influencer's profile picture, from the version that was read. Its bytes are kept for AsOf
// and undo. An influencer without a picture stays as it is.
func (w *Work) RemovePicture(ctx context.Context, id InfluencerID, version int64, reason string) (Influencer, error) {
	before, err := editable(ctx, w.Influencers(), id, version)
	if err != nil {
		return Influencer{}, err
	}
	after := before
	after.Picture = PictureID{}
	return replace(ctx, w, before, after, reason)
}
