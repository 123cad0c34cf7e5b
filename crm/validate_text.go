package crm

import (
	"maps"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"github.com/getklar/influencercrm/crm/internal/text"
	"github.com/getklar/influencercrm/crm/sentence"
)

// The longest texts, in characters.
const (
	MaxName  = 200    // names of records, categories, tags, keys of custom fields
	MaxNotes = 20_000 // notes, values of custom fields
	MaxLink  = 2_048  // links and email addresses
)

// Fold is the form in which names are compared and searched: NFKC, case folded, without zero-width characters, white
// space trimmed and collapsed. "Strauß " and "STRAUSS" are the same name. Stores keep it in a column of its own, so
// that no database's collation has a say.
func Fold(s string) string { return text.Fold(s) }

// Clean is the form in which texts are stored: NFC, without white space and invisible characters at the ends. What
// stands inside is kept as typed.
func Clean(s string) string { return text.Clean(s) }

// Shorten cuts a value after 60 characters for use in a message.
func Shorten(s string) string { return text.Shorten(s) }

// text cleans *s and reports what is wrong with it. Line breaks and tabs are allowed where lines is true, which is in
// notes.
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
		if text.IsControl(r) && (!lines || !strings.ContainsRune("\n\r\t\u2028\u2029", r)) {
			p.addf(field, *s, "has %s inside; remove it", controlName(r))
			return
		}
	}
}

// name is text for a text that must not be empty.
func (p *problems) name(field string, s *string, what string) {
	p.text(field, s, MaxName, false)
	if Fold(*s) == "" { // characters that cannot be seen are no name either
		p.addf(field, *s, "%s needs a name", sentence.Of(what))
	}
}

func controlName(r rune) sentence.Sentence {
	switch r {
	case '\n', '\r', '\u2028', '\u2029':
		return sentence.Of("a line break")
	case '\t':
		return sentence.Of("a tab")
	default:
		return sentence.Of("the control character %U, which cannot be seen,", r)
	}
}

// searchText folds the items of a record's SearchText and leaves out empty ones.
func searchText(items ...string) string {
	folded := make([]string, 0, len(items))
	for _, item := range items {
		if f := Fold(item); f != "" {
			folded = append(folded, f)
		}
	}
	return strings.Join(folded, "\n")
}

func valuesByKey(m map[string]string) []string {
	values := make([]string, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		values = append(values, m[key])
	}
	return values
}

// link checks an http or https link.
func (p *problems) link(field string, s *string) {
	p.text(field, s, MaxLink, false)
	if *s == "" {
		return
	}
	u, err := url.Parse(*s)
	if err != nil || u.Host == "" || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		p.add(field, *s, "is no web link; it must start with https:// and name a site")
	}
}

// email checks a bare address like mira@example.com.
func (p *problems) email(field string, s *string) {
	p.text(field, s, MaxLink, false)
	if *s == "" {
		return
	}
	a, err := mail.ParseAddress(*s)
	if err != nil || a.Address != *s || strings.ContainsAny(*s, "<>\"") {
		p.add(field, *s, "is no email address; it looks like mira@example.com")
	}
}

// phone checks a number with its country code and returns its E.164 form; the typed form is kept beside it.
func (p *problems) phone(field string, s *string) string {
	p.text(field, s, MaxName, false)
	if *s == "" {
		return ""
	}
	n, ok := parsePhone(*s, "")
	if !ok {
		p.add(field, *s, "is no phone number; write it with its country code, like +49 170 1234567")
		return ""
	}
	return phonenumbers.Format(n, phonenumbers.E164)
}
