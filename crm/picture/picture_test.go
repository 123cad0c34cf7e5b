package picture_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // what Read returns
	_ "image/png"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/picture"
)

// shape is what a picture looks like, as far as tests care.
type shape struct {
	Type          string
	Width, Height int
	Corners       []color.RGBA // top left, top right, bottom left, bottom right
}

// read reads a file that must be accepted, and looks at the result.
func read(t *testing.T, file []byte) (picture.Picture, shape) {
	t.Helper()
	p, err := picture.Read(bytes.NewReader(file))
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return p, look(t, p)
}

// look decodes a result and holds it to what its fields say, and to what package crm takes.
func look(t interface {
	Helper()
	Fatalf(string, ...any)
}, p picture.Picture) shape {
	t.Helper()
	m, kind, err := image.Decode(bytes.NewReader(p.Data))
	if err != nil {
		t.Fatalf("the result cannot be decoded: %v", err)
	}
	b := m.Bounds()
	if "image/"+kind != p.Type || b.Dx() != p.Width || b.Dy() != p.Height || p.Sum != sha256.Sum256(p.Data) {
		t.Fatalf("the result is a %s of %v, its fields say %s of %d×%d", kind, b, p.Type, p.Width, p.Height)
	}
	if max(p.Width, p.Height) > picture.MaxSide || min(p.Width, p.Height) < 1 {
		t.Fatalf("the result is %d×%d", p.Width, p.Height)
	}
	if err := crm.CheckPicture(crm.Picture{Type: p.Type, Width: p.Width, Height: p.Height, Data: p.Data}); err != nil {
		t.Fatalf("package crm refuses the result: %v", err)
	}
	s := shape{Type: p.Type, Width: p.Width, Height: p.Height}
	for _, at := range []image.Point{{b.Min.X, b.Min.Y}, {b.Max.X - 1, b.Min.Y}, {b.Min.X, b.Max.Y - 1}, {b.Max.X - 1, b.Max.Y - 1}} {
		s.Corners = append(s.Corners, color.RGBAModel.Convert(m.At(at.X, at.Y)).(color.RGBA))
	}
	return s
}

// near ignores what JPEG does to colours.
var near = cmp.Comparer(func(a, b color.RGBA) bool {
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B), int(a.A) - int(b.A)} {
		if d < -12 || d > 12 {
			return false
		}
	}
	return true
})

func TestReadEveryFormat(t *testing.T) {
	t.Parallel()
	photo := quarters(64, 32, red, green, blue, white)
	cut := quarters(64, 32, red, green, blue, none)
	mustard := color.NRGBA{R: 200, G: 150, B: 10, A: 255}
	solid := color.RGBA(mustard)
	four := func(c color.RGBA) []color.RGBA { return []color.RGBA{c, c, c, c} }
	for _, test := range []struct {
		name string
		file []byte
		want shape
	}{
		{"JPEG", asJPEG(photo), shape{"image/jpeg", 64, 32, []color.RGBA{red, green, blue, white}}},
		{"PNG", asPNG(photo), shape{"image/jpeg", 64, 32, []color.RGBA{red, green, blue, white}}},
		{"PNG with transparency", asPNG(cut), shape{"image/png", 64, 32, []color.RGBA{red, green, blue, none}}},
		{"PNG of sixteen bits", rawPNG(3, 2, 16, 2, 0, 2*(1+3*6)), shape{"image/jpeg", 3, 2, four(color.RGBA{A: 255})}},
		{"large PNG with transparency", asPNG(quarters(800, 1600, none, green, blue, white)),
			shape{"image/png", 256, 512, []color.RGBA{none, green, blue, white}}},
		{"large JPEG", asJPEG(quarters(2100, 700, red, green, blue, white)),
			shape{"image/jpeg", 512, 171, []color.RGBA{red, green, blue, white}}},
		{"GIF", asGIF(image.Pt(9, 7), frame(image.Rect(0, 0, 9, 7), red), frame(image.Rect(0, 0, 9, 7), blue)),
			shape{"image/jpeg", 9, 7, four(red)}},
		{"GIF whose first frame is smaller than the canvas", asGIF(image.Pt(600, 600), frame(image.Rect(0, 0, 300, 600), red)),
			shape{"image/png", 512, 512, []color.RGBA{red, none, red, none}}},
		{"lossless WebP", webpOf(vp8l(20, 10, mustard)), shape{"image/jpeg", 20, 10, four(solid)}},
		{"transparent WebP", webpOf(vp8l(1200, 600, color.NRGBA{R: 255, A: 0})), shape{"image/png", 512, 256, four(none)}},
		{"extended WebP", webpOf(vp8x(0, 20, 10), vp8l(20, 10, mustard)), shape{"image/jpeg", 20, 10, four(solid)}},
		{"lossy WebP", []byte(lossyWebP), shape{"image/jpeg", 1, 1, four(color.RGBA{R: 128, G: 128, B: 128, A: 255})}},
		{"a line", asPNG(quarters(5000, 1, red, green)), shape{"image/jpeg", 512, 1, []color.RGBA{red, green, red, green}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p, got := read(t, test.file)
			if diff := cmp.Diff(test.want, got, near); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if again, _ := read(t, test.file); !cmp.Equal(p, again) {
				t.Error("the same file gave another picture")
			}
		})
	}
}

