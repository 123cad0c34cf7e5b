package utm

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Slug turns a name into lower-case ASCII letters and digits with single dashes between the words:
// "Summer Sale 2026" becomes "summer-sale-2026", "Jörg Weiß" becomes "joerg-weiss".
//
//   - ä, ö, ü, ß, æ, ø and their like are spelled out; other accents are dropped (é becomes e).
//   - Greek and Cyrillic letters are transliterated.
//   - A word with letters that have no ASCII form (Chinese, Arabic, …) is written in Punycode (RFC 3492),
//     as in the names of websites. That is hard to read, but never empty, and different for different words.
//   - Apostrophes vanish; everything else between letters and digits, ™ included, is a gap between words.
//   - A slug is at most [MaxValueLen] long; the rest is cut.
//
// A slug is empty only if the name, normalised to NFKC, has neither letters nor digits. The slug of a slug
// is itself.
func Slug(s string) string {
	s = strings.ToLower(norm.NFKC.String(slugMarks.Replace(s)))
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(s, isGap) {
		if b.Len() > MaxValueLen {
			break
		}
		if word = asciiWord(word); word == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(word)
	}
	slug := b.String()
	if len(slug) > MaxValueLen {
		slug = strings.TrimRight(slug[:MaxValueLen], "-")
	}
	return slug
}

// slugMarks treats the marks that are neither part of a word nor a plain gap.
var slugMarks = strings.NewReplacer("'", "", "’", "", "‘", "", "`", "", "´", "", "™", " ", "℠", " ")

func isGap(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
}

// asciiWord writes one lower-case word in ASCII. It is "" only if the word has just accents.
func asciiWord(word string) string {
	if isASCII(word) {
		return word
	}
	var letters []rune
	for _, r := range word {
		if len(letters) >= MaxValueLen {
			break // a slug is cut there anyway, and Punycode takes quadratic time
		}
		if unicode.IsMark(r) {
			// An accent goes with its letter: it matters where the letter stays, and is dropped elsewhere.
			if n := len(letters); n == 0 || letters[n-1] < utf8.RuneSelf {
				continue
			}
			letters = append(letters, r)
			continue
		}
		if ascii, ok := asciiLetter(r); ok {
			letters = append(letters, []rune(ascii)...)
		} else {
			letters = append(letters, r)
		}
	}
	if len(letters) == 0 && strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsMark(r) }) {
		letters = []rune(word) // letters such as ь, which are silent beside others
		letters = letters[:min(len(letters), MaxValueLen)]
	}
	if ascii := string(letters); isASCII(ascii) {
		return ascii
	}
	return punycode(letters)
}

// asciiLetter spells one letter or digit in ASCII, if it has such a form.
func asciiLetter(r rune) (string, bool) {
	if r < utf8.RuneSelf {
		return string(r), true
	}
	if ascii, ok := spellings[r]; ok {
		return ascii, true
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	if base < utf8.RuneSelf {
		return string(base), true
	}
	ascii, ok := spellings[base]
	return ascii, ok
}
