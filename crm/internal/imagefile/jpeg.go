package imagefile

import (
	"bytes"
	"encoding/binary"
	"iter"
)

// Markers of a JPEG: the byte after 0xff.
const (
	SOF0 = 0xc0 // start of frame: baseline
	SOF1 = 0xc1 // start of frame: extended
	SOF2 = 0xc2 // start of frame: progressive
	DHT  = 0xc4 // Huffman tables
	RST0 = 0xd0 // first of eight restart markers, which have no length
	EOI  = 0xd9 // end of image
	SOS  = 0xda // start of scan; compressed pixels follow it
	DQT  = 0xdb // quantization tables
	DRI  = 0xdd // restart interval
	APP0 = 0xe0 // JFIF
	APP1 = 0xe1 // EXIF or XMP
	APPE = 0xee // Adobe's colour transform
	COM  = 0xfe // comment
)

// MaxScans is how many scans of a JPEG are affordable. Encoders write about ten. A scan may take only a few bytes, and
// decoding it is a walk over the whole image.
const MaxScans = 100

// Segment is a part of a JPEG: a marker with what belongs to it.
type Segment struct {
	Marker byte
	Body   []byte // without marker and length
	Rest   []byte // of the file, after the segment
	// Stray reports whether the bytes before the marker are something else than segments and compressed pixels.
	Stray bool
}

// JPEG yields the segments of a file after the start of the image, up to and including EOI. It ends before EOI if the file
// is cut off or a length makes no sense.
func JPEG(data []byte) iter.Seq[Segment] {
	return func(yield func(Segment) bool) {
		rest, ok := bytes.CutPrefix(data, []byte{0xff, 0xd8})
		for pixels := false; ok; {
			at, fill := nextMarker(rest)
			if at < 0 {
				return
			}
			s := Segment{Marker: rest[at+1], Rest: rest[at+2:], Stray: fill || at > 0 && !pixels}
			if s.Marker != EOI {
				if len(s.Rest) < 2 {
					return
				}
				n := int(binary.BigEndian.Uint16(s.Rest)) // counts its own two bytes
				if n < 2 || n > len(s.Rest) {
					return
				}
				s.Body, s.Rest = s.Rest[2:n], s.Rest[n:]
			}
			if !yield(s) || s.Marker == EOI {
				return
			}
			rest, pixels = s.Rest, s.Marker == SOS
		}
	}
}

// nextMarker returns where the next marker begins, -1 if there is none, and whether there are fill bytes before it. In
// compressed pixels 0xff is no marker: 0 or the number of a restart follows it.
func nextMarker(data []byte) (at int, fill bool) {
	for {
		n := bytes.IndexByte(data[at:], 0xff)
		if at += n; n < 0 || at+1 >= len(data) {
			return -1, fill
		}
		switch next := data[at+1]; {
		case next == 0xff:
			fill = true
		case next != 0 && next&^7 != RST0:
			return at, fill
		}
		at++
	}
}
