package cell

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// countedWords are words beside the name of an amount by which its numbers are not whole units of a currency, besides multiples.
var countedWords = texts.Set(`t thousands tausende tausender hundred hundreds hundert hunderter cent cents ct cts pence pennies mln tys`)

// powerOfTen matches what stands for zeros in a header: 1000, 1.000, '000, x1000, 1000er, 10³.
var powerOfTen = regexp.MustCompile(`^[x×*]?(?:10{2,}|1(?:[.,'’]000)+|000(?:[.,'’]000)*|10\^\d|1e\d|10[³⁶])(?:er|s|'s|’s)?$`)

// CountedIn finds the words in the header of an amount by which its numbers are not whole units of a currency: TEUR, k€, "T €",
// Tsd., Mio., 1000, '000, Cent.
func CountedIn(header string) (unit string, found bool) {
	counts := func(word string) bool {
		word = strings.Trim(strings.ToLower(word), ".'’\"")
		return multiples[word] > 0 || countedWords[word] || powerOfTen.MatchString(word)
	}
	for _, word := range strings.FieldsFunc(header, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune("()[]{}_,;:|/", r) && !isGroupMark(header, r)
	}) {
		before, sign, after := cutSign(word)
		if sign == "" {
			before, sign, after = cutCode(word)
		}
		if counts(word) || sign != "" && (counts(before) || counts(after)) {
			return word, true
		}
	}
	return "", false
}

// isGroupMark reports whether a comma groups the digits of a header, as in "Fee in 1,000 EUR".
func isGroupMark(header string, r rune) bool { return r == ',' && grouped.MatchString(header) }

var grouped = regexp.MustCompile(`\d,000`)

// cutCode finds three letters of a currency at the beginning of a word, as in EURk.
func cutCode(word string) (before, code, after string) {
	if len(word) > 3 && word[:3] == strings.ToUpper(word[:3]) && CurrencyOf(word[:3]) != "" {
		return "", word[:3], word[3:]
	}
	return word, "", ""
}

// lowerCodes are codes of currencies that are read in lower case too. Others are words: all, cup, mad, pen, top, try.
var lowerCodes = texts.Set(`eur usd gbp chf sek nok dkk pln czk huf jpy cny cad aud nzd inr brl zar aed sar ils`)

// CurrenciesIn lists what the words of a header name as currencies, each once: codes, "$", and signs of several (see
// [SharedSign]). A "$" or sign beside a code that it can stand for adds nothing.
func CurrenciesIn(header string) []string {
	var found []string
	for _, word := range unitWords(header) {
		for _, part := range strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune("/-._{}", r) }) {
			c := currencyWord(part, lowerCodes[part])
			if c == "" {
				if _, sign, _ := cutSign(part); sign == strings.ToUpper(sign) { // not MwSt
					c = currencyWord(sign, sign != "")
				}
			}
			if c != "" && !slices.Contains(found, c) {
				found = append(found, c)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(found), func(sign string) bool {
		return slices.ContainsFunc(found, func(c string) bool {
			return sign == "$" && slices.Contains(dollars, CurrencyOf(c)) && c != "$" || slices.Contains(SharedSign(sign), c)
		})
	})
}
