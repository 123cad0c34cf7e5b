package csvfile

import (
	"cmp"
	"errors"

	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// guess is how the first rows of a text look with one delimiter.
type guess struct {
	comma byte
	width int // cells of the row that looks most like a header, 0 if none does
	score int // of that row; see column.HeaderScore
	fits  int // most rows below it have as many cells: 1, else 0
	cells int // of all rows
}

// enough is the score of a row that has the columns that every sheet needs: no note happens to look like that.
const enough = 1_000

// compare is above zero if a guess is better than another: first the one with a whole header, then one whose rows fit the header.
// A note such as "name, fee, campaign" looks like a header too, but the rows below it have other numbers of cells.
func (g guess) compare(o guess) int {
	whole := func(g guess) int { return min(g.score/enough, 1) }
	fit := func(g guess) int { return min(g.score, 1) * g.fits }
	return cmp.Or(cmp.Compare(whole(g), whole(o)), cmp.Compare(fit(g), fit(o)), cmp.Compare(g.score, o.score),
		cmp.Compare(g.fits, o.fits), cmp.Compare(g.cells, o.cells))
}

func guessOf(text string, comma byte, l sheet.Limits) guess {
	const several = 2 // cells; a header in one cell is not divided by the delimiter
	g := guess{comma: comma}
	split := newSplitter(text, comma, 0, l)
	var widths []int // of the rows that are not blank
	header := 0
	for row, ok := split.next(); ok && row.Number <= column.HeaderRows; row, ok = split.next() {
		g.cells += len(row.Cells)
		if bad, ok := errors.AsType[*cell.Error](row.Err); ok && bad.Code == "too_many_columns" {
			g.cells += l.Columns // so that a sheet that is too wide is not taken for one of a single column
		}
		if row.Err == nil && row.Blank() {
			continue
		}
		if widths = append(widths, len(row.Cells)); len(row.Cells) < several {
			continue
		}
		if score := max(column.HeaderScore(row, nil), column.BudgetScore(row)); score > g.score {
			g.score, g.width, header = score, len(row.Cells), len(widths)-1
		}
	}
	fit := 0
	for _, width := range widths[min(header+1, len(widths)):] {
		if width == widths[header] {
			fit++
		}
	}
	if len(widths) > 0 && widths[header] >= several && 2*fit >= len(widths)-header-1 {
		g.fits = 1
	}
	return g
}
