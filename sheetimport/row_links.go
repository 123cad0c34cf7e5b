package sheetimport

import (
	"regexp"
	"strings"

	"github.com/getklar/influencercrm/utm"
)

// What stands around a link that was copied out of the source of a page or of a text with marks, and where one link ends and the
// next begins.
var (
	anchorLink   = regexp.MustCompile(`(?is)<a\s[^>]*?href\s*=\s*["']([^"'<>]+)["'][^>]*>`)
	markdownLink = regexp.MustCompile(`\[[^\[\]]*\]\(\s*((?i:https?://)[^\s()]+)\s*\)`)
	// listedFields are fields one after the other: "utm_source=ig, utm_term=ana". What stands before the comma may be a link.
	listedFields = regexp.MustCompile(`(?i)\s*,\s*utm_[a-z]+=`)
	// remarkBehind is what stands behind a link: "https://shop.example/?utm_term=ana (Bio)".
	remarkBehind = regexp.MustCompile(`(?s)^(\S*utm_\S+)\s+(?:\([^()]*\)|[-–—|→]\s.*)$`)
	nextLink     = regexp.MustCompile(`(?i)(?:^|[\s,;|]+)(?:https?://)`)
)

const (
	opening = `<("'“„‚‘»«[`
	closing = `>"'”“’‘»«,;`
)

// trackingLink finds the link in a cell: in an HTML or Markdown link, and without the brackets, quotation marks and commas around
// it. Of several links those count that have UTM fields; it is false if these differ, because a cooperation has one set.
func trackingLink(typed string) (link string, around, ok bool) {
	text := strings.TrimSpace(typed)
	for _, within := range []*regexp.Regexp{anchorLink, markdownLink} {
		if all := within.FindAllStringSubmatch(text, -1); all != nil {
			links := make([]string, len(all))
			for n, m := range all {
				links[n] = m[1]
			}
			link, ok = oneOf(links)
			return link, true, ok
		}
	}
	text = listedFields.ReplaceAllStringFunc(text, func(s string) string { return "&" + strings.TrimLeft(s, " ,\t\r\n") })
	starts := nextLink.FindAllStringIndex(text, -1)
	const several = 2
	if len(starts) < several {
		link = bareLink(text)
		return link, link != typed, true
	}
	var links []string
	for n, at := range starts {
		end := len(text)
		if n+1 < len(starts) {
			end = starts[n+1][0]
		}
		links = append(links, bareLink(strings.TrimLeft(text[at[0]:end], " \t\r\n,;|")))
	}
	link, ok = oneOf(links)
	return link, true, ok
}

// bareLink takes brackets and quotation marks from around a link, and a comma from behind it. A bracket that the link
// opens itself stays.
func bareLink(text string) string {
	if !strings.Contains(strings.ToLower(text), "utm_") {
		return text
	}
	if m := remarkBehind.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	link := strings.TrimLeft(text, opening)
	for link != "" {
		last := link[len(link)-1]
		switch {
		case last == ')' && strings.Count(link, ")") > strings.Count(link, "("),
			last == ']' && strings.Count(link, "]") > strings.Count(link, "["):
			link = link[:len(link)-1]
		default:
			if bare := strings.TrimRight(link, closing); bare != link {
				link = bare
				continue
			}
			return link
		}
	}
	return text
}

// oneOf is the link with UTM fields of several, or the first if none has any. It is false if two of them have different ones.
func oneOf(links []string) (link string, ok bool) {
	var found utm.Params
	for _, l := range links {
		mended, _ := utm.Mend(l)
		fields, err := utm.Parse(mended)
		switch {
		case err != nil || fields == (utm.Params{}):
		case link == "":
			link, found = l, fields
		case fields != found:
			return "", false
		}
	}
	if link == "" {
		return links[0], true
	}
	return link, true
}
