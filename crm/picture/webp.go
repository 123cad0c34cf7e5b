package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"
	"iter"

	"github.com/getklar/influencercrm/crm/sentence"
	"golang.org/x/image/riff"
)

// codeTables is what the code tables of a lossless WebP take at most, in bytes: the
// decoder accepts 2,600 groups of five, each group with up to 57,000 bytes.
const codeTables = 2_600 * 57_000

// inspectWebP computes what a WebP takes to open. A lossy one keeps a byte and a half
// a pixel. A lossless one keeps four, the same again if it has a palette, one more for
// what it says about its tiles, and its code tables, which need not be in proportion
// to the picture. The transparency of a lossy one is itself a lossless picture, whose
// one channel is copied out.
func inspectWebP(data []byte, c image.Config) (facts, error) {
	// The decoder believes the lengths in the file; here they are known to be real.
	if declared := int64(binary.LittleEndian.Uint32(data[4:])) + 8; declared > int64(len(data)) {
		return facts{}, sentence.Errorf("%s: the WebP has %d bytes of %d; upload it again", ErrTruncated, len(data), declared)
	}
	var f facts
	for id, body := range webpChunks(data) {
		switch id {
		case "VP8 ":
			f.memory += 2 * pixels(c)
		case "VP8L":
			f.memory += 9*pixels(c) + codeTables
		case "ALPH":
			f.memory += 10*pixels(c) + codeTables
		case "ANIM", "ANMF":
			return facts{}, sentence.Errorf("%s: an animated WebP; save one of its frames as a JPEG or PNG", ErrUnsupported)
		case "EXIF":
			if block, err := io.ReadAll(body); err == nil {
				f.exif = bytes.TrimPrefix(block, []byte(exifPrefix)) // some programs write it here too
			}
		}
	}
	return f, nil
}

// webpChunks yields the type and the body of each chunk, as far as they can be
// read. What is wrong with the next one, the decoder says better.
func webpChunks(data []byte) iter.Seq2[string, io.Reader] {
	return func(yield func(string, io.Reader) bool) {
		_, chunks, err := riff.NewReader(bytes.NewReader(data))
		for err == nil {
			var (
				id   riff.FourCC
				body io.Reader
			)
			if id, _, body, err = chunks.Next(); err == nil && !yield(string(id[:]), body) {
				return
			}
		}
	}
}
