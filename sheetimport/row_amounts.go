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

// readAmounts reads what the cooperation costs, and what its campaign is to cost and to earn, and when.
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
	x.remarkNoCost(e, r)
	e.budget, err = x.amount(e, r, column.CampaignBudget, "")
	x.leaveOut(e, r, column.CampaignBudget, err)
	e.target, err = x.amount(e, r, column.RevenueTarget, "")
	x.leaveOut(e, r, column.RevenueTarget, err)
	e.dates.Start, err = x.readDate(e, r, column.CampaignStart)
	x.leaveOut(e, r, column.CampaignStart, err)
	e.dates.End, err = x.readDate(e, r, column.CampaignEnd)
	x.leaveOut(e, r, column.CampaignEnd, err)
}

// remarkNoCost says why a row has no cost.
func (x *rowReader) remarkNoCost(e *entry, r sheet.Row) {
	text := x.text(r, column.Cost)
	word, none := cell.NoAmount(text)
	switch {
	case !none:
		x.remarkZeroCost(e, r)
	case word != "" && cell.PaidByResults(text):
		x.notice(e, r, column.Cost, "paid_by_results", "%q is no fixed amount, and no field carries what is paid by results; the cost stays open",
			texts.Shorten(word))
	case word != "":
		x.notice(e, r, column.Cost, "no_amount", "%q is no amount; the cost stays open", texts.Shorten(word))
	case !x.has(column.Cost) || e.known != nil || len(e.problems) > 0: // a sheet without the column says so once
	case !x.cell(e.cells, column.Cost).Merged:
		if other, text := x.unusedCost(r); text != "" {
			x.notice(e, r, column.Cost, "no_cost", "the row has no cost; column %s %q, which is not used, has %q here",
				other.Letter, texts.Shorten(other.Header), texts.Shorten(text))
			return
		}
		x.notice(e, r, column.Cost, "no_cost", "the row has no cost")
	}
}

// remarkZeroCost tells of a cost of 0 beside an amount in another column, which may be the cost.
func (x *rowReader) remarkZeroCost(e *entry, r sheet.Row) {
	if e.known != nil || !e.cost.IsSet() || e.cost.Sign() != 0 {
		return
	}
	if other, text := x.unusedCost(r); text != "" {
		x.notice(e, r, column.Cost, "zero_cost", "the cost is 0, though column %s %q, which is not used, has %q here",
			other.Letter, texts.Shorten(other.Header), texts.Shorten(text))
	}
}

// unusedCost finds an amount that a row has in another column that looks like the cost.
func (x *rowReader) unusedCost(r sheet.Row) (c column.Column, text string) {
	for _, index := range x.columns[column.Cost].Unused {
		if text = texts.Trim(r.Cell(index).Text); text != "" && !isNoAmount(r.Cell(index)) {
			c, _ = x.header.At(index)
			return c, text
		}
	}
	return column.Column{}, ""
}

