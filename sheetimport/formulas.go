package sheetimport

import (
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// plainCells gives the cells of a sheet that was just read their plain texts: without what [texts.EscapeFormula] put in front,
// with one form of line breaks. A formula that stands there as a text was never calculated, so that its cell cannot be read;
// but a HYPERLINK says in words what it shows and where it leads, and ="0012" is the text in it.
func plainCells(s *sheet.Table) {
	var found []string
	for _, r := range s.Rows {
		for n := range r.Cells {
			c := &r.Cells[n]
			text := texts.UnescapeFormula(c.Text)
			if strings.IndexByte(text, '\r') >= 0 {
				text = lineBreaks.Replace(text)
			}
			t := texts.Trim(text)
			if c.Raw != nil || text != c.Text || !strings.HasPrefix(t, "=") {
				c.Text = text
				continue
			}
			if literal, ok := texts.LiteralOf(t); ok {
				text = literal
			} else if texts.IsFormula(t) {
				found = append(found, fmt.Sprint(sheet.ColumnLetter(n), r.Number))
				link, shown := texts.HyperlinkOf(t)
				switch {
				case shown == "":
					c.Raw = &sheet.RawValue{Kind: sheet.RawPending, Value: texts.Shorten(t)}
				case link != "":
					text, c.Raw = shown, &sheet.RawValue{Kind: sheet.RawLink, Value: link}
				default:
					text = shown
				}
			}
			c.Text = text
		}
	}
	if len(found) > 0 {
		s.Notes = append(s.Notes, sheet.Note{Code: "formulas_as_text", Text: sentence.Of(
			"cells hold formulas as text: %s; of a HYPERLINK its text and link are read, others cannot be read; save the sheet with what its formulas come to",
			texts.Listed(found))})
	}
}
