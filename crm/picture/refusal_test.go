package picture_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/picture"
	"github.com/getklar/influencercrm/crm/sentence"
)

func TestRefusals(t *testing.T) {
	t.Parallel()
	photo := quarters(64, 32, red, green, blue, white)
	half := func(file []byte) []byte { return file[:len(file)/2] }
	black := color.NRGBA{A: 255}
	outside := asGIF(image.Pt(9, 7), frame(image.Rect(0, 0, 9, 7), red))
	outside[bytes.LastIndexByte(outside, ',')+1] = 5 // the left edge of the frame

	for _, test := range []struct {
		name string
		file []byte
		want error
		says string
	}{
		{"nothing", nil, picture.ErrEmpty, "the file has no bytes; upload a JPEG"},
		{"too many bytes", append(asPNG(photo), make([]byte, picture.MaxBytes)...), picture.ErrTooLarge, "more than 5 MiB"},

		{"SVG", []byte("\ufeff<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
			picture.ErrUnsupported, "an SVG drawing; upload a JPEG, PNG, GIF or WebP"},
		{"HTML", []byte("\n<!DOCTYPE html><svg onload=alert(1)>"), picture.ErrUnsupported, "a web page"},
		{"XML", []byte("<?xml version=\"1.0\"?><feed/>"), picture.ErrUnsupported, "an XML document"},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), picture.ErrUnsupported, "a HEIC photo"},
		{"AVIF", []byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1avif"), picture.ErrUnsupported, "an AVIF picture"},
		{"MP4", []byte("\x00\x00\x00\x1cftypisom\x00\x00\x02\x00"), picture.ErrUnsupported, "an MP4 video"},
		{"BMP", []byte("BM\x9a\x00\x00\x00\x00\x00\x00\x00\x7a\x00\x00\x00"), picture.ErrUnsupported, "a BMP picture"},
		{"TIFF", []byte("II*\x00\x08\x00\x00\x00"), picture.ErrUnsupported, "a TIFF picture"},
		{"PDF", []byte("%PDF-1.7\n%\xe2\xe3"), picture.ErrUnsupported, "a PDF document"},
		{"ZIP", []byte("PK\x03\x04\x14\x00"), picture.ErrUnsupported, "a ZIP archive"},
		{"text", []byte("name;handle\nEmma;@emma\n"), picture.ErrUnsupported, `text that begins with "name;handle\nEmma"`},
		{"text cut within a letter", []byte(strings.Repeat("ü", 512) + "€")[:1024], picture.ErrUnsupported, "text that begins"},
		{"anything", []byte("\x01\x02\x03"), picture.ErrUnsupported, `begins with "\x01\x02\x03"`},
		{"animated WebP", webpOf(vp8x(1<<1, 20, 10), riffChunk("ANIM", "\x00\x00\x00\x00\x00\x00"),
			riffChunk("ANMF", "")), picture.ErrUnsupported, "an animated WebP; save one of its frames"},
		{"JPEG of twelve bits", []byte("\xff\xd8\xff\xc1\x00\x0b\x0c\x00\x10\x00\x10\x01\x01\x11\x00"),
			picture.ErrUnsupported, "a rare kind of JPEG"},

		{"PNG of no width", rawPNG(0, 20, 8, 2, 0, 1), picture.ErrEmpty, "0×20 pixels"},
		{"JPEG of no height", jpegHeader(0xc0, 20, 0, 0x11), picture.ErrEmpty, "20×0 pixels"},
		{"GIF of no canvas", []byte("GIF89a\x00\x00\x00\x00\x00\x00\x00;"), picture.ErrEmpty, "0×0 pixels"},

		{"PNG one pixel too many", rawPNG(40_001, 1_000, 1, 0, 0, 1), picture.ErrTooManyPixels, "40001×1000 pixels and may have 40 million"},
		{"PNG of 2^32", rawPNG(1<<32-1, 1<<32-1, 8, 2, 0, 1), picture.ErrTooManyPixels, "4294967295×4294967295"},
		{"JPEG of 65535", jpegHeader(0xc0, 65535, 65535, 0x11), picture.ErrTooManyPixels, "65535×65535"},
		{"GIF of 65535", []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00;"), picture.ErrTooManyPixels, "65535×65535"},
		{"WebP of 16384", webpOf(vp8l(16384, 16384, black)), picture.ErrTooManyPixels, "16384×16384"},
		{"canvas of a WebP", webpOf(vp8x(0, 16384, 16384), vp8l(1, 1, black)), picture.ErrTooManyPixels, "16384×16384"},

		{"progressive JPEG", jpegHeader(0xc2, 6000, 5000, 0x11, 0x11, 0x11), picture.ErrTooManyPixels, "would take 429 MiB to open"},
		{"CMYK JPEG", jpegHeader(0xc0, 6000, 6000, 0x11, 0x11, 0x11, 0x11), picture.ErrTooManyPixels, "this kind of JPEG"},
		{"RGB JPEG", withSegment(jpegHeader(0xc0, 6000, 6000, 0x11, 0x11, 0x11), 0xee,
			"Adobe\x00\x64\x00\x00\x00\x00\x00"), picture.ErrTooManyPixels, "this kind of JPEG"},
		{"PNG of sixteen bits", rawPNG(6000, 6000, 16, 6, 0, 1), picture.ErrTooManyPixels, "this kind of PNG"},
		{"PNG of one long row", rawPNG(39_000_000, 1, 8, 6, 0, 1), picture.ErrTooManyPixels, "this kind of PNG"},
		{"interlaced PNG", rawPNG(6000, 6000, 8, 6, 1, 1), picture.ErrTooManyPixels, "this kind of PNG"},
		{"lossless WebP", webpOf(vp8l(6000, 6000, black)), picture.ErrTooManyPixels, "this kind of WebP"},
		{"transparent lossy WebP", webpOf(vp8x(1<<4, 3000, 2000), riffChunk("ALPH", "\x01"), []byte(lossyWebP)[12:]),
			picture.ErrTooManyPixels, "this kind of WebP"},
		{"JPEG of many scans", append(jpegHeader(0xc2, 4000, 3000, 0x11),
			bytes.Repeat(segment(0xda, "\x01\x01\x00\x01\x01\x00"), 100)...), picture.ErrTooManyPixels,
			"more than 100 passes"},

		{"half a JPEG", half(asJPEG(photo)), picture.ErrTruncated, "the JPEG ends before its picture does; upload it again"},
		{"half a PNG", half(asPNG(photo)), picture.ErrTruncated, "the PNG ends"},
		{"half a GIF", half(asGIF(image.Pt(64, 64), frame(image.Rect(0, 0, 64, 64), red))), picture.ErrTruncated, "the GIF ends"},
		{"half a WebP", half([]byte(lossyWebP)), picture.ErrTruncated, "the WebP ends"},
		{"a WebP without its end", []byte(lossyWebP)[:38], picture.ErrTruncated, "38 bytes of 42"},
		{"the first bytes of a PNG", []byte("\x89PNG\r\n\x1a\n"), picture.ErrTruncated, "upload it again"},

		{"PNG that goes on", rawPNG(2, 2, 8, 2, 0, 10_000_000), picture.ErrDamaged, "save it anew"},
		{"PNG of a wrong checksum", bytes.Replace(asPNG(photo), []byte("IDAT"), []byte("IDAT\x00"), 1), picture.ErrDamaged, "save it anew"},
		{"GIF whose frame is outside the canvas", outside, picture.ErrDamaged, "the GIF cannot be decoded"},
		{"WebP of another size than its canvas", webpOf(vp8x(0, 10, 10), vp8l(3000, 2000, black)), picture.ErrDamaged,
			"the WebP cannot be decoded"},
		{"lossy WebP of another size than its canvas", webpOf(vp8x(0, 10, 10), []byte(lossyWebP)[12:]),
			picture.ErrDamaged, "the WebP cannot be decoded"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p, err := picture.Read(bytes.NewReader(test.file))
			if !errors.Is(err, test.want) || !errors.Is(err, picture.ErrPicture) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
			if !strings.Contains(err.Error(), test.says) {
				t.Errorf("%q does not say %q", err, test.says)
			}
			if p.Data != nil {
				t.Error("a refused file gave a picture")
			}
			family, said := sentence.OfError(test.want), sentence.OfError(err)
			if code := said.Code(); code != family.Code() || !strings.HasPrefix(code, "picture_") {
				t.Errorf("its code is %q, that of its family %q", code, family.Code())
			}
			german, ok := strings.CutPrefix(said.In(language.German), family.In(language.German)+": ")
			if !ok || german == "" || strings.Contains(said.String(), german) {
				t.Errorf("in German it says %q", said.In(language.German))
			}
		})
	}
}

// TestMemory bounds all that one call allocates, which bounds its peak. It does not
// run beside other tests.
func TestMemory(t *testing.T) {
	for name, test := range map[string]struct {
		file  []byte
		limit uint64
		want  error
	}{
		"at the limit":      {rawPNG(8_000, largeHeight, 8, 6, 0, (1+4*8_000)*largeHeight), 256 << 20, nil},
		"a single line":     {rawPNG(2_000*largeHeight, 1, 8, 6, 0, 1+4*2_000*largeHeight), 256 << 20, nil},
		"refused":           {rawPNG(40_001, 1_000, 8, 6, 0, 1), 1 << 20, picture.ErrTooManyPixels},
		"endless":           {bytes.Repeat([]byte("\xff\xd8"), 20<<20), 64 << 20, picture.ErrTooLarge},
		"data that goes on": {rawPNG(2, 2, 8, 6, 0, 20_000_000), 4 << 20, picture.ErrDamaged},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := picture.Read(bytes.NewReader(test.file))
		runtime.ReadMemStats(&after)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: got %v", name, err)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > test.limit {
			t.Errorf("%s: one call allocated %d MiB", name, got>>20)
		} else {
			t.Logf("%s: %d MiB", name, got>>20)
		}
	}
}
