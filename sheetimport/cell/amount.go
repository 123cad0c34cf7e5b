package cell

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

var (
	wantAmount    = sentence.Of("write it like 1234.50, 1.234,50 € or 1,234.50 EUR")
	wantDecimals  = sentence.Of("write it with two decimals, like 1234.00, or say how the whole sheet writes amounts")
	wantOneAmount = sentence.Of("write the one amount that was agreed")
	wantDigits    = sentence.Of("check the digits")
	noAmount      = sentence.Of("is not an amount")
	tooLarge      = sentence.Of("is too large for an amount")
)

// Amount is what a cell in a column of amounts says.
type Amount struct {
	Value decimal.Decimal
	// Currency is the one that stands in the cell, "" if none does.
	Currency budget.Currency
	// Blank says that there is no amount, which is not the amount 0. See [NoAmount] for the word that says so.
	Blank bool
	// Dollar says that a bare "$" was taken for the US dollar, because none of the dollars is likely.
	Dollar bool
	// Beside are words that stand beside the amount and change nothing of it, such as "zzgl. MwSt.".
	Beside string
	// Computed is the number as the sheet has it, if Value is that number rounded to the decimals of its currency.
	Computed string
	// Hidden says that the cell shows another amount than the one that is stored, as 1235 for 1234.5.
	Hidden bool
}

// ParseAmount reads an amount as people type it in English and German: 1234.5, "1.234,50 €", "EUR 500", "USD $500",
// "1'200.-", "1.500,-", "12,5k €", "₹1,50,000", "500 € zzgl. MwSt.". The currency is the one that stands in the cell, ""
// if none does; comparing it with the expected one is left to the caller.
//
// A blank cell, and one that says in words that no fixed amount is paid, is blank. See [NoAmount]. Where "1.234" could be
// 1234 or 1.234, the style that the column proves decides (see [DecimalStyleOf]), or the caller of an import
// (sheetimport.Options.DecimalStyle); without one the error is ambiguous_amount with both readings. A currency without
// decimals has one reading of it. A sign of several currencies, as in "¥7700" and "kr 500", is that of the likely
// currency, which the sheet or the workspace names elsewhere, and ambiguous_currency if it is none of these or "".
// More decimals than the currency has are an error, but a number with more than any currency has was computed by a program,
// and is rounded (see [Amount].Computed). Zeros beyond them say nothing, unless the other style reads the text as a thousand:
// "1.000" in euros is far more likely that than one, so the error has both readings. Amounts below zero are errors, and so is
// anything that is more or less than one plain number: ranges, estimates, rates, 1e3, NaN.
func ParseAmount(text string, s DecimalStyle, likely budget.Currency) (Amount, error) {
	return parseAmount(text, s, likely, false)
}

// ReadAmount is [ParseAmount] for a cell behind which there may be a value: text is what the cell says, as [AmountText]
// has it. A number that the sheet stores is exact, so no style decides about it; what a formula gave it beyond the
// decimals of its currency is rounded.
func ReadAmount(c sheet.Cell, text string, s DecimalStyle, likely budget.Currency) (Amount, error) {
	switch {
	case c.Is(sheet.RawDate):
		return Amount{}, NewError("not_an_amount", texts.Trim(c.Text), sentence.Of("is a date in the sheet, not an amount"), wantAmount)
	case !c.Is(sheet.RawNumber):
		return ParseAmount(text, s, likely)
	}
	if _, ok := splitAmount(text); !ok {
		return Amount{}, NewError("unknown_currency", texts.Trim(c.Text),
			sentence.Of("is shown with a currency or a word that is not known, or with more than one currency"),
			sentence.Of("show it with the three letters of the currency, like EUR"))
	}
	a, err := parseAmount(text, PointDecimals, likely, true) // as sheet.RawValue writes it
	a.Hidden = err == nil && !a.Blank && !shows(texts.Trim(c.Text), a.Value, cmp.Or(a.Currency, likely))
	return a, err
}

