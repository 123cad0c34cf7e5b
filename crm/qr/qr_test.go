package qr_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm/qr"
	"github.com/getklar/influencercrm/crm/sentence"
)

// scan reads a PNG as a camera's program does.
func scan(t fataler, picture []byte) string {
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return scanImage(t, drawn)
}

type fataler interface{ Fatal(args ...any) }

func scanImage(t fataler, drawn image.Image) string {
	bitmap, err := gozxing.NewBinaryBitmapFromImage(drawn)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Fatal(err)
	}
	return read.GetText()
}

// Every link that is drawn is read back by another library.
func TestPNGIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		link := "https://shop.example/" + rapid.StringMatching(`[a-z0-9/%._~-]{0,200}`).Draw(t, "path") + "?utm_campaign=" +
			rapid.StringMatching(`[a-zA-Z0-9%+-]{1,100}`).Draw(t, "campaign")
		picture, err := qr.PNG(link, rapid.IntRange(0, 6).Draw(t, "scale"))
		if err != nil {
			t.Fatal(err)
		}
		if got := scan(t, picture); got != link {
			t.Fatalf("%q is read as %q", link, got)
		}
	})
}

func TestBounds(t *testing.T) {
	t.Parallel()
	longest := "https://shop.example/" + strings.Repeat("a", qr.MaxLink-len("https://shop.example/"))
	picture, err := qr.PNG(longest, 2)
	if err != nil {
		t.Fatal(err)
	}
	if scan(t, picture) != longest {
		t.Error("the longest link is not read")
	}
	const shop, no = "https://shop.example", "the link cannot be a QR code"
	for _, test := range []struct {
		link  string
		scale int
		want  error
		text  string
	}{
		{"", 1, qr.ErrLink, no + `, "": it must begin with https:// or http://`},
		{"shop.example", 1, qr.ErrLink, no + `, "shop.example": it must begin with https:// or http://`},
		{"javascript:alert(1)", 1, qr.ErrLink, no + `, "javascript:alert(1)": it must begin with https:// or http://`},
		{"https://pam:secret@shop.example", 1, qr.ErrLink,
			no +
				`, "shop.example": it has a user name or a password in front of the @, which everybody would see; leave it out`},
		{"https://", 1, qr.ErrLink, no + `, "https://": "" is not the name of a website`},
		{longest + "a", 1, qr.ErrLink, no + ": it has 2332 bytes, and a code holds 2331; shorten its address or its UTM values"},
		{shop, -1, qr.ErrScale, "the scale of a QR code is wrong: -1 pixels a module; use 1 to 40"},
		{shop, qr.MaxScale + 1, qr.ErrScale, "the scale of a QR code is wrong: 41 pixels a module; use 1 to 40"},
		{longest, 23, qr.ErrScale,
			"the scale of a QR code is wrong: 23 pixels a module make a picture 4255 pixels wide, and at most 4096 are drawn; " +
				"use a scale up to 22, or draw it as SVG"},
	} {
		if _, err := qr.PNG(test.link, test.scale); !errors.Is(err, test.want) || err.Error() != test.text {
			t.Errorf("%.30q at %d: %v, want %v", test.link, test.scale, err, test.text)
		}
		if _, err := qr.SVG(test.link); errors.Is(test.want, qr.ErrLink) && (!errors.Is(err, qr.ErrLink) || err.Error() != test.text) {
			t.Errorf("a drawing of %.30q: %v", test.link, err)
		}
	}
	var said interface{ Sentence() sentence.Sentence }
	_, err = qr.SVG("shop.example")
	if !errors.As(err, &said) || said.Sentence().In(language.German) != `der Link kann kein QR-Code werden, „shop.example“: er muss mit https:// oder http:// beginnen` {
		t.Errorf("in German: %v", said.Sentence().In(language.German))
	}
}

