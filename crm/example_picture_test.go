package crm_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
	"github.com/getklar/influencercrm/crm/picture"
)

// A photo that somebody uploads becomes Emma's picture. A web server shows it from its id, and knows
// from Emma alone whether the browser's copy is still good.
func ExampleService_SetPicture() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	var upload bytes.Buffer // of a form, in real life
	if err := png.Encode(&upload, image.NewGray(image.Rect(0, 0, 1600, 1200))); err != nil {
		fmt.Println(err)
		return
	}

	small, err := picture.Read(&upload)
	if err != nil {
		fmt.Println(err)
		return
	}
	emma, err := p.crm.SetPicture(ctx, p.ws, p.emma.ID, p.emma.Version, crm.Picture{
		Type: small.Type, Width: small.Width, Height: small.Height, Data: small.Data,
	}, "from her media kit")
	if err != nil {
		fmt.Println(err)
		return
	}

	shown, err := p.crm.Picture(ctx, p.ws, emma.Picture)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s, %d×%d, the bytes of the file: %t\n", shown.Type, shown.Width, shown.Height, bytes.Equal(shown.Data, small.Data))
	fmt.Println("the copy is good:", crm.Picture{ID: emma.Picture}.ETag() == shown.ETag())

	changes, err := p.crm.History(ctx, p.ws, emma.Ref(), 1, 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(history.Describe(changes[len(changes)-1], nil))
	// Output:
	// image/jpeg, 512×384, the bytes of the file: true
	// the copy is good: true
	// mira@shop.example set the picture (reason: from her media kit)
}