// shows reports whether a text can be read as an amount.
func shows(t string, value decimal.Decimal, unit budget.Currency) bool {
	if scientific.MatchString(t) { // 1E+05
		shown, err := decimal.NewFromString(strings.Replace(t, ",", ".", 1))
		return err == nil && shown.Equal(value)
	}
	a, ok := splitAmount(t)
	if !ok {
		return t != "" // a format with words of its own
	}
	return slices.ContainsFunc(a.readings(StyleUnknown, unit), func(n number) bool {
		shown, err := decimal.NewFromString(n.withoutNoise().String())
		return err == nil && shown.Equal(value)
	})
}

// parseAmount is ParseAmount for a text, or for a number that is stored.
func parseAmount(text string, s DecimalStyle, likely budget.Currency, stored bool) (Amount, error) {
	t, err := ParseText(text)
	if err != nil {
		return Amount{}, err
	}
	if _, none := NoAmount(t); none {
		return Amount{Blank: true}, nil
	}
	fail := func(code string, problem, want sentence.Sentence, readings ...string) (Amount, error) {
		return Amount{}, NewError(code, t, problem, want, readings...)
	}
	a, ok := splitAmount(t)
	if !ok {
		problem, want := whyNoAmount(t)
		return fail("not_an_amount", problem, want)
	}
	assumed := false
	if a.dollar && a.currency == "" {
		a.currency = dollar(likely)
		assumed = a.currency != likely
	}
	numbers := a.readings(s, cmp.Or(a.currency, likely))
	meant := sharedSigns[a.sign]
	switch {
	case len(numbers) == 0:
		problem, want := whyNoAmount(t)
		return fail("not_an_amount", problem, want)
	case a.negative:
		return fail("negative_amount", sentence.Of("is below zero"),
			sentence.Of("write the amount without a minus sign, or leave the cell blank"))
	case a.sign == "":
	case a.currency == "" && slices.Contains(meant, string(likely)):
		a.currency = likely
	case a.currency == "":
		return fail("ambiguous_currency", sentence.Of("has the sign %q, which several currencies use", a.sign),
			sentence.Of("write the three letters of the currency, like %s %s", a.number, meant[0]), meant...)
	case !slices.Contains(meant, string(a.currency)):
		return fail("not_an_amount", sentence.Of("names two currencies"), wantAmount)
	}
	if len(numbers) == 2 {
		return fail("ambiguous_amount", twoReadings, wantDecimals, numbers[0].String(), numbers[1].String())
	}
	n := numbers[0].withoutNoise()
	if stored || len(a.readings(StyleUnknown, cmp.Or(a.currency, likely))) == 1 {
		n = n.trimZeros() // which say nothing where no thousand can be meant: "1500.0000", "5,000.00 JPY"
	}
	digits := maxFractionDigits
	if unit := cmp.Or(a.currency, likely); unit != "" {
		digits = unit.Digits()
	}
	excess := !stored && len(n.fraction) > digits
	switch {
	case len(n.whole) > maxWholeDigits:
		return fail("too_large", tooLarge, wantDigits)
	case excess && len(n.fraction) <= maxFractionDigits:
		problem, want, both := whyTooPrecise(a, s, cmp.Or(a.currency, likely), digits)
		return fail("too_precise", problem, want, both...)
	}
	value, err := decimal.NewFromString(n.String())
	if err != nil {
		return fail("not_an_amount", noAmount, wantAmount)
	}
	out := Amount{Value: value.Round(int32(digits)), Currency: a.currency, Dollar: assumed, Beside: a.besides()}
	if out.Value.GreaterThan(largest(cmp.Or(a.currency, likely))) {
		return fail("too_large", tooLarge, wantDigits)
	}
	if !out.Value.Equal(value) {
		out.Computed = n.String()
	}
	return out, nil
}

