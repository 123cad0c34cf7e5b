package picture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"runtime"
	"testing"

	"github.com/getklar/influencercrm/crm/picture"
)

// FuzzRead: whatever the bytes, Read refuses them or returns a picture that keeps its
// promises; and refusing or not, it does not allocate beyond its bound.
func FuzzRead(f *testing.F) {
	photo, cut := quarters(24, 16, red, green, blue, white), quarters(24, 16, red, green, blue, none)
	block := string(exifBlock(binary.LittleEndian, 6))
	for _, seed := range [][]byte{
		asJPEG(photo),
		withSegment(asJPEG(photo), 0xe1, "Exif\x00\x00"+block),
		withSegment(asJPEG(photo), 0xee, "Adobe\x00\x64\x00\x00\x00\x00\x00"),
		jpegHeader(0xc2, 30, 20, 0x22, 0x11, 0x11),
		asPNG(photo),
		asPNG(cut),
		withChunk(asPNG(photo), "eXIf", block),
		rawPNG(3, 2, 16, 6, 1, 99),
		rawPNG(40_001, 1_000, 8, 6, 0, 1),
		asGIF(image.Pt(9, 7), frame(image.Rect(1, 2, 9, 7), red)),
		[]byte(lossyWebP),
		webpOf(vp8l(20, 10, color.NRGBA{R: 9, A: 7})),
		webpOf(vp8x(1<<3, 20, 10), vp8l(20, 10, color.NRGBA{A: 255}), riffChunk("EXIF", block)),
		webpOf(vp8x(1<<4, 1, 1), riffChunk("ALPH", "\x00\x80"), []byte(lossyWebP)[12:]),
		[]byte("<svg/>"),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p, err := picture.Read(bytes.NewReader(file))
		runtime.ReadMemStats(&after)
		if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got > 256 {
			t.Errorf("one call allocated %d MiB", got)
		}
		if err != nil {
			if !errors.Is(err, picture.ErrPicture) {
				t.Errorf("an error outside the family: %v", err)
			}
			return
		}
		look(t, p)
	})
}
