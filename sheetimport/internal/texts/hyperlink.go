package texts

import (
	"cmp"
	"regexp"
	"strings"
)

// hyperlink is a formula whose address and text are written in it.
var hyperlink = regexp.MustCompile(`(?i)^=?\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)\s*$`)

// HyperlinkOf returns where the link of such a formula leads, if that is a web page, and what it shows.
func HyperlinkOf(formula string) (link, text string) {
	m := hyperlink.FindStringSubmatch(formula)
	if m == nil {
		return "", ""
	}
	link, text = strings.ReplaceAll(m[1], `""`, `"`), strings.ReplaceAll(m[2], `""`, `"`)
	text = cmp.Or(text, link)
	if !IsWebLink(link) {
		link = ""
	}
	return link, text
}

// IsWebLink reports whether a link leads to a web page.
func IsWebLink(link string) bool {
	lower := strings.ToLower(link)
	return strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://")
}

// formula is what a spreadsheet program would calculate: a function, a cell, another tab. A sum of numbers is a text like
// any other, which can be read as it stands.
var formula = regexp.MustCompile(`^=\s*[+-]?\s*(?:[A-Za-zÄÖÜäöü_][\wÄÖÜäöü.]*\s*\(|\$?[A-Z]{1,3}\$?\d{1,7}\s*(?:[-+*/&:^,;]|$)|'[^']+'!|\w+!\$?[A-Z])`)

// IsFormula reports whether a text is a formula that nobody has calculated.
func IsFormula(t string) bool { return strings.HasPrefix(t, "=") && formula.MatchString(t) }
