package crm

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"strconv"

	"github.com/getklar/influencercrm/crm/internal/imagefile"
	"github.com/getklar/influencercrm/crm/internal/text"
	"github.com/getklar/influencercrm/crm/sentence"
)

// useRead ends the message about a refused picture.
var useRead = sentence.Of("make the picture of the uploaded file with Read of package crm/picture")

// CheckPicture reports what is wrong with a picture by itself, as the *Errors that Work.SetPicture gives. The file must
// be what the fields say, open without an error, and hold the image alone: a JPEG without EXIF, XMP, colour profile,
// thumbnail or comment, a PNG with only the chunks that draw it, and nothing after the end of either. Package
// crm/picture makes such files.
func CheckPicture(p Picture) error {
	bad, size := &problems{record: p.Ref()}, text.Count(len(p.Data), "byte")
	format, known := pictureFormats[p.Type]
	if !known {
		bad.addf("type", p.Type, "is neither image/jpeg nor image/png; %s", useRead)
		return bad.result()
	}
	if len(p.Data) > MaxPictureBytes {
		bad.addf("data", size, "is too large, at most %d bytes are kept; %s", MaxPictureBytes, useRead)
		return bad.result()
	}
	is, err := format.config(bytes.NewReader(p.Data))
	if err != nil {
		bad.addf("data", size, "is no %s; %s", p.Type, useRead)
		return bad.result()
	}
	bad.side("width", p.Width, is.Width)
	bad.side("height", p.Height, is.Height)
	if len(bad.list) > 0 {
		return bad.result()
	}
	if flaw := format.flaw(p.Data); flaw != nil {
		bad.addf("data", flaw.part, "%s; %s", sentence.Of(flaw.problem), useRead)
	} else if _, err := format.decode(bytes.NewReader(p.Data)); err != nil {
		bad.addf("data", size, "%s; %s", sentence.Of(isBroken), useRead)
	}
	return bad.result()
}

// side reports a width or height that is out of bounds or not the image's.
func (p *problems) side(field string, said, is int) {
	switch {
	case is < 1 || is > MaxPictureSide:
		p.addf(field, strconv.Itoa(is), "is out of bounds, a picture has 1 to %d pixels a side; %s", MaxPictureSide, useRead)
	case said != is:
		p.addf(field, strconv.Itoa(said), "is not that of the image, which is %d", is)
	}
}

// pictureFormats are the formats of pictures, by their media types.
var pictureFormats = map[string]struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	flaw   func([]byte) *pictureFlaw
}{
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode, jpegFlaw},
	"image/png":  {png.DecodeConfig, png.Decode, pngFlaw},
}

// pictureFlaw is a part of a file that does not belong in a picture.
type pictureFlaw struct{ part, problem string }

const (
	isStray  = "is no part of the image and may tell what nobody meant to show"
	isBroken = "is damaged or incomplete"
)

// flawAfterEnd returns the flaw of a file that continues after its image.
func flawAfterEnd(rest []byte) *pictureFlaw {
	if len(rest) == 0 {
		return nil
	}
	return &pictureFlaw{text.Count(len(rest), "byte") + " behind the end", isStray}
}

// jpegFlaw returns the first part of a JPEG that does not belong in a picture. The compressed pixels are left to the
// decoder.
func jpegFlaw(data []byte) *pictureFlaw {
	scans := 0
	for s := range imagefile.JPEG(data) {
		switch {
		case s.Stray:
			return &pictureFlaw{text.Count(len(data), "byte"), isBroken}
		case s.Marker == imagefile.EOI:
			return flawAfterEnd(s.Rest)
		case s.Marker == imagefile.SOS:
			if scans++; scans > imagefile.MaxScans {
				return &pictureFlaw{"scan " + strconv.Itoa(scans), "makes the image too slow to show"}
			}
		case !drawsImage(s):
			return &pictureFlaw{"segment " + segmentName(s.Marker), isStray}
		}
	}
	return &pictureFlaw{text.Count(len(data), "byte"), isBroken}
}

// drawsImage reports whether a segment is needed to draw the image: the frame, tables, the restart interval, JFIF
// without a thumbnail, or Adobe's colour transform.
func drawsImage(s imagefile.Segment) bool {
	switch s.Marker {
	case imagefile.SOF0, imagefile.SOF1, imagefile.SOF2, imagefile.DHT, imagefile.DQT, imagefile.DRI:
		return true
	case imagefile.APP0:
		return len(s.Body) == 14 && bytes.HasPrefix(s.Body, []byte("JFIF\x00")) && s.Body[12] == 0 && s.Body[13] == 0
	case imagefile.APPE:
		return len(s.Body) == 12 && bytes.HasPrefix(s.Body, []byte("Adobe"))
	}
	return false
}

// segmentName is the name of a segment in the standard: APP1 is EXIF or XMP, APP2 a colour profile.
func segmentName(marker byte) string {
	switch {
	case marker&^0x0f == imagefile.APP0:
		return "APP" + strconv.Itoa(int(marker&0x0f))
	case marker == imagefile.COM:
		return "COM"
	}
	return fmt.Sprintf("%X", marker)
}

// pngFlaw returns the first chunk of a PNG that does not draw the image. Order, checksums and pixels are left to the
// decoder.
func pngFlaw(data []byte) *pictureFlaw {
	for c := range imagefile.PNG(data) {
		switch c.Kind {
		case "IHDR", "PLTE", "tRNS", "IDAT":
		case "IEND":
			return flawAfterEnd(c.Rest)
		default:
			return &pictureFlaw{fmt.Sprintf("chunk %+q", c.Kind), isStray}
		}
	}
	return &pictureFlaw{text.Count(len(data), "byte"), isBroken}
}
