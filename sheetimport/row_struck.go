package sheetimport

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// A line through a row or a cell of a workbook or Google sheet is in no field, and means one of two things: the deal
// fell through, or it is done with. Where the status of the row says that it is done ("paid", "live") it counts, with a
// notice. A draft, a negotiation and a cancelled deal come in with a notice too, because nothing of them counts. A row that
// would count as signed is rejected if its name or all of it is struck through, and if its cost is: nobody knows what is
// to be paid. Any other cell with a line through it is read, with a notice.

// checkStruck tells of what is struck through in a row.
func (x *rowReader) checkStruck(e *entry, r sheet.Row) {
	struck, all := x.struckColumns(r)
	if len(struck) == 0 {
		return
	}
	counts := e.known == nil && !e.cancelled && e.status == crm.Signed && !cell.IsDoneStatus(x.text(r, column.Status))
	who := struck[0]
	whole := all
	for _, c := range struck {
		switch c.Field {
		case column.Influencer, column.FirstName, column.LastName, column.Handle:
			who, whole = c, true
		}
	}
	switch {
	case whole && counts:
		x.problem(e, column.Status, x.remarkIn(r, who, "struck_through", sentence.Of(
			"the row is struck through, as deals are that fell through, and would count as %s; "+
				"say in its status what became of it, or take the line away", sentence.Of(string(e.status)))))
		return
	case whole:
		e.notices = append(e.notices, x.remarkIn(r, who, "struck_through", sentence.Of(
			"the row is struck through; it comes in as its status says")))
		return
	}
	for _, c := range struck {
		if c.Field == column.Cost && counts {
			x.problem(e, column.Cost, x.remarkIn(r, c, "struck_through", sentence.Of(
				"the amount is struck through, so that nobody knows what is to be paid; write the one that holds, or take the line away")))
			continue
		}
		e.notices = append(e.notices, x.remarkIn(r, c, "struck_cell", sentence.Of(
			"the cell is struck through, and is read all the same; take out what does not hold any more")))
	}
}

// struckColumns are the columns whose cells in a row hold something that is struck through. all says that no other cell does.
func (x *rowReader) struckColumns(r sheet.Row) (struck []column.Column, all bool) {
	all = true
	for _, c := range x.header.Columns {
		shown := r.Cell(c.Index)
		switch {
		case c.Field == column.ImportStatus || c.Field == column.Ignored || texts.Trim(shown.Text) == "":
		case shown.Struck:
			struck = append(struck, c)
		default:
			all = false
		}
	}
	return struck, all
}
