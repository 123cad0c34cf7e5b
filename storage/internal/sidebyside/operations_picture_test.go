package sidebyside_test

import (
	"bytes"
	"context"
	"image"
	"image/png"

	"github.com/getklar/influencercrm/crm"
)

// gallery are pictures to choose from.
var gallery = []crm.Picture{square(1), square(2), square(512)}

func square(side int) crm.Picture {
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewAlpha(image.Rect(0, 0, side, side))); err != nil {
		panic(err)
	}
	return crm.Picture{Type: "image/png", Width: side, Height: side, Data: file.Bytes()}
}

func (g generator) setPicture() operation {
	p, reason := mostly(g, "picture", gallery, square(513), crm.Picture{}), g.reason()
	return change(g, "set picture", influencers, g.influencers, func(ctx context.Context, w *crm.Work, i crm.Influencer) (any, error) {
		return w.SetPicture(ctx, i.ID, i.Version, p, reason)
	})
}

func (g generator) removePicture() operation {
	reason := g.reason()
	return change(g, "remove picture", influencers, g.influencers, func(ctx context.Context, w *crm.Work, i crm.Influencer) (any, error) {
		return w.RemovePicture(ctx, i.ID, i.Version, reason)
	})
}

// pictures are those that the influencers show.
func pictures(ctx context.Context, r crm.Reader, of []crm.Influencer) ([]crm.Picture, error) {
	shown := []crm.Picture{}
	for _, i := range of {
		if i.Picture.IsZero() {
			continue
		}
		p, err := r.Picture(ctx, i.Picture)
		if err != nil {
			return shown, err
		}
		shown = append(shown, p)
	}
	return shown, nil
}
