package utm

import (
	"net/url"
	"strings"
)

// Build puts the set fields of p on a link, at the end of its query, in the order source, medium,
// campaign, term, content. An explicitly empty field is written as "utm_term=". UTM fields that the link
// carries already are removed, all five of them; everything else, fragment included, stays as it is, byte
// for byte. Building the same fields again changes nothing, and [Parse] gives p back.
//
// The link must be one that [ValidateAddress] takes; space around it is ignored. Errors are those of
// [Params.Validate], or a *[LinkError] if it is the link that is wrong or the result is longer than [MaxLinkLen].
func Build(link string, p Params) (string, error) {
	link = strings.TrimSpace(link)
	if err := ValidateAddress(link); err != nil {
		return "", err
	}
	if err := p.Validate(); err != nil {
		return "", err
	}
	built := replaceFields(link, p)
	if err := checkLinkLen(built); err != nil {
		return "", err
	}
	return built, nil
}

func replaceFields(link string, p Params) string {
	rest, fragment := link, ""
	if i := strings.IndexByte(rest, '#'); i >= 0 {
		rest, fragment = rest[:i], rest[i:]
	}
	base, query, _ := strings.Cut(rest, "?")

	var pairs []string
	if query != "" {
		for pair := range strings.SplitSeq(query, "&") {
			if _, isUTM := fieldOf(pair); !isUTM {
				pairs = append(pairs, pair)
			}
		}
	}
	for _, f := range Fields() {
		if text, ok := p.Get(f).Get(); ok {
			pairs = append(pairs, f.Key()+"="+escape(text))
		}
	}
	switch {
	case len(pairs) > 0:
		return base + "?" + strings.Join(pairs, "&") + fragment
	case query == "":
		return link // nothing to remove: a bare ? stays, too
	default:
		return base + fragment
	}
}

// escape encodes everything but letters, digits and "-_.~". A space becomes %20, which means a space to
// every reader of links; a + does so only to some.
func escape(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}
