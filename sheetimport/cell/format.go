package cell

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// CurrencyInFormat finds the currency with which a number format, as Excel and Google Sheets write it, shows a number:
// EUR in #,##0.00 [$€-407], CAD in [$$-1009]#,##0.00, CHF in 0.00 "CHF inkl. MwSt". It is the three letters of the
// currency or, where these are not certain, the sign: "kr", "$". A word that multiplies what stands before it comes
// first: "k EUR" in 0.0" k€". Words that say nothing of the amount, such as netto, are left out. Other words, digits in a
// text and several currencies are returned so that no amount can be read with them. So is the currency of another
// section where the one for this value names none: what the cell shows may have been drawn by either.
func CurrencyInFormat(code string, value decimal.Decimal) string {
	_, section := SectionOf(code, value)
	if unit := currencyInSection(section); unit != "" {
		return unit
	}
	for _, section := range numberSections(code) {
		if unit := currencyInSection(section); unit != "" && value.IsZero() {
			return unit // a dash, or nothing at all, is often drawn for 0
		} else if unit != "" {
			return "? " + unit
		}
	}
	return ""
}

// currencyInSection is CurrencyInFormat for one section of a format.
func currencyInSection(code string) string {
	var text strings.Builder
	seen, split, between := false, false, false // a digit; a text between digits; a text after the first digit
	commas := 0                                 // at the end of the digits: each divides what is shown by a thousand
	for i := 0; i < len(code); {
		rest := code[i:]
		literal := ""
		switch {
		case strings.HasPrefix(rest, "[$"):
			inside, _, _ := strings.Cut(rest[2:], "]")
			sign, locale, _ := strings.Cut(inside, "-")
			literal = " " + currencyOfSign(sign, locale) + " "
			i += len("[$]") + len(inside)
		case rest[0] == '[':
			inside, _, _ := strings.Cut(rest, "]")
			i += len(inside) + 1
		case rest[0] == '"':
			literal, _, _ = strings.Cut(rest[1:], `"`)
			i += len(literal) + 2
		case rest[0] == '_', rest[0] == '*': // the width of the next character, and the one that fills the cell
			_, size := utf8.DecodeRuneInString(rest[1:])
			literal = " "
			i += 1 + size
		case rest[0] == '\\':
			_, size := utf8.DecodeRuneInString(rest[1:])
			literal = rest[1 : 1+size]
			i += 1 + size
		default:
			r, size := utf8.DecodeRuneInString(rest)
			i += size
			switch {
			case r >= utf8.RuneSelf, r == '$':
				literal = rest[:size]
			case strings.ContainsRune("0#?", r):
				split = split || between
				seen, commas = true, 0
				fallthrough
			default:
				text.WriteByte(' ')
			}
			if r == ',' && seen {
				commas++
			}
		}
		between = between || seen && strings.Trim(literal, " \u00A0\u202F\u2009'’") != ""
		text.WriteString(literal)
	}
	shown := texts.Trim(text.String())
	if split || strings.ContainsFunc(shown, unicode.IsDigit) {
		return "? " + strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return '#'
			}
			return r
		}, shown)
	}
	return unitOf(shown, 3*commas)
}

// SectionOf is the section of a number format that shows a value, and its index. A format has one for every value, or one
// each for those above, below and equal to zero, unless the sections have conditions such as [<1000]. The index of a value
// that no section shows is -1, and its section the # that fills the cell.
func SectionOf(code string, value decimal.Decimal) (index int, section string) {
	sections := numberSections(code)
	first, conditional := condition(sections[0], value)
	second, another := false, false
	if len(sections) > 1 {
		second, another = condition(sections[1], value)
	}
	if !conditional && (len(sections) == 3 || another) {
		first = value.IsPositive()
	} else if !conditional {
		first = len(sections) == 1 || !value.IsNegative()
	}
	if !another {
		second = len(sections) == 2 || value.IsNegative()
	}
	switch {
	case first:
		return 0, sections[0]
	case len(sections) > 1 && second:
		return 1, sections[1]
	case len(sections) > 2:
		return 2, sections[2]
	}
	return -1, `"#"`
}

// numberSections are the sections of a format but the fourth, which is for texts.
func numberSections(code string) []string {
	sections := splitSections(code)
	return sections[:min(len(sections), 3)]
}

// splitSections splits a number format at the semicolons that are not part of a text.
func splitSections(code string) []string {
	var sections []string
	start := 0
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"':
			i += 1 + max(0, strings.IndexByte(code[i+1:], '"'))
		case '[':
			i += max(0, strings.IndexByte(code[i:], ']'))
		case ';':
			sections = append(sections, code[start:i])
			start = i + 1
		}
	}
	return append(sections, code[start:])
}

