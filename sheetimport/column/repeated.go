package column

import (
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Repeats reports whether a row below the header is the header once more, as where a sheet was put together from several or
// printed in pages, or where the headers stand in two languages: each of its cells, and at least two, is the header of its
// column or another name for the same field.
func (h Header) Repeats(r sheet.Row) bool {
	const enough = 2
	same := 0
	next := 0
	for i, c := range r.Cells {
		text := texts.Trim(c.Text)
		if text == "" {
			continue
		}
		for next < len(h.Columns) && h.Columns[next].Index < i {
			next++
		}
		if next == len(h.Columns) || h.Columns[next].Index != i || !h.Columns[next].isCalled(text) {
			return false
		}
		same++
	}
	return same >= enough
}

// isCalled reports whether a text is the header of the column or another name for its field.
func (c Column) isCalled(text string) bool {
	if len(text) > maxHeaderLen {
		return false
	}
	if text == c.Header || NormalizeHeader(text) == NormalizeHeader(c.Header) {
		return true
	}
	f, confidence := lookUp(text)
	return f == c.Field && f != Custom && (confidence == Exact || confidence == Inferred)
}
