package sheetimport

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// currencySigns are signs and words that mean one currency. A bare "$" is the US dollar, as in most sheets; other
// dollars have a letter before it. "kr" and "¥" are missing because each is the sign of several currencies.
var currencySigns = map[string]budget.Currency{
	"€": "EUR", "euro": "EUR", "euros": "EUR",
	"$": "USD", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD",
	"£": "GBP", "fr.": "CHF", "sfr.": "CHF", "zł": "PLN", "₹": "INR", "₺": "TRY",
}

// currencyOf reads a sign or an ISO 4217 code, "" if it is neither.
func currencyOf(word string) budget.Currency {
	if c, ok := currencySigns[strings.ToLower(word)]; ok {
		return c
	}
	if len(word) != 3 {
		return ""
	}
	c, err := budget.ParseCurrency(word)
	if err != nil {
		return ""
	}
	return c
}