// The bounds of package crm are what Read makes of the picture that can be compressed least.
func TestNoiseIsWithinTheBoundsOfCRM(t *testing.T) {
	t.Parallel()
	noise := image.NewNRGBA(image.Rect(0, 0, picture.MaxSide, picture.MaxSide))
	rand.NewChaCha8([32]byte{}).Read(noise.Pix)
	p, s := read(t, asPNG(noise))
	if s.Type != "image/png" || picture.MaxSide != crm.MaxPictureSide || len(p.Data) < 4*picture.MaxSide*picture.MaxSide {
		t.Errorf("the noise became a %s of %d×%d in %d bytes", s.Type, s.Width, s.Height, len(p.Data))
	}
}

// oriented are the corners of a picture of red, green, blue, white, once upright.
var oriented = [9][]color.RGBA{
	1: {red, green, blue, white},
	2: {green, red, white, blue},
	3: {white, blue, green, red},
	4: {blue, white, red, green},
	5: {red, blue, green, white},
	6: {blue, red, white, green},
	7: {white, green, blue, red},
	8: {green, white, red, blue},
}

func TestOrientation(t *testing.T) {
	t.Parallel()
	photo := quarters(64, 32, red, green, blue, white)
	for o := uint16(0); o <= 9; o++ {
		want, w, h := oriented[1], 64, 32
		if o >= 1 && o <= 8 {
			want = oriented[o]
		}
		if o >= 5 && o <= 8 {
			w, h = h, w
		}
		for name, file := range map[string][]byte{
			"JPEG":               withSegment(asJPEG(photo), 0xe1, "Exif\x00\x00"+string(exifBlock(binary.BigEndian, o))),
			"JPEG little-endian": withSegment(asJPEG(photo), 0xe1, "Exif\x00\x00"+string(exifBlock(binary.LittleEndian, o))),
			"JPEG after XMP": withSegment(withSegment(asJPEG(photo), 0xe1, "Exif\x00\x00"+string(exifBlock(binary.BigEndian, o))),
				0xe1, "http://ns.adobe.com/xap/1.0/\x00<x/>"),
			"PNG": withChunk(asPNG(photo), "eXIf", string(exifBlock(binary.BigEndian, o))),
		} {
			_, got := read(t, file)
			if diff := cmp.Diff(shape{"image/jpeg", w, h, want}, got, near); diff != "" {
				t.Errorf("%s, orientation %d: -want +got:\n%s", name, o, diff)
			}
		}
		// In a WebP the block comes after the picture.
		_, got := read(t, webpOf(vp8x(1<<3, 64, 32), riffChunk("odd ", "1"), vp8l(64, 32, color.NRGBA{A: 255}),
			riffChunk("EXIF", string(exifBlock(binary.LittleEndian, o)))))
		if got.Width != w || got.Height != h {
			t.Errorf("WebP, orientation %d: %d×%d", o, got.Width, got.Height)
		}
	}
}

