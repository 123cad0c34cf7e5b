package sheetimport

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// readAmounts reads what the cooperation costs and what its campaign is to cost and to earn.
func (x *rowReader) readAmounts(d *entry, r sheet.Row) {
	named, err := x.namedCurrency(r)
	x.require(d, r, column.Currency, err)
	if err == nil {
		d.cost, err = x.amount(d, r, column.Cost, named)
		x.require(d, r, column.Cost, err)
	}
	if err == nil {
		d.cancellation.Fee, err = x.amount(d, r, column.CancellationFee, orCurrency(named, d.cost.Currency()))
		x.require(d, r, column.CancellationFee, err)
	}
	word, none := cell.NoAmount(x.text(r, column.Cost))
	switch {
	case none && word != "":
		x.notice(d, r, column.Cost, "no_amount", "%q is no amount; the cost stays open", word)
	case none && x.has(column.Cost) && d.known == nil && !x.cell(d.cells, column.Cost).Merged: // a sheet without the column says so once
		x.notice(d, r, column.Cost, "no_cost", "the row has no cost")
	}
	d.budget, err = x.amount(d, r, column.CampaignBudget, "")
	x.prefer(d, r, column.CampaignBudget, err)
	d.target, err = x.amount(d, r, column.RevenueTarget, "")
	x.prefer(d, r, column.RevenueTarget, err)
}

// namedCurrency is the currency in the row's currency column, "" if there is none.
func (x *rowReader) namedCurrency(r sheet.Row) (budget.Currency, error) {
	t, err := cell.ParseOptionalText(x.text(r, column.Currency))
	if err != nil || t == "" {
		return "", err
	}
	c := cell.CurrencyOf(t)
	if cell.IsDollar(t) {
		c = cell.Dollar(x.currency)
	}
	if meant := cell.SharedSigns[strings.ToLower(t)]; meant != nil {
		if slices.Contains(meant, string(x.currency)) {
			return x.currency, nil
		}
		return "", cell.NewError("ambiguous_currency", t, "is the sign of several currencies", "write the three letters of the one that is meant", meant...)
	}
	if c == "" {
		return "", cell.NewError("unknown_currency", t, "is no currency", "write its three letters, like EUR")
	}
	return c, nil
}

// amount reads an amount in the currency of its cell, of the row or of its column's header, else the workspace's. These
// also settle a sign of several currencies: in a workspace in SEK, "kr 500" is 500 SEK.
func (x *rowReader) amount(d *entry, r sheet.Row, f column.Field, named budget.Currency) (budget.Money, error) {
	shown := x.cell(r, f)
	text, style, exact := x.text(r, f), x.styles[f].Value, cell.Is(shown, sheet.RawNumber)
	if exact {
		style = cell.PointDecimals // as RawValue writes it
		if _, ok := cell.SplitAmount(text); !ok {
			return budget.Money{}, cell.NewError("unknown_currency", texts.Trim(shown.Text), "is shown with a currency that is not known, or with more than one",
				"show it with the three letters of the currency, like EUR")
		}
	}
	if cell.Is(shown, sheet.RawDate) {
		return budget.Money{}, cell.NewError("not_an_amount", texts.Trim(shown.Text), "is a date in the sheet, not an amount", cell.WantAmount)
	}
	inHeader := x.columns[f].Currency
	likely := cmp.Or(named, inHeader, x.currency)
	value, inCell, blank, err := cell.ParseAmountIn(text, style, likely)
	if err != nil || blank {
		return budget.Money{}, err
	}
	if _, _, _, open := cell.ParseAmountIn(text, cell.StyleUnknown, likely); open != nil && !exact {
		x.notice(d, r, f, "read_by_column", "%q is read as %s: %s", texts.Shorten(texts.Trim(text)), value, x.styles[f].Because)
	}
	if inCell != "" && named != "" && inCell != named {
		return budget.Money{}, cell.NewError("ambiguous_currency", texts.Trim(text), "names another currency than the row's currency column", "leave one of the two out", string(inCell), string(named))
	}
	currency := cmp.Or(inCell, named, inHeader, x.currency)
	if meant := x.columns[f].SignOf(); meant != nil && inCell == "" && named == "" && !slices.Contains(meant, string(x.currency)) {
		return budget.Money{}, cell.NewError("ambiguous_currency", texts.Trim(text), "stands under a header with a sign that several currencies use",
			"write the three letters of the currency into the header", meant...)
	}
	if f != column.Cost && f != column.CancellationFee && currency != x.currency {
		return budget.Money{}, cell.NewError("other_currency", texts.Trim(text), "is not in the workspace's currency", "write it in "+string(x.currency))
	}
	m, err := budget.NewMoney(value, currency)
	switch {
	case errors.Is(err, budget.ErrPrecision):
		return m, cell.NewError("too_precise", texts.Trim(text), fmt.Sprintf("has more decimals than %s has", currency), "round it to what is paid")
	case err != nil:
		return m, cell.NewError("too_large", texts.Trim(text), "is no possible amount", "check the digits")
	}
	return m, nil
}
