package picture

import (
	"encoding/binary"
	"image"
)

// orientation says how the camera was held, by the numbers of EXIF: 1 is
// upright, 2 to 8 are the other ways to turn and to mirror a picture. Zero is unknown.
type orientation int

// readOrientation finds the orientation in an EXIF block: a TIFF header (byte
// order, 42, where the first table is) and a table of a count and entries of
// twelve bytes (tag, type, count, value). What makes no sense is unknown.
func readOrientation(exif []byte) orientation {
	const (
		header, entry  = 8, 12
		tagOrientation = 0x0112
		typeShort      = 3
	)
	if len(exif) < header {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(exif[:2]) == "II" {
		order = binary.LittleEndian
	}
	table := int64(order.Uint32(exif[4:]))
	if string(exif[:2]) != "II" && string(exif[:2]) != "MM" || order.Uint16(exif[2:]) != 42 || table > int64(len(exif)-2) {
		return 0
	}
	count := int(order.Uint16(exif[table:]))
	for entries := exif[table+2:]; count > 0 && len(entries) >= entry; count-- {
		if order.Uint16(entries) == tagOrientation && order.Uint16(entries[2:]) == typeShort {
			if o := orientation(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 0
		}
		entries = entries[entry:]
	}
	return 0
}

// upright turns a picture as its orientation asks.
func (o orientation) upright(src *image.RGBA) *image.RGBA {
	if o <= 1 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if o >= 5 { // lying on its side
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range dst.Rect.Dy() {
		for x := range dst.Rect.Dx() {
			dst.SetRGBA(x, y, src.RGBAAt(o.origin(x, y, w, h)))
		}
	}
	return dst
}

// origin is the place in a picture of w×h from where the upright one takes (x, y).
func (o orientation) origin(x, y, w, h int) (int, int) {
	switch o {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // mirrored, upside down
		return x, h - 1 - y
	case 5: // mirrored along the diagonal
		return y, x
	case 6: // to be turned clockwise
		return y, h - 1 - x
	case 7: // mirrored along the other diagonal
		return w - 1 - y, h - 1 - x
	case 8: // to be turned counter-clockwise
		return w - 1 - y, x
	default:
		return x, y
	}
}
