package crm

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/getklar/influencercrm/crm/internal/text"
)

// Picture is a profile picture as it is kept and shown: small, and nothing in it but the image. It
// is no Record: it is written once, never changed, and stays when another takes its place, so that
// an undo and the past can show the former one, until the person is erased. Influencer.Picture names
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
	// MaxPictureBytes is the megabyte that pixels with transparency take where nothing can be
	// compressed, and what a PNG puts around them.
	MaxPictureBytes = 4*MaxPictureSide*MaxPictureSide + 4096
)

// Ref names the picture in errors.
func (p Picture) Ref() Ref { return Ref{KindPicture, p.ID.UUID()} }

// ETag is the picture's strong HTTP entity tag: its id, within double quotes. The bytes of an id
// never change, so Picture{ID: influencer.Picture}.ETag() answers a cache before a picture is read.
func (p Picture) ETag() string { return `"` + p.ID.String() + `"` }

// useRead ends the message about a picture that is refused.
const useRead = "make the picture of the uploaded file with Read of package crm/picture"

// CheckPicture reports what is wrong with a picture by itself, as the *Errors that Work.SetPicture
// gives. The file must be what the fields say, open without an error, and hold the image alone: a
// JPEG without EXIF, XMP, colour profile, thumbnail or comment, a PNG of no chunks but those that
// draw it, and nothing behind the end of either. What package crm/picture makes is right.
func CheckPicture(p Picture) error {
	bad, size := &problems{record: p.Ref()}, text.Count(len(p.Data), "byte")
	format, known := pictureFormats[p.Type]
	if !known {
		bad.add("type", p.Type, "is neither image/jpeg nor image/png; "+useRead)
		return bad.result()
	}
	if len(p.Data) > MaxPictureBytes {
		bad.addf("data", size, "is too large, at most %d bytes are kept; %s", MaxPictureBytes, useRead)
		return bad.result()
	}
	is, err := format.config(bytes.NewReader(p.Data))
	if err != nil {
		bad.addf("data", size, "is no %s; %s", p.Type, useRead)
		return bad.result()
	}
	bad.side("width", p.Width, is.Width)
	bad.side("height", p.Height, is.Height)
	if len(bad.list) > 0 {
		return bad.result()
	}
	if flaw := format.flaw(p.Data); flaw != nil {
		bad.add("data", flaw.part, flaw.problem+"; "+useRead)
	} else if _, err := format.decode(bytes.NewReader(p.Data)); err != nil {
		bad.add("data", size, isBroken+"; "+useRead)
	}
	return bad.result()
}

// side reports a width or height that is out of bounds or not the image's.
func (p *problems) side(field string, said, is int) {
	switch {
	case is < 1 || is > MaxPictureSide:
		p.addf(field, itoa(is), "is out of bounds, a picture has 1 to %d pixels a side; %s", MaxPictureSide, useRead)
	case said != is:
		p.addf(field, itoa(said), "is not that of the image, which is %d", is)
	}
}

// pictureFormats are the formats of pictures, by their media types.
var pictureFormats = map[string]struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	flaw   func([]byte) *pictureFlaw
}{
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode, jpegFlaw},
	"image/png":  {png.DecodeConfig, png.Decode, pngFlaw},
}

// pictureFlaw is a part of a file that does not belong in a picture.
type pictureFlaw struct{ part, problem string }

const (
	isStray  = "is no part of the image and may tell what nobody meant to show"
	isBroken = "is damaged or incomplete"
)

// flawAfterEnd is the flaw of a file that goes on behind its image.
func flawAfterEnd(rest []byte) *pictureFlaw {
	if len(rest) == 0 {
		return nil
	}
	return &pictureFlaw{text.Count(len(rest), "byte") + " behind the end", isStray}
}
