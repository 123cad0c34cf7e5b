package budget

import (
	"strings"

	"golang.org/x/text/currency"
)

// Currency is an ISO 4217 code in upper case, such as EUR. The zero value means
// "no currency".
type Currency string

// ParseCurrency reads an ISO 4217 code, in lower case too. ErrCurrency for
// anything that is not the code of a currency: names, symbols, unknown codes, and
// codes that ISO gives to metals, to tests and to "no currency".
func ParseCurrency(s string) (Currency, error) {
	c := Currency(strings.ToUpper(strings.TrimSpace(s)))
	if !c.known() {
		return "", wrong(ErrCurrency, "%q, want a three-letter code like EUR or USD", short(s))
	}
	return c, nil
}

// known reports whether c is the code of a currency that a price can be in.
func (c Currency) known() bool {
	if len(c) != 3 {
		return false
	}
	switch c {
	case "EUR", "USD", "GBP":
		return true // nearly always one of these, and the table is slower
	case "MRU", "SLE", "UYW", "VED", "XCG", "ZWG":
		return true // younger than the table
	case "XAF", "XCD", "XOF", "XPF":
		return true // regional money
	}
	if c[0] == 'X' {
		return false // metals, units of account, tests, no currency
	}
	unit, err := currency.ParseISO(string(c))
	return err == nil && unit.String() == string(c)
}

// Digits returns how many decimals amounts in c have: 2 for EUR, 0 for JPY, 3 for
// KWD. These are the minor units of ISO 4217. Unicode's tables, which would be
// at hand, leave decimals out where daily life does (a dinar or a rupee without
// its hundredth); bank statements and invoices keep them.
func (c Currency) Digits() int {
	switch c {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
		"RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	case "CLF", "UYW":
		return 4
	}
	return 2
}

// unit returns how many minor units one c has: 100 for EUR.
func (c Currency) unit() int64 {
	unit := int64(1)
	for range c.Digits() {
		unit *= 10
	}
	return unit
}
