package crm

import (
	"net/url"
	"strings"
)

// linkKey is the form in which the links of profiles are compared: folded, without scheme, www,
// query, fragment and a slash at the end. It is empty for what is no link.
func linkKey(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return ""
	}
	return Fold(strings.TrimRight(siteOf(u)+u.EscapedPath(), "/"))
}

func siteOf(u *url.URL) string {
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.")
}

// accountName is the handle of a profile as it is compared or, if it has none, the one that its link
// names. A link names one if it leads to the profile's own platform.
func accountName(p Profile) string {
	if p.Handle != "" {
		return Fold(p.Handle)
	}
	u, err := url.Parse(p.Link)
	if err != nil {
		return ""
	}
	site, _, _ := strings.Cut(siteOf(u), ".")
	if platform, _ := ParsePlatform(site); platform != p.Platform || strings.Count(siteOf(u), ".") != 1 {
		return ""
	}
	handle, err := ParseHandle(p.Link)
	if err != nil {
		return ""
	}
	return Fold(handle)
}

// sameAccount reports whether the profiles of two influencers stand for one account: on one
// platform, not with a handle each, which differ, and with the same link or name, or with nothing at
// all that would tell them apart. A profile without handle and link is not taken for one that has
// them: it may be a second account.
func sameAccount(a, b Profile) bool {
	if a.Platform != b.Platform || a.Handle != "" && b.Handle != "" {
		return false
	}
	if name := accountName(a); name != "" && name == accountName(b) {
		return true
	}
	link := linkKey(a.Link)
	return link == linkKey(b.Link) && (link != "" || a.Handle == "" && b.Handle == "")
}
