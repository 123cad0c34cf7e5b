package utm

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Build puts the set fields of p on a link, at the end of its query, in the order source, medium,
// campaign, term, content. An explicitly empty field is written as "utm_term=". UTM fields that the link
// carries already are removed, all five of them; everything else, fragment included, stays as it is, byte
// for byte. Building the same fields again changes nothing, and [Parse] gives p back.
//
// The link must begin with http:// or https:// and name a host, and must not hold spaces or control
// characters; space around it is ignored. Errors are those of [Params.Validate], or wrap [ErrLink] if it
// is the link that is wrong or the result is longer than [MaxLinkLen].
func Build(link string, p Params) (string, error) {
	link = strings.TrimSpace(link)
	if err := checkLink(link); err != nil {
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

// checkLink refuses what browsers would not open as a web page. It looks closely at the host only: paths
// and queries that break the rules a little are common, and a shop that made them understands them.
func checkLink(link string) error {
	if err := checkLinkLen(link); err != nil {
		return err
	}
	problem := func(format string, args ...any) error {
		return fmt.Errorf("%w %q: %s", ErrLink, shorten(link), fmt.Sprintf(format, args...))
	}
	if !utf8.ValidString(link) {
		return problem("the text is damaged (not UTF-8); copy it again")
	}
	if i := strings.IndexFunc(link, isSpaceOrControl); i >= 0 {
		r, _ := utf8.DecodeRuneInString(link[i:])
		return problem("a link holds no spaces, line breaks or control characters, this one has %U; write %%20 for a space", r)
	}
	scheme, rest, found := strings.Cut(link, "://")
	if !found || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return problem("it must begin with https:// or http://")
	}
	host := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host = rest[:i]
	}
	if u, err := url.Parse("http://" + host); err != nil || u.Hostname() == "" {
		return problem("%q is not the name of a website", shorten(host))
	}
	return nil
}

func isSpaceOrControl(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
