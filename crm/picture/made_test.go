package picture_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
)

// The colours of the corners of the made pictures, where tests look.
var (
	red   = color.RGBA{R: 220, A: 255}
	green = color.RGBA{G: 180, A: 255}
	blue  = color.RGBA{B: 220, A: 255}
	white = color.RGBA{R: 255, G: 255, B: 255, A: 255}
	none  = color.RGBA{}
)

// quarters is a picture of four colours: top left, top right, bottom left, bottom right.
func quarters(w, h int, colours ...color.RGBA) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, colours[2*(2*y/h)+2*x/w])
		}
	}
	return m
}

func asPNG(m image.Image) []byte { return encoded(func(w io.Writer) error { return png.Encode(w, m) }) }

func asJPEG(m image.Image) []byte {
	return encoded(func(w io.Writer) error { return jpeg.Encode(w, m, &jpeg.Options{Quality: 95}) })
}

func asGIF(canvas image.Point, frames ...*image.Paletted) []byte {
	return encoded(func(w io.Writer) error {
		return gif.EncodeAll(w, &gif.GIF{Image: frames, Delay: make([]int, len(frames)), Config: image.Config{Width: canvas.X, Height: canvas.Y}})
	})
}

func encoded(encode func(io.Writer) error) []byte {
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// frame is a frame of a GIF in one colour.
func frame(r image.Rectangle, c color.Color) *image.Paletted {
	return image.NewPaletted(r, color.Palette{c, color.Black})
}

// exifBlock is a TIFF header and a table with a text and the orientation.
func exifBlock(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("MM")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		b = []byte("II")
	}
	b = order.AppendUint16(b, 42)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 0x010e) // description, of four letters
	b = order.AppendUint16(b, 2)
	b = order.AppendUint32(b, 4)
	b = append(b, "home"...)
	b = order.AppendUint16(b, 0x0112)
	b = order.AppendUint16(b, 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(b, orientation)
	return append(b, 0, 0, 0, 0, 0, 0)
}

// segment is a segment of a JPEG.
func segment(marker byte, body string) []byte {
	b := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2))
	return append(b, body...)
}

// withSegment puts a segment right after the start of a JPEG.
func withSegment(file []byte, marker byte, body string) []byte {
	return bytes.Join([][]byte{file[:2], segment(marker, body), file[2:]}, nil)
}

// chunk is a chunk of a PNG.
func chunk(kind, body string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(b, kind+body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(kind+body)))
}

// rawPNG is a PNG whose pixel data is n zeros, whatever its header says. With a colour
// type of 6 these are transparent pixels.
func rawPNG(w, h uint32, depth, colourType, interlaced byte, n int64) []byte {
	header := binary.BigEndian.AppendUint32(nil, w)
	header = binary.BigEndian.AppendUint32(header, h)
	header = append(header, depth, colourType, 0, 0, interlaced)
	data := encoded(func(w io.Writer) error {
		z, _ := zlib.NewWriterLevel(w, zlib.BestSpeed)
		if _, err := io.CopyN(z, zeros{}, n); err != nil {
			return err
		}
		return z.Close()
	})
	return bytes.Join([][]byte{[]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", string(header)), chunk("IDAT", string(data)),
		chunk("IEND", "")}, nil)
}

// withChunk puts a chunk right after the header of a PNG.
func withChunk(file []byte, kind, body string) []byte {
	const header = 33
	return bytes.Join([][]byte{file[:header], chunk(kind, body), file[header:]}, nil)
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 0
	}
	return len(p), nil
}

// riffChunk is a chunk of a WebP, padded to an even length.
func riffChunk(kind, body string) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))
	b = append(b, body...)
	return append(b, make([]byte, len(body)%2)...)
}

// webpOf is a WebP of chunks.
func webpOf(chunks ...[]byte) []byte {
	body := append([]byte("WEBP"), bytes.Join(chunks, nil)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

// vp8x is the chunk of an extended WebP: its flags and its canvas.
func vp8x(flags byte, w, h int) []byte {
	w, h = w-1, h-1
	return riffChunk("VP8X", string([]byte{flags, 0, 0, 0, byte(w), byte(w >> 8), byte(w >> 16), byte(h), byte(h >> 8), byte(h >> 16)}))
}

// vp8l is a lossless picture in one colour. Each of its Huffman trees has a
// single symbol, so that its pixels take no bits at all.
func vp8l(w, h int, c color.NRGBA) []byte {
	var bits bitWriter
	bits.put(0x2f, 8)
	bits.put(w-1, 14)
	bits.put(h-1, 14)
	bits.put(1, 1)     // has alpha
	bits.put(0, 3)     // version
	bits.put(0, 1+1+1) // no transform, no colour cache, one group of trees
	for _, symbol := range []uint8{c.G, c.R, c.B, c.A} {
		bits.put(0b101, 3) // simple, one symbol, of eight bits
		bits.put(int(symbol), 8)
	}
	bits.put(0b0001, 4) // distances: simple, one symbol, of one bit: 0
	bits.put(0, 7)
	return riffChunk("VP8L", string(bits.done))
}

// bitWriter writes the lowest bits first.
type bitWriter struct {
	done []byte
	open uint64
	n    int
}

func (b *bitWriter) put(v, n int) {
	b.open |= uint64(v) << b.n
	for b.n += n; b.n >= 8; b.n -= 8 {
		b.done = append(b.done, byte(b.open))
		b.open >>= 8
	}
}

// lossyWebP is a WebP of one grey pixel, all of it predicted and none of it coded.
const lossyWebP = "RIFF\x22\x00\x00\x00WEBPVP8 \x16\x00\x00\x000\x01\x00\x9d\x01*\x01\x00\x01\x00\x0e\xc0\xfe%\xa4\x00\x03p\x00\x00\x00\x00"

// jpegHeader is a JPEG up to its first scan, without any data.
func jpegHeader(sof byte, w, h int, sampling ...byte) []byte {
	body := []byte{8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), byte(len(sampling))}
	for i, s := range sampling {
		body = append(body, byte(i+1), s, 0)
	}
	return append(append([]byte("\xff\xd8"), segment(sof, string(body))...), segment(0xda, "\x01\x01\x00\x00\x3f\x00")...)
}
