package picture

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/getklar/influencercrm/crm/sentence"
)

const (
	// MaxBytes is the largest file that Read accepts: 5 MiB.
	MaxBytes = 5 << 20
	// MaxPixels is the largest product of width and height that Read accepts.
	MaxPixels = 40_000_000
	// MaxSide is the largest width and height, in pixels, of what Read returns.
	MaxSide = 512
)

// quality of the JPEGs that Read returns, on the scale of image/jpeg from 1 to 100.
const quality = 85

// Picture is a picture that is safe to store and to show.
type Picture struct {
	// Type is the media type, "image/jpeg" or "image/png".
	Type string
	// Width and Height are in pixels, from 1 to [MaxSide].
	Width, Height int
	// Data is the encoded picture, about 1 MiB at most and far less for photos.
	Data []byte
	// Sum is the SHA-256 of Data.
	Sum [sha256.Size]byte
}

// ETag returns Sum as a strong HTTP entity tag: in hex, within double quotes.
func (p Picture) ETag() string { return fmt.Sprintf(`"%x"`, p.Sum) }

// Read reads an uploaded picture to its end and returns it upright, scaled down
// (never up) to at most [MaxSide] × [MaxSide] with its proportions kept, and
// free of metadata. It is a PNG if any part of it is transparent, else a JPEG.
//
// A file that cannot be used is an error of the family [ErrPicture]; an error
// of r is returned wrapped.
func Read(r io.Reader) (Picture, error) {
	if r == nil {
		panic("picture: Read needs a reader, and was given nil")
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Picture{}, fmt.Errorf("reading the picture: %w", err)
	}
	if len(data) == 0 {
		return Picture{}, sentence.Errorf("%s: the file has no bytes; %s", ErrEmpty, useInstead)
	}
	if len(data) > MaxBytes {
		return Picture{}, sentence.Errorf("%s: it has more than %d MiB; save it smaller, %d pixels a side are enough",
			ErrTooLarge, MaxBytes>>20, MaxSide)
	}
	src, err := decode(data)
	if err != nil {
		return Picture{}, err
	}
	small := src.shrink()
	return encode(src.turned.upright(small.pixels), small.opaque)
}

// encode writes the final pixels.
func encode(m *image.RGBA, opaque bool) (Picture, error) {
	p := Picture{Type: "image/png", Width: m.Rect.Dx(), Height: m.Rect.Dy()}
	var out bytes.Buffer
	var err error
	if opaque {
		p.Type = "image/jpeg"
		err = jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	} else {
		err = png.Encode(&out, m)
	}
	if err != nil {
		return Picture{}, fmt.Errorf("encoding the picture: %w", err)
	}
	p.Data = out.Bytes()
	p.Sum = sha256.Sum256(p.Data)
	return p, nil
}
