package sqlstore

import (
	"context"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

type pictureRow struct {
	Influencer string `db:"influencer_id"`
	Type       string `db:"type"`
	Width      int    `db:"width"`
	Height     int    `db:"height"`
	Data       []byte `db:"data"`
}

var pictureColumns = []string{"workspace_id", "id", "influencer_id", "type", "width", "height", "data"}

// pictureStatements are the statements of the pictures, which are written once.
type pictureStatements struct {
	name             string
	add, get, delete statement
}

func newPictureStatements(s *schema) pictureStatements {
	name := s.table("pictures")
	return pictureStatements{
		name:   name,
		add:    s.write(insertInto(name, pictureColumns, unlessTaken)),
		get:    s.read(sq.Select(pictureColumns[2:]...).From(name).Where(tenant+" AND id = ?", 0, 0)),
		delete: s.write(sq.Delete(name).Where(tenant+" AND influencer_id = ?", 0, 0)),
	}
}

// Picture implements crm.Reader.
func (r *reader) Picture(ctx context.Context, id crm.PictureID) (crm.Picture, error) {
	if err := r.usable(ctx); err != nil {
		return crm.Picture{}, err
	}
	p := crm.Picture{ID: id}
	var row pictureRow
	found, err := r.get(ctx, &row, r.store.schema.pictures.get, r.wsText, idText(id))
	switch {
	case err != nil:
		return crm.Picture{}, r.fail(ctx, "reading the "+p.Ref().String(), err)
	case !found:
		return crm.Picture{}, p.Ref().NotFound()
	}
	var d decoder
	p.Influencer = decodeID[crm.Influencer](&d, "influencer_id", row.Influencer)
	p.Type, p.Width, p.Height, p.Data = row.Type, row.Width, row.Height, notNil(row.Data)
	if d.err != nil {
		return crm.Picture{}, r.unreadable(ctx, p.Ref(), d.err)
	}
	return p, nil
}

// AddPicture implements crm.Tx.
func (w *writer) AddPicture(ctx context.Context, p crm.Picture) error {
	return w.write(ctx, func() error {
		added, err := w.exec(ctx, w.store.schema.pictures.add,
			w.wsText, idText(p.ID), idText(p.Influencer), p.Type, p.Width, p.Height, notNil(p.Data))
		switch {
		case err != nil:
			return w.fail(ctx, "adding a picture", err)
		case added == 0:
			return backend.Taken(p.Ref(), "id", p.ID.String())
		}
		return nil
	})
}

// DeletePictures implements crm.Tx.
func (w *writer) DeletePictures(ctx context.Context, id crm.InfluencerID) error {
	return w.write(ctx, func() error {
		_, err := w.sweep(ctx, w.store.schema.pictures.delete, w.wsText, idText(id))
		return w.fail(ctx, "deleting the pictures of an influencer", err)
	})
}

// notNil keeps no bytes apart from NULL.
func notNil(data []byte) []byte {
	if data == nil {
		return []byte{}
	}
	return data
}
