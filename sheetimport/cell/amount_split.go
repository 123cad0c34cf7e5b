package cell

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// amountText is the text of an amount in its parts.
type amountText struct {
	number   string // from the first digit to the last
	zeros    int    // that a word behind the number stands for
	currency budget.Currency
	sign     string // of several currencies, in the form of sharedSigns
	dollar   bool   // there is a bare "$"
	negative bool
	whole    bool     // a mark says that there are no cents
	comma    bool     // that mark stands behind the comma of the decimals
	beside   []string // words that change nothing of the amount
}

// noCents are the marks for "no cents": 1'200.-, 800,-, 1500:-, and 5,000/- in India. The longest come first.
var noCents = noCentsMarks()

func noCentsMarks() []string {
	var marks []string
	for _, point := range []string{",", ".", ":", "/"} {
		for _, dash := range []string{"––", "——", "--", "−−", "–", "—", "-", "−", "=", "‑"} {
			marks = append(marks, point+dash)
		}
	}
	return marks
}

// taxClause matches what is said about a tax beside an amount, with the rate of the tax: "zzgl. 19 % MwSt.".
var taxClause = regexp.MustCompile(`(?i)[(+,]*\s*\b(?:(?:zzgl|zuzüglich|plus|and|und|excl|excluding|exkl|exklusive|ohne|without|inkl|inklusive|` +
	`incl|including|inc|ex|netto|brutto|net|gross|gesetzl|gesetzlicher|ges|der)\b\.?\s*)*[+]?\s*(?:\d{1,2}(?:[.,]\d)?\s?%\s*)?` +
	`(?:MwSt|USt|VAT|GST|HST|Umsatzsteuer|Mehrwertsteuer|sales tax|tax|taxes|IVA|TVA|BTW)\b\.?\s*\)?`)

// besideWords may stand beside an amount and change nothing of it.
var besideWords = texts.Set(`netto brutto net gross flat fix fixed fixum fixbetrag pauschal pauschale pauschalbetrag total gesamt insgesamt
	einmalig fee honorar gage all-in lumpsum agreed vereinbart paid bezahlt`)

// splitAmount takes an amount apart. It is false if there is no digit, or anything around the number that is neither
// a currency, a sign, brackets, words that change nothing, nor a mark for "no cents".
func splitAmount(t string) (amountText, bool) {
	const digits = "0123456789"
	var a amountText
	if at := taxClause.FindStringIndex(t); at != nil {
		a.beside = append(a.beside, strings.Trim(t[at[0]:at[1]], " ,+()\u00A0"))
		t = texts.Trim(t[:at[0]] + " " + t[at[1]:])
	}
	first, last := strings.IndexAny(t, digits), strings.LastIndexAny(t, digits)
	if first < 0 {
		return amountText{}, false
	}
	a.number = t[first : last+1]
	before, after := t[:first], t[last+1:]
	for _, mark := range noCents {
		if rest, ok := strings.CutPrefix(after, mark); ok {
			after, a.whole, a.comma = rest, true, mark[0] == ','
			break
		}
	}
	if a.zeros, after = cutMultiple(after); !a.whole && a.zeros == 0 && (after == "." || after == ",") { // the end of a sentence
		after = ""
	}
	before, minus := cutMinus(before)
	after, minusAfter := cutMinus(after)
	a.negative = minus || minusAfter
	if before, ok := strings.CutSuffix(before, "("); ok || strings.HasPrefix(before, "(") {
		return splitBrackets(before, a, after)
	}
	return a.withWords(before, after)
}

// splitBrackets reads (500.00), which is an accountant's minus.
func splitBrackets(before string, a amountText, after string) (amountText, bool) {
	i := strings.IndexByte(after, ')')
	if i < 0 {
		return amountText{}, false
	}
	a.negative = true
	return a.withWords(strings.Replace(before, "(", "", 1), after[:i]+after[i+1:])
}

// withWords reads what stands before and after a number: signs and codes of one currency, and words that change nothing.
func (a amountText) withWords(before, after string) (amountText, bool) {
	for _, side := range []string{texts.Trim(before), texts.Trim(after)} {
		if a.addCurrency(side) || a.addCurrency(strings.ReplaceAll(side, " ", "")) { // "US $"
			continue
		}
		words := strings.FieldsFunc(side, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("():;", r) })
		for _, word := range words {
			lower := strings.ToLower(word)
			switch {
			case a.addCurrency(word), a.addCurrency(strings.TrimRight(word, ".,")):
			case besideWords[strings.Trim(lower, ".,")]:
				a.beside = append(a.beside, word)
			case (lower[0] == 't' || lower[0] == 'k') && a.zeros == 0 && a.addCurrency(word[1:]): // 5 T€, 5 TEUR
				a.zeros = 3
			case len(a.beside) == 0 && strings.Trim(a.number, "0.,") == "" && noAmountWords[strings.Trim(lower, ".,")]:
				a.beside = append(a.beside, word) // 0 € (barter)
			default:
				return amountText{}, false
			}
		}
	}
	return a, !a.dollar || a.sign == "" && (a.currency == "" || slices.Contains(dollars, a.currency))
}

// addCurrency takes in a sign or code of a currency, or an empty text. It is false for anything else, and for another
// currency than the one that stands there already.
func (a *amountText) addCurrency(word string) bool {
	sign := strings.ToLower(word)
	switch {
	case word == "":
	case isDollar(word):
		a.dollar = true
	case sharedSigns[sign] != nil:
		if a.sign != "" && a.sign != sign {
			return false
		}
		a.sign = sign
	default:
		c := CurrencyOf(word)
		if c == "" || a.currency != "" && a.currency != c {
			return false
		}
		a.currency = c
	}
	return true
}

// besides are the words beside the amount as one text.
func (a amountText) besides() string { return strings.Join(a.beside, ", ") }

// readings are the numbers that the amount can be in a currency, which may be "".
func (a amountText) readings(s DecimalStyle, unit budget.Currency) []number {
	found := readings(a.number, s)
	if a.whole || unit != "" && unit.Digits() == 0 {
		// Where nothing can follow the point or comma, it groups.
		whole := slices.DeleteFunc(readings(a.number, StyleUnknown), func(n number) bool { return n.fraction != "" })
		if len(whole) > 0 || a.whole {
			found = whole
		}
	}
	for i, n := range found {
		found[i] = n.times(a.zeros)
	}
	return found
}

// proves is the style of decimals that the amount proves, StyleUnknown for none.
func (a amountText) proves() DecimalStyle {
	_, comma := parseNumber(a.number, CommaDecimals)
	_, point := parseNumber(a.number, PointDecimals)
	switch {
	case a.whole && a.comma && comma:
		return CommaDecimals
	case a.whole, comma == point:
		return StyleUnknown
	case comma:
		return CommaDecimals
	}
	return PointDecimals
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
