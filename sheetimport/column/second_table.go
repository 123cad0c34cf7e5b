package column

import (
	"slices"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// leaveOutSecondTable finds a second table that stands beside the first: its headers repeat those of the first, with who posts
// or where among them. Its cells are about other people than the rows in which they stand, so that they are left out, with a
// note.
func (h *Header) leaveOutSecondTable() {
	const enough = 2 // headers
	names := make([]string, len(h.Columns))
	for n, c := range h.Columns {
		names[n] = NormalizeHeader(c.Header)
	}
	for n := 1; n < len(h.Columns); n++ {
		switch h.Columns[n].Field {
		case Influencer, FirstName, LastName, Handle, Platform, Campaign:
		default:
			continue
		}
		if len(missingColumns(h.Columns[:n])) > 0 || !slices.Contains(names[:n], names[n]) {
			continue
		}
		repeated := 0
		for _, name := range names[n:] {
			if slices.Contains(names[:n], name) {
				repeated++
			}
		}
		given := slices.ContainsFunc(h.Columns[n:], func(c Column) bool { return c.Confidence == Given })
		if repeated < enough || given {
			continue
		}
		first, last := h.Columns[n].Letter, h.Columns[len(h.Columns)-1].Letter
		for i := n; i < len(h.Columns); i++ {
			c := &h.Columns[i]
			c.Field, c.Confidence, c.Reason = Ignored, Inferred, sentence.Of("it belongs to a second table beside the first")
			h.noted = append(h.noted, c.Index)
		}
		h.Notes = append(h.Notes,
			sheet.Note{Code: "second_table",
				Text: sentence.Of("columns %s to %s repeat the headers before them: they are a second table "+
					"beside the first, and are left out; put its rows below those of the first, or into a sheet of their own", first, last)})
		return
	}
}