// amount reads an amount in the currency of its cell, of the row or of its column's header, else the workspace's. These
// also settle a sign of several currencies: in a workspace in SEK, "kr 500" is 500 SEK.
func (x *rowReader) amount(e *entry, r sheet.Row, f column.Field, named budget.Currency) (budget.Money, error) {
	shown, text, header := x.cell(r, f), x.text(r, f), x.columns[f]
	if header.OwnCurrency {
		named = ""
	}
	if header.Dollar {
		header.Currency, _ = cell.ParseCurrency("$", x.currency) // a "$" is never an error
	}
	likely := cmp.Or(named, header.Currency, x.currency)
	style := x.styles[f]
	read, err := cell.ReadAmount(shown, text, style.Value, likely)
	if bad, ok := errors.AsType[*cell.Error](err); ok && bad.Code == "too_precise" && len(bad.Readings) > 0 && style.Value != x.decimals {
		// The column or the language of the sheet speak for a reading that no amount has, so only the caller decides.
		if x.decimals == cell.StyleUnknown {
			return budget.Money{}, cell.NewError("ambiguous_amount", bad.Value, bad.Problem, bad.Want, bad.Readings...)
		}
		style = column.DecimalReading(nil, "", x.decimals)
		read, err = cell.ReadAmount(shown, text, style.Value, likely)
	}
	if err != nil || read.Blank {
		return budget.Money{}, err
	}
	value, inCell := read.Value, read.Currency
	if _, open := cell.ReadAmount(shown, text, cell.StyleUnknown, likely); open != nil {
		x.notice(e, r, f, "read_by_column", "%q is read as %s: %s", texts.Shorten(texts.Trim(text)), value.String(), style.Because)
	}
	currency := cmp.Or(inCell, named, header.Currency, x.currency)
	if err := x.checkCurrency(header, text, inCell, named); err != nil {
		return budget.Money{}, err
	}
	if f != column.Cost && f != column.CancellationFee && currency != x.currency {
		return budget.Money{}, cell.NewError("other_currency", texts.Trim(text),
			sentence.Of("is not in the workspace's currency"), sentence.Of("write it in %s", string(x.currency)))
	}
	if inCell != "" && named == "" && header.Currency != "" && inCell != header.Currency && !header.Dollar && !read.Dollar && !e.otherCurrency {
		x.notice(e, r, f, "other_than_header", "the amount is in %s, as its cell says, although the header says %s",
			string(inCell), string(header.Currency))
	}
	m, err := budget.NewMoney(value, currency)
	if err != nil {
		return m, cell.NewError("too_large", texts.Trim(text), sentence.Of("is too large for an amount"), sentence.Of("check the digits"))
	}
	read.Dollar = read.Dollar || header.Dollar && inCell == "" && named == "" && currency != x.currency
	x.remarkAmount(e, r, f, read, m)
	return m, nil
}

// checkCurrency refuses an amount whose cell, row and header leave open in which unit it is, or say different things.
func (x *rowReader) checkCurrency(header column.Column, text string, inCell, named budget.Currency) error {
	fail := func(problem, want sentence.Sentence, readings ...string) error {
		return cell.NewError("ambiguous_currency", texts.Trim(text), problem, want, readings...)
	}
	known := inCell != "" || named != ""
	switch {
	case header.Unit != "" && (!header.Local || !known):
		return cell.NewError("unclear_unit", texts.Trim(text),
			sentence.Of("stands under a header with the unit %q, which is not read", texts.Shorten(header.Unit)),
			sentence.Of("write plain amounts and the three letters of their currency"))
	case inCell != "" && named != "" && inCell != named:
		return fail(sentence.Of("names another currency than the row's currency column"),
			sentence.Of("leave one of the two out"), string(inCell), string(named))
	case inCell == "" && named != "" && header.Currency != "" && header.Currency != named && !header.Dollar:
		return fail(sentence.Of("stands under a header with another currency than the row's currency column"),
			sentence.Of("leave one of the two out"), string(header.Currency), string(named))
	case known || header.Currencies == nil:
		return nil
	case len(cell.CurrenciesIn(header.Header)) > 1:
		return fail(sentence.Of("stands under a header that names several currencies"),
			sentence.Of("write the three letters of the currency beside the amount"), header.Currencies...)
	case !slices.Contains(header.Currencies, string(x.currency)):
		return fail(sentence.Of("stands under a header with a sign that several currencies use"),
			sentence.Of("write the three letters of the currency into the header"), header.Currencies...)
	}
	return nil
}

// remarkAmount says what of a cell with an amount is not taken over.
func (x *rowReader) remarkAmount(e *entry, r sheet.Row, f column.Field, read cell.Amount, m budget.Money) {
	switch {
	case read.Hidden && read.Computed == "":
		x.notice(e, r, f, "hidden_decimals", "the cell shows %q, but the amount that the sheet stores is %s",
			texts.Shorten(texts.Trim(x.cell(r, f).Text)), m.String())
	case read.Computed != "":
		x.notice(e, r, f, "rounded", "%s was computed and has more decimals than %s; it is rounded to %s",
			texts.Shorten(read.Computed), string(m.Currency()), m.String())
	}
	if read.Beside != "" {
		x.notice(e, r, f, "beside_amount", "%q beside the amount is left out; the amount is %s", texts.Shorten(read.Beside), m.String())
	}
	if read.Dollar {
		x.notice(e, r, f, "dollar_assumed", `the "$" is read as %s; write the three letters of the currency if another dollar is meant`,
			string(m.Currency()))
	}
}
