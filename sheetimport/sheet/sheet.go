package sheet

import (
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// Table is what a [Source] has read: rows of text, not yet understood.
type Table struct {
	// Name is the name of the source.
	Name string
	// Tab is the name of the tab of a workbook or Google sheet that was read; of several, all of their names.
	Tab string
	// Locale is the BCP 47 tag of the language in which the sheet shows dates and numbers, such as "de-DE".
	// It is empty where the source does not know, which is always so for CSV.
	Locale string
	// Zone is the IANA name of the time zone of the sheet, such as "Europe/Berlin"; empty where not known.
	Zone string
	// Grid says that each cell stands in its own column, as in a workbook. In a text file a delimiter too many moves the
	// cells after it.
	Grid bool
	// Date1904 says that the numbers of dates count from 1904, as in workbooks of old Macs.
	Date1904 bool
	// Rows are the rows from the first on, blank ones included, so that every row can be accounted for.
	Rows []Row
	// Notes tell how the sheet was read, where that was not obvious.
	Notes []Note
}

// Note is something worth telling the user that is not an error.
type Note struct {
	Code string            `json:"code"` // stable, in snake case: "read_as_windows_1252"
	Text sentence.Sentence `json:"text"` // for people
}

// Row is one row of a sheet.
type Row struct {
	// Number is the number that a spreadsheet program shows beside the row, from 1. Blank lines count, and line
	// breaks inside a quoted cell do not.
	Number int
	// Cells are the cells from column A on, as many as the row has. See [Row.Cell].
	Cells []Cell
	// Part tells apart the rows that were made of one row of the sheet, such as those of several accounts; empty if there is one.
	Part string
	// Hidden says that the sheet does not show the row: somebody hid it, or a filter is on.
	Hidden bool
	// Notes tell what is worth knowing of the row before its cells are understood.
	Notes []Note
	// Err says why the row could not be split into cells; Cells is then empty. It is a *cell.Error with the
	// code stray_quote, too_many_columns, cell_too_long or bad_encoding.
	Err error
}

// Cell is one cell of a row. Every cell of a merged range holds what the range shows.
type Cell struct {
	Text string    // as displayed, with the blanks around it
	Raw  *RawValue // the value behind the text; nil if it is text, and for CSV, which does not know
	// Merged says that the cell is not the first of a merged range, and holds only what that one shows. An amount in
	// it does not count again.
	Merged bool
	// MergedAcross says that the cell is not in the first column of its merged range. What the range shows stands in that
	// column alone: it is no code because the cell of a cost reaches into the column of the codes.
	MergedAcross bool
	// ZeroFormula says that the cell is a formula whose result is 0. One that refers to a blank cell has that result, so
	// it is no name and no code.
	ZeroFormula bool
	// Struck says that a line is drawn through all of the cell, as people do with what does not hold any more.
	Struck bool
	// MergedRow is the number of the row in which the first cell of the merged range stands, if Merged; 0 if it is not known.
	MergedRow int32
}

// RawValue is what a spreadsheet program keeps behind the text that a cell shows.
type RawValue struct {
	Kind RawKind
	// Value is written the same way whatever the sheet shows:
	//
	//	RawNumber   1234.5       digits, "." before the fraction, a leading "-"
	//	RawPercent  0.15         shown as 15%
	//	RawDate     2026-06-01   the calendar day, without its time
	//	RawYesNo    true, false
	//	RawError    #REF!        what the formula came to
	//	RawPending  1000+234.5   the formula whose result the file does not hold
	//	RawLink     https://…    the address to which a text leads
	Value string
	// Currency is the currency in the format of a number, as cell.CurrencyInFormat finds it.
	Currency string
	// Minute is the time of day of a RawDate, in minutes after midnight.
	Minute int
}

// RawKind is the type of a value in a sheet.
type RawKind string

// The kinds of raw values.
const (
	RawNumber  RawKind = "number"
	RawPercent RawKind = "percent"
	RawDate    RawKind = "date"
	RawYesNo   RawKind = "yes_no"
	RawError   RawKind = "error"
	RawPending RawKind = "pending"
	RawLink    RawKind = "link"
)

// Cell returns the cell at index i, from 0. Beyond the end of the row it is an empty cell.
func (r Row) Cell(i int) Cell {
	if i < 0 || i >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[i]
}

// Is reports whether a value of a kind lies behind the text of the cell.
func (c Cell) Is(kind RawKind) bool { return c.Raw != nil && c.Raw.Kind == kind }

// Blank reports whether the row was read and holds nothing but blank cells.
func (r Row) Blank() bool {
	if r.Err != nil {
		return false
	}
	for _, c := range r.Cells {
		if texts.Trim(c.Text) != "" {
			return false
		}
	}
	return true
}

// Below returns the rows after the one with the given number.
func (s *Table) Below(number int) []Row {
	i, _ := slices.BinarySearchFunc(s.Rows, number+1, func(r Row, n int) int { return cmp.Compare(r.Number, n) })
	return s.Rows[i:]
}

// ColumnLetter names the column at index i: A to Z, AA to ZZ, AAA …
func ColumnLetter(i int) string {
	var letters []byte
	for ; i >= 0; i = i/26 - 1 {
		letters = append(letters, byte('A'+i%26))
	}
	slices.Reverse(letters)
	return string(letters)
}

// ColumnBlank reports whether the column at an index holds nothing in any of some rows.
func ColumnBlank(data []Row, index int) bool {
	return !slices.ContainsFunc(data, func(r Row) bool { return texts.Trim(r.Cell(index).Text) != "" })
}
