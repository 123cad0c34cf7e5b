package cell

import (
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// TooLong is the error of a cell that has more characters than a source reads. Index is that of its column, from 0.
func TooLong(text string, index, characters, most int) *Error {
	return NewError("cell_too_long", text, sentence.Of("stands in column %s and has %d characters; at most %d of a cell are read",
		sheet.ColumnLetter(index), characters, most), sentence.Of("shorten the cell"))
}

// BeyondColumns is the error of a cell behind the last column that a source reads.
func BeyondColumns(text string, index, most int) *Error {
	return NewError("too_many_columns", text, sentence.Of("stands in column %s, and only %d columns are read",
		sheet.ColumnLetter(index), most),
		sentence.Of("delete the columns that are not needed"))
}