// condition reports whether a section of a number format has a condition, and whether a value meets it.
func condition(section string, value decimal.Decimal) (met, found bool) {
	for rest := section; ; {
		_, after, ok := strings.Cut(rest, "[")
		if !ok {
			return false, false
		}
		inside, after, _ := strings.Cut(after, "]")
		rest = after
		sign := inside[:len(inside)-len(strings.TrimLeft(inside, "<>="))]
		limit, err := decimal.NewFromString(strings.TrimSpace(inside[len(sign):]))
		if sign == "" || err != nil || len(inside) > 32 || limit.Exponent() > 32 {
			continue
		}
		switch c := value.Cmp(limit); sign {
		case "<":
			return c < 0, true
		case "<=":
			return c <= 0, true
		case ">":
			return c > 0, true
		case ">=":
			return c >= 0, true
		case "=":
			return c == 0, true
		case "<>":
			return c != 0, true
		}
	}
}

// plainWords may stand beside an amount and say nothing of its currency or size.
var plainWords = texts.Set(`netto brutto net gross inkl inklusive incl including exkl exklusive excl excluding zzgl zuzüglich plus und and & mwst ust
	vat tax taxes steuer steuern agentur agency fee fees honorar kosten cost costs budget total gesamt summe fix fixed fixum pauschal pauschale flat
	stück stk pro per je each a à day tag week woche month monat monatlich monthly mtl year jahr jährlich p.a p.m post posts posting postings
	story stories reel reels video videos clip clips ca circa approx ab bis from up to in all top on off for für of von vom der die das the
	campaign kampagne creator influencer person optional required pflicht plan planned geplant ist soll est estimated final neu new alt old`)

// unitOf reads the words around a number that is shown divided by so many zeros: the word for zeros that multiplies it,
// if it does, and the currency. A text with a word that is not understood is returned as it is.
func unitOf(text string, divided int) string {
	var currencies []string
	zeros := 0
	add := func(c string) bool {
		if c != "" && !slices.Contains(currencies, c) {
			currencies = append(currencies, c)
		}
		return c != ""
	}
	words := unitWords(text)
	alone := len(words) == 1
	for _, word := range words {
		if add(currencyWord(word, alone)) || plainWords[strings.ToLower(strings.Trim(word, "."))] {
			continue
		}
		if n, ok := multiples[strings.ToLower(strings.Trim(word, "."))]; ok {
			zeros += n
			continue
		}
		for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == '/' || r == '-' || r == '.' }) {
			lower := strings.ToLower(part)
			switch {
			case add(currencyWord(part, alone)) || plainWords[lower]:
			case len(part) == 3 && add(string(CurrencyOf(part))):
			default:
				before, sign, after := cutSign(part)
				n, multiplies := multiples[strings.ToLower(before)]
				if strings.EqualFold(before, "t") { // T€, TEUR
					n, multiplies = 3, true
				}
				if before != "" && !multiplies && !plainWords[strings.ToLower(before)] || after != "" && !plainWords[strings.ToLower(after)] ||
					!add(currencyWord(sign, true)) {
					return text
				}
				zeros += n
			}
		}
	}
	unit := strings.Join(currencies, " ")
	switch {
	case zeros == 0 || zeros == divided:
		return unit
	case divided > 0:
		return "? " + text
	}
	for word, n := range map[string]int{"k": 3, "m": 6, "b": 9} {
		if n == zeros {
			return strings.TrimSpace(word + " " + unit)
		}
	}
	return "? " + text
}

// UnclearUnit reports whether a text in the header of an amount, as TEUR in "Cost (TEUR)", says that its numbers are
// anything but plain amounts in one known currency. A longer word that is not known is a remark, and no unit.
func UnclearUnit(text string) bool {
	const longest = 5
	text = texts.Trim(text)
	unit, words := unitOf(text, 0), unitWords(text)
	switch {
	case unit == "", CurrencyOf(unit) != "", sharedSigns[unit] != nil, isDollar(unit):
		return false
	case unit != text:
		return true // words for zeros, or several currencies
	case len(words) == 1 && !strings.ContainsFunc(text, unicode.IsDigit):
		return utf8.RuneCountInString(words[0]) <= longest || strings.EqualFold(words[0], "thousands")
	}
	return slices.ContainsFunc(words, func(w string) bool {
		return multiples[strings.ToLower(strings.Trim(w, "."))] > 0 || len(w) > 1 && currencyWord(w, false) != ""
	})
}

// cutSign finds a sign of a currency inside a word, as in k€, or three letters of one at its end, as in TEUR.
func cutSign(word string) (before, sign, after string) {
	if at := strings.IndexFunc(word, func(r rune) bool { return unicode.Is(unicode.Sc, r) }); at >= 0 {
		_, size := utf8.DecodeRuneInString(word[at:])
		return word[:at], word[at : at+size], word[at+size:]
	}
	if at := len(word) - 3; at > 0 && CurrencyOf(word[at:]) != "" && !strings.EqualFold(word, "mwst") { // the tax, not millions of tala
		return word[:at], word[at:], ""
	}
	return word, "", ""
}

// unitWords are the words of a text around a number.
func unitWords(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsDigit(r) || strings.ContainsRune("()[]+,;:'’\"*|−–—", r)
	})
	words = slices.DeleteFunc(words, func(w string) bool { return strings.Trim(w, ".-/…") == "" })
	for i, w := range words {
		words[i] = strings.TrimLeft(w, ".-")
	}
	return words
}
