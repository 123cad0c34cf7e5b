package sheetimport

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// readAmounts reads what the cooperation costs and what its campaign is to cost and to earn.
func (x *rowReader) readAmounts(d *deal, r Row) {
	named, err := x.namedCurrency(r)
	x.require(d, r, FieldCurrency, err)
	if err == nil {
		d.cost, err = x.amount(d, r, FieldCost, named)
		x.require(d, r, FieldCost, err)
	}
	if err == nil {
		d.cancellation.Fee, err = x.amount(d, r, FieldCancellationFee, orCurrency(named, d.cost.Currency()))
		x.require(d, r, FieldCancellationFee, err)
	}
	word, none := NoAmount(x.text(r, FieldCost))
	switch {
	case none && word != "":
		x.notice(d, r, FieldCost, "no_amount", "%q is no amount; the cost stays open", word)
	case none && x.has(FieldCost) && d.known == nil && !x.cell(d.cells, FieldCost).Merged: // a sheet without the column says so once
		x.notice(d, r, FieldCost, "no_cost", "the row has no cost")
	}
	d.budget, err = x.amount(d, r, FieldCampaignBudget, "")
	x.prefer(d, r, FieldCampaignBudget, err)
	d.target, err = x.amount(d, r, FieldRevenueTarget, "")
	x.prefer(d, r, FieldRevenueTarget, err)
}

// namedCurrency is the currency in the row's currency column, "" if there is none.
func (x *rowReader) namedCurrency(r Row) (budget.Currency, error) {
	t, err := parseWords(x.text(r, FieldCurrency))
	if err != nil || t == "" {
		return "", err
	}
	c := currencyOf(t)
	if isDollar(t) {
		c = dollar(x.currency)
	}
	if meant := sharedSigns[strings.ToLower(t)]; meant != nil {
		if slices.Contains(meant, string(x.currency)) {
			return x.currency, nil
		}
		return "", cellError("ambiguous_currency", t, "is the sign of several currencies", "write the three letters of the one that is meant", meant...)
	}
	if c == "" {
		return "", cellError("unknown_currency", t, "is no currency", "write its three letters, like EUR")
	}
	return c, nil
}

// amount reads an amount in the currency of its cell, of the row or of its column's header, else the workspace's. These
// also settle a sign of several currencies: in a workspace in SEK, "kr 500" is 500 SEK.
func (x *rowReader) amount(d *deal, r Row, f Field, named budget.Currency) (budget.Money, error) {
	cell := x.cell(r, f)
	text, style, exact := x.text(r, f), x.styles[f].value, cell.is(RawNumber)
	if exact {
		style = PointDecimals // as RawValue writes it
		if _, ok := splitAmount(text); !ok {
			return budget.Money{}, cellError("unknown_currency", trim(cell.Text), "is shown with a currency that is not known, or with more than one",
				"show it with the three letters of the currency, like EUR")
		}
	}
	if cell.is(RawDate) {
		return budget.Money{}, cellError("not_an_amount", trim(cell.Text), "is a date in the sheet, not an amount", wantAmount)
	}
	inHeader := x.columns[f].Currency
	likely := cmp.Or(named, inHeader, x.currency)
	value, inCell, blank, err := parseAmount(text, style, likely)
	if err != nil || blank {
		return budget.Money{}, err
	}
	if _, _, _, open := parseAmount(text, StyleUnknown, likely); open != nil && !exact {
		x.notice(d, r, f, "read_by_column", "%q is read as %s: %s", shorten(trim(text)), value, x.styles[f].because)
	}
	if inCell != "" && named != "" && inCell != named {
		return budget.Money{}, cellError("ambiguous_currency", trim(text), "names another currency than the row's currency column", "leave one of the two out", string(inCell), string(named))
	}
	currency := cmp.Or(inCell, named, inHeader, x.currency)
	if meant := x.columns[f].signOf(); meant != nil && inCell == "" && named == "" && !slices.Contains(meant, string(x.currency)) {
		return budget.Money{}, cellError("ambiguous_currency", trim(text), "stands under a header with a sign that several currencies use",
			"write the three letters of the currency into the header", meant...)
	}
	if f != FieldCost && f != FieldCancellationFee && currency != x.currency {
		return budget.Money{}, cellError("other_currency", trim(text), "is not in the workspace's currency", "write it in "+string(x.currency))
	}
	m, err := budget.NewMoney(value, currency)
	switch {
	case errors.Is(err, budget.ErrPrecision):
		return m, cellError("too_precise", trim(text), fmt.Sprintf("has more decimals than %s has", currency), "round it to what is paid")
	case err != nil:
		return m, cellError("too_large", trim(text), "is no possible amount", "check the digits")
	}
	return m, nil
}
