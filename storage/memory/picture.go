package memory

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func pictureBefore(a, b crm.Picture) bool { return a.ID.Compare(b.ID) < 0 }

// clonePicture copies a picture; its bytes are never nil.
func clonePicture(p crm.Picture) crm.Picture {
	p.Data = append([]byte{}, p.Data...)
	return p
}

// Picture implements crm.Reader.
func (u *unit) Picture(ctx context.Context, id crm.PictureID) (crm.Picture, error) {
	if err := u.check(ctx); err != nil {
		return crm.Picture{}, err
	}
	p, ok := u.state.pictures.Get(crm.Picture{ID: id})
	if !ok {
		return crm.Picture{}, crm.Picture{ID: id}.Ref().NotFound()
	}
	return clonePicture(p), nil
}

// AddPicture implements crm.Tx.
func (u *unit) AddPicture(ctx context.Context, p crm.Picture) error {
	return u.write(ctx, func() error {
		if _, taken := u.state.pictures.Get(p); taken {
			return backend.Taken(p.Ref(), "id", p.ID.String())
		}
		u.state.pictures.Set(clonePicture(p))
		return nil
	})
}

// DeletePictures implements crm.Tx. It looks at every picture, which is little to do for an erasure.
func (u *unit) DeletePictures(ctx context.Context, id crm.InfluencerID) error {
	return u.write(ctx, func() error {
		for _, p := range u.state.pictures.Items() {
			if p.Influencer == id {
				u.state.pictures.Delete(p)
			}
		}
		return nil
	})
}
