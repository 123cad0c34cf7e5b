package orders

import (
	"errors"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// currency reads the currency of an order; a file that does not say it has that of the options.
func (o *Options) currency(field, text string) (budget.Currency, *Error) {
	if text == "" && o.Currency != "" {
		text = string(o.Currency)
	}
	if text == "" {
		return "", wrong(field, "", sentence.Of("the currency is missing; write one, like EUR, or give the reader the shop's"))
	}
	c, err := budget.ParseCurrency(text)
	if err != nil {
		return "", wrong(field, text, sentence.Of("is not a currency; write a code of three letters, like EUR"))
	}
	return c, nil
}

// thousandOrOne are numbers like 1.234; one that begins with a zero, or has more digits in front, is no group of thousands.
var thousandOrOne = regexp.MustCompile(`^-?[1-9]\d{0,2}\.\d{3}$`)

// amount reads the amount of a cell: 1234.5, 1,234.50 or 1.234,50. Computed amounts with more decimals than the currency
// has are rounded, half away from zero; three of them, as in 1.234, may be a thousand and something, and are refused.
func amount(field, text string, c budget.Currency) (budget.Money, *Error) {
	plain, ok := plainNumber(text)
	if !ok || plain == text && c.Digits() != 3 && thousandOrOne.MatchString(text) {
		return budget.Money{}, wrong(field, text, sentence.Of("can be read in two ways; write it like 1234.50"))
	}
	return parseAmount(field, text, plain, c)
}

// parseAmount reads a plain number, which stands in the file as written.
func parseAmount(field, written, plain string, c budget.Currency) (budget.Money, *Error) {
	m, err := budget.ParseMoney(plain, c)
	if errors.Is(err, budget.ErrPrecision) {
		var d decimal.Decimal
		if d, err = decimal.NewFromString(plain); err == nil {
			m, err = budget.NewMoney(d.Round(int32(c.Digits())), c)
		}
	}
	switch {
	case errors.Is(err, budget.ErrTooLarge):
		return budget.Money{}, tooLarge(field, written, c)
	case err != nil:
		return budget.Money{}, wrong(field, written, sentence.Of("is not an amount; write it like 1234.50"))
	}
	return m, nil
}

func tooLarge(field, written string, c budget.Currency) *Error {
	return wrong(field, written, sentence.Of("is larger than any order; at most %s are read", budget.FromMinor(budget.MaxMinor, c).String()))
}

// plainNumber makes 1234.50 of an amount with separators. It refuses 1,234, which is a thousand for some and one for
// others. A point alone is that of decimals.
func plainNumber(text string) (plain string, ok bool) {
	point, comma := strings.LastIndexByte(text, '.'), strings.LastIndexByte(text, ',')
	points, commas := strings.Count(text, "."), strings.Count(text, ",")
	switch {
	case commas == 0 && points <= 1:
		return text, true
	case commas == 0:
		return strings.ReplaceAll(text, ".", ""), grouped(text, ".")
	case points == 0 && commas == 1:
		return strings.Replace(text, ",", ".", 1), len(text)-comma-1 != 3
	case points == 0:
		return strings.ReplaceAll(text, ",", ""), grouped(text, ",")
	case point < comma:
		return strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1), grouped(text[:comma], ".")
	default:
		return strings.ReplaceAll(text, ",", ""), grouped(text[:point], ",")
	}
}

// grouped reports whether a separator stands after every three digits of a whole number.
func grouped(whole, separator string) bool {
	groups := strings.Split(strings.TrimPrefix(whole, "-"), separator)
	for n, group := range groups {
		if len(group) > 3 || len(group) == 0 || n > 0 && len(group) != 3 {
			return false
		}
	}
	return true
}

// net returns the part of an amount that is no tax, if taxes are those of the whole.
func net(part, whole, taxes budget.Money) (budget.Money, *Error) {
	c := part.Currency()
	if whole.Sign() == 0 {
		return part, nil
	}
	without := part.Decimal().Mul(whole.Decimal().Sub(taxes.Decimal())).DivRound(whole.Decimal(), int32(c.Digits()))
	m, err := budget.NewMoney(without, c)
	if err != nil || m.Sign()*part.Sign() < 0 {
		return budget.Money{}, wrong("", part.Amount(), sentence.Of("does not fit the taxes of %s; correct one of the two", taxes.String()))
	}
	return m, nil
}
