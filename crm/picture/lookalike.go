package picture

import (
	"bytes"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/sentence"
)

// useInstead ends the message about a file that is no picture.
var useInstead = sentence.Of("upload a JPEG, PNG, GIF or WebP")

// strangers are files that people upload as pictures, by their first bytes. The
// first that fits names the file.
var strangers = []struct{ magic, name string }{
	{"????ftyphei", "a HEIC photo"},
	{"????ftyphev", "a HEIC photo"},
	{"????ftypmif1", "a HEIC photo"},
	{"????ftypmsf1", "a HEIC photo"},
	{"????ftypavi", "an AVIF picture"},
	{"????ftypqt  ", "a QuickTime video"},
	{"????ftyp", "an MP4 video"},
	{"BM????\x00\x00\x00\x00", "a BMP picture"},
	{"II*\x00", "a TIFF picture or a raw photo"},
	{"MM\x00*", "a TIFF picture or a raw photo"},
	{"\x00\x00\x01\x00", "an icon (ICO)"},
	{"8BPS", "a Photoshop document"},
	{"\xff\x0a", "a JPEG XL picture"},
	{"\x00\x00\x00\x0cJXL ", "a JPEG XL picture"},
	{"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"},
	{"%PDF-", "a PDF document"},
	{"%!PS", "a PostScript document"},
	{"PK\x03\x04", "a ZIP archive or an Office document"},
	{"RIFF????AVI ", "an AVI video"},
	{"RIFF????WAVE", "a sound"},
	{"\x1a\x45\xdf\xa3", "a WebM or Matroska video"},
}

// lookalike names what a file seems to be that is not one of the formats.
func lookalike(data []byte) sentence.Sentence {
	for _, s := range strangers {
		if begins(data, s.magic) {
			return sentence.Of(s.name)
		}
	}
	// Anything that a browser could take for markup is found in its first part.
	head := data[:min(len(data), 1024)]
	text := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))))
	switch {
	case bytes.HasPrefix(text, []byte("<!doctype html")), bytes.HasPrefix(text, []byte("<html")):
		return sentence.Of("a web page (HTML)")
	case bytes.Contains(text, []byte("<svg")):
		return sentence.Of("an SVG drawing")
	case bytes.HasPrefix(text, []byte("<?xml")):
		return sentence.Of("an XML document")
	case isText(head):
		return sentence.Of("text that begins with %q", head[:min(len(head), 16)])
	default:
		return sentence.Of("an unknown kind of file that begins with %q", head[:min(len(head), 8)])
	}
}

// isText reports whether the beginning of a file holds letters and no control characters.
func isText(head []byte) bool {
	for len(head) > 0 {
		r, n := utf8.DecodeRune(head)
		if r == utf8.RuneError && n == 1 {
			return len(head) < utf8.UTFMax && !utf8.FullRune(head) // cut within its last letter
		}
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return false
		}
		head = head[n:]
	}
	return true
}
