package picture

import (
	"bytes"
	"image"
	"image/color"

	"github.com/getklar/influencercrm/crm/internal/imagefile"
	"github.com/getklar/influencercrm/crm/sentence"
)

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
	for s := range imagefile.JPEG(data) {
		switch s.Marker {
		case imagefile.SOF0, imagefile.SOF1, imagefile.SOF2:
			samples += jpegSamples(s.Body, c) // a second frame is refused, by the decoder
			if s.Marker == imagefile.SOF2 {
				each = 1 + 4
			}
		case imagefile.SOS:
			if scans++; scans > imagefile.MaxScans {
				return facts{},
					sentence.Errorf("%s: the JPEG draws itself in more than %d passes; save it as a plain JPEG",
						ErrTooManyPixels, imagefile.MaxScans)
			}
		case imagefile.APP1:
			if block, ok := bytes.CutPrefix(s.Body, []byte(exifPrefix)); ok && f.exif == nil {
				f.exif = block
			}
		case imagefile.APPE: // "Adobe", version, flags, flags, transform; 0 is RGB or CMYK
			if len(s.Body) >= 12 && bytes.HasPrefix(s.Body, []byte("Adobe")) && s.Body[11] == 0 {
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

// pixels is the area of a picture.
func pixels(c image.Config) int64 { return int64(c.Width) * int64(c.Height) }
