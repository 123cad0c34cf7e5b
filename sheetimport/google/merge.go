package google

import (
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// merge is a range of cells that shows as one; the indexes count from 0, and the ends are not part of it.
type merge struct {
	StartRow    int `json:"startRowIndex"`
	EndRow      int `json:"endRowIndex"`
	StartColumn int `json:"startColumnIndex"`
	EndColumn   int `json:"endColumnIndex"`
}

// finish gives every cell of a merged range what the range shows, and makes the rows among which the headers are as
// wide as the table: in a sheet, unlike in a CSV file, a cell to the right of the headers has not lost its place.
func (t *table) finish(merges []merge) error {
	for _, m := range merges {
		if err := t.fill(m); err != nil {
			return err
		}
	}
	for i := range t.rows[:min(len(t.rows), column.HeaderRows)] {
		if row := &t.rows[i]; row.Err == nil {
			widen(row, t.widest)
		}
	}
	return nil
}

// fill copies the corner of a range, which is the only cell of it that has a value. A range that goes on below the last
// row or beside the last column with a value of its own is cut there: a title over the whole sheet makes no rows.
func (t *table) fill(m merge) error {
	if m.StartRow < 0 || m.StartColumn < 0 || m.StartRow >= len(t.rows) {
		return nil
	}
	corner := t.rows[m.StartRow].Cell(m.StartColumn)
	if isBlank(corner) {
		return nil
	}
	for i := m.StartRow; i < min(m.EndRow, len(t.rows)); i++ {
		row := &t.rows[i]
		if row.Err != nil {
			continue
		}
		end := min(m.EndColumn, t.widest)
		widen(row, end)
		for j := m.StartColumn; j < end; j++ {
			row.Cells[j] = corner
			if i != m.StartRow || j != m.StartColumn {
				row.Cells[j].Merged, row.Cells[j].MergedRow = true, int32(m.StartRow+1)
			}
			row.Cells[j].MergedAcross = j != m.StartColumn
			if err := t.count(corner); err != nil {
				return err
			}
		}
	}
	return nil
}

// widen gives a row blank cells up to a width.
func widen(row *sheet.Row, width int) {
	if more := width - len(row.Cells); more > 0 {
		row.Cells = append(row.Cells, make([]sheet.Cell, more)...)
	}
}