// largest is the largest amount of a currency, and of one without decimals where the currency is not known yet.
func largest(unit budget.Currency) decimal.Decimal {
	if unit == "" {
		return decimal.New(budget.MaxMinor, 0)
	}
	return decimal.New(budget.MaxMinor, -int32(unit.Digits()))
}

// whyTooPrecise says what is wrong with an amount that has more decimals than its currency, and what would be right. If the
// other style has another reading of it, as a thousand of "1.000", both readings are returned.
func whyTooPrecise(a amountText, s DecimalStyle, unit budget.Currency, digits int) (problem, want sentence.Sentence, both []string) {
	numbers := a.readings(StyleUnknown, unit)
	if len(numbers) == 1 {
		return sentence.Of("has more than %d decimals", digits), sentence.Of("round it to what is paid"), nil
	}
	for _, n := range numbers {
		both = append(both, n.written(digits))
	}
	return sentence.Of("has more than %d decimals, unless its %s groups thousands", digits, sentence.Of(s.String())),
		sentence.Of("write the one that is meant, or choose decimals with a %s in the options of the import",
			sentence.Of(s.other().String())), both
}

// whyNoAmount says what a text is instead of an amount, as far as that is known, and what would be right.
func whyNoAmount(t string) (problem, want sentence.Sentence) {
	words := strings.FieldsFunc(strings.ToLower(t), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsDigit(r) || strings.ContainsRune("€$£¥.,()", r)
	})
	has := func(set map[string]bool) bool {
		return slices.ContainsFunc(words, func(w string) bool { return set[w] })
	}
	switch {
	case !strings.ContainsFunc(t, unicode.IsDigit):
		return noAmount, wantAmount
	case strings.Contains(t, "%"):
		return sentence.Of("is a percentage, or has one beside the amount"),
			sentence.Of("write the fixed amount alone, and what is paid by results into a column of its own")
	case has(rateWords) || strings.Contains(t, "/") && !severalAmounts.MatchString(t):
		return sentence.Of("is a rate and not a whole amount"), sentence.Of("write what is paid in all")
	case has(estimateWords) || strings.ContainsAny(t, "~><≈±"), strings.HasSuffix(strings.TrimRight(t, " €$£"), "+"):
		return sentence.Of("is no exact amount"), wantOneAmount
	case len(numbersIn(t)) > 1 && (strings.ContainsAny(t, "-–—…+&x×*/") || has(rangeWords)):
		return sentence.Of("is more than one amount"), wantOneAmount
	}
	return noAmount, wantAmount
}

// severalAmounts are two amounts with a slash between them: "500 / 600 €". "500 / 3 Stories" and "€500/2" are rates.
var severalAmounts = regexp.MustCompile(`^\p{Sc}?\s*\d[\d.,]{2,}\s*(?:\p{Sc}|EUR|USD|GBP|CHF)?\s*/\s*\p{Sc}?\s*\d[\d.,]{2,}\s*(?:\p{Sc}|EUR|USD|GBP|CHF)?$`)

var (
	rateWords     = texts.Set(`per pro je each a à apiece monthly weekly daily yearly monatlich wöchentlich täglich jährlich pm p.m stück stk`)
	estimateWords = texts.Set(`ca circa approx approximately about around roughly etwa ungefähr rund ab from starting max maximum maximal min minimum
		mindestens minimal least most höchstens over über under unter`)
	rangeWords = texts.Set(`to bis or oder and und between zwischen`)
)

// numbersIn are the numbers of a text, by the blanks, signs and words between them.
func numbersIn(t string) []string {
	return strings.FieldsFunc(t, func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune(".,'’\u00A0\u202F", r)
	})
}

// NamesCurrency reports whether a text is an amount with a currency.
func NamesCurrency(text string) bool {
	a, ok := splitAmount(texts.Trim(text))
	return ok && (a.currency != "" || a.sign != "" || a.dollar)
}
