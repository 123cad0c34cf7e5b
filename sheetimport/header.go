package sheetimport

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// headerRows is how many rows from the top may be the header row.
const headerRows = 20

// ErrNoHeader says that none of the first twenty rows names the columns that every sheet needs.
var ErrNoHeader = fmt.Errorf("%w: no header row was found", ErrUnreadable)

// Header is the row of a sheet that names the columns.
type Header struct {
	Row     int      // the number of the row, as [Row.Number]; the data begins below
	Columns []Column // the columns that have a header, from left to right
	// KlarTemplate reports that the sheet is Klar's template, in which "Status" is not the deal's.
	KlarTemplate bool
	// Notes tell of columns whose meaning was not obvious.
	Notes []Note

	noted []int // the index of each column that a note is about
	width int   // cells that a row may have
}

// Column returns the column of a field. At most one column has each field, [FieldCustom] aside; for that, walk
// through Columns.
func (h Header) Column(f Field) (Column, bool) {
	i := slices.IndexFunc(h.Columns, func(c Column) bool { return c.Field == f })
	if i < 0 {
		return Column{}, false
	}
	return h.Columns[i], true
}

// Check returns why the cells of a row cannot be read by this header, or nil: the row's own error, or extra_cells
// for a row of a text file that has more cells than the sheet has columns. In such a row a delimiter inside a cell, as in
// 1,200.00, has moved the cells after it under the wrong headers, so none of them can be trusted.
func (h Header) Check(r Row) error {
	if r.Err != nil {
		return r.Err
	}
	if len(r.Cells) <= h.width || r.Blank() {
		return nil
	}
	return cellError("extra_cells", "", fmt.Sprintf("the row has %d cells, but the sheet has %d columns", len(r.Cells), h.width),
		"put a cell that holds the delimiter in quotation marks")
}

// FindHeader finds the header row among the first twenty rows and the meaning of its columns.
//
// It is the row in which most columns are recognised, and it has to name the influencer (the name, first and last
// name, or the handle) and the platform, which every row of data needs. Headers are known in English and German, in
// any order. Where two columns have one meaning, the one that says it more clearly, or else the first one with data,
// keeps it; the other becomes custom, with a note. The error for a sheet without such a row is [ErrNoHeader]; it names
// the sheet and says which column is missing and which headers were seen.
//
// The mapping is what somebody says of the columns; nil is nothing.
func FindHeader(s *Sheet, m Mapping) (Header, error) {
	var best, top Row
	bestScore := 0
	for _, row := range s.Rows {
		if row.Number > headerRows {
			break
		}
		score := headerScore(row, m)
		if score > bestScore {
			best, bestScore = row, score
		}
		if top.Number == 0 && !row.Blank() {
			top = row
		}
	}
	if best.Number == 0 {
		best = top
	}
	columns, klar := readColumns(best, m)
	if missing := missingColumns(columns); len(missing) > 0 {
		err := noHeader(best, columns, missing)
		if s.Name != "" {
			err = fmt.Errorf("%q: %w", shorten(s.Name), err)
		}
		return Header{}, err
	}
	h := Header{Row: best.Number, Columns: columns, KlarTemplate: klar}
	data := s.below(best.Number)
	h.checkLinks(data)
	h.settleDoubles(data)
	h.noteOthers()
	if missing := m.missing(columns); len(missing) > 0 {
		h.Notes = append(h.Notes, Note{"mapped_column_missing", "the mapping names columns that the sheet does not have: " + listed(missing)})
	}
	h.width = width(len(best.Cells), data)
	if s.Grid {
		h.width = longest(data)
	}
	return h, nil
}

// below returns the rows after the one with the given number.
func (s *Sheet) below(number int) []Row {
	i, _ := slices.BinarySearchFunc(s.Rows, number+1, func(r Row, n int) int { return cmp.Compare(r.Number, n) })
	return s.Rows[i:]
}

// headerScore says how much a row looks like a header row: two for each field that a header names exactly, one for
// one that can be told, and far more for a row that has the columns that every sheet needs.
func headerScore(row Row, m Mapping) int {
	columns, _ := readColumns(row, m)
	score := 0
	seen := map[Field]bool{}
	for _, c := range columns {
		if c.Field == FieldCustom || seen[c.Field] {
			continue
		}
		seen[c.Field] = true
		score++
		if c.Confidence == Exact {
			score++
		}
	}
	if score > 0 && len(missingColumns(columns)) == 0 {
		score += 1000
	}
	return score
}

// missingColumns says which required columns the headers lack.
func missingColumns(columns []Column) []string {
	var missing []string
	if !hasField(columns, FieldInfluencer) && !hasField(columns, FieldHandle) &&
		(!hasField(columns, FieldFirstName) || !hasField(columns, FieldLastName)) {
		missing = append(missing, `the influencer's name ("Influencer", "Creator", "Name")`)
	}
	if !hasField(columns, FieldPlatform) {
		missing = append(missing, `the platform ("Platform", "Plattform", "Kanal")`)
	}
	return missing
}

func noHeader(row Row, columns []Column, missing []string) error {
	text := fmt.Sprintf("none of the first %d rows has a column for %s", headerRows, strings.Join(missing, " and one for "))
	if row.Err != nil {
		return fmt.Errorf("%w: %s; row %d could not be read: %w", ErrNoHeader, text, row.Number, row.Err)
	}
	if len(columns) == 0 {
		return fmt.Errorf("%w: %s; the rows are blank; add a row with the names of the columns", ErrNoHeader, text)
	}
	const most = 12
	var seen []string
	wide := false
	for _, c := range columns {
		seen = append(seen, fmt.Sprintf("%q", shorten(c.Header)))
		wide = wide || isPlatformHeader(c.Header)
	}
	if len(seen) > most {
		seen = append(seen[:most], fmt.Sprintf("and %d more", len(seen)-most))
	}
	todo := "rename the columns, or add the missing one"
	switch {
	case wide:
		todo = `a sheet with a column for each platform needs one row for each platform instead, with the columns "Platform" and "Handle"`
	case len(missing) > 1:
		todo += "s"
	}
	return fmt.Errorf("%w: %s; row %d has %s; %s", ErrNoHeader, text, row.Number, strings.Join(seen, ", "), todo)
}

// longest returns how many cells the longest row has.
func longest(rows []Row) int {
	n := 0
	for _, r := range rows {
		n = max(n, len(r.Cells))
	}
	return n
}

// width returns how many cells a row may have: as many as the header row, or more if rows of that length have only
// blank cells beyond the header and most rows are so long, as when each line of data ends in a delimiter.
func width(header int, data []Row) int {
	counts := map[int]int{}
	for _, r := range data {
		if len(r.Cells) > header {
			counts[len(r.Cells)]++
		}
	}
	for n, count := range counts {
		if 2*count > len(data) && !slices.ContainsFunc(data, func(r Row) bool {
			return len(r.Cells) == n && !Row{Cells: r.Cells[header:]}.Blank()
		}) {
			return n
		}
	}
	return header
}
