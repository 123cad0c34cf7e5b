package sheet

// MaxExactDigits is how many digits of a number a spreadsheet program keeps.
const MaxExactDigits = 15

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
