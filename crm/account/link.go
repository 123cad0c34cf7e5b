package account

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/internal/text"
)

// Link is what a link says about the account to which it leads. A platform that knows an account by a number has links
// that name only that: they have an ID and no handle.
type Link struct {
	Platform string // of the site; empty for a site that is none of the known platforms
	Handle   string
	ID       string
}

// ParseLink reads a link by its host: each platform has links of its own to profiles. A link to anything else, such as a
// single post, a link shortener or a page of links, is an error whose message continues a sentence that begins with the
// link: "is the link to a single post …".
func ParseLink(link string) (Link, error) {
	l, problem := parseLink(link)
	if problem != "" {
		return Link{}, errors.New(problem)
	}
	return l, nil
}

// The problems that a link can have.
const (
	notALink       = "is not a link to a profile"
	noProfile      = "is the link to a platform, without a profile"
	singlePost     = "is the link to a single post, not to a profile"
	shortLink      = "is a short link, which is not followed, so it names nobody"
	pageOfLinks    = "is a page of links, not a profile"
	otherSite      = "is a link to another site than that of the platform"
	otherPlatform  = "is a link to another platform than that of the profile"
	namedByNumber  = "names the account by a number and not by its handle"
	pageWithoutOne = "is a link to a page, not the name of a profile"
)

// shorteners are hosts whose links lead anywhere, or to a single video.
var shorteners = wordSet(`bit.ly t.co tinyurl.com goo.gl ow.ly buff.ly rebrand.ly cutt.ly is.gd t.ly shorturl.at rb.gy tiny.cc s.id
	lnkd.in pin.it fb.me fb.watch amzn.to vm.tiktok.com vt.tiktok.com t.snapchat.com dub.sh short.io bl.ink dlvr.it soo.gd adf.ly
	urlgeni.us go.ly kurzelinks.de page.link smarturl.it geni.us shorturl.com v.gd lnk.to ffm.to on.soundcloud.com spoti.fi`)

// linkPages are hosts of pages on which people list their links.
var linkPages = wordSet(`linktr.ee beacons.ai beacons.page lnk.bio campsite.bio bio.link solo.to taplink.cc taplink.at allmylinks.com msha.ke
	linkin.bio hoo.be snipfeed.co stan.store komi.io tap.bio bio.site flow.page linkpop.com bio.fm withkoji.com later.com direct.me
	linkfly.to many.bio contactinbio.com shor.by link.me pillar.io hihello.me about.me milkshake.app znap.link heylink.me
	linktree.com lynxinbio.com wonderl.ink instabio.cc url.bio talkto.me linkr.bio jemi.so`)

// videoHosts are hosts of single videos.
var videoHosts = wordSet(`youtu.be clips.twitch.tv`)

// sites are the platforms by their hosts. Hosts of a country, as in de.linkedin.com, belong to the platform too.
var sites = map[string]string{
	"instagram.com": "instagram", "instagr.am": "instagram", "ig.me": "instagram", "tiktok.com": "tiktok", "youtube.com": "youtube",
	"twitch.tv": "twitch", "x.com": "x", "twitter.com": "x", "facebook.com": "facebook", "fb.com": "facebook", "snapchat.com": "snapchat",
	"linkedin.com": "linkedin", "threads.net": "threads", "threads.com": "threads",
}

// platformOfHost returns the platform of a host, empty for another site.
func platformOfHost(host string) string {
	for h := host; h != ""; {
		if p, ok := sites[h]; ok {
			return p
		}
		_, h, _ = strings.Cut(h, ".")
	}
	// Pinterest has a host in each country: pinterest.de, pinterest.co.uk.
	labels := strings.Split(host, ".")
	if n := slices.Index(labels, "pinterest"); n >= 0 && n <= 1 && len(labels)-n >= 2 && len(labels)-n <= 3 {
		return "pinterest"
	}
	return ""
}

// hasSite reports whether the profiles of a platform are all on a site of its own.
func hasSite(platform string) bool {
	if platform == "pinterest" {
		return true
	}
	for _, p := range sites {
		if p == platform {
			return true
		}
	}
	return false
}

