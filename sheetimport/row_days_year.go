package sheetimport

import (
	"strconv"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// withYears returns a row whose days have the year that the title gives them, where their cells name none.
func (x *rowReader) withYears(e *entry, r sheet.Row) sheet.Row {
	if x.daysYear == 0 {
		return r
	}
	for _, f := range []column.Field{column.Start, column.End} {
		c, ok := x.columns[f]
		if !ok || r.Cell(c.Index).Raw != nil && !r.Cell(c.Index).Is(sheet.RawLink) {
			continue
		}
		shown := r.Cell(c.Index)
		whole, ok := cell.WithYear(shown.Text, x.daysYear)
		if !ok {
			continue
		}
		e.notices = append(e.notices, x.remarkIn(r, c, "year_from_title", sentence.Of(
			"%q has no year; it is read as %s, because %s is the only year that the title, the tab or the file names",
			texts.Shorten(texts.Trim(shown.Text)), whole, strconv.Itoa(x.daysYear))))
		shown.Text = whole
		r.Cells = movedTo(r.Cells, c.Index, shown)
	}
	return r
}
