package sheetimport

import (
	"slices"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// withOtherCurrency returns a row with the cost from the column of another currency, where the one that is used says nothing: some
// sheets have a column for each currency, and fill in one of them.
func (x *rowReader) withOtherCurrency(e *entry, r sheet.Row) sheet.Row {
	c, ok := x.columns[column.Cost]
	if !ok || len(c.OtherCurrencies) == 0 || !saysNothing(r.Cell(c.Index)) {
		return r
	}
	var found []column.Column
	for _, index := range c.OtherCurrencies {
		if other, ok := x.header.At(index); ok && !saysNothing(r.Cell(index)) && !isNoAmount(r.Cell(index)) {
			found = append(found, other)
		}
	}
	if len(found) != 1 {
		return r
	}
	from := found[0]
	as := column.Column{Field: column.Cost, Header: from.Header}
	as.ReadAmountHeader()
	currency := as.AmountsIn(x.currency)
	moved := r.Cell(from.Index)
	switch {
	case moved.Is(sheet.RawNumber) && moved.Raw.Currency == "":
		raw := *moved.Raw
		raw.Currency = string(currency)
		moved.Raw = &raw
	case moved.Raw == nil && !cell.NamesCurrency(moved.Text):
		moved.Text = texts.Trim(moved.Text) + " " + string(currency)
	}
	cells := slices.Clone(r.Cells)
	for len(cells) <= c.Index { // a row ends with its last cell that is not blank
		cells = append(cells, sheet.Cell{})
	}
	cells[c.Index] = moved
	r.Cells = cells
	e.otherCurrency = true
	e.notices = append(e.notices, x.remarkIn(r, from, "other_currency_used", sentence.Of(
		"column %s %q has nothing here; the amount is that of column %s %q, in %s",
		c.Letter, texts.Shorten(c.Header), from.Letter, texts.Shorten(from.Header), string(currency))))
	return r
}

// saysNothing reports whether a cell is blank, or says that there is nothing.
func saysNothing(c sheet.Cell) bool {
	t := texts.Trim(c.Text)
	return t == "" || cell.IsBlank(t) || cell.IsNoValue(t) || c.MergedAcross
}