// parseURL reads a link with or without https://.
func parseURL(link string) (*url.URL, bool) {
	scheme, rest, ok := strings.Cut(link, "://")
	if !ok {
		scheme, rest = "https", link
	}
	u, err := url.Parse(scheme + "://" + rest)
	if err != nil || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") || !strings.Contains(u.Hostname(), ".") {
		return nil, false
	}
	return u, true
}

func parseLink(link string) (Link, string) {
	u, ok := parseURL(text.Clean(link))
	if !ok {
		return Link{}, notALink
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	parts := slices.DeleteFunc(strings.Split(u.Path, "/"), func(p string) bool { return p == "" })
	switch {
	case shorteners[host]:
		return Link{}, shortLink
	case linkPages[host]:
		return Link{}, pageOfLinks
	case videoHosts[host]:
		return Link{}, singlePost
	}
	platform := platformOfHost(host)
	if platform == "" {
		handle, problem := handleOfPath(parts)
		return Link{Handle: handle}, problem
	}
	if len(parts) == 0 {
		return Link{}, noProfile
	}
	l, problem := profileOn(platform, parts, u.Query())
	l.Platform = platform
	if problem == "" && l.Handle != "" {
		l.Handle = strings.TrimPrefix(l.Handle, "@")
		problem = checkHandle(l.Handle)
	}
	return l, problem
}

// handleOfPath finds the handle in the path of a link to a site that is not known.
func handleOfPath(parts []string) (handle, problem string) {
	switch {
	case len(parts) == 0:
		return "", noProfile
	case strings.HasPrefix(parts[0], "@"):
		return parts[0], ""
	case postPaths[parts[0]]:
		return "", singlePost
	case beforeHandle[parts[0]] && len(parts) >= 2:
		return parts[1], ""
	case len(parts) == 1, len(parts) == 2 && afterHandle[parts[1]]:
		return parts[0], ""
	}
	return "", notALink
}

// path says where the links of a platform have the handle.
type path struct {
	before   map[string]bool // words before the handle: linkedin.com/in/emma
	only     bool            // there is no handle without such a word or an @
	reserved map[string]bool // first parts that are pages of the platform
}

var paths = map[string]path{
	"instagram": {before: wordSet(`_u n`), reserved: wordSet(`accounts direct about legal developer web challenge graphql s`)},
	"tiktok":    {only: true},
	"youtube": {before: wordSet(`c user`), reserved: wordSet(`results feed embed live hashtag redirect clip post account premium gaming music
		channel e v attribution_link`)},
	"twitch": {reserved: wordSet(`videos directory settings downloads jobs p turbo store popout clip team`)},
	"x":      {reserved: wordSet(`i intent home search hashtag settings messages notifications compose login`)},
	"facebook": {before: wordSet(`pg`), reserved: wordSet(`groups events photo photo.php story.php permalink.php sharer sharer.php hashtag
		marketplace gaming login login.php help business ads photos videos posts media notes l.php dialog people pages`)},
	"pinterest": {reserved: wordSet(`ideas search categories today settings business _tools`)},
	"snapchat":  {before: wordSet(`add`), only: true},
	"linkedin":  {before: wordSet(`in company school showcase`), only: true},
	"threads":   {only: true},
}

// posts are second parts of a path, behind a handle, that lead to something that was posted.
var posts = wordSet(`p reel reels video videos status statuses post posts clip clips photo photos story stories live shorts v`)

// profileOn reads the path of a link to a platform.
func profileOn(platform string, parts []string, query url.Values) (Link, string) {
	at, first := paths[platform], strings.ToLower(parts[0])
	if id := idOn(platform, parts, query); id != "" {
		return Link{ID: id}, ""
	}
	if at.before[first] && len(parts) >= 2 {
		parts = parts[1:]
	} else {
		switch {
		case postPaths[first]:
			return Link{}, singlePost
		case at.reserved[first], at.only && !strings.HasPrefix(first, "@"):
			return Link{}, notALink
		}
	}
	switch {
	case len(parts) == 1, len(parts) == 2 && afterHandle[strings.ToLower(parts[1])]:
		return Link{Handle: parts[0]}, ""
	case posts[strings.ToLower(parts[1])]:
		return Link{}, singlePost
	}
	return Link{}, notALink
}

// idOn returns the number by which a link names an account, empty if it has a handle or is none.
func idOn(platform string, parts []string, query url.Values) string {
	first := strings.ToLower(parts[0])
	last := parts[len(parts)-1]
	switch platform {
	case "facebook":
		switch {
		case first == "profile.php":
			return digits(query.Get("id"))
		case (first == "people" || first == "pages" || first == "p") && len(parts) >= 2:
			return digits(last[strings.LastIndexByte(last, '-')+1:])
		case len(parts) == 1:
			return digits(first)
		}
	case "youtube":
		if first == "channel" && len(parts) >= 2 {
			return parts[1]
		}
	case "x":
		if first == "i" && len(parts) == 3 && parts[1] == "user" {
			return digits(parts[2])
		}
	}
	return ""
}

// digits returns a text of digits alone, and nothing else.
func digits(s string) string {
	if strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

// ParseHandleOn reads a handle on a platform like [ParseHandle], from a link only if it leads to a profile of that
// platform. The platform is in its stored form; for one without a site of its own, such as a blog, a link gives a handle if
// its host names the platform.
func ParseHandleOn(platform, typed string) (string, error) {
	handle := text.Clean(typed)
	if handle == "" || platform == "" || !isLink(handle) {
		return ParseHandle(typed)
	}
	l, problem := parseLink(handle)
	switch elsewhere := l.Platform != platform && !hasHost(handle, platform); {
	case problem == shortLink, problem == pageOfLinks, problem == notALink && l.Platform == "":
	case elsewhere && l.Platform != "":
		problem = otherPlatform
	case elsewhere && hasSite(platform):
		problem = otherSite
	case elsewhere:
		problem = pageWithoutOne
	case problem == "" && l.ID != "":
		problem = namedByNumber
	}
	if problem == "" {
		l.Handle = strings.TrimPrefix(l.Handle, "@")
		problem = checkHandle(l.Handle)
	}
	if problem != "" {
		return "", errors.New(problem)
	}
	return l.Handle, nil
}

// isLink reports whether a text can only be a link, and no handle.
func isLink(typed string) bool { return strings.Contains(typed, "/") }

// hasHost reports whether the host of a link names a platform, as lemon8-app.com does Lemon8. The host of a platform that has
// a site of its own is called like it: instagram.example.
func hasHost(link, platform string) bool {
	u, ok := parseURL(link)
	if !ok {
		return false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if hasSite(platform) {
		site, rest, _ := strings.Cut(host, ".")
		named, _ := ParsePlatform(site)
		return platformOfHost(host) == platform || named == platform && !strings.Contains(rest, ".")
	}
	letters := strings.NewReplacer(" ", "", "-", "", "_", "", ".", "").Replace(platform)
	const enough = 3 // letters; fewer stand in most hosts
	return len(letters) >= enough && strings.Contains(strings.NewReplacer("-", "", ".", "").Replace(host), letters)
}

// Identity returns what an account's link says about who it is, in a form that can be compared: the number by which its
// platform knows the account or, on a platform without a site of its own, the address of the page. It is empty for a link
// that many people can share, such as that of an agency's site beside an Instagram profile, and for one that has the handle:
// see [Account.Name].
func (a Account) Identity() string {
	if a.Link == "" {
		return ""
	}
	l, problem := parseLink(a.Link)
	switch {
	case l.Platform != "":
		if problem != "" || l.Platform != a.Platform || l.ID == "" {
			return ""
		}
		return l.Platform + " " + l.ID
	case problem == shortLink, problem == pageOfLinks, problem == singlePost, hasSite(a.Platform):
		return ""
	}
	if u, ok := parseURL(a.Link); !ok || platformOfHost(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")) != "" {
		return "" // a page of a platform that is no profile
	}
	return LinkKey(a.Link)
}

// WhyNot says why the link of an account names nobody on its platform, as the end of a sentence that begins with the link;
// it is empty for a link that does, and for one on a platform without a site of its own.
func (a Account) WhyNot() string {
	if a.Link == "" || !hasSite(a.Platform) || a.Name() != "" || a.Identity() != "" {
		return ""
	}
	if _, err := ParseHandleOn(a.Platform, a.Link); err != nil {
		return err.Error()
	}
	return ""
}
