package sheetimport

import (
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// withOtherCurrency returns a row with the cost from the column of another currency, where the one that is used says
// nothing or 0: some sheets have a column for each currency, and fill in one of them.
func (x *rowReader) withOtherCurrency(e *entry, r sheet.Row) sheet.Row {
	c, ok := x.columns[column.Cost]
	if ok && c.LocalColumn != 0 && lacksAmount(r.Cell(c.Index)) {
		return x.withLocalAmount(e, r, c)
	}
	if !ok || len(c.OtherCurrencies) == 0 {
		return r
	}
	named, err := cell.ParseCurrency(x.text(r, column.Currency), x.currency)
	chosen := err == nil && named != "" && named != c.AmountsIn(x.currency) // the row says which of the columns it means
	if !chosen && !lacksAmount(r.Cell(c.Index)) {
		return r
	}
	var found []column.Column
	for _, index := range c.OtherCurrencies {
		other, ok := x.header.At(index)
		if ok && !lacksAmount(r.Cell(index)) && (!chosen || x.currencyOf(other) == named) {
			found = append(found, other)
		}
	}
	if len(found) != 1 {
		return r
	}
	from := found[0]
	currency := x.currencyOf(from)
	before := r.Cell(c.Index)
	r.Cells = movedTo(r.Cells, c.Index, inCurrency(r.Cell(from.Index), currency))
	e.otherCurrency = true
	if !lacksAmount(before) {
		e.notices = append(e.notices, x.remarkIn(r, from, "other_currency_used", sentence.Of(
			"the row is in %s, so that the amount is that of column %s %q", string(currency), from.Letter, texts.Shorten(from.Header))))
		return r
	}
	x.remarkOtherCurrency(e, r, c, before, from, currency)
	return r
}

// remarkOtherCurrency tells that the cost is the amount of another column, because the one that is used has none.
func (x *rowReader) remarkOtherCurrency(e *entry, r sheet.Row, c column.Column, shown sheet.Cell, from column.Column, in budget.Currency) {
	instead := sentence.Of("column %s %q has nothing here; the amount is that of column %s %q, in %s",
		c.Letter, texts.Shorten(c.Header), from.Letter, texts.Shorten(from.Header), string(in))
	if !saysNothing(shown) {
		instead = sentence.Of("column %s %q has %q here; the amount is that of column %s %q, in %s",
			c.Letter, texts.Shorten(c.Header), texts.Shorten(texts.Trim(shown.Text)), from.Letter, texts.Shorten(from.Header), string(in))
	}
	e.notices = append(e.notices, x.remarkIn(r, from, "other_currency_used", instead))
}

// inCurrency returns a cell with an amount that names its currency.
func inCurrency(c sheet.Cell, currency budget.Currency) sheet.Cell {
	switch {
	case c.Is(sheet.RawNumber) && c.Raw.Currency == "":
		raw := *c.Raw
		raw.Currency = string(currency)
		c.Raw = &raw
	case c.Raw == nil && !cell.NamesCurrency(c.Text):
		c.Text = texts.Trim(c.Text) + " " + string(currency)
	}
	return c
}

// movedTo returns the cells of a row with another one at an index. A row ends with its last cell that is not blank.
func movedTo(cells []sheet.Cell, index int, c sheet.Cell) []sheet.Cell {
	cells = slices.Clone(cells)
	for len(cells) <= index {
		cells = append(cells, sheet.Cell{})
	}
	cells[index] = c
	return cells
}

// currencyOf is the currency that the header of a column with costs names.
func (x *rowReader) currencyOf(c column.Column) budget.Currency {
	as := column.Column{Field: column.Cost, Header: c.Header}
	as.ReadAmountHeader()
	return as.AmountsIn(x.currency)
}

// lacksAmount reports whether a cell of amounts says nothing, or 0.
func lacksAmount(c sheet.Cell) bool { return saysNothing(c) || isNoAmount(c) }

// saysNothing reports whether a cell is blank, or says that there is nothing.
func saysNothing(c sheet.Cell) bool {
	t := texts.Trim(c.Text)
	return t == "" || cell.IsBlank(t) || cell.IsNoValue(t) || c.MergedAcross
}
