package sheetimport

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// mendDoubleEncoding mends the texts of a sheet whose UTF-8 was taken for Windows-1252 on its way, so that Jürgen became
// JÃ¼rgen. It does so only if the whole sheet shows it: each text that is not ASCII is one that comes about that way, which
// does not happen by chance. Where only some do, a note tells of them.
func mendDoubleEncoding(s *sheet.Table) {
	broken, sound := 0, 0
	example := ""
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			if isASCII(c.Text) {
				continue
			}
			if _, ok := decodeTwice(c.Text); !ok {
				sound++
			} else if broken++; example == "" {
				example = c.Text
			}
		}
	}
	if broken == 0 {
		return
	}
	mended, _ := decodeTwice(example)
	was, is := texts.Shorten(texts.Trim(example)), texts.Shorten(texts.Trim(mended))
	if sound > 0 {
		s.Notes = append(s.Notes, sheet.Note{Code: "doubly_encoded_in_places", Text: sentence.Of(
			"some texts look as if they were encoded twice, like %q, which may be %q; they are kept, so check the names with special letters", was, is)})
		return
	}
	for _, r := range s.Rows {
		for n := range r.Cells {
			if mended, ok := decodeTwice(r.Cells[n].Text); ok {
				r.Cells[n].Text = mended
			}
		}
	}
	s.Notes = append(s.Notes, sheet.Note{Code: "doubly_encoded", Text: sentence.Of(
		"the letters of the sheet were encoded twice, and are mended: %q is read as %q", was, is)})
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// decodeTwice turns the characters of a text into the bytes that Windows-1252 has for them, and reads these as UTF-8. ok says
// that the text can have come about that way.
func decodeTwice(text string) (mended string, ok bool) {
	if isASCII(text) || !utf8.ValidString(text) {
		return text, false
	}
	var b strings.Builder
	for _, r := range text {
		c, known := charmap.Windows1252.EncodeRune(r)
		switch {
		case r >= 0x80 && r < 0xA0: // the five bytes that mean nothing there are control characters to most programs
			c = byte(r)
		case !known:
			return text, false
		}
		b.WriteByte(c)
	}
	mended = b.String()
	return mended, utf8.ValidString(mended) && !isASCII(mended)
}
