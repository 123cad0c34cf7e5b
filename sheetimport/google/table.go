package google

import (
	"context"
	"net/url"
	"strconv"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// A block is what one request asks for: at most so many cells, and at most so many rows.
const (
	blockCells = 100_000
	blockRows  = 10_000
)

// grid is the answer with the cells of some rows.
type grid struct {
	Sheets []struct {
		Data []struct {
			StartRow int `json:"startRow"`
			Rows     []struct {
				Values []apiCell `json:"values"`
			} `json:"rowData"`
			Metadata []struct {
				HiddenByUser   bool `json:"hiddenByUser"`
				HiddenByFilter bool `json:"hiddenByFilter"`
			} `json:"rowMetadata"`
		} `json:"data"`
	} `json:"sheets"`
}

const gridFields = "sheets(data(startRow,rowData(values(" + cellFields + ")),rowMetadata(hiddenByUser,hiddenByFilter)))"

// read reads the rows of a tab up to the last, in blocks.
func (s *Sheet) read(ctx context.Context, t *tab, into *table, last int) error {
	step := min(max(blockCells/max(t.Properties.Grid.Columns, 1), 1), blockRows)
	for first := 1; first <= last; first += step {
		end := min(first+step-1, last)
		var g grid
		err := s.client.get(ctx, url.Values{"ranges": {t.rows(first, end)}, "fields": {gridFields}}, &g)
		if err != nil {
			return err
		}
		if err := into.add(&g, first, end); err != nil {
			return err
		}
	}
	return nil
}

// table collects the rows of a tab.
type table struct {
	limits sheet.Limits
	rows   []sheet.Row // up to the last one that is not blank
	widest int         // cells of the widest row
	bytes  int64       // of all text, with one for each cell, as in a CSV file
}

// add takes in the answer for the rows from first to last. The API leaves out blank cells and rows at the end, and
// sends blank rows between others without values.
func (t *table) add(g *grid, first, last int) error {
	stray := &Error{Problem: sentence.Of("the answer is not for the rows %s to %s that were asked for; try again",
		strconv.Itoa(first), strconv.Itoa(last))}
	if len(g.Sheets) != 1 || len(g.Sheets[0].Data) != 1 {
		return stray
	}
	data := &g.Sheets[0].Data[0]
	if data.StartRow != first-1 || len(data.Rows) > last-first+1 {
		return stray
	}
	for i, values := range data.Rows {
		row := t.row(first+i, values.Values)
		if i < len(data.Metadata) {
			row.Hidden = data.Metadata[i].HiddenByUser || data.Metadata[i].HiddenByFilter
		}
		if err := t.take(row); err != nil {
			return err
		}
	}
	return nil
}

// row reads one row up to its last cell that is not blank.
func (t *table) row(number int, values []apiCell) sheet.Row {
	row := sheet.Row{Number: number}
	for i, v := range values {
		c := v.read()
		if n := utf8.RuneCountInString(c.Text); n > t.limits.CellLen {
			return rowError(row, cell.TooLong(c.Text, i, n, t.limits.CellLen))
		}
		if isBlank(c) {
			continue
		}
		if i >= t.limits.Columns {
			return rowError(row, cell.BeyondColumns(c.Text, i, t.limits.Columns))
		}
		if row.Cells == nil {
			row.Cells = make([]sheet.Cell, 0, min(len(values), t.limits.Columns))
		}
		for len(row.Cells) < i {
			row.Cells = append(row.Cells, values[len(row.Cells)].read())
		}
		row.Cells = append(row.Cells, c)
	}
	return row
}

func isBlank(c sheet.Cell) bool {
	return c.Text == "" || sheet.Row{Cells: []sheet.Cell{c}}.Blank()
}

func rowError(row sheet.Row, err *cell.Error) sheet.Row {
	row.Cells, row.Err = nil, err
	return row
}

// take adds a row that is not blank, and the blank ones before it, within the limits.
func (t *table) take(row sheet.Row) error {
	if len(row.Cells) == 0 && row.Err == nil {
		return nil
	}
	if row.Number > t.limits.Rows {
		return sentence.Errorf("%s: it has more than %d rows; split it into several sheets", sheet.ErrTooLarge, t.limits.Rows)
	}
	for len(t.rows) < row.Number-1 {
		t.rows = append(t.rows, sheet.Row{Number: len(t.rows) + 1})
	}
	t.rows = append(t.rows, row)
	t.widest = max(t.widest, len(row.Cells))
	for _, c := range row.Cells {
		if err := t.count(c); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) count(c sheet.Cell) error {
	if t.bytes += int64(len(c.Text)) + 1; t.bytes > t.limits.Bytes {
		return sentence.Errorf("%s: its cells have more than %s of text; split it into several sheets",
			sheet.ErrTooLarge, texts.Size(t.limits.Bytes))
	}
	return nil
}
