package crm

// Picture is a profile picture as it is stored and shown: small, and with nothing in it but the image. It is not a Record.
// It is written once and never changed, and it stays when another picture replaces it, so that an undo and AsOf can show
// the former one, until the person is erased. Influencer.Picture refers to the present one.
type Picture struct {
	ID         PictureID    `json:"id"`
	Influencer InfluencerID `json:"influencer"`
	Type       string       `json:"type"`   // "image/jpeg" or "image/png"
	Width      int          `json:"width"`  // in pixels, at most MaxPictureSide
	Height     int          `json:"height"` // the same
	Data       []byte       `json:"data"`   // the file, at most MaxPictureBytes
}

// The bounds of a picture. Package crm/picture makes none beyond them.
const (
	MaxPictureSide = 512
	// MaxPictureBytes is what uncompressed pixels with transparency take, plus the frame of a PNG.
	MaxPictureBytes = 4*MaxPictureSide*MaxPictureSide + 4096
)

// Ref names the picture in errors.
func (p Picture) Ref() Ref { return Ref{KindPicture, p.ID.UUID()} }

// ETag is the picture's strong HTTP entity tag: its id, within double quotes. The bytes of an id
// never change, so Picture{ID: influencer.Picture}.ETag() answers a cache before a picture is read.
func (p Picture) ETag() string { return `"` + p.ID.String() + `"` }
