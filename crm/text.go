package crm

import (
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

// text cleans *s and reports what is wrong with it. Line breaks and tabs are allowed in notes only.
func (p *problems) text(field string, s *string, max int, lines bool) {
	if !utf8.ValidString(*s) {
		p.add(field, *s, "is not valid text (UTF-8); type it again")
		*s = strings.ToValidUTF8(*s, "\uFFFD")
		return
	}
	*s = Clean(*s)
	if n := utf8.RuneCountInString(*s); n > max {
		p.addf(field, *s, "has %d characters; at most %d are allowed", n, max)
	}
	for _, r := range *s {
		if unicode.IsControl(r) && !(lines && (r == '\n' || r == '\t' || r == '\r')) {
			p.addf(field, *s, "holds the control character %U; remove it", r)
			return
		}
	}
}

// name is a text that must not be empty.
func (p *problems) name(field string, s *string, what string) {
	p.text(field, s, MaxName, false)
	if *s == "" {
		p.addf(field, *s, "%s needs a name", what)
	}
}
