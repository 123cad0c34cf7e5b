package cell

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

var (
	wantAmount   = sentence.Of("write it like 1234.50, 1.234,50 € or 1,234.50 EUR")
	wantDecimals = sentence.Of("write it with two decimals, like 1234.00, or say how the whole sheet writes amounts")
	noAmount     = sentence.Of("is not an amount")
)

// ParseAmount reads an amount as people type it in English and German: 1234.5, "1.234,50 €", "EUR 500", "1'200.-",
// "800,-", "12,5k €". The currency is the one that stands in the cell, "" if none does; comparing it with the expected
// one is left to the caller, as is the number of decimals of a currency that the cell does not name.
//
// A blank cell, and one that says in a word that no money flows, is blank: that is no amount, and not the amount 0. See
// [NoAmount] for the word. Where "1.234" could be 1234 or 1.234, the style that the column proves decides (see
// [DecimalStyleOf]), or the caller of an import (sheetimport.Options.DecimalStyle); without one the error is
// ambiguous_amount with both readings. A sign of several currencies, as in "¥7700" and "kr 500", is that of the likely
// currency, which the sheet or the workspace names elsewhere, and ambiguous_currency if it is none of these or "".
// Amounts below zero are errors, and so is anything that is more or less than one plain number: ranges, estimates, 1e3,
// NaN.
func ParseAmount(text string, s DecimalStyle, likely budget.Currency) (amount decimal.Decimal, c budget.Currency, blank bool, err error) {
	t, err := ParseText(text)
	if err != nil {
		return decimal.Decimal{}, "", false, err
	}
	if _, none := NoAmount(t); none {
		return decimal.Decimal{}, "", true, nil
	}
	fail := func(code string, problem, want sentence.Sentence, readings ...string) (decimal.Decimal, budget.Currency, bool, error) {
		return decimal.Decimal{}, "", false, NewError(code, t, problem, want, readings...)
	}
	a, ok := splitAmount(t)
	if !ok {
		return fail("not_an_amount", noAmount, wantAmount)
	}
	numbers := readings(a.number, s)
	for i, n := range numbers {
		numbers[i] = n.times(a.zeros)
	}
	switch {
	case len(numbers) == 0 && strings.ContainsAny(a.number, "-–—"):
		return fail("not_an_amount", sentence.Of("is more than one amount"), sentence.Of("write the one amount that was agreed"))
	case len(numbers) == 0:
		return fail("not_an_amount", noAmount, wantAmount)
	case a.negative:
		return fail("negative_amount", sentence.Of("is below zero"),
			sentence.Of("write the amount without a minus sign, or leave the cell blank"))
	}
	if a.dollar {
		a.currency = dollar(likely)
	}
	if meant := sharedSigns[a.sign]; a.currency == "" && slices.Contains(meant, string(likely)) {
		a.currency = likely
	} else if a.sign != "" && a.currency == "" {
		return fail("ambiguous_currency", sentence.Of("has the sign %q, which several currencies use", a.sign),
			sentence.Of("write the three letters of the currency, like %s %s", a.number, meant[0]), meant...)
	} else if a.sign != "" && !slices.Contains(meant, string(a.currency)) {
		return fail("not_an_amount", sentence.Of("names two currencies"), wantAmount)
	}
	if len(numbers) == 2 {
		return fail("ambiguous_amount", twoReadings, wantDecimals, numbers[0].String(), numbers[1].String())
	}
	n := numbers[0].withoutNoise().trimZeros()
	digits := maxFractionDigits
	if a.currency != "" {
		digits = a.currency.Digits()
	}
	if len(n.whole) > maxWholeDigits {
		return fail("too_large", sentence.Of("is too large for an amount"), wantAmount)
	}
	if len(n.fraction) > digits {
		return fail("too_precise", sentence.Of("has more than %d decimals", digits), sentence.Of("round it to what is paid"))
	}
	amount, err = decimal.NewFromString(n.String())
	if err != nil {
		return fail("not_an_amount", noAmount, wantAmount)
	}
	return amount, a.currency, false, nil
}