// TestOrientationBroken: an EXIF block that makes no sense leaves the picture as it is.
func TestOrientationBroken(t *testing.T) {
	t.Parallel()
	photo := asJPEG(quarters(64, 32, red, green, blue, white))
	good := string(exifBlock(binary.BigEndian, 6))
	for _, block := range []string{
		"", "MM", good[:8], good[:9], good[:len(good)-8],
		"XX" + good[2:],
		"MM\x00\x2b" + good[4:],
		"MM\x00\x2a\xff\xff\xff\xff" + good[8:],
		strings.Replace(good, "\x01\x12\x00\x03", "\x01\x12\x00\x02", 1),
	} {
		if _, got := read(t, withSegment(photo, 0xe1, "Exif\x00\x00"+block)); got.Width != 64 {
			t.Errorf("%q turned the picture", block)
		}
	}
}

func TestMetadataIsGone(t *testing.T) {
	t.Parallel()
	const secret = "52.5200N 13.4050E"
	block := string(exifBlock(binary.BigEndian, 1)) + secret
	opaque, cut := quarters(700, 600, red, green, blue, white), quarters(700, 600, red, green, blue, none)
	for name, file := range map[string][]byte{
		"JPEG": append(withSegment(withSegment(withSegment(asJPEG(opaque), 0xe1, "Exif\x00\x00"+block), 0xfe, secret),
			0xe2, "ICC_PROFILE\x00"+secret), secret...),
		"PNG":  append(withChunk(withChunk(asPNG(cut), "eXIf", block), "tEXt", "Comment\x00"+secret), secret...),
		"WebP": webpOf(vp8x(1<<3, 30, 30), vp8l(30, 30, color.NRGBA{A: 9}), riffChunk("EXIF", block), riffChunk("XMP ", secret)),
		"GIF":  append(asGIF(image.Pt(9, 7), frame(image.Rect(0, 0, 9, 7), red)), secret...),
	} {
		if !bytes.Contains(file, []byte(secret)) {
			t.Fatalf("%s: nothing planted", name)
		}
		p, _ := read(t, file)
		for _, trace := range []string{secret, "Exif", "eXIf", "EXIF", "tEXt", "ICC_PROFILE", "home"} {
			if bytes.Contains(p.Data, []byte(trace)) {
				t.Errorf("%s: the result holds %q", name, trace)
			}
		}
	}
}

func TestReadError(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection lost")
	_, err := picture.Read(iotest.ErrReader(broken))
	if !errors.Is(err, broken) || errors.Is(err, picture.ErrPicture) {
		t.Errorf("got %v", err)
	}
}

func TestETag(t *testing.T) {
	t.Parallel()
	p, _ := read(t, []byte(lossyWebP))
	if want := fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256(p.Data))); p.ETag() != want {
		t.Errorf("got %s, want %s", p.ETag(), want)
	}
}

// TestProportions: whatever the size, the result fits, is never scaled up, and
// keeps its proportions within a pixel.
func TestProportions(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const area = 300_000
		w := rapid.IntRange(1, 3000).Draw(t, "w")
		h := rapid.IntRange(1, min(3000, area/w)).Draw(t, "h")
		p, err := picture.Read(bytes.NewReader(webpOf(vp8l(w, h, color.NRGBA{R: 90, A: 255}))))
		if err != nil {
			t.Fatal(err)
		}
		got := look(t, p)
		scale := min(1, float64(picture.MaxSide)/float64(max(w, h)))
		for _, side := range [][2]int{{w, got.Width}, {h, got.Height}} {
			if d := float64(side[1]) - scale*float64(side[0]); d < -1 || d > 1 {
				t.Fatalf("%d×%d became %d×%d", w, h, got.Width, got.Height)
			}
		}
		if diff := cmp.Diff([]color.RGBA{{R: 90, A: 255}}, got.Corners[:1], near); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
	})
}
