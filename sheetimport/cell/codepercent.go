package cell

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// Beside a code, or before it, people write what it takes off: "ANNA15 (15%)", "ANNA15 - 15 % off", "ANNA15: 15%
// Rabatt". A dash without a blank is a part of the code: nobody can tell whether "ANNA-15%" is the code ANNA or
// ANNA-15. Where not each of several codes has one, it is not said which it belongs to.
var percentBeside = regexp.MustCompile(
	`^[` + codeQuotes + `"]*([\pL\d][\pL\d_.+-]*)[` + codeQuotes +
		`"]*(?:\s+(?:[–—-]+\s*)?|\s*[=:→]\s*|,\s+|\s*([([]))(\d+(?:[.,]\d+)? ?%)(?: ?(?i:off|discount|rabatt|nachlass))?([)\]]?)$`)

// percentAhead is the percentage before the code: "15% ANNA15", "10 % mit FE10", "10% Code GU10".
var percentAhead = regexp.MustCompile(
	`^(\d+(?:[.,]\d+)? ?%)(?: (?i:off|discount|rabatt|nachlass))?(?: (?i:mit|with|via|über|using))?(?: (?i:dem|the))?(?: (?i:code))?:? ([\pL\d][\pL\d_.+-]*)$`)

// cutPercentOff takes the percentage beside a code off.
func cutPercentOff(text string) (code string, b discount.Benefit, ok bool) {
	m := percentBeside.FindStringSubmatch(text)
	ahead := percentAhead.FindStringSubmatch(text)
	if ahead != nil && isPlainCode(ahead[2]) {
		m = []string{text, ahead[2], "", ahead[1], ""}
	}
	if m != nil && ahead == nil && beforeBlank(text, m[1]) && !isLikelyCode(m[1]) {
		return "", b, false // "nur 10%", "Sale 20%"
	}
	if m == nil || noCode(m[1]) || !slices.Contains([]string{"", "()", "[]"}, m[2]+m[4]) {
		return "", b, false
	}
	percent, blank, err := ParsePercent(m[3])
	if err != nil || blank {
		return "", b, false
	}
	return m[1], discount.Benefit{Kind: discount.Percentage, Value: percent}, true
}

// cutPercentsOff takes the percentages off several codes, if each has one, and no code has two.
func cutPercentsOff(parts []string) (codes []string, benefits []discount.Benefit, ok bool) {
	for _, part := range parts {
		code, benefit, ok := cutPercentOff(part)
		same := func(other string) bool { return discount.Normalize(other) == discount.Normalize(code) }
		if at := slices.IndexFunc(codes, same); !ok || at >= 0 && !benefits[at].Value.Equal(benefit.Value) {
			return nil, nil, false
		}
		codes, benefits = append(codes, code), append(benefits, benefit)
	}
	return codes, benefits, true
}

// beforeBlank reports whether only blanks stand between the code and its percentage, so that the code may be any word.
func beforeBlank(text, code string) bool {
	rest := strings.TrimLeft(strings.TrimPrefix(text, code), " ")
	return rest != "" && unicode.IsDigit(rune(rest[0]))
}

// isLikelyCode reports whether a word has letters, and digits or capitals alone.
func isLikelyCode(word string) bool {
	return LooksLikeCode(word) && (strings.ContainsFunc(word, unicode.IsDigit) || word == strings.ToUpper(word))
}

// isPlainCode reports whether a word has capitals and digits, as codes have and other words have not.
func isPlainCode(word string) bool {
	return LooksLikeCode(word) && word == strings.ToUpper(word) && strings.ContainsFunc(word, unicode.IsDigit)
}

// beforePercent are words that stand before a percentage and are no code of it, beside those for no value.
var beforePercent = texts.Set(`ca bis to rabatt discount provision commission code folgt offen circa etwa about approx off minus plus`)

// noCode reports whether what stands before a percentage is no code: "tbd 15%", "ca. 10%", "Provision 10%".
func noCode(t string) bool {
	return IsNoCode(t) || beforePercent[strings.Trim(strings.ToLower(t), ".:")]
}
