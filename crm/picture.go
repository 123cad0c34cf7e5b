package crm

// Picture is a profile picture as it is kept and shown: small, and nothing in it but the image. It
// is no Record: it is written once, never changed, and stays when another takes its place, so that
// an undo and the past can show the former one. Influencer.Picture names the present one.
type Picture struct {
	ID         PictureID    `json:"id"`
	Influencer InfluencerID `json:"influencer"`
	Type       string       `json:"type"`   // "image/jpeg" or "image/png"
	Width      int          `json:"width"`  // in pixels
	Height     int          `json:"height"` // in pixels
	Data       []byte       `json:"data"`   // the file
}

// Ref names the picture in errors.
func (p Picture) Ref() Ref { return Ref{KindPicture, p.ID.UUID()} }

// ETag is the picture's strong HTTP entity tag: its id, within double quotes. The bytes of an id
// never change, so Picture{ID: influencer.Picture}.ETag() answers a cache before a picture is read.
func (p Picture) ETag() string { return `"` + p.ID.String() + `"` }