// noAmountWords say that a cooperation has no price, beside noValueWords.
var noAmountWords = indexPhrases(`barter, gifted, gift, free, free of charge, kostenlos, gratis, umsonst,
	produkt, produkte, product, products, only product, nur produkt, tauschgeschäft`)

// NoAmount reports whether a cell of an amount says that there is none. The word is what it says, in lower case, such
// as "barter" or "tbd", and is worth a notice; it is empty for a blank cell and for marks like "-" and "n/a".
func NoAmount(text string) (word string, ok bool) {
	t := texts.Trim(text)
	if IsBlank(t) {
		return "", true
	}
	t = texts.PlainWords(strings.TrimRight(t, "."))
	if noAmountWords[t] || IsNoValue(texts.Trim(text)) && t != "nan" { // which is what a computation gave that failed
		return t, true
	}
	return "", false
}

// amountText is the text of an amount in its parts.
type amountText struct {
	number   string // from the first digit to the last
	zeros    int    // that a word behind the number stands for
	currency budget.Currency
	sign     string // of several currencies, in the form of sharedSigns
	dollar   bool   // the currency is that of a bare "$"
	negative bool
}

// splitAmount takes an amount apart. It is false if there is no digit, or anything around the number that is neither
// a currency, a sign, brackets, nor the Swiss and German mark for "no cents", as in 1'200.- and 800,-.
func splitAmount(t string) (amountText, bool) {
	const digits = "0123456789"
	first, last := strings.IndexAny(t, digits), strings.LastIndexAny(t, digits)
	if first < 0 {
		return amountText{}, false
	}
	a := amountText{number: t[first : last+1]}
	before, after := t[:first], t[last+1:]
	for _, mark := range []string{".–", ".—", ".--", ".-", ",–", ",—", ",--", ",-"} {
		if rest, ok := strings.CutPrefix(after, mark); ok {
			after = rest
			break
		}
	}
	a.zeros, after = cutMultiple(after)
	before, minus := cutMinus(before)
	after, minusAfter := cutMinus(after)
	a.negative = minus || minusAfter
	if before, ok := strings.CutSuffix(before, "("); ok || strings.HasPrefix(before, "(") {
		return splitBrackets(before, a, after)
	}
	return a.withCurrency(before, after)
}

// splitBrackets reads (500.00), which is an accountant's minus.
func splitBrackets(before string, a amountText, after string) (amountText, bool) {
	i := strings.IndexByte(after, ')')
	if i < 0 {
		return amountText{}, false
	}
	a.negative = true
	return a.withCurrency(strings.Replace(before, "(", "", 1), after[:i]+after[i+1:])
}

// withCurrency reads what stands before and after a number.
func (a amountText) withCurrency(before, after string) (amountText, bool) {
	for _, word := range []string{texts.Trim(before), texts.Trim(after)} {
		if word == "" {
			continue
		}
		if sign := strings.ToLower(word); sharedSigns[sign] != nil && a.sign == "" {
			a.sign = sign
			continue
		}
		c := CurrencyOf(word)
		if c == "" || a.currency != "" && a.currency != c {
			return amountText{}, false
		}
		a.dollar = isDollar(word) && a.currency == ""
		a.currency = c
	}
	return a, true
}

// cutMinus takes a minus sign out of what stands around a number.
func cutMinus(s string) (string, bool) {
	for _, minus := range []string{"-", "−", "–", "—"} {
		if strings.Count(s, minus) == 1 {
			return strings.Replace(s, minus, "", 1), true
		}
	}
	return s, false
}

// NamesCurrency reports whether a text is an amount with a currency.
func NamesCurrency(text string) bool {
	a, ok := splitAmount(texts.Trim(text))
	return ok && (a.currency != "" || a.sign != "")
}
