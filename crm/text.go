package crm

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/getklar/influencercrm/discount"
	"golang.org/x/text/unicode/norm"
)

// The longest texts, in characters.
const (
	MaxName  = 200    // names of records, categories, tags, keys of custom fields
	MaxNotes = 20_000 // notes, values of custom fields
	MaxLink  = 2_048  // links and email addresses
)

// Fold is the form in which names are compared and searched: NFKC, case folded, without zero-width
// characters, white space trimmed and collapsed. "Strauß " and "STRAUSS" are the same name. Stores keep it in a
// column of its own, so that no database's collation has a say.
func Fold(s string) string {
	// The normal form of codes is just that but for the white space inside, which counts in a code.
	return strings.Join(strings.Fields(discount.Normalize(s)), " ")
}

// invisible are the characters that a copied text drags along at its ends.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' || r == '\u200C' || r == '\u2060'
}

// Clean is the form in which texts are stored: NFC, without white space and invisible characters
// at the ends. What stands inside is kept as typed.
func Clean(s string) string {
	return strings.TrimFunc(norm.NFC.String(s), invisible)
}

// text cleans *s and reports what is wrong with it. Line breaks and tabs are allowed where lines is
// true, which is in notes.
func (p *problems) text(field string, s *string, max int, lines bool) {
	if !utf8.ValidString(*s) {
		p.add(field, *s, "is not valid text (UTF-8); type it again")
		*s = strings.ToValidUTF8(*s, "\uFFFD")
		return
	}
	*s = Clean(*s)
	if n := utf8.RuneCountInString(*s); n > max {
		p.addf(field, *s, "has %d characters; at most %d are allowed", n, max)
	} else if max <= maxCooperationName && len(Fold(*s)) > 4*max {
		p.add(field, *s, "has letters that stand for whole words, and is too long with these written out; write fewer of them")
	}
	for _, r := range *s {
		if isControl(r) && (!lines || !strings.ContainsRune("\n\r\t\u2028\u2029", r)) {
			p.addf(field, *s, "has %s inside; remove it", controlName(r))
			return
		}
	}
}

// name is a text that must not be empty.
func (p *problems) name(field string, s *string, what string) {
	p.text(field, s, MaxName, false)
	if Fold(*s) == "" { // characters that cannot be seen are no name either
		p.addf(field, *s, "%s needs a name", what)
	}
}

// isControl reports whether a character steers the text instead of being part of it.
func isControl(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

func controlName(r rune) string {
	switch r {
	case '\n', '\r', '\u2028', '\u2029':
		return "a line break"
	case '\t':
		return "a tab"
	default:
		return fmt.Sprintf("the control character %U, which cannot be seen,", r)
	}
}
