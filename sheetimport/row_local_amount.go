package sheetimport

import (
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// withLocalAmount returns a row with the cost from the column of local amounts, where the converted one says nothing or 0. An
// amount whose currency the row does not say, or says twice and differently, stays where it is: the row has no cost, which
// is told with the amount.
func (x *rowReader) withLocalAmount(e *entry, r sheet.Row, c column.Column) sheet.Row {
	from, ok := x.header.At(c.LocalColumn - 1)
	if !ok || lacksAmount(r.Cell(from.Index)) {
		return r
	}
	local := r.Cell(from.Index)
	named, err := cell.ParseCurrency(x.text(r, column.Currency), x.currency)
	read, unread := cell.ReadAmount(local, local.Text, x.styles[column.Cost].Value, named)
	if err != nil || named == "" || unread == nil && read.Currency != "" && read.Currency != named {
		if shown := r.Cell(c.Index); texts.Trim(shown.Text) != "" && !isNoAmount(shown) { // a blank cell and a 0 are told as every cost that is missing
			e.notices = append(e.notices, x.remarkIn(r, c, "no_cost", sentence.Of(
				"the row has no cost; column %s %q, which is not used, has %q here",
				from.Letter, texts.Shorten(from.Header), texts.Shorten(texts.Trim(local.Text)))))
		}
		return r
	}
	before := r.Cell(c.Index)
	r.Cells = movedTo(r.Cells, c.Index, inCurrency(local, named))
	e.otherCurrency = true
	x.remarkOtherCurrency(e, r, c, before, from, named)
	return r
}
