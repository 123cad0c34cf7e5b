package sheet_test

import (
	"errors"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/sheet"
)

func TestRow(t *testing.T) {
	t.Parallel()
	r := sheet.Row{Number: 1, Cells: []sheet.Cell{{Text: " "}, {Text: "\u00A0\u200B"}}}
	if !r.Blank() || r.Cell(-1).Text != "" || r.Cell(7).Text != "" || r.Cell(0).Text != " " {
		t.Errorf("Blank() = %v, Cell(0) = %q", r.Blank(), r.Cell(0).Text)
	}
	if (sheet.Row{Err: errors.New("x")}).Blank() {
		t.Error("a row that could not be read is not blank")
	}
}
