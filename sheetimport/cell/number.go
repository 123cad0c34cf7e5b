package cell

import (
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// multiples are the words behind a number that stand for zeros, by how many: 12,5k, 120 Tsd., 1.2M, 2 Mrd. "Billion" is
// none, because it has nine zeros in English and twelve in German.
var multiples = map[string]int{
	"k": 3, "tsd": 3, "tausend": 3, "thousand": 3,
	"m": 6, "mn": 6, "mio": 6, "mill": 6, "million": 6, "millions": 6, "millionen": 6,
	"b": 9, "bn": 9, "mrd": 9, "milliarde": 9, "milliarden": 9,
	"lakh": 5, "lakhs": 5, "lac": 5, "lacs": 5, "crore": 7, "crores": 7,
}

// cutMultiple takes such a word off the beginning of what stands behind a number.
func cutMultiple(after string) (zeros int, rest string) {
	s := strings.TrimLeftFunc(after, unicode.IsSpace)
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	zeros, ok := multiples[strings.ToLower(s[:end])]
	if !ok {
		return 0, after
	}
	return zeros, strings.TrimPrefix(s[end:], ".")
}

// times moves the decimals of a number to the left of its point, and zeros after them.
func (n number) times(zeros int) number {
	if zeros == 0 {
		return n
	}
	moved := n.fraction
	if lacking := zeros - len(moved); lacking > 0 {
		moved += strings.Repeat("0", lacking)
	}
	n.whole, n.fraction = strings.TrimLeft(n.whole+moved[:zeros], "0"), moved[zeros:]
	if n.whole == "" {
		n.whole = "0"
	}
	return n
}

// DecimalStyle says which of the two marks in a column's numbers stands before the decimals.
type DecimalStyle uint8

// The ways to write 1234 and a half.
const (
	StyleUnknown  DecimalStyle = iota
	CommaDecimals              // 1.234,50 as in German
	PointDecimals              // 1,234.50 as in English
)

// String returns "unknown", "comma" or "point".
func (s DecimalStyle) String() string {
	switch s {
	case CommaDecimals:
		return "comma"
	case PointDecimals:
		return "point"
	}
	return "unknown"
}

// other is the other style, of one that is known.
func (s DecimalStyle) other() DecimalStyle {
	if s == CommaDecimals {
		return PointDecimals
	}
	return CommaDecimals
}

// DecimalStyleOf finds the style of a whole column of amounts: "7.500,00 €", "12,50" and "800,-" prove the comma,
// "1,234.50" the point, and "1.234" or "500" prove nothing. It is unknown without proof, or with proof of both. The texts
// are those that proved a style, one of each.
func DecimalStyleOf(all []string) (style DecimalStyle, proofs []string) {
	found := StyleUnknown
	for _, t := range all {
		t = texts.Trim(t)
		a, ok := splitAmount(t)
		if !ok {
			continue
		}
		switch s := a.proves(); {
		case s == StyleUnknown, s == found:
		case found == StyleUnknown:
			found, proofs = s, []string{t}
		default:
			return StyleUnknown, append(proofs, t)
		}
	}
	return found, proofs
}

// number is a number as written, without group separators.
type number struct{ whole, fraction string }

func (n number) String() string {
	if n.fraction == "" {
		return n.whole
	}
	return n.whole + "." + n.fraction
}

// readings returns the numbers that s can mean: none, one or two. A known style decides between two.
func readings(s string, style DecimalStyle) []number {
	comma, isComma := parseNumber(s, CommaDecimals)
	point, isPoint := parseNumber(s, PointDecimals)
	switch {
	case isComma && isPoint && comma != point:
		switch style {
		case CommaDecimals:
			return []number{comma}
		case PointDecimals:
			return []number{point}
		}
		return []number{comma, point}
	case isComma:
		return []number{comma}
	case isPoint:
		return []number{point}
	}
	return nil
}

// parseNumber reads digits with separators by the strict rules of one style: groups have three digits, the first
// has one to three and no leading zero, and all separators between groups are alike. Where commas group, the Indian way is
// read too, in which all groups but the last have two digits: 12,34,567.
func parseNumber(s string, style DecimalStyle) (number, bool) {
	decimal, group := ',', '.'
	if style == PointDecimals {
		decimal, group = '.', ','
	}
	var n number
	if i := strings.IndexRune(s, decimal); i >= 0 {
		s, n.fraction = s[:i], s[i+1:]
		if !texts.IsDigits(n.fraction) {
			return number{}, false
		}
	}
	var separator rune
	groups := []string{}
	start := 0
	for i, r := range s {
		if r >= '0' && r <= '9' {
			continue
		}
		sep := groupSeparator(r)
		if sep != group && sep != '\'' && sep != ' ' || separator != 0 && sep != separator {
			return number{}, false
		}
		separator = sep
		groups = append(groups, s[start:i])
		start = i + len(string(r))
	}
	groups = append(groups, s[start:])
	lakh := len(groups) > 2 && separator == ',' && len(groups[1]) == 2
	for i, g := range groups {
		length := 3
		if lakh && i < len(groups)-1 {
			length = 2
		}
		switch {
		case !texts.IsDigits(g):
			return number{}, false
		case len(groups) == 1:
		case i > 0 && len(g) != length, i == 0 && (len(g) > length || g[0] == '0'):
			return number{}, false
		}
	}
	n.whole = strings.TrimLeft(strings.Join(groups, ""), "0")
	if n.whole == "" {
		n.whole = "0"
	}
	return n, true
}

// groupSeparator brings the kinds of one separator together: the typographic apostrophe, the narrow blanks.
func groupSeparator(r rune) rune {
	switch r {
	case '\'', '’':
		return '\''
	case ' ', '\u00A0', '\u202F', '\u2009':
		return ' '
	}
	return r
}

// A large whole number needs bounds before anything is computed with it.
const (
	maxWholeDigits    = 16 // 10^15 of a currency without decimals
	maxFractionDigits = 4  // no currency has more
)

// withoutNoise rounds a number with more decimals and digits than anybody types to the digits that count: programs
// write 0.30000000000000004 for what they computed in binary.
func (n number) withoutNoise() number {
	significant := len(strings.TrimLeft(n.whole+n.trimZeros().fraction, "0"))
	if significant <= sheet.MaxExactDigits || len(n.fraction) <= maxFractionDigits || len(n.whole) > maxWholeDigits {
		return n
	}
	d, err := decimal.NewFromString(n.String())
	if err != nil {
		return n
	}
	n.whole, n.fraction, _ = strings.Cut(exactDigits(d).String(), ".")
	return n
}

func (n number) trimZeros() number {
	n.fraction = strings.TrimRight(n.fraction, "0")
	return n
}

// written is the number with the given decimals, and with more only if they are not zeros.
func (n number) written(decimals int) string {
	n = n.trimZeros()
	if lacking := decimals - len(n.fraction); lacking > 0 {
		n.fraction += strings.Repeat("0", lacking)
	}
	return n.String()
}
