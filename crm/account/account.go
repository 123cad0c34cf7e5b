package account

import (
	"net/url"
	"strings"

	"github.com/getklar/influencercrm/crm/internal/text"
)

// Account says which account a profile is about. Platform and handle are in the form in which they are stored.
type Account struct {
	Platform string
	Handle   string // may be empty
	Link     string // may be empty
}

// Name returns the folded handle or, without one, the handle that the link names. A link names a handle only if it
// leads to the account's own platform.
func (a Account) Name() string {
	if a.Handle != "" {
		return text.Fold(a.Handle)
	}
	return text.Fold(a.LinkedHandle())
}

// LinkedHandle returns the handle that the link names, as it is written there, if it leads to a profile of the
// account's platform; it is empty otherwise.
func (a Account) LinkedHandle() string {
	if a.Link == "" || a.Platform == "" {
		return ""
	}
	l, problem := parseLink(a.Link)
	if problem != "" || l.Platform != a.Platform && (l.Platform != "" || !hasHost(a.Link, a.Platform)) {
		return ""
	}
	return strings.TrimPrefix(l.Handle, "@")
}

// Is reports whether two profiles stand for one account. Both are on the same platform, at most one of them has a
// handle, and they have the same name, the same link, or neither handle nor link. A profile without handle and link is
// not taken for one that has them: it may be a second account.
func (a Account) Is(b Account) bool {
	if a.Platform != b.Platform || a.Handle != "" && b.Handle != "" {
		return false
	}
	if name := a.Name(); name != "" && name == b.Name() {
		return true
	}
	link := LinkKey(a.Link)
	return link == LinkKey(b.Link) && (link != "" || a.Handle == "" && b.Handle == "")
}

// LinkKey returns the form in which links to profiles are compared: folded, without scheme, www, query, fragment and
// trailing slash. Only the number in a link like facebook.com/profile.php?id=1000 stays, because it says who it is. It is
// empty for a text that is not a link.
func LinkKey(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return ""
	}
	key := strings.TrimRight(siteOf(u)+u.EscapedPath(), "/")
	if id := u.Query().Get("id"); id != "" && strings.HasSuffix(key, "/profile.php") {
		key += "?id=" + id
	}
	return text.Fold(key)
}

func siteOf(u *url.URL) string {
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.")
}
