package cell

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// inBrackets is what stands in brackets, with the blanks before it.
var inBrackets = regexp.MustCompile(`\s*(?:\(([^()\[\]]*)\)|\[([^()\[\]]*)\])`)

// CutCodeRemarks takes the remarks in brackets from behind the codes of a cell: "PAM10 (old)", "KIM10 (bis 30.06.)". It
// returns the codes and, of each that has a remark, the code with it. A percentage stays, because it is what the code
// takes off, and so does a remark that leaves open whether the code before it is the one, as "(?)", "(not yet)" and
// "(now PAM15)".
func CutCodeRemarks(text string) (codes string, remarks []string) {
	var out strings.Builder
	at := 0
	for _, m := range inBrackets.FindAllStringSubmatchIndex(text, -1) {
		out.WriteString(text[at:m[0]])
		at = m[1]
		remark := ""
		for n := 2; n < len(m); n += 2 {
			if m[n] >= 0 {
				remark = texts.Trim(text[m[n]:m[n+1]])
			}
		}
		code := lastCode(out.String())
		rest := text[at:]
		apart := rest == "" || strings.ContainsRune(" \t,;|\r\n/•∙([", firstRune(rest))
		if code == "" || !apart || !isRemarkOfCode(remark) {
			out.WriteString(text[m[0]:m[1]])
			continue
		}
		open, end := "(", ")"
		if strings.HasSuffix(text[m[0]:m[1]], "]") { // as the sheet has it
			open, end = "[", "]"
		}
		remarks = append(remarks, code+" "+open+remark+end)
		if rest = strings.TrimLeft(rest, " \t"); rest != "" && !strings.ContainsRune(",;|\r\n/•∙([", firstRune(rest)) {
			out.WriteString(",")
		}
	}
	if len(remarks) == 0 {
		return text, nil
	}
	return out.String() + text[at:], remarks
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// longestBeforeRemark is how long a code or a rule before its remark may be, in bytes: a cell is a long list of codes, and
// is looked through for each remark.
const longestBeforeRemark = 200

// lastCode is the last code of a list, "" if what stands there is not one word that is likely a code.
func lastCode(list string) string {
	tail := list[max(0, len(list)-longestBeforeRemark):]
	word := tail[strings.LastIndexAny(tail, ",;|\r\n•∙")+1:]
	if len(word) == longestBeforeRemark {
		return ""
	}
	if slash := strings.LastIndex(word, " / "); slash >= 0 {
		word = word[slash+len(" / "):]
	}
	word = bareCode(texts.Trim(word))
	if match, pattern, ok := cutGermanMatch(word); ok && match != "" {
		return plainPattern(word, pattern)
	}
	if r, err := discount.ParseRule(word); err == nil && r.Match != discount.Equals {
		return plainPattern(word, r.Pattern)
	}
	if !codeOfRemark.MatchString(word) || !isLikelyCode(word) || IsNoCode(word) || IsLink(word) {
		return ""
	}
	return word
}

// plainPattern returns a rule such as "contains PAM" if its pattern is one word, and "" for any other.
func plainPattern(rule, pattern string) string {
	if !codeOfRemark.MatchString(pattern) {
		return ""
	}
	return rule
}

// wrongCode are words of a remark that make the code before it none, or another one.
var wrongCode = texts.Set(`wrong falsch invalid ungültig or oder statt instead anstatt stattdessen ersetzt replaced replace tippfehler typo
	geplant planned requested angefragt beantragt folgt kommt coming tba offen open pending vorschlag suggestion idee idea wunsch`)

// codeOfRemark is a code that may have a remark.
var codeOfRemark = regexp.MustCompile(`^[\pL\d][\pL\d_.-]*$`)

// percentOff is a remark that is what the code takes off.
var percentOff = regexp.MustCompile(`^\d+(?:[.,]\d+)? ?%(?: ?(?i:off|discount|rabatt|nachlass))?$`)

// endOfCode is a remark that may be the end of the code, or what it takes off: "PAM(10)", "PAM (10)".
var endOfCode = regexp.MustCompile(`^\d{1,3}$`)

// codeInRemark is a word of a remark that may be a code itself. A week or a quarter is none.
var (
	codeInRemark = regexp.MustCompile(`^\p{Lu}[\p{Lu}_-]+\d+$|^\p{Lu}[\p{Lu}\d_-]{3,}\d$`)
	timeInRemark = regexp.MustCompile(`^(?:KW|CW|Q|H|W)\d{1,2}$`)
)

// isRemarkOfCode reports whether a remark behind a code leaves no doubt about it, and is no percentage.
func isRemarkOfCode(remark string) bool {
	if remark == "" || strings.Contains(remark, "?") || percentOff.MatchString(remark) ||
		endOfCode.MatchString(remark) || IsNoCode(remark) && IsNoValue(remark) ||
		!strings.ContainsFunc(remark, unicode.IsLetter) && !strings.ContainsFunc(remark, unicode.IsDigit) {
		return false
	}
	words := strings.FieldsFunc(remark, func(r rune) bool { return strings.ContainsRune(" \t\r\n,;:.!", r) })
	return !areCodes(words) && !slices.ContainsFunc(words,
		func(w string) bool {
			lower := strings.ToLower(w)
			return doubts[lower] || wrongCode[lower] || codeInRemark.MatchString(w) && !timeInRemark.MatchString(w)
		})
}
