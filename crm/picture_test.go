package crm_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/getklar/influencercrm/crm"
)

// portrait is a JPEG of one shade.
func portrait(width, height int, shade uint8) crm.Picture {
	m := image.NewGray(image.Rect(0, 0, width, height))
	for n := range m.Pix {
		m.Pix[n] = shade
	}
	return crm.Picture{Type: "image/jpeg", Width: width, Height: height,
		Data: written(func(w io.Writer) error { return jpeg.Encode(w, m, nil) })}
}

// cutout is a PNG that is transparent but for a corner.
func cutout(width, height int) crm.Picture {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	m.Set(0, 0, color.White)
	return crm.Picture{Type: "image/png", Width: width, Height: height, Data: written(func(w io.Writer) error { return png.Encode(w, m) })}
}

func written(encode func(io.Writer) error) []byte {
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// segment is a segment of a JPEG, chunk a chunk of a PNG.
func segment(marker byte, body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

func chunk(kind, body string) []byte {
	b := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), kind+body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(kind+body)))
}

// with puts bytes into a file before one of its own.
func with(p crm.Picture, at int, more ...byte) crm.Picture {
	p.Data = slices.Insert(slices.Clone(p.Data), at, more...)
	return p
}

const (
	jpegStart = 2  // after the start of the image
	pngStart  = 33 // after the header
	jfif      = "JFIF\x00\x01\x02\x00\x00\x48\x00\x48\x00\x00"
	adobe     = "Adobe\x00\x64\x00\x00\x00\x00\x01"
)

