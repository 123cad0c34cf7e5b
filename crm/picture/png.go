package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"io"

	"github.com/getklar/influencercrm/crm/internal/imagefile"
)

// pngHeader is the length of the magic and of the first chunk, IHDR.
const pngHeader = len(imagefile.PNGMagic) + 8 + 13 + 4

// pngConfig is png.DecodeConfig, except that a size beyond the limits is a size
// and no broken header, so that the message about it is the one about sizes.
func pngConfig(r io.Reader) (image.Config, error) {
	var head [pngHeader]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return image.Config{}, err
	}
	c := image.Config{
		Width:  int(binary.BigEndian.Uint32(head[16:])),
		Height: int(binary.BigEndian.Uint32(head[20:])),
	}
	if string(head[12:16]) == "IHDR" && (c.Width == 0 || c.Height == 0 || tooManyPixels(c)) {
		return c, nil
	}
	return png.DecodeConfig(io.MultiReader(bytes.NewReader(head[:]), r))
}

// inspectPNG computes what a PNG takes to open: up to four bytes a pixel, eight with
// 16 bits a channel, for the pixels and for two rows, of which there may be only
// one. An interlaced one takes the same pixels again in seven passes, whose rows
// come to less than three in all.
func inspectPNG(data []byte, c image.Config) (facts, error) {
	each, area, rows := int64(4), pixels(c), 2*int64(c.Width)
	switch c.ColorModel {
	case color.Gray16Model, color.RGBA64Model, color.NRGBA64Model:
		each = 8
	}
	if interlaced := data[pngHeader-5] != 0; interlaced {
		area, rows = 2*area, 3*rows
	}
	f := facts{memory: each * (area + rows)}
	for c := range imagefile.PNG(data) {
		if c.Kind == "eXIf" {
			f.exif = c.Body
			break
		}
	}
	return f, nil
}
