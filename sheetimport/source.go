package sheetimport

import (
	"context"
	"errors"
	"fmt"
)

// ErrUnreadable is the family of errors for a file that cannot be read at all. Nothing is imported from such
// a file. [ErrTooLarge] and [ErrNoHeader] belong to it.
var ErrUnreadable = errors.New("the sheet cannot be read")

// ErrTooLarge says that a sheet is over one of its [Limits].
var ErrTooLarge = fmt.Errorf("%w: it is too large", ErrUnreadable)

// A Source yields the rows of one sheet. A host may write its own: all the import needs is rows of displayed text.
type Source interface {
	// Name is what messages call the sheet, such as the name of the file.
	Name() string
	// Read returns the whole sheet. A sheet that cannot be read, or that is over the source's limits, gives an
	// error of the [ErrUnreadable] family; a row that cannot be read only carries its error in [Row.Err].
	Read(ctx context.Context) (*Sheet, error)
}

// A StatusWriter is a [Source] that can write into its sheet what became of each row: see [Plan.StatusTexts].
// google.Sheet is one. An import does not call it.
type StatusWriter interface {
	// WriteStatus writes texts into the sheet's column for them, each beside the row with that number.
	WriteStatus(ctx context.Context, texts map[int]string) error
}

// Sheet is what a [Source] has read: rows of text, not yet understood.
type Sheet struct {
	// Name is the name of the source.
	Name string
	// Locale is the BCP 47 tag of the language in which the sheet shows dates and numbers, such as "de-DE".
	// It is empty where the source does not know, which is always so for CSV.
	Locale string
	// Zone is the IANA name of the time zone of the sheet, such as "Europe/Berlin"; empty where not known.
	Zone string
	// Grid says that each cell stands in its own column, as in a workbook. In a text file a delimiter too many moves the
	// cells after it.
	Grid bool
	// Rows are the rows from the first on, blank ones included, so that every row can be accounted for.
	Rows []Row
	// Notes tell how the sheet was read, where that was not obvious.
	Notes []Note
}

// Note is something worth telling the user that is not an error.
type Note struct {
	Code string `json:"code"` // stable, in snake case: "read_as_windows_1252"
	Text string `json:"text"` // for people
}

// Row is one row of a sheet.
type Row struct {
	// Number is the number that a spreadsheet program shows beside the row, from 1. Blank lines count, and line
	// breaks inside a quoted cell do not.
	Number int
	// Cells are the cells from column A on, as many as the row has. See [Row.Cell].
	Cells []Cell
	// Hidden says that the sheet does not show the row: somebody hid it, or a filter is on.
	Hidden bool
	// Err says why the row could not be split into cells; Cells is then empty. It is a [*CellError] with the
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
	// Currency is the currency in the format of a number, as [CurrencyInFormat] finds it.
	Currency string
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

// Blank reports whether the row was read and holds nothing but blank cells.
func (r Row) Blank() bool {
	if r.Err != nil {
		return false
	}
	for _, c := range r.Cells {
		if trim(c.Text) != "" {
			return false
		}
	}
	return true
}

// The limits of a sheet for which the caller names none.
const (
	DefaultMaxBytes   = 64 << 20
	DefaultMaxUnpack  = 512 << 20
	DefaultMaxRows    = 200_000
	DefaultMaxColumns = 256
	DefaultMaxCellLen = 32_767 // what a cell of a spreadsheet program can hold
)

// Limits bound what a source reads. In each field, 0 or less means the default. A sheet over Bytes or Rows
// cannot be read; a row over Columns or CellLen is an error of that row. Blank cells and blank rows at the end
// do not count: spreadsheet programs write thousands of them.
type Limits struct {
	Bytes    int64 // of the file
	Unpacked int64 // bytes of all that a workbook unpacks to
	Rows     int
	Columns  int // of a row
	CellLen  int // characters of a cell
}

// cellBytes is the most that a cell within its limit can have: four bytes for each character.
func (l *Limits) cellBytes() int { return 4 * l.CellLen }

// OrDefault returns the limits with the defaults where they name none; those of nil are the defaults.
func (l *Limits) OrDefault() Limits {
	var out Limits
	if l != nil {
		out = *l
	}
	if out.Bytes <= 0 {
		out.Bytes = DefaultMaxBytes
	}
	if out.Unpacked <= 0 {
		out.Unpacked = DefaultMaxUnpack
	}
	if out.Rows <= 0 {
		out.Rows = DefaultMaxRows
	}
	if out.Columns <= 0 {
		out.Columns = DefaultMaxColumns
	}
	if out.CellLen <= 0 {
		out.CellLen = DefaultMaxCellLen
	}
	return out
}
