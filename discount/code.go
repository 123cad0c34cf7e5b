package discount

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// MaxCodeLen is the greatest length of a code or pattern in characters (runes).
// It holds for the text as typed and for its normal form.
const MaxCodeLen = 64

// maxRounds bounds the rounds of Normalize. At most two have been seen to change
// a text, with a third to confirm it; the bound is there so that a surprise in
// some future version of Unicode cannot become an endless loop.
const maxRounds = 8

// Normalize returns the one normal form of a code or pattern, in which codes
// are compared: that of [Caseless], in which the Turkish İ is an i, as databases
// have it. Inner spaces and dashes count.
//
// Normalize is idempotent. It returns "" for a text without visible characters.
// Text in plain ASCII that is normal already is returned as it is, without
// allocation.
//
// The result is made for comparing, not for showing, and may differ between
// Unicode versions for letters that are new in one of them: store what was
// typed, and derive the normal form from it.
func Normalize(code string) string {
	if s, ascii := foldASCII(code); ascii {
		return s
	}
	s := Caseless(code)
	if undotted := withoutDots(s); undotted != s {
		s = Caseless(undotted) // what stood behind the dot may compose with the i
	}
	return s
}

// Caseless returns the form in which other texts than codes are compared:
// Unicode NFKC, without zero-width characters, case folded and trimmed. Bytes
// that are not UTF-8 become U+FFFD, so that the result is always valid UTF-8.
//
// Case folding makes two characters of İ, an i and a dot above it. Names are
// kept apart by them; codes are not, see [Normalize].
func Caseless(text string) string {
	if s, ascii := foldASCII(text); ascii {
		return s
	}

	// One round is not always enough: removing a zero-width joiner can bring a
	// letter and its accent together, and folding can take a composed letter
	// apart. The round is repeated until nothing changes.
	fold := cases.Fold()
	s := strings.ToValidUTF8(text, string(utf8.RuneError))
	for range maxRounds {
		next := norm.NFKC.String(s)
		next = fold.String(next)
		next = strings.Map(foldRune, next)
		next = strings.TrimSpace(next)
		if next == s {
			break
		}
		s = next
	}
	return s
}

// foldASCII is Caseless for a text in plain ASCII, and reports whether it is one.
func foldASCII(text string) (folded string, ascii bool) {
	lower, ascii := inspectASCII(text)
	if !ascii {
		return "", false
	}
	text = strings.TrimSpace(text)
	if !lower {
		text = strings.ToLower(text)
	}
	return text, true
}

// dotAbove is the combining character that case folding leaves of İ.
const dotAbove = '\u0307'

// withoutDots removes the dot above each i of a caseless text. Marks below the
// i may stand between the two.
func withoutDots(s string) string {
	if !strings.ContainsRune(s, dotAbove) {
		return s
	}
	dotted := false // whether a dot that comes now is that of an i
	return strings.Map(func(r rune) rune {
		if dotted && r == dotAbove {
			return -1
		}
		class := norm.NFKC.PropertiesString(string(r)).CCC()
		dotted = r == 'i' || dotted && class != 0 && class != norm.NFKC.PropertiesString(string(dotAbove)).CCC()
		return r
	}, s)
}

// appendNormalized appends the normal form of a code. For a code in ASCII it allocates nothing if dst has room for it and a
// block more.
func appendNormalized(dst []byte, code string) []byte {
	from := len(dst)
	dst = slices.Grow(dst, len(code)+blockSize)
	if !lowerASCII(dst[from:cap(dst)], code) {
		return append(dst, Normalize(code)...)
	}
	key := dst[from : from+len(code)]
	if len(key) > 0 && (key[0] <= ' ' || key[len(key)-1] <= ' ') {
		return append(dst, bytes.TrimSpace(key)...)
	}
	return dst[:from+len(code)]
}

// inspectASCII reports whether s is plain ASCII, and if so, whether it is
// without capital letters.
func inspectASCII(s string) (lower, ascii bool) {
	lower = true
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return false, false
		case 'A' <= c && c <= 'Z':
			lower = false
		}
	}
	return lower, true
}

// foldRune drops zero-width characters, and finishes the folding of Cherokee.
// Alone among the scripts, Cherokee folds to its capitals, and cases.Fold swaps
// small letters and capitals instead, so that it would never come to rest.
func foldRune(r rune) rune {
	switch {
	case unicode.Is(zeroWidth, r):
		return -1
	case 'ꭰ' <= r && r <= 'ꮿ': // the first 80 small letters
		return r - 'ꭰ' + 'Ꭰ'
	case 'ᏸ' <= r && r <= 'ᏽ': // the other 6
		return r - 'ᏸ' + 'Ᏸ'
	}
	return r
}

