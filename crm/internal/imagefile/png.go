package imagefile

import (
	"bytes"
	"encoding/binary"
	"iter"
)

// PNGMagic is how a PNG begins.
const PNGMagic = "\x89PNG\r\n\x1a\n"

// Chunk is a part of a PNG.
type Chunk struct {
	Kind string // four bytes, "IHDR"
	Body []byte // without length, kind and checksum
	Rest []byte // of the file, after the chunk
}

// PNG yields the chunks of a file, also those after IEND. It ends where a chunk is cut off.
func PNG(data []byte) iter.Seq[Chunk] {
	return func(yield func(Chunk) bool) {
		rest, ok := bytes.CutPrefix(data, []byte(PNGMagic))
		// A chunk is a length, a kind, that many bytes and a checksum.
		for ok && len(rest) >= 12 {
			n := int64(binary.BigEndian.Uint32(rest))
			if n > int64(len(rest)-12) {
				return
			}
			c := Chunk{Kind: string(rest[4:8]), Body: rest[8 : 8+n], Rest: rest[12+n:]}
			if !yield(c) {
				return
			}
			rest = c.Rest
		}
	}
}
