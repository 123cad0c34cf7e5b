package column

import (
	"slices"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// joinHeaderRows returns the header row of a sheet, with the headers that stand in a second row, as where a group of columns has
// a heading of its own. A column without a header takes a known one from the row above. If the row below is the lower half of
// the header (isLowerHalf), the two become one row with the number of the lower, below which the data begins.
func joinHeaderRows(s *sheet.Table, header sheet.Row) sheet.Row {
	at := slices.IndexFunc(s.Rows, func(r sheet.Row) bool { return r.Number == header.Number })
	if at < 0 || header.Err != nil {
		return header
	}
	if at+1 < len(s.Rows) && isLowerHalf(header, s.Rows[at+1]) {
		lower := s.Rows[at+1]
		joined := sheet.Row{Number: lower.Number, Cells: make([]sheet.Cell, max(len(header.Cells), len(lower.Cells)))}
		for i := range joined.Cells {
			if joined.Cells[i] = lower.Cell(i); texts.Trim(joined.Cells[i].Text) == "" {
				joined.Cells[i] = header.Cell(i)
			}
		}
		return joined
	}
	if at == 0 {
		return header
	}
	upper, data := s.Rows[at-1], s.Below(header.Number)
	cells := slices.Clone(header.Cells)
	for i, c := range upper.Cells {
		text := texts.Trim(c.Text)
		if text == "" || c.MergedAcross || texts.Trim(header.Cell(i).Text) != "" || sheet.ColumnBlank(data, i) {
			continue
		}
		if f, _ := lookUp(text); f == Custom {
			continue
		}
		for len(cells) <= i {
			cells = append(cells, sheet.Cell{})
		}
		cells[i] = c
	}
	header.Cells = cells
	return header
}

// isLowerHalf reports whether a row is the lower half of a header: it fills or splits columns of the header with known headers,
// at least two, and leaves blank where the header names influencers or platforms.
func isLowerHalf(header, lower sheet.Row) bool {
	const enough = 2
	known := 0
	for i, c := range lower.Cells {
		text := texts.Trim(c.Text)
		if text == "" {
			continue
		}
		if f, _ := lookUp(text); f == Custom {
			return false
		}
		above := texts.Trim(header.Cell(i).Text)
		switch f, _ := lookUp(above); {
		case text == above && c.Merged:
			continue // one cell over both rows
		case f == Influencer, f == FirstName, f == Handle, f == Platform:
			return false
		}
		known++
	}
	return known >= enough
}
