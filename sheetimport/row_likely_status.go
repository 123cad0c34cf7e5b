package sheetimport

import (
	"errors"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// likelyStatus finds a column that no field has, and that may say the status: its cells are words for one, or its header is
// one, as in "Signed?", and they are yes and no. It only matters if some row is not signed.
func (x *rowReader) likelyStatus(data []sheet.Row) (column.Column, bool) {
	columns := make([]column.Column, 0, len(x.custom)+1)
	for _, c := range x.custom {
		columns = append(columns, c.Column)
	}
	if tags, ok := x.columns[column.Tags]; ok {
		columns = append(columns, tags) // "Label" is that of a stage in some programs
	}
	for _, c := range columns {
		if maySayStatus(c, data) {
			return c, true
		}
	}
	return column.Column{}, false
}

// maySayStatus reports whether the cells of a column are words for a status, of which one is not signed. Words with two
// meanings are in doubt, and so may be signed or not. Others are a team's own, if most cells are words for a status, and not
// all of these the same one.
func maySayStatus(c column.Column, data []sheet.Row) bool {
	stage, _, _ := cell.ParseStatus(strings.TrimRight(c.Header, "? "))
	asks := stage != ""
	known, unknown, unsigned := 0, 0, false
	words := map[string]bool{}
	for _, r := range data {
		text := texts.Trim(r.Cell(c.Index).Text)
		if text == "" || cell.IsBlank(text) {
			unsigned = unsigned || asks
			continue
		}
		stage, _, err := cell.ParseStatus(text)
		bad, _ := errors.AsType[*cell.Error](err)
		yes, noAnswer := cell.ParseYesNo(text)
		switch {
		case err == nil:
			unsigned = unsigned || stage != budget.Signed
		case bad != nil && bad.Code == "ambiguous_status":
			unsigned = true
		case asks && noAnswer == nil:
			unsigned = unsigned || !yes
		default:
			unknown++
			continue
		}
		known++
		words[crm.Fold(text)] = true
	}
	return unsigned && known > unknown && (unknown == 0 || len(words) > 1)
}