func TestCheckPicture(t *testing.T) {
	t.Parallel()
	grey, cut := portrait(40, 30, 99), cutout(30, 40)
	scan := bytes.Index(grey.Data, []byte{0xff, 0xda})
	_, frame, _ := bytes.Cut(grey.Data, []byte{0xff, 0xc0})
	frame = append([]byte{0xff, 0xc0}, frame[:11]...)
	edited := func(p crm.Picture, edit func(*crm.Picture)) crm.Picture { edit(&p); return p }
	const advice = "; make the picture of the uploaded file with Read of package crm/picture"
	const stray = "is no part of the image and may tell what nobody meant to show" + advice
	const broken = "is damaged or incomplete" + advice
	bytesOf := func(file []byte, more int) string { return fmt.Sprintf("%d bytes", len(file)+more) }
	type wrong struct{ Field, Value, Problem string }
	for _, test := range []struct {
		name    string
		picture crm.Picture
		want    []wrong
	}{
		{"JPEG", grey, nil},
		{"PNG", cut, nil},
		{"the largest JPEG", portrait(512, 512, 0), nil},
		{"the smallest PNG", cutout(1, 1), nil},
		{"JPEG with a density", with(grey, jpegStart, segment(0xe0, jfif)...), nil},
		{"JPEG with Adobe's colour transform", with(grey, jpegStart, segment(0xee, adobe)...), nil},
		{"nothing", crm.Picture{}, []wrong{{"type", "", "is neither image/jpeg nor image/png" + advice}}},
		{"GIF", crm.Picture{Type: "image/gif", Data: []byte("GIF89a")},
			[]wrong{{"type", "image/gif", "is neither image/jpeg nor image/png" + advice}}},
		{"SVG", crm.Picture{Type: "image/svg+xml", Data: []byte("<svg/>")},
			[]wrong{{"type", "image/svg+xml", "is neither image/jpeg nor image/png" + advice}}},
		{"no bytes", edited(grey, func(p *crm.Picture) { p.Data = nil }), []wrong{{"data", "0 bytes", "is no image/jpeg" + advice}}},
		{"a web page", edited(grey, func(p *crm.Picture) { p.Data = []byte("<html>") }),
			[]wrong{{"data", "6 bytes", "is no image/jpeg" + advice}}},
		{"PNG that says it is a JPEG", edited(cutout(1, 1), func(p *crm.Picture) { p.Type = "image/jpeg" }),
			[]wrong{{"data", bytesOf(cutout(1, 1).Data, 0), "is no image/jpeg" + advice}}},
		{"too many bytes", edited(grey, func(p *crm.Picture) { p.Data = make([]byte, crm.MaxPictureBytes+1) }),
			[]wrong{{"data", "1052673 bytes", "is too large, at most 1052672 bytes are kept" + advice}}},
		{"too wide and too high", portrait(513, 600, 0), []wrong{
			{"width", "513", "is out of bounds, a picture has 1 to 512 pixels a side" + advice},
			{"height", "600", "is out of bounds, a picture has 1 to 512 pixels a side" + advice},
		}},
		{"too wide, and does not say so", edited(portrait(513, 1, 0), func(p *crm.Picture) { p.Width = 512 }),
			[]wrong{{"width", "513", "is out of bounds, a picture has 1 to 512 pixels a side" + advice}}},
		{"width and height swapped", edited(grey, func(p *crm.Picture) { p.Width, p.Height = p.Height, p.Width }), []wrong{
			{"width", "30", "is not that of the image, which is 40"},
			{"height", "40", "is not that of the image, which is 30"},
		}},
		{"JPEG with EXIF", with(grey, jpegStart, segment(0xe1, "Exif\x00\x00MM")...), []wrong{{"data", "segment APP1", stray}}},
		{"JPEG with EXIF behind its tables", with(grey, scan, segment(0xe1, "Exif\x00\x00MM")...), []wrong{{"data", "segment APP1", stray}}},
		{"JPEG with a colour profile", with(grey, jpegStart, segment(0xe2, "ICC_PROFILE\x00")...), []wrong{{"data", "segment APP2", stray}}},
		{"JPEG with a comment", with(grey, jpegStart, segment(0xfe, "taken at home")...), []wrong{{"data", "segment COM", stray}}},
		{"JPEG with a thumbnail", with(grey, jpegStart, segment(0xe0, jfif[:12]+"\x01\x01\x00\x00\x00")...),
			[]wrong{{"data", "segment APP0", stray}}},
		{"JPEG with more than Adobe's colour transform", with(grey, jpegStart, segment(0xee, adobe+"!")...),
			[]wrong{{"data", "segment APP14", stray}}},
		{"JPEG with an unknown segment", with(with(grey, scan, segment(0xf0, "")...), jpegStart, segment(0xe0, jfif)...),
			[]wrong{{"data", "segment F0", stray}}},
		{"JPEG with a second frame", with(with(grey, scan, frame...), jpegStart, segment(0xe0, jfif)...),
			[]wrong{{"data", bytesOf(grey.Data, len(frame)+4+len(jfif)), broken}}},
		{"JPEG of many scans", with(grey, scan, bytes.Repeat(segment(0xda, "\x01\x01\x00\x00\x3f\x00"), 101)...),
			[]wrong{{"data", "scan 101", "makes the image too slow to show" + advice}}},
		{"JPEG with bytes behind its end", with(grey, len(grey.Data), []byte("PK\x03\x04")...),
			[]wrong{{"data", "4 bytes behind the end", stray}}},
		{"two JPEGs", with(grey, len(grey.Data), grey.Data...), []wrong{{"data", bytesOf(grey.Data, 0) + " behind the end", stray}}},
		{"JPEG with bytes between its segments", with(grey, scan, 0), []wrong{{"data", bytesOf(grey.Data, 1), broken}}},
		{"JPEG that breaks off", edited(grey, func(p *crm.Picture) { p.Data = p.Data[:len(p.Data)-1] }),
			[]wrong{{"data", bytesOf(grey.Data, -1), broken}}},
		{"JPEG without its pixels", edited(grey, func(p *crm.Picture) { p.Data = slices.Concat(p.Data[:scan+10], []byte{0xff, 0xd9}) }),
			[]wrong{{"data", bytesOf(grey.Data[:scan], 12), broken}}},
		{"PNG with a text", with(cut, pngStart, chunk("tEXt", "Author\x00Emma")...), []wrong{{"data", `chunk "tEXt"`, stray}}},
		{"PNG with EXIF", with(cut, pngStart, chunk("eXIf", "MM")...), []wrong{{"data", `chunk "eXIf"`, stray}}},
		{"PNG with a colour profile", with(cut, pngStart, chunk("iCCP", "x\x00\x00")...), []wrong{{"data", `chunk "iCCP"`, stray}}},
		{"PNG with a chunk of any bytes", with(cut, pngStart, chunk("\xff\x00ab", "x")...), []wrong{{"data", `chunk "\xff\x00ab"`, stray}}},
		{"PNG with bytes behind its end", with(cut, len(cut.Data), '!'), []wrong{{"data", "1 byte behind the end", stray}}},
		{"PNG that breaks off", edited(cut, func(p *crm.Picture) { p.Data = p.Data[:len(p.Data)-12] }),
			[]wrong{{"data", bytesOf(cut.Data, -12), broken}}},
		{"PNG with a wrong checksum", edited(with(cut, pngStart, chunk("tRNS", "")...),
			func(p *crm.Picture) { p.Data[pngStart+11]++ }), []wrong{{"data", bytesOf(cut.Data, 12), broken}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []wrong
			err := crm.CheckPicture(test.picture)
			for _, e := range crm.FieldErrors(err) {
				if !errors.Is(e, crm.ErrInvalid) || e.Record.Kind != crm.KindPicture {
					t.Errorf("%v is of family %v about the %s", e, e.Family, e.Record.Kind)
				}
				got = append(got, wrong{e.Field, e.Value, e.Problem.String()})
			}
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" || (err == nil) != (len(test.want) == 0) {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

// FuzzCheckPicture: no bytes make the check panic, what is refused is refused with a field and words,
// and what is accepted opens, is what it says, and is refused with anything more or less of it.
func FuzzCheckPicture(f *testing.F) {
	grey, cut := portrait(40, 30, 99), cutout(30, 40)
	for _, seed := range []crm.Picture{
		grey, cut, portrait(512, 1, 7), cutout(1, 512), portrait(513, 1, 7), {},
		with(grey, jpegStart, segment(0xe0, jfif)...), with(grey, jpegStart, segment(0xe1, "Exif\x00\x00MM")...),
		with(grey, bytes.Index(grey.Data, []byte{0xff, 0xda}), segment(0xdd, "\x00\x01")...),
		with(cut, pngStart, chunk("tEXt", "Author\x00Emma")...), with(cut, pngStart, chunk("tRNS", "")...), with(cut, len(cut.Data), 0),
	} {
		f.Add(seed.Data, seed.Type == "image/png")
	}
	f.Fuzz(func(t *testing.T, data []byte, isPNG bool) {
		p := crm.Picture{Type: "image/jpeg", Data: data}
		if isPNG {
			p.Type = "image/png"
		}
		if is, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
			p.Width, p.Height = is.Width, is.Height
		}
		if err := crm.CheckPicture(p); err != nil {
			for _, e := range crm.FieldErrors(err) {
				if !errors.Is(e, crm.ErrInvalid) || !slices.Contains([]string{"type", "width", "height", "data"}, e.Field) || e.Value == "" || e.Problem.IsZero() {
					t.Errorf("refused with %+v", e)
				}
			}
			return
		}
		m, format, err := image.Decode(bytes.NewReader(data))
		if err != nil || "image/"+format != p.Type || max(p.Width, p.Height) > crm.MaxPictureSide || len(data) > crm.MaxPictureBytes {
			t.Fatalf("accepted, and is a %s of %d×%d in %d bytes: %v", format, p.Width, p.Height, len(data), err)
		}
		if size := m.Bounds().Size(); size != image.Pt(p.Width, p.Height) || min(size.X, size.Y) < 1 {
			t.Errorf("accepted as %d×%d, and is %v", p.Width, p.Height, size)
		}
		for what, other := range map[string]crm.Picture{
			"a byte more": with(p, len(data), 0),
			"a byte less": {Type: p.Type, Width: p.Width, Height: p.Height, Data: data[:len(data)-1]},
			"another type": {Type: map[bool]string{true: "image/jpeg", false: "image/png"}[isPNG], Width: p.Width,
				Height: p.Height, Data: data},
			"a pixel more":      {Type: p.Type, Width: p.Width + 1, Height: p.Height, Data: data},
			"something to tell": with(p, jpegStart, segment(0xfe, "hello")...),
		} {
			if isPNG && what == "something to tell" {
				other = with(p, pngStart, chunk("tEXt", "a\x00hello")...)
			}
			if err := crm.CheckPicture(other); err == nil {
				t.Errorf("also accepted with %s", what)
			} else if strings.Contains(err.Error(), "\x00") {
				t.Errorf("with %s: %q", what, err)
			}
		}
	})
}
