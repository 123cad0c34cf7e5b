package picture

import (
	"bytes"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/getklar/influencercrm/crm/internal/imagefile"
	"github.com/getklar/influencercrm/crm/sentence"
	"golang.org/x/image/webp"
)

// maxMemory is what decoding may allocate, in bytes: 40 megapixels of four bytes
// fit, and with what comes before and after, a call of Read stays below 256 MiB.
const maxMemory = 204 << 20

// format is a kind of file that Read accepts.
type format struct {
	name   string
	magics []string // how a file begins; "?" stands for any byte
	config func(io.Reader) (image.Config, error)
	// inspect looks at the whole file without decoding it. The configuration is
	// within the limits.
	inspect func(data []byte, c image.Config) (facts, error)
	decode  func(io.Reader) (image.Image, error)
}

// facts are what a file says about itself beside its size.
type facts struct {
	memory int64  // what the decoder will allocate at most, in bytes
	exif   []byte // the EXIF block, beginning with its TIFF header; nil without one
}

var formats = []format{
	{"JPEG", []string{"\xff\xd8"}, jpeg.DecodeConfig, inspectJPEG, jpeg.Decode},
	{"PNG", []string{imagefile.PNGMagic}, pngConfig, inspectPNG, png.Decode},
	{"GIF", []string{"GIF87a", "GIF89a"}, gif.DecodeConfig, inspectGIF, gif.Decode},
	{"WebP", []string{"RIFF????WEBP"}, webp.DecodeConfig, inspectWebP, webp.Decode},
}

// decoded is a picture as the file holds it.
type decoded struct {
	pixels image.Image
	// canvas is what the picture shows. The pixels of a GIF may cover a part of
	// it; the rest is transparent.
	canvas image.Rectangle
	turned orientation
}

// decode decodes a file after its header has shown that this is affordable.
func decode(data []byte) (decoded, error) {
	f, ok := detect(data)
	if !ok {
		return decoded{}, sentence.Errorf("%s: this looks like %s; %s", ErrUnsupported, lookalike(data), useInstead)
	}
	src := &source{rest: bytes.NewReader(data)}
	c, err := f.config(src)
	if err != nil {
		return decoded{}, f.failure(src, err)
	}
	if c.Width <= 0 || c.Height <= 0 {
		return decoded{}, sentence.Errorf("%s: the %s is %d×%d pixels; %s", ErrEmpty, f.name, c.Width, c.Height, useInstead)
	}
	if tooManyPixels(c) {
		return decoded{},
			sentence.Errorf("%s: the %s is %d×%d pixels and may have %d million in all; scale it down, %d pixels a side are enough",
				ErrTooManyPixels, f.name, c.Width, c.Height, MaxPixels/1_000_000, MaxSide)
	}
	about, err := f.inspect(data, c)
	if err != nil {
		return decoded{}, err
	}
	if about.memory > maxMemory {
		return decoded{},
			sentence.Errorf("%s: %d×%d pixels are too many for this kind of %s, which would take %d MiB to open; scale it down, or save it as a plain JPEG",
				ErrTooManyPixels, c.Width, c.Height, f.name, about.memory>>20)
	}
	src = &source{rest: bytes.NewReader(data)}
	m, err := f.decode(src)
	if err != nil {
		return decoded{}, f.failure(src, err)
	}
	return decoded{m, image.Rect(0, 0, c.Width, c.Height), readOrientation(about.exif)}, nil
}

// tooManyPixels works without a product, which a hostile header makes overflow.
func tooManyPixels(c image.Config) bool { return c.Width > MaxPixels/c.Height }

// detect finds the format by the first bytes; names and media types of uploads lie.
func detect(data []byte) (format, bool) {
	for _, f := range formats {
		for _, magic := range f.magics {
			if begins(data, magic) {
				return f, true
			}
		}
	}
	return format{}, false
}

// begins reports whether data begins with a pattern in which "?" is any byte.
func begins(data []byte, pattern string) bool {
	if len(data) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		if pattern[i] != '?' && pattern[i] != data[i] {
			return false
		}
	}
	return true
}

// failure says what the error of a decoder means for the person who uploaded the file.
func (f format) failure(src *source, err error) error {
	var (
		jpegKind jpeg.UnsupportedError
		pngKind  png.UnsupportedError
	)
	switch {
	case src.ended:
		return sentence.Errorf("%s: the %s ends before its picture does; upload it again", ErrTruncated, f.name)
	case errors.As(err, &jpegKind), errors.As(err, &pngKind):
		return sentence.Errorf("%s: a rare kind of %s; save it as a plain JPEG or PNG (%s)", ErrUnsupported, f.name, err)
	default:
		return sentence.Errorf("%s: the %s cannot be decoded; open it in a picture editor and save it anew (%s)", ErrDamaged, f.name, err)
	}
}

// source is what the decoders read from. It remembers whether one asked for more
// than there is, because not all of them tell a short file from a wrong one.
type source struct {
	rest  *bytes.Reader
	ended bool
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.rest.Read(p)
	s.ended = s.ended || err == io.EOF
	return n, err
}
