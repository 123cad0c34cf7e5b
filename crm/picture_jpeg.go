package crm

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/getklar/influencercrm/crm/internal/text"
)

// maxScans bounds what it costs to show a JPEG. One that is drawn in passes has about ten; a pass
// may take a few bytes and is a walk over the whole image.
const maxScans = 100

// jpegFlaw walks a JPEG from segment to segment and returns the first that does not belong in a
// picture. The compressed pixels are the decoder's to judge.
func jpegFlaw(data []byte) *pictureFlaw {
	broken := &pictureFlaw{text.Count(len(data), "byte"), isBroken}
	rest, ok := bytes.CutPrefix(data, []byte{0xff, 0xd8}) // start of image
	for scans := 0; ok; {
		if len(rest) < 2 || rest[0] != 0xff {
			return broken
		}
		marker := rest[1]
		if marker == 0xd9 { // end of image
			return flawAfterEnd(rest[2:])
		}
		if len(rest) < 4 {
			return broken
		}
		end := 2 + int(binary.BigEndian.Uint16(rest[2:])) // the length counts its own two bytes
		if end < 4 || end > len(rest) {
			return broken
		}
		body := rest[4:end]
		rest = rest[end:]
		switch marker {
		case 0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd: // the frame, tables, the restart interval
		case 0xda: // a scan, and the pixels behind it
			if scans++; scans > maxScans {
				return &pictureFlaw{"scan " + itoa(scans), "makes the image too slow to show"}
			}
			rest = rest[pixelsEnd(rest):]
		default:
			if !isHeader(marker, body) {
				return &pictureFlaw{"segment " + segmentName(marker), isStray}
			}
		}
	}
	return broken
}

// pixelsEnd is how far the compressed pixels go: up to a marker that is no restart.
func pixelsEnd(data []byte) int {
	for i := 0; i+1 < len(data); i++ {
		if next := data[i+1]; data[i] == 0xff && next != 0 && next&^7 != 0xd0 {
			return i
		}
	}
	return len(data)
}

// isHeader reports whether an application's segment does nothing but say how to read the pixels:
// JFIF without a thumbnail, or Adobe's colour transform.
func isHeader(marker byte, body []byte) bool {
	switch marker {
	case 0xe0:
		return len(body) == 14 && bytes.HasPrefix(body, []byte("JFIF\x00")) && body[12] == 0 && body[13] == 0
	case 0xee:
		return len(body) == 12 && bytes.HasPrefix(body, []byte("Adobe"))
	}
	return false
}

// segmentName is what the standard calls a segment: APP1 is EXIF or XMP, APP2 a colour profile.
func segmentName(marker byte) string {
	switch {
	case marker&^0x0f == 0xe0:
		return "APP" + itoa(int(marker&0x0f))
	case marker == 0xfe:
		return "COM"
	}
	return fmt.Sprintf("%X", marker)
}