// zeroWidth is Unicode's set Default_Ignorable_Code_Point: what is not drawn,
// such as joiners, direction marks, soft hyphens and variation selectors. It is
// the set that Unicode itself removes in its form for caseless comparison
// (NFKC_Casefold). It is written out because the standard library has only the
// parts that it is derived from.
var zeroWidth = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00AD, Hi: 0x00AD, Stride: 1}, // soft hyphen
		{Lo: 0x034F, Hi: 0x034F, Stride: 1}, // combining grapheme joiner
		{Lo: 0x061C, Hi: 0x061C, Stride: 1}, // Arabic letter mark
		{Lo: 0x115F, Hi: 0x1160, Stride: 1}, // Hangul fillers
		{Lo: 0x17B4, Hi: 0x17B5, Stride: 1}, // Khmer inherent vowels
		{Lo: 0x180B, Hi: 0x180F, Stride: 1}, // Mongolian variation selectors
		{Lo: 0x200B, Hi: 0x200F, Stride: 1}, // zero-width space, joiners, direction marks
		{Lo: 0x202A, Hi: 0x202E, Stride: 1}, // direction embeddings and overrides
		{Lo: 0x2060, Hi: 0x206F, Stride: 1}, // word joiner, invisible operators, isolates
		{Lo: 0x3164, Hi: 0x3164, Stride: 1}, // Hangul filler
		{Lo: 0xFE00, Hi: 0xFE0F, Stride: 1}, // variation selectors
		{Lo: 0xFEFF, Hi: 0xFEFF, Stride: 1}, // byte order mark
		{Lo: 0xFFA0, Hi: 0xFFA0, Stride: 1}, // half-width Hangul filler
		{Lo: 0xFFF0, Hi: 0xFFF8, Stride: 1}, // reserved
	},
	R32: []unicode.Range32{
		{Lo: 0x1BCA0, Hi: 0x1BCA3, Stride: 1}, // shorthand format controls
		{Lo: 0x1D173, Hi: 0x1D17A, Stride: 1}, // musical format controls
		{Lo: 0xE0000, Hi: 0xE0FFF, Stride: 1}, // tags, variation selectors supplement
	},
	LatinOffset: 1,
}

// ValidateCode reports whether a text can be a discount code. It refuses text
// that is empty (or has only spaces and invisible characters), is longer than
// [MaxCodeLen], is not UTF-8, has control characters or line breaks inside, or
// holds a placeholder, see [HasPlaceholder]. Space around the code is allowed.
// The error is a [*RuleError] with the field "code" and matches [ErrInvalid].
func ValidateCode(code string) error {
	if _, wrong := checkCode(code); !wrong.isZero() {
		return wrong.in("code", code)
	}
	return nil
}

// HasPlaceholder reports whether a code or pattern still holds a [...] or {...}
// that somebody meant to replace, as in "contains [style name]".
func HasPlaceholder(code string) bool {
	return placeholderIn(Normalize(code)) != ""
}

// placeholderIn returns the first placeholder in a normal form, or "".
func placeholderIn(key string) string {
	for _, brackets := range []string{"[]", "{}"} {
		from := strings.IndexByte(key, brackets[0])
		if from < 0 {
			continue
		}
		if n := strings.IndexByte(key[from:], brackets[1]); n >= 0 {
			return key[from : from+n+1]
		}
	}
	return ""
}

// checkCode returns the normal form of a text, and what keeps the text from
// being a code, if anything does.
func checkCode(text string) (key string, wrong problem) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) {
		return "", problemf("has characters that could not be read; save the source as UTF-8")
	}
	// Counted before normalising, which costs more.
	if n := utf8.RuneCountInString(text); n > MaxCodeLen {
		return "", problemf("has %d characters; at most %d are allowed", n, MaxCodeLen)
	}
	if strings.ContainsFunc(strings.TrimSpace(text), isControl) {
		return "", problemf("has a line break, tab or other control character inside; remove it")
	}

	key = Normalize(text)
	switch n := utf8.RuneCountInString(key); {
	case n == 0:
		return "", problemf("is empty; write the code, such as PAM10")
	case n > MaxCodeLen:
		return "", problemf("has %d characters when its special characters are written out; at most %d are allowed", n, MaxCodeLen)
	}
	if p := placeholderIn(key); p != "" {
		return "", problemf("still holds the placeholder %s; replace it with the real text", p)
	}
	return key, problem{}
}

func isControl(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
}
