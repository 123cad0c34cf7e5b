package sheetimport

import (
	"strings"
	"unicode"
)

// multiples are the words behind a number that stand for zeros, by how many: 12,5k, 120 Tsd., 1.2M, 2 Mrd. "Billion" is
// none, because it has nine zeros in English and twelve in German.
var multiples = map[string]int{
	"k": 3, "tsd": 3, "tausend": 3, "thousand": 3,
	"m": 6, "mn": 6, "mio": 6, "mill": 6, "million": 6, "millions": 6, "millionen": 6,
	"b": 9, "bn": 9, "mrd": 9, "milliarde": 9, "milliarden": 9,
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
