package source

import (
	"unicode/utf8"

	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Cells collects the cells of a row within the limits.
type Cells struct {
	Limits sheet.Limits
	List   []sheet.Cell
}

// Add adds a cell with a text. A blank cell beyond the last column is left out.
func (l *Cells) Add(text string) error {
	if len(text) > l.Limits.CellLen && utf8.RuneCountInString(text) > l.Limits.CellLen {
		return cell.NewError("cell_too_long", text, "is a cell with too many characters", "shorten the cell")
	}
	if len(l.List) < l.Limits.Columns {
		l.List = append(l.List, sheet.Cell{Text: text})
		return nil
	}
	if texts.Trim(text) == "" {
		return nil
	}
	return cell.NewError("too_many_columns", text, "stands beyond the last column that is read",
		"delete the columns that are not needed")
}
