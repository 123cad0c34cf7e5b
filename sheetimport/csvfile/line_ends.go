package csvfile

import (
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// unifyLineEnds gives all lines of a text one end, "\n", also those inside quoted cells, as a workbook has them. A file that
// went through several programs can have several kinds of ends: CR alone, LF and CRLF, and CRCRLF where one program took
// the CR of another for a part of the line. All of them end a line, because a row that is glued to the one before it would
// be in no count.
func unifyLineEnds(text string) (string, []sheet.Note) {
	first := strings.IndexByte(text, '\r')
	if first < 0 {
		return text, nil
	}
	crlf := strings.Count(text, "\r\n")
	cr, lf := strings.Count(text, "\r")-crlf, strings.Count(text, "\n")-crlf
	if cr > 0 {
		for strings.Contains(text, "\r\r\n") {
			text = strings.ReplaceAll(text, "\r\r\n", "\r\n")
			cr = strings.Count(text, "\r") - crlf
		}
	}
	if crlf > 0 {
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	if cr == 0 {
		return text, nil
	}
	text = strings.ReplaceAll(text, "\r", "\n")
	if crlf+lf == 0 {
		return text, nil // a file of an old Mac
	}
	return text, []sheet.Note{{Code: "mixed_line_ends",
		Text: sentence.Of("the lines of the file end in different ways (CR alone, LF, CRLF); each was read as the end of a row")}}
}
