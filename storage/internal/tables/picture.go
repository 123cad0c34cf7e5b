package tables

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// PictureRow is the row of a picture, without its id.
type PictureRow struct {
	Influencer string
	Type       string
	Width      int
	Height     int
	Data       []byte
}

// Dest are pointers to the columns that Get selects.
func (row *PictureRow) Dest() []any {
	return []any{&row.Influencer, &row.Type, &row.Width, &row.Height, &row.Data}
}

var pictureColumns = []string{"workspace_id", "id", "influencer_id", "type", "width", "height", "data"}

// PictureStatements are those of the pictures, which are never changed.
type PictureStatements struct {
	Insert string // see InsertArgs
	Get    string // reads a PictureRow by id
	Delete string // those of an influencer

	dialect dialect.Dialect
	name    string
}

func pictureStatements(s *Schema) PictureStatements {
	name := s.table("pictures")
	return PictureStatements{
		dialect: s.dialect,
		name:    name,
		Insert:  s.text(insertRows(1, name, pictureColumns, unlessTaken)),
		Get:     s.text(sq.Select(pictureColumns[2:]...).From(name).Where(tenant+" AND id = ?", 0, 0)),
		Delete:  s.text(sq.Delete(name).Where(tenant+" AND influencer_id = ?", 0, 0)),
	}
}

// IDs selects ids after one, in order.
func (p PictureStatements) IDs(ws string, after crm.PictureID, limit int) sq.SelectBuilder {
	return limited(p.dialect, sq.Select("id").From(p.name).Where(tenant, ws).Where("id > ?", IDText(after)).OrderBy("id"), limit)
}

// PictureID reads an id that IDs has selected.
func PictureID(text string) (crm.PictureID, error) {
	var d decoder
	return decodeID[crm.Picture](&d, "id", text), d.err
}

// InsertArgs are the arguments of Insert.
func (PictureStatements) InsertArgs(ws string, p crm.Picture) []any {
	return []any{ws, IDText(p.ID), IDText(p.Influencer), p.Type, p.Width, p.Height, notNil(p.Data)}
}

// Picture makes the picture with an id of its row.
func (row *PictureRow) Picture(id crm.PictureID) (crm.Picture, error) {
	var d decoder
	p := crm.Picture{
		ID:         id,
		Influencer: decodeID[crm.Influencer](&d, "influencer_id", row.Influencer),
		Type:       row.Type,
		Width:      row.Width,
		Height:     row.Height,
		Data:       notNil(row.Data),
	}
	return p, d.err
}

// notNil makes no bytes an empty slice: nil would be NULL.
func notNil(data []byte) []byte {
	if data == nil {
		return []byte{}
	}
	return data
}
