package sheetimport

import (
	"cmp"
	"errors"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// readAmounts reads what the cooperation costs and what its campaign is to cost and to earn.
func (x *rowReader) readAmounts(e *entry, r sheet.Row) {
	named, err := cell.ParseCurrency(x.text(r, column.Currency), x.currency)
	x.require(e, r, column.Currency, err)
	if err == nil {
		e.cost, err = x.amount(e, r, column.Cost, named)
		x.require(e, r, column.Cost, err)
	}
	if err == nil {
		e.cancellation.Fee, err = x.amount(e, r, column.CancellationFee, cmp.Or(named, e.cost.Currency()))
		x.require(e, r, column.CancellationFee, err)
	}
	word, none := cell.NoAmount(x.text(r, column.Cost))
	switch {
	case none && word != "":
		x.notice(e, r, column.Cost, "no_amount", "%q is no amount; the cost stays open", word)
	case none && x.has(column.Cost) && e.known == nil && !x.cell(e.cells, column.Cost).Merged: // a sheet without the column says so once
		x.notice(e, r, column.Cost, "no_cost", "the row has no cost")
	}
	e.budget, err = x.amount(e, r, column.CampaignBudget, "")
	x.leaveOut(e, r, column.CampaignBudget, err)
	e.target, err = x.amount(e, r, column.RevenueTarget, "")
	x.leaveOut(e, r, column.RevenueTarget, err)
}

// amount reads an amount in the currency of its cell, of the row or of its column's header, else the workspace's. These
// also settle a sign of several currencies: in a workspace in SEK, "kr 500" is 500 SEK.
func (x *rowReader) amount(e *entry, r sheet.Row, f column.Field, named budget.Currency) (budget.Money, error) {
	shown := x.cell(r, f)
	text, style, exact := x.text(r, f), x.styles[f].Value, shown.Is(sheet.RawNumber)
	if exact {
		style = cell.PointDecimals // as sheet.RawValue writes it
	}
	if err := cell.DamagedAmount(shown, text); err != nil {
		return budget.Money{}, err
	}
	inHeader := x.columns[f].Currency
	likely := cmp.Or(named, inHeader, x.currency)
	value, inCell, blank, err := cell.ParseAmount(text, style, likely)
	if err != nil || blank {
		return budget.Money{}, err
	}
	if _, _, _, open := cell.ParseAmount(text, cell.StyleUnknown, likely); open != nil && !exact {
		x.notice(e, r, f, "read_by_column", "%q is read as %s: %s", texts.Shorten(texts.Trim(text)), value.String(), x.styles[f].Because)
	}
	if inCell != "" && named != "" && inCell != named {
		return budget.Money{}, cell.NewError("ambiguous_currency", texts.Trim(text),
			sentence.Of("names another currency than the row's currency column"),
			sentence.Of("leave one of the two out"), string(inCell),
			string(named))
	}
	currency := cmp.Or(inCell, named, inHeader, x.currency)
	if meant := x.columns[f].SharedCurrencies(); meant != nil && inCell == "" && named == "" && !slices.Contains(meant,
		string(x.currency)) {
		return budget.Money{}, cell.NewError("ambiguous_currency", texts.Trim(text),
			sentence.Of("stands under a header with a sign that several currencies use"),
			sentence.Of("write the three letters of the currency into the header"), meant...)
	}
	if f != column.Cost && f != column.CancellationFee && currency != x.currency {
		return budget.Money{}, cell.NewError("other_currency", texts.Trim(text),
			sentence.Of("is not in the workspace's currency"), sentence.Of("write it in %s", string(x.currency)))
	}
	m, err := budget.NewMoney(value, currency)
	switch {
	case errors.Is(err, budget.ErrPrecision):
		return m, cell.NewError("too_precise", texts.Trim(text),
			sentence.Of("has more decimals than %s has", string(currency)), sentence.Of("round it to what is paid"))
	case err != nil:
		return m, cell.NewError("too_large", texts.Trim(text), sentence.Of("is no possible amount"), sentence.Of("check the digits"))
	}
	return m, nil
}
