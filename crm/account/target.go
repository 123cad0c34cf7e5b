package account

import (
	"cmp"
	"strings"

	"github.com/getklar/influencercrm/crm/internal/text"
)

// LinkTarget returns where a link leads, in a form in which links are compared that people type in many ways: the platform
// and the handle or number of a profile, as in "instagram emma" for https://www.instagram.com/Emma/?igsh=1, and for any other
// link its site and path. Two accounts whose links give one [Account.Name] or [Account.Identity] on a platform with a site of
// its own have links with one target. A target is its own target, and a text that is no link is its own, folded.
func LinkTarget(link string) string {
	folded := text.Fold(link)
	u, ok := parseURL(folded)
	if !ok {
		return folded
	}
	l, problem := parseLink(folded)
	if l.Platform == "" {
		site, _, _ := strings.Cut(siteOf(u), ".")
		if named, known := ParsePlatform(site); known && hasSite(named) && hasHost(folded, named) {
			l.Platform = named // instagram.example
		}
	}
	if who := strings.TrimPrefix(cmp.Or(l.ID, l.Handle), "@"); problem == "" && l.Platform != "" && who != "" {
		return TargetOf(l.Platform, who)
	}
	target := strings.TrimRight(siteOf(u)+u.Path, "/")
	if id := u.Query().Get("id"); id != "" && strings.HasSuffix(target, "/profile.php") {
		target += "?id=" + id
	}
	return text.Fold(target)
}

// TargetOf returns the [LinkTarget] of the links to a profile, given the platform as it is stored and a handle or number.
func TargetOf(platform, who string) string { return text.Fold(platform + " " + who) }

// HasSite reports whether all profiles of a platform, given as it is stored, are on a site of its own, so that their links
// are told by their host.
func HasSite(platform string) bool { return hasSite(platform) }
