package discount

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Cause is why a shop may take two codes for one that [Normalize] keeps apart.
type Cause string

// The causes. Where several come together, the later one in this list is told.
const (
	CauseAccent Cause = "accent" // RENÉ10 and RENE10
	CauseMark   Cause = "mark"   // vowel signs and tone marks, such as those of Hebrew, Arabic and Thai
	CauseDigit  Cause = "digit"  // digits of another script: ANA١٠ and ANA10
	CauseKana   Cause = "kana"   // はな10 and ハナ10, ばら10 and はら10
	CauseLetter Cause = "letter" // one letter or other character for another: SØREN10 and SOREN10, ÆON10 and AEON10
)

// CauseOf returns what two different codes differ in, "" if their normal forms are the same. It does not ask whether any
// shop takes them for one.
func CauseOf(a, b string) Cause {
	a, b = Normalize(a), Normalize(b)
	if a == b {
		return ""
	}
	plainA, causeA := withoutMarks(a)
	plainB, causeB := withoutMarks(b)
	cause := causeA
	if causes[causeB] > causes[cause] {
		cause = causeB
	}
	for _, step := range []struct {
		cause Cause
		fold  func(rune) rune
	}{{CauseDigit, asciiDigit}, {CauseKana, largeKatakana}} {
		if plainA == plainB {
			return cause
		}
		plainA, plainB, cause = strings.Map(step.fold, plainA), strings.Map(step.fold, plainB), step.cause
	}
	if plainA == plainB {
		return cause
	}
	return CauseLetter
}

// causes has the order in which causes are told.
var causes = map[Cause]int{CauseAccent: 1, CauseMark: 2, CauseDigit: 3, CauseKana: 4, CauseLetter: 5}

// withoutMarks takes letters apart and leaves out their accents and other marks. The cause is that of the marks.
func withoutMarks(key string) (plain string, cause Cause) {
	plain = strings.Map(func(r rune) rune {
		if !unicode.Is(unicode.Mn, r) {
			return r
		}
		of := CauseMark
		switch {
		case r <= '\u036f':
			of = CauseAccent
		case r == '\u3099' || r == '\u309a': // of kana
			of = CauseKana
		}
		if causes[of] > causes[cause] {
			cause = of
		}
		return -1
	}, norm.NFD.String(key))
	return plain, cause
}

// asciiDigit maps a decimal digit of any script. The ten digits of a script follow each other.
func asciiDigit(r rune) rune {
	if r < 0x80 || !unicode.Is(unicode.Nd, r) {
		return r
	}
	zero := r
	for n := range rune(10) {
		if !unicode.Is(unicode.Nd, r-n) {
			break
		}
		zero = r - n
	}
	return '0' + (r-zero)%10
}

// largeKatakana writes hiragana as katakana, and small letters of both as large ones.
func largeKatakana(r rune) rune {
	if 'ぁ' <= r && r <= 'ゖ' {
		r += 'ァ' - 'ぁ'
	}
	if strings.ContainsRune("ァィゥェォッャュョヮ", r) {
		r++
	}
	return r
}
