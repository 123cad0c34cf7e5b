package crm

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/getklar/influencercrm/crm/internal/text"
)

// pngFlaw walks a PNG from chunk to chunk and returns the first that does not draw the image. Order,
// checksums and pixels are the decoder's to judge.
func pngFlaw(data []byte) *pictureFlaw {
	rest, ok := bytes.CutPrefix(data, []byte("\x89PNG\r\n\x1a\n"))
	// A chunk is a length, a type, that many bytes and a checksum.
	for ok && len(rest) >= 12 {
		n := int64(binary.BigEndian.Uint32(rest))
		if n > int64(len(rest)-12) {
			break
		}
		kind := string(rest[4:8])
		rest = rest[12+n:]
		switch kind {
		case "IHDR", "PLTE", "tRNS", "IDAT":
		case "IEND":
			return flawAfterEnd(rest)
		default:
			return &pictureFlaw{fmt.Sprintf("chunk %+q", kind), isStray}
		}
	}
	return &pictureFlaw{text.Count(len(data), "byte"), isBroken}
}
