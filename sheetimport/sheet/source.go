package sheet

import (
	"context"

	"github.com/getklar/influencercrm/crm/sentence"
)

// ErrUnreadable is the family of errors for a file that cannot be read at all. Nothing is imported from such
// a file. [ErrTooLarge] and column.ErrNoHeader belong to it.
var ErrUnreadable error = sentence.Errorf("the sheet cannot be read")

// ErrTooLarge says that a sheet is over one of its [Limits].
var ErrTooLarge error = sentence.Errorf("%s: it is too large", ErrUnreadable)

// A Source yields the rows of one sheet. A host may write its own: all the import needs is rows of displayed text.
type Source interface {
	// Name is what messages call the sheet, such as the name of the file.
	Name() string
	// Read returns the whole sheet. A sheet that cannot be read, or that is over the source's limits, gives an
	// error of the [ErrUnreadable] family; a row that cannot be read only carries its error in [Row.Err].
	Read(ctx context.Context) (*Table, error)
}

// A StatusWriter is a [Source] that can write into its sheet what became of each row: see report.StatusTexts.
// google.Sheet is one. An import does not call it.
type StatusWriter interface {
	// WriteStatus writes texts into the sheet's column for them, each beside the row with that number.
	WriteStatus(ctx context.Context, texts map[int]string) error
}
