package picture_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"strings"

	"github.com/getklar/influencercrm/crm/picture"
)

// An upload becomes a small picture, whatever its size and format.
func ExampleRead() {
	var upload bytes.Buffer // of a form, in real life
	if err := jpeg.Encode(&upload, image.NewGray(image.Rect(0, 0, 1600, 1200)), nil); err != nil {
		fmt.Println(err)
		return
	}

	p, err := picture.Read(&upload)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s, %d×%d\n", p.Type, p.Width, p.Height)
	// Output: image/jpeg, 512×384
}

// A refusal says what the file is and what would be right. The family tells it
// from an upload that broke off.
func ExampleRead_refused() {
	_, err := picture.Read(strings.NewReader(`<svg xmlns="http://www.w3.org/2000/svg"/>`))
	fmt.Println(err)
	fmt.Println(errors.Is(err, picture.ErrUnsupported), errors.Is(err, picture.ErrPicture))
	// Output:
	// this kind of picture is not supported: this looks like an SVG drawing; upload a JPEG, PNG, GIF or WebP
	// true true
}
