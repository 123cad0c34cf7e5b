package texts

import (
	"html"
	"regexp"
	"strings"
)

// entity is a sign as the source of a web page has it: "&amp;", "&#39;", "&uuml;".
var entity = regexp.MustCompile(`&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});`)

// WithoutEntities returns a text with the signs that stand in it as in the source of a web page, be they written so once, as in
// "A &amp; B", or again by the next program, as in "A &amp;amp; B".
func WithoutEntities(s string) string {
	const rounds = 4
	for range rounds {
		if !strings.Contains(s, "&") {
			return s
		}
		plain := entity.ReplaceAllStringFunc(s, unescape)
		if plain == s {
			return s
		}
		s = plain
	}
	return s
}

// unescape returns the sign that an entity is, and anything else as it is. html.UnescapeString reads a word that only
// begins with one, too: the "&REG" in "KIM&REGINA;".
func unescape(s string) string {
	plain := html.UnescapeString(s)
	if strings.HasSuffix(plain, ";") && plain != ";" {
		return s
	}
	return plain
}
