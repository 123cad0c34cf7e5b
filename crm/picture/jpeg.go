package picture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"iter"
)

// Markers of a JPEG, the byte after 0xff.
const (
	markerSOF0 = 0xc0 // start of frame: baseline
	markerSOF1 = 0xc1 // start of frame: extended
	markerSOF2 = 0xc2 // start of frame: progressive
	markerRST0 = 0xd0 // first of eight restart markers, which carry no data
	markerEOI  = 0xd9 // end of image
	markerSOS  = 0xda // start of scan
	markerAPP1 = 0xe1 // EXIF, among others
	markerAPPE = 0xee // Adobe's colour transform
)

// maxScans bounds the work of one JPEG. Encoders write about ten; a scan may take
// a few bytes and still walks over every block of the picture.
const maxScans = 100

// exifPrefix is what stands before the TIFF header of an EXIF block.
const exifPrefix = "Exif\x00\x00"

// inspectJPEG computes what a JPEG takes to open. Its decoder keeps one byte for
// each sample, for a progressive one also four bytes for each coefficient, and
// makes a copy of four bytes a pixel where the colours are RGB or CMYK.
func inspectJPEG(data []byte, c image.Config) (facts, error) {
	var (
		f       facts
		samples int64
		each    = int64(1)
		copied  = c.ColorModel == color.RGBAModel || c.ColorModel == color.CMYKModel
		scans   int
	)
	for marker, body := range jpegSegments(data) {
		switch marker {
		case markerSOF0, markerSOF1, markerSOF2:
			samples += jpegSamples(body, c) // a second frame is refused, by the decoder
			if marker == markerSOF2 {
				each = 1 + 4
			}
		case markerSOS:
			if scans++; scans > maxScans {
				return facts{}, fmt.Errorf("%w: the JPEG draws itself in more than %d passes; save it as a plain JPEG", ErrTooManyPixels, maxScans)
			}
		case markerAPP1:
			if block, ok := bytes.CutPrefix(body, []byte(exifPrefix)); ok && f.exif == nil {
				f.exif = block
			}
		case markerAPPE: // "Adobe", version, flags, flags, transform; 0 is RGB or CMYK
			if len(body) >= 12 && bytes.HasPrefix(body, []byte("Adobe")) && body[11] == 0 {
				copied = true
			}
		}
	}
	f.memory = samples * each
	if copied {
		f.memory += 4 * pixels(c)
	}
	return f, nil
}

// jpegSamples counts the samples of all colour components from the body of a
// start of frame: precision, height, width, number of components, then for each
// its id, its two sampling factors in one byte, its table.
func jpegSamples(frame []byte, c image.Config) int64 {
	const first, size = 6, 3
	if len(frame) < first+size || len(frame) == first+size {
		return pixels(c) // a single component is never subsampled
	}
	area := func(i int) int64 { return int64(frame[i+1]>>4) * int64(frame[i+1]&0x0f) }
	full := max(1, area(first))
	var n int64
	for i := first; i+size <= len(frame); i += size {
		n += pixels(c) * area(i) / full
	}
	return n
}

// jpegSegments yields the marker and the body of each segment up to the end of
// the image. Entropy-coded data between them is skipped, as the decoder does.
func jpegSegments(data []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		rest := data[2:] // after the start of image
		for {
			at := bytes.IndexByte(rest, 0xff)
			if at < 0 {
				return
			}
			rest = rest[at:]
			for len(rest) > 0 && rest[0] == 0xff { // fill bytes may precede a marker
				rest = rest[1:]
			}
			if len(rest) == 0 {
				return
			}
			marker := rest[0]
			rest = rest[1:]
			if marker == 0 || marker&^7 == markerRST0 {
				continue
			}
			if marker == markerEOI || len(rest) < 2 {
				return
			}
			n := int(binary.BigEndian.Uint16(rest)) // counts its own two bytes
			if n < 2 || n > len(rest) || !yield(marker, rest[2:n]) {
				return
			}
			rest = rest[n:]
		}
	}
}

// pixels is the area of a picture.
func pixels(c image.Config) int64 { return int64(c.Width) * int64(c.Height) }
