package discount

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// oddCharacters returns the warning about a pattern that [Normalize] takes for plain text and some shops do not: a customer
// who types what it looks like is refused there. It returns "" for plain text.
func oddCharacters(pattern string) string {
	pattern = strings.TrimSpace(pattern)
	composed := norm.NFC.String(pattern)
	switch {
	case strings.ContainsFunc(pattern, func(r rune) bool { return unicode.Is(zeroWidth, r) }):
		return "the code %q has an invisible character; shops may refuse the code when it is typed without, so write it anew by hand"
	case composed != pattern:
		return "the code %q has letters and their accents in two parts; shops may refuse the code when it is typed, so write it anew by hand"
	case norm.NFKC.String(composed) != composed:
		return "the code %q has a special form of a letter, digit or blank, such as full width; shops may refuse the code when it is typed in plain letters, so write it in these"
	}
	return ""
}
