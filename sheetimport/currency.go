package sheetimport

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// currencySigns are signs and words that mean one currency. A bare "$" is the US dollar, as in most sheets; other
// dollars have a letter before it. For signs of several currencies see sharedSigns.
var currencySigns = map[string]budget.Currency{
	"€": "EUR", "euro": "EUR", "euros": "EUR",
	"$": "USD", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD",
	"£": "GBP", "fr.": "CHF", "sfr.": "CHF", "zł": "PLN", "₹": "INR", "₺": "TRY",
}

// sharedSigns are signs that several currencies use, with the three letters of these. Which one is meant is said
// elsewhere or not at all: it is never guessed.
var sharedSigns = map[string][]string{
	"¥": {"JPY", "CNY"}, "￥": {"JPY", "CNY"},
	"kr": {"SEK", "NOK", "DKK"}, "kr.": {"SEK", "NOK", "DKK"},
}

// signOf returns the currencies that share the sign in the header of an amount, as in "Fee (kr)"; nil if none stands there.
func (c Column) signOf() []string {
	words := strings.Fields(headerKey(headerWords(c.Header)))
	if c.Currency != "" || len(words) == 0 {
		return nil
	}
	return sharedSigns[words[len(words)-1]]
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
