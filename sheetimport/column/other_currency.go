package column

import (
	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
)

// AmountsIn is the currency that the header of a column of amounts gives them in a workspace with a currency, which
// decides what a bare "$" is. It is "" for a header that names none, or leaves a choice.
func (c Column) AmountsIn(workspace budget.Currency) budget.Currency {
	if c.Dollar {
		currency, err := cell.ParseCurrency("$", workspace)
		if err != nil {
			return ""
		}
		return currency
	}
	return c.Currency
}

// isForeign reports whether the header of a column of amounts names another currency than that of the workspace.
func (c Column) isForeign(workspace budget.Currency) bool {
	if workspace == "" || !c.Field.IsMoney() {
		return false
	}
	in := c.AmountsIn(workspace)
	return in != "" && in != workspace
}

// isSameIn reports whether another column has the amounts of this one in a currency: "Fee (EUR)" beside "Fee (USD)",
// and not "Price (EUR)", which may be that of a product.
func (c Column) isSameIn(o Column, currency budget.Currency) bool {
	return o.Field == c.Field && o.AmountsIn(currency) == currency && amountWords(o.Header) == amountWords(c.Header)
}

// amountWords are the words of the header of an amount without its currency.
func amountWords(header string) string {
	words, _ := cutCurrency(headerKey(headerWords(header)))
	return compact(words)
}

// addOtherCurrency remembers a column that has the same amounts in another currency, or those of other rows.
func (c *Column) addOtherCurrency(o Column) {
	as := Column{Field: c.Field, Header: o.Header}
	as.readAmountHeader()
	if amountWords(c.Header) != amountWords(o.Header) {
		return
	}
	if c.Field == Cost && as.Unit == "" && (c.Dollar || c.Currency != "") && (as.Dollar || as.Currency != "") &&
		(as.Dollar != c.Dollar || as.Currency != c.Currency) {
		c.OtherCurrencies = append(c.OtherCurrencies, o.Index)
	}
}
