// Package qr draws a link as a QR code, for a flyer, a package or a story. It is a room of its own so that who
// imports package crm does not pay for it.
//
// The codes have the error correction level M of ISO/IEC 18004 at least, with which 15 % of a code may be dirty or
// covered, and the quiet zone of four modules that the standard asks for.
package qr

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	goqr "github.com/piglig/go-qr"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/utm"
)

// The bounds of a code.
const (
	MaxLink  = 2_331 // bytes of a link, which is what the largest code of level M holds
	MaxScale = 40    // pixels a module
	MaxSide  = 4_096 // pixels of a picture; a code of the longest link is 185 modules wide with its quiet zone
	quiet    = 4     // modules around the code
)

// The scale of a picture where none is given.
const defaultScale = 8

// ErrLink says that a link is longer than MaxLink, or none that utm.ValidateAddress takes.
var ErrLink = errors.New("the link cannot be a QR code")

// ErrScale says that a scale is below zero or above MaxScale, or makes a picture wider than MaxSide.
var ErrScale = errors.New("the scale of a QR code is wrong")

// PNG draws a link as a picture in black and white. The scale is how many pixels a module is wide, from 1 to
// MaxScale; 0 is 8. Space around the link is ignored. Errors are ErrLink and ErrScale, as sentences.
func PNG(link string, scale int) ([]byte, error) {
	if scale == 0 {
		scale = defaultScale
	}
	if scale < 0 || scale > MaxScale {
		return nil, sentence.Errorf("%s: %d pixels a module; use 1 to %d", ErrScale, scale, MaxScale)
	}
	code, err := encode(strings.TrimSpace(link))
	if err != nil {
		return nil, err
	}
	modules := code.Size() + 2*quiet
	if side := modules * scale; side > MaxSide {
		return nil, sentence.Errorf(
			"%s: %d pixels a module make a picture %d pixels wide, and at most %d are drawn; use a scale up to %d, or draw it as SVG",
			ErrScale, scale, side, MaxSide, MaxSide/modules)
	}
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, paint(code, scale)); err != nil {
		return nil, err
	}
	return drawn.Bytes(), nil
}

// paint draws with one bit a pixel in the file and one byte here, where the library's pictures have four of each.
func paint(code *goqr.QrCode, scale int) image.Image {
	side := (code.Size() + 2*quiet) * scale
	picture := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			if code.Module(x/scale-quiet, y/scale-quiet) {
				picture.Pix[y*picture.Stride+x] = 1
			}
		}
	}
	return picture
}

// SVG draws a link as a drawing of any size, with the link as its title for those who do not see it. Space around the
// link is ignored. The error is ErrLink, as a sentence.
func SVG(link string) ([]byte, error) {
	link = strings.TrimSpace(link)
	code, err := encode(link)
	if err != nil {
		return nil, err
	}
	// The library counts the border of a drawing in units and not in modules, which are one only at this scale.
	drawn, err := code.ToSVGBytes(goqr.NewQrCodeImgConfig(1, quiet, goqr.WithOptimalSVG()))
	if err != nil {
		return nil, err
	}
	var title bytes.Buffer
	title.WriteString(` role="img"><title>`)
	if err := xml.EscapeText(&title, []byte(link)); err != nil {
		return nil, err
	}
	title.WriteString(`</title>`)
	at := bytes.Index(drawn, []byte("<svg"))
	end := at + bytes.IndexByte(drawn[max(at, 0):], '>')
	if at < 0 || end < at {
		return nil, fmt.Errorf("%w: it was drawn as something else than SVG", ErrLink)
	}
	return append(append(bytes.Clone(drawn[at:end]), title.Bytes()...), drawn[end+1:]...), nil
}

func encode(link string) (*goqr.QrCode, error) {
	if len(link) > MaxLink {
		return nil, sentence.Errorf("%s: it has %d bytes, and a code holds %d; shorten its address or its UTM values",
			ErrLink, len(link), MaxLink)
	}
	var fault *utm.LinkError
	if errors.As(utm.ValidateAddress(link), &fault) {
		return nil, sentence.Errorf("%s, %q: %s", ErrLink, fault.Value, sentence.Of(fault.Format, fault.Args...))
	}
	code, err := goqr.EncodeText(link, goqr.Medium)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLink, err)
	}
	return code, nil
}