// The widest picture that is drawn has one bit a pixel.
func TestWidestPNG(t *testing.T) {
	t.Parallel()
	longest := "https://shop.example/" + strings.Repeat("a", qr.MaxLink-len("https://shop.example/"))
	picture, err := qr.PNG(longest, 22)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	if side := drawn.Bounds().Dx(); side != 185*22 || side > qr.MaxSide || len(picture) > 1<<20 {
		t.Errorf("%d pixels, %d bytes", side, len(picture))
	}
}

// A drawing is well-formed, says what it is, and has nothing in it that runs or loads.
func TestSVG(t *testing.T) {
	t.Parallel()
	const link = `https://shop.example/?a=<b>&utm_term="pam"`
	drawn, err := qr.SVG(link)
	if err != nil {
		t.Fatal(err)
	}
	var title string
	decoder, in := xml.NewDecoder(bytes.NewReader(drawn)), ""
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v:\n%s", err, drawn)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if in = token.Name.Local; in == "script" || in == "image" || in == "foreignObject" {
				t.Errorf("it has a %s", in)
			}
		case xml.CharData:
			if in == "title" {
				title += string(token)
			}
		case xml.EndElement:
			in = ""
		}
	}
	if title != link {
		t.Errorf("its title is %q", title)
	}
	if !bytes.Contains(drawn, []byte(`role="img"`)) || !bytes.Contains(drawn, []byte("viewBox")) {
		t.Errorf("%.200s", drawn)
	}
}

// Every link that is drawn as an SVG is read back from its path, with a quiet zone of four modules around it.
func TestSVGIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		link := "https://müller.example/" + rapid.StringMatching(`[a-z0-9/%._~-]{0,200}`).Draw(t, "path") + "?utm_term=pam"
		drawn, err := qr.SVG(link)
		if err != nil {
			t.Fatal(err)
		}
		if got := scanImage(t, raster(t, drawn)); got != link {
			t.Fatalf("%q is read as %q", link, got)
		}
	})
}

// raster fills the path of a drawing by the even-odd rule. Its sides are upright or level, and its units are modules.
func raster(t fataler, drawn []byte) image.Image {
	var svg struct {
		ViewBox string `xml:"viewBox,attr"`
		Path    struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(drawn, &svg); err != nil {
		t.Fatal(err)
	}
	var side, other int
	if _, err := fmt.Sscanf(svg.ViewBox, "0 0 %d %d", &side, &other); err != nil || side != other || side > 200 {
		t.Fatal(svg.ViewBox, err)
	}
	sides := make([][]bool, side) // whether an upright side stands left of a module
	for y := range sides {
		sides[y] = make([]bool, side)
	}
	var x, y int
	for _, step := range regexp.MustCompile(`([MLHV])(\d+)(?:,(\d+))?`).FindAllStringSubmatch(svg.Path.D, -1) {
		toX, toY := x, y
		switch n, _ := strconv.Atoi(step[2]); step[1] {
		case "H":
			toX = n
		case "V":
			toY = n
		default:
			toX = n
			toY, _ = strconv.Atoi(step[3])
		}
		if step[1] != "M" && toX != x && toY != y {
			t.Fatal("a slanting side: ", step[0])
		}
		for row := min(y, toY); row < max(y, toY) && step[1] != "M"; row++ {
			sides[row][x] = !sides[row][x]
		}
		x, y = toX, toY
	}
	const scale = 3
	picture := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	for row := range side {
		dark := false
		for column := range side {
			dark = dark != sides[row][column]
			if dark && (min(row, column) < 4 || max(row, column) >= side-4) {
				t.Fatal("the quiet zone is dark")
			}
			for n := range scale * scale {
				if !dark {
					picture.SetGray(column*scale+n%scale, row*scale+n/scale, color.Gray{Y: 255})
				}
			}
		}
	}
	return picture
}

func ExamplePNG() {
	picture, err := qr.PNG("https://shop.example/?utm_campaign=summer&utm_term=pam", 0)
	if err != nil {
		panic(err)
	}
	drawn, err := png.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		panic(err)
	}
	fmt.Println(drawn.Width, "by", drawn.Height)
	// Output: 328 by 328
}
