package utm

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ValidateAddress refuses what browsers would not open as a web page, and a link that gives away a password. It looks
// closely at the host only: paths and queries that break the rules a little are common, and a shop that made them
// understands them. The error is a *[LinkError].
func ValidateAddress(link string) error {
	if err := checkLinkLen(link); err != nil {
		return err
	}
	if !utf8.ValidString(link) {
		return linkError(Damaged, link, "the text is damaged (not UTF-8); copy it again")
	}
	if i := strings.IndexFunc(link, isSpaceOrControl); i >= 0 {
		r, _ := utf8.DecodeRuneInString(link[i:])
		return linkError(BlankInside, link,
			"a link holds no spaces, line breaks or control characters, this one has %U; write %%20 for a space", r)
	}
	scheme, rest, found := strings.Cut(link, "://")
	if !found || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return linkError(NoScheme, link, "it must begin with https:// or http://")
	}
	host := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host = rest[:i]
	}
	u, err := url.Parse("http://" + host)
	switch {
	case err == nil && u.User != nil && u.Hostname() != "":
		// The link is not repeated: it may have a password in it.
		return linkError(UserInfo, u.Host,
			"it has a user name or a password in front of the @, which everybody would see; leave it out")
	case err != nil || u.Hostname() == "" || !isPort(u.Port()):
		return linkError(BadHost, link, "%q is not the name of a website", shorten(host))
	}
	return nil
}

// isPort reports whether the port of an address is none, or one that there is.
func isPort(port string) bool {
	n, err := strconv.Atoi(port)
	return port == "" || err == nil && 1 <= n && n <= 65_535
}

func isSpaceOrControl(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
