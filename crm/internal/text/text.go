// Package text has the forms in which texts are compared, stored and shown. It stands below the packages of crm that
// need one form, and knows none of their types.
package text

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/getklar/influencercrm/discount"
)

// Fold returns the form in which names are compared: NFKC, case folded, without zero-width characters, white space
// trimmed and collapsed.
func Fold(s string) string {
	return strings.Join(strings.Fields(discount.Caseless(s)), " ")
}

// Clean returns the form in which texts are stored: NFC, without white space and zero-width characters at the ends.
func Clean(s string) string {
	return strings.TrimFunc(norm.NFC.String(s), func(r rune) bool {
		return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' || r == '\u200C' || r == '\u2060'
	})
}

// IsControl reports whether a character controls the layout of a text: a control character, one of Unicode's line and
// paragraph separators, or one that sets the direction in which a text is written, which makes a name read as another one.
func IsControl(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r)
}

// maxShown is how many characters of a value a message shows.
const maxShown = 60

// Shorten cuts a value after 60 characters for use in a message.
func Shorten(s string) string {
	if utf8.RuneCountInString(s) <= maxShown {
		return s
	}
	n := 0
	for i := range s {
		if n == maxShown {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// Count reads "1 cooperation" or "2 cooperations".
func Count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

// List joins at most five items with commas and counts the others: "a, b, c, d, e and 2 more".
func List(items []string) string {
	const most = 5
	if more := len(items) - most; more > 0 {
		return strings.Join(items[:most], ", ") + " and " + strconv.Itoa(more) + " more"
	}
	return strings.Join(items, ", ")
}
