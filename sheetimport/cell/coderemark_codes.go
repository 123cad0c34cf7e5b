package cell

import (
	"regexp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// letterDigit is a word of letters with digits behind them, as codes are: "ana15", "X15", "summer-20". Letters alone are a
// word, digits alone a number, and digits with letters behind them an amount or a time ("50eur", "30d").
var letterDigit = regexp.MustCompile(`^(\pL+)[_-]?\d{1,6}$`)

// wordsBeforeNumber are words that have a number behind them without being a code: weeks, parts of a year, versions, posts.
var wordsBeforeNumber = texts.Set(`kw cw w wk week woche q h hj fy ss hw fs fw aw t tag day monat month jahr year v version teil part phase
	welle wave nr no stand seit ab bis ca max min story stories reel reels post posts posting video short ig yt tt top`)

// areCodes reports whether all words of a remark look like codes, so that nobody can tell whether they stand for the code
// before the brackets, in which case or whose they are: "PAM (ana15)".
func areCodes(words []string) bool {
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
		m := letterDigit.FindStringSubmatch(w)
		if m == nil {
			return true
		}
		letters := strings.ToLower(m[1])
		return wordsBeforeNumber[letters] || monthOf(letters) != ""
	})
}
