package cell

import (
	"cmp"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// maxCodes is how many codes one cell may hold.
const maxCodes = crm.MaxRules

// ParseCodes reads the discount codes of a cell as rules; a blank cell gives none. Where a cell has one code and one
// percentage beside it, as in "ANNA15 (15%)", "ANNA15 - 15 % off" or "ANNA15, 15 %", that is its benefit, and so where
// each of several codes has one. Several codes are separated by a comma, a semicolon, a bar, " / " or a line break, and
// by "/", "&", "and", "und" or a blank where every word is a code with letters and digits; repeated ones are dropped. A
// link that applies a code, such as a shop's share link, is that code. The percentage may stand before the code too
// ("15% ANNA15"). Quotation marks, a tick, an emoji, and a word like "Code:" around a code are none of it.
//
// Each is a code, or a rule as [discount.ParseRule] reads it ("contains PAM", "PAM*"), in German too ("enthält PAM",
// "beginnt mit PAM", "endet auf 10"). Two words without such a rule are ambiguous_code: they may be two codes or one
// with a blank in it, which "equals SUMMER SALE" makes clear. So is a word that may be a remark ("nachfragen"). A code that
// the spreadsheet took for a date or a number ("10-Mar", "1.00E+05") is damaged_code, since nobody can tell what it was.
func ParseCodes(text string) ([]discount.Rule, error) { return ParseTypedCodes(text, false) }

// ParseTypedCodes is ParseCodes where it is known whether the cell is a text as it was typed: such a code is not damaged.
func ParseTypedCodes(text string, typed bool) ([]discount.Rule, error) {
	t, err := ParseText(text)
	if err != nil || IsBlank(t) {
		return nil, err
	}
	t = WithoutEmoji(t)
	parts, benefits := partsOf(t), []discount.Benefit(nil)
	if code, benefit, ok := cutPercentOff(t); ok {
		parts, benefits = []string{code}, []discount.Benefit{benefit}
	} else if codes, each, ok := cutPercentsOff(parts); ok {
		parts, benefits = codes, each
	}
	var rules []discount.Rule
	seen := map[[2]string]bool{}
	for n, part := range parts {
		if IsLink(part) {
			return nil, linkWithoutCode(part)
		}
		r, err := parseCode(part, typed)
		if err != nil {
			return nil, err
		}
		if isUnsure(r.Pattern) { // "PAM?*"
			return nil, unsureCode(part)
		}
		if benefits != nil {
			r.Benefit = benefits[n]
		}
		key := [2]string{string(r.Match), r.Key()}
		if seen[key] {
			continue
		}
		seen[key] = true
		if len(rules) == maxCodes {
			return nil, NewError("too_many_codes", t, sentence.Of("holds more than %d codes", maxCodes),
				sentence.Of("use one rule for codes that share a text, like PAM*"))
		}
		rules = append(rules, r)
	}
	if len(rules) == 0 {
		return nil, NewError("not_a_code", t, sentence.Of("holds no code"), wantCode)
	}
	return rules, nil
}

// partsOf are the codes and rules of a cell, and the links that name no code.
func partsOf(t string) []string {
	var parts []string
	for _, part := range splitCodes(t) {
		if !IsLink(part) {
			parts = append(parts, part)
		} else if codes := CodesOfLink(part); len(codes) > 0 {
			parts = append(parts, codes...)
		} else {
			parts = append(parts, part)
		}
	}
	return parts
}

var wantCode = sentence.Of("write the code alone, like LISA10, with commas between several")

// codeWord stands before a code, and codeQuotes around it.
var codeWord = regexp.MustCompile(`(?i)^(?:(?:discount|promo|coupon|rabatt|gutschein)[\s-]?)?code\s*:?\s+(\S+)$`)

const (
	codeQuotes = "„“”»«‚‘’"
	codeMarks  = "✓✔☑✅\ufe0f "
)

// manyEndings is a code with several endings, which may be one code or several: "ANA10/15/20".
var manyEndings = regexp.MustCompile(`^(\pL+)\d{2}(?:/\d{2})+$`)

// bareCode takes away what stands around a code: the word for it, quotation marks or brackets, and a tick.
func bareCode(part string) string {
	bare := strings.Trim(strings.Trim(part, codeMarks), codeQuotes)
	if inside, ok := strings.CutPrefix(bare, "("); ok && strings.Index(bare, ")") == len(bare)-1 {
		bare = inside[:len(inside)-1]
	}
	if m := codeWord.FindStringSubmatch(bare); m != nil && !IsNoCode(m[1]) {
		return m[1]
	}
	return cmp.Or(bare, part)
}

func parseCode(part string, typed bool) (discount.Rule, error) {
	if plain, err := discount.ParseRule(part); err == nil && plain.Match == discount.Equals && plain.Pattern == part {
		part = bareCode(part)
	}
	if m := manyEndings.FindStringSubmatch(part); m != nil && part != m[1]+"50/50" { // which is half and half
		several := strings.ReplaceAll(part, "/", ", "+m[1])
		return discount.Rule{}, NewError("ambiguous_code", part, sentence.Of("is one code or several"),
			sentence.Of(`write "equals %s" for the one, or commas between the others`, texts.Shorten(part)),
			"equals "+texts.Shorten(part), texts.Shorten(several))
	}
	if isUnsure(part) {
		return discount.Rule{}, unsureCode(part)
	}
	if isFormulaError(part) {
		_, err := ParseText(part)
		return discount.Rule{}, err
	}
	if match, pattern, ok := cutGermanMatch(part); ok {
		r := discount.Rule{Match: match, Pattern: pattern}
		if pattern == "" {
			return r, NewError("not_a_code", part, sentence.Of("lacks the text of the code"), wantCode)
		}
		return r, ruleError(part, r.Validate())
	}
	if !typed && damaged(part) {
		return discount.Rule{}, NewError("damaged_code", part,
			sentence.Of("looks like a code that the spreadsheet turned into a date or a number"),
			typeAgain("code"))
	}
	if percentage.MatchString(part) {
		return discount.Rule{}, NewError("not_a_code", part, sentence.Of("is a percentage, not a code"), wantCode)
	}
	if amountAlone.MatchString(part) {
		return discount.Rule{}, NewError("not_a_code", part, sentence.Of("is an amount, not a code"), wantCode)
	}
	if formulaLike.MatchString(part) {
		return discount.Rule{}, NewError("not_a_code", part, sentence.Of("looks like a formula"), wantCode)
	}
	r, err := discount.ParseRule(part)
	if err != nil {
		return discount.Rule{}, ruleError(part, err)
	}
	if r.Match != discount.Equals || r.Pattern != part { // it says what it is
		return r, nil
	}
	if words := joiners.Split(part, -1); len(strings.Fields(part)) > 1 {
		return discount.Rule{}, NewError("ambiguous_code", part, sentence.Of("is one code with a blank in it or several codes"),
			sentence.Of(`write "equals %s" for the one, or commas between the others, and leave the cell blank if it is none`, texts.Shorten(part)),
			"equals "+texts.Shorten(part), texts.Shorten(strings.Join(words, ", ")))
	}
	if isAboutCode(part) {
		return discount.Rule{}, NewError("ambiguous_code", part, sentence.Of("may be a code or a remark"),
			sentence.Of(`write "equals %s" if it is the code, and leave the cell blank if there is none`, texts.Shorten(part)))
	}
	return r, nil
}

// isUnsure reports whether a code has a question mark before or behind it.
func isUnsure(code string) bool { return strings.HasPrefix(code, "?") || strings.HasSuffix(code, "?") }

func unsureCode(part string) error {
	return NewError("not_a_code", part, sentence.Of("has a question mark, so that nobody knows whether it is the code"), wantCode)
}

// ruleError makes an error of the discount package one of a cell.
func ruleError(part string, err error) error {
	if err == nil {
		return nil
	}
	problem := sentence.Of("is not a code")
	if re, ok := errors.AsType[*discount.RuleError](err); ok {
		problem = sentence.Of(re.Format, re.Args...)
	}
	return NewError("not_a_code", part, problem, sentence.Sentence{})
}

// germanMatches are the German words for the kinds of comparing.
var germanMatches = []struct {
	words string
	match discount.Match
}{
	{"enthält", discount.Contains}, {"enthaelt", discount.Contains},
	{"beginnt mit", discount.StartsWith}, {"startet mit", discount.StartsWith},
	{"endet auf", discount.EndsWith}, {"endet mit", discount.EndsWith},
	{"ist gleich", discount.Equals}, {"gleich", discount.Equals},
}

// cutGermanMatch reads a rule in German, with or without the word "Code" in front.
func cutGermanMatch(part string) (discount.Match, string, bool) {
	words := strings.Fields(part)
	if len(words) > 1 && strings.EqualFold(words[0], "code") {
		part = texts.Trim(part[len(words[0]):])
	}
	for _, g := range germanMatches {
		if len(part) < len(g.words) || !strings.EqualFold(part[:len(g.words)], g.words) {
			continue
		}
		rest := part[len(g.words):]
		if pattern := strings.TrimLeftFunc(rest, unicode.IsSpace); pattern != rest || rest == "" {
			return g.match, texts.Trim(pattern), true
		}
	}
	return "", "", false
}

var (
	// formulaLike is a formula as text, such as +SUM(1+1)*2.
	formulaLike = regexp.MustCompile(`(?i)^[=+@-]+\s*[A-Z][A-Z0-9.]*\(`)
	// percentage is one without a code, as it stands beside one too; see percentBeside.
	percentage = regexp.MustCompile(`^[\s+\-–—−=:→,(\[]*\d+([.,]\d+)? ?%(?: ?(?i:off|discount|rabatt|nachlass))?[)\]]?$`)
	// amountAlone is what a code takes off, without the code.
	amountAlone = regexp.MustCompile(`^[+\-–−]?\d+(?:[.,]\d+)?\s?[€$£]$|^[+\-–−]?[€$£]\s?\d+(?:[.,]\d+)?$`)
	// scientific is what becomes of 1E5, as typed and as shown.
	scientific = regexp.MustCompile(`^\d+([.,]\d+)?[eE][+-]?\d+$`)
	// dayMonth and monthDay are what becomes of MAR10; the words still have to be months.
	dayMonth = regexp.MustCompile(`^\d{1,2}(?:\. ?|[- /])(\pL+)\.?(?:[- /.]+\d{2,4})?$`)
	monthDay = regexp.MustCompile(`^(\pL+)(?:\. ?|[- /])\d{1,4}$`)
	shortDay = regexp.MustCompile(`^\d{1,2}[./]\d{1,2}\.?$`)
)

// damaged reports whether a spreadsheet has made something else of a code. Digits alone are left: 2026 is a code that
// people use, and of 7 nobody can tell that it was 007.
func damaged(part string) bool {
	if scientific.MatchString(part) || shortDay.MatchString(part) {
		return true
	}
	for _, re := range []*regexp.Regexp{dayMonth, monthDay} {
		if m := re.FindStringSubmatch(part); m != nil && monthOf(m[1]) != "" {
			return true
		}
	}
	if texts.IsDigits(part) || strings.IndexFunc(part, unicode.IsDigit) < 0 {
		return false
	}
	if _, err := ParseDate(part, OrderUnknown); err != nil {
		ce, ok := errors.AsType[*Error](err)
		return ok && ce.Code == "ambiguous_date"
	}
	return true
}

// ParseMatch reads a cell that says how a code is compared.
func ParseMatch(text string) (discount.Match, error) {
	t, err := ParseText(text)
	if err != nil {
		return "", err
	}
	for _, g := range germanMatches {
		if strings.EqualFold(t, g.words) {
			return g.match, nil
		}
	}
	m, err := discount.ParseMatch(t)
	if err != nil {
		return "", NewError("unknown_match", t, sentence.Of("does not say how a code is compared"),
			sentence.Of(`write "equals", "contains", "starts with" or "ends with"`))
	}
	return m, nil
}

// WithoutNoValues takes out of a list of tags or codes what stands for none of them, as a function says.
func WithoutNoValues(list string, isNone func(string) bool) (rest string, words []string) {
	var kept []string
	for _, part := range splitCodes(list) {
		if isNone(part) {
			words = append(words, strconv.Quote(texts.Shorten(part)))
		} else {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ", "), words
}

// IsNoCode reports whether a part of a list of codes stands for none. A lone "*" is a rule without its text, not a filler.
func IsNoCode(t string) bool {
	return IsNoValue(t) || IsBlank(t) || IsNoIdentity(t) && !strings.Contains(t, "*") || isTick(t) ||
		t != strings.ToUpper(t) && codeStates[texts.PlainWords(strings.Trim(t, codeMarks))]
}

// isTick reports whether a text in a column of codes only says that there is one, or none: "✓", "❌", "TRUE", as check boxes are
// exported.
func isTick(t string) bool {
	switch strings.ToLower(t) {
	case "true", "false", "wahr", "falsch", "checked", "unchecked":
		return true
	}
	return !strings.Contains(t, "*") && !strings.ContainsFunc(t, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// codeStates say how far a code is, and are none, unless they stand in capitals as codes do. They are in the form of PlainWords.
var codeStates = indexPhrases(`requested, created, active, inactive, coming soon, not needed, none needed, to be created, in progress, see briefing,
	see brief, done, live, online, posted, sent, shared, ready, generated, set up, existing, in shop, in the shop, ok, okay, valid, expired, deactivated, disabled,
	used, unused,
	erledigt, fertig, gesendet, verschickt, geteilt, bereit, vorhanden, liegt vor, eingerichtet, hinterlegt, im shop, gültig, abgelaufen, deaktiviert,
	angefragt, beantragt, erstellt, angelegt, aktiv, inaktiv, kommt, in arbeit, nicht nötig, nicht benötigt, wird erstellt, siehe briefing`)
