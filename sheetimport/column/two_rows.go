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
			} else if group := groupOf(header, i); group != "" && isVersion(joined.Cells[i].Text) {
				joined.Cells[i] = sheet.Cell{Text: group + " (" + texts.Trim(joined.Cells[i].Text) + ")"}
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

// groupOf is the heading of a group of columns that has a meaning of its own, such as "Fee" above "Planned" and
// "Actual". It stands above the column or, as in text files, above the first of its group.
func groupOf(header sheet.Row, index int) string {
	for ; index >= 0; index-- {
		if text := texts.Trim(header.Cell(index).Text); text != "" {
			if f, _ := lookUp(text); f == Custom {
				return ""
			}
			return text
		}
	}
	return ""
}

// isVersion reports whether a header says which of two versions it has, and not of what: "Planned", "Ist".
func isVersion(header string) bool {
	words := nouns(header)
	return len(words) == 1 && words[0] == ""
}

// isLowerHalf reports whether a row is the lower half of a header: it fills or splits columns of the header with known
// headers, or with "Plan" and "Ist" below one that is known, at least two, and leaves blank where the header names
// influencers or platforms.
func isLowerHalf(header, lower sheet.Row) bool {
	const enough = 2
	known := 0
	for i, c := range lower.Cells {
		text := texts.Trim(c.Text)
		if text == "" {
			continue
		}
		if f, _ := lookUp(text); f == Custom && (!isVersion(text) || groupOf(header, i) == "") {
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
