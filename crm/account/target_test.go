package account_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm/account"
)

func TestLinkTarget(t *testing.T) {
	t.Parallel()
	got, want := map[string]string{}, map[string]string{
		"https://www.instagram.com/Emma/?igsh=1":           "instagram emma",
		"instagram.com/emma/reels":                         "instagram emma",
		"HTTPS://INSTAGR.AM/emma":                          "instagram emma",
		"https://instagram.example/emma/":                  "instagram emma",
		"https://m.tiktok.com/@emma?lang=de":               "tiktok emma",
		"https://www.youtube.com/channel/UCabc/videos":     "youtube ucabc",
		"https://m.facebook.com/profile.php?id=1000&x=2":   "facebook 1000",
		"https://www.instagram.com/p/Cx1/":                 "instagram.com/p/cx1",
		"http://www.pam.example/about/?utm_source=x#top":   "pam.example/about",
		"https://pam.example/Caf%C3%A9":                    "pam.example/café",
		"https://shop.example/profile.php?id=1":            "shop.example/profile.php?id=1",
		"no link":                                          "no link",
		"":                                                 "",
		account.TargetOf("instagram", "Emma.Style"):        "instagram emma.style",
		account.TargetOf("youtube", "UCabc"):               "youtube ucabc",
		"https://www.instagram.com/accounts/login?next=%2": "instagram.com/accounts/login",
	}
	for link := range want {
		got[link] = account.LinkTarget(link)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Who looks for profiles by the targets of links finds all that have the same account: those whose links name the same
// handle or number, and those with a link to the same page.
func TestAccountsWithOneNameHaveOneTarget(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(what string) account.Account {
			pick := func(values ...string) string { return rapid.SampledFrom(values).Draw(t, what) }
			host := pick("instagram.com", "instagr.am", "instagram.example", "tiktok.com", "youtube.com", "x.com", "twitter.com", "facebook.com",
				"linkedin.com", "pinterest.de", "pinterest.co.uk", "snapchat.com", "threads.net", "twitch.tv", "pam.example", "bit.ly", "linktr.ee")
			link := pick("https://", "http://", "HTTPS://") + pick("", "www.", "m.", "de.", "WWW.") + host +
				pick("/", "/@", "/_u/", "/in/", "/add/", "/c/", "/channel/", "/p/", "/profile.php?id=", "/people/Pam/", "/pg/", "/i/user/") +
				pick("emma", "Emma", "EMMA.style", "123", "UCabc", "ucABC", "caf%C3%A9", "Stra%C3%9Fe", "accounts", "") +
				pick("", "", "/", "/reels", "/about", "?igsh=1", "?id=7", "#top")
			return account.Account{Platform: pick("instagram", "tiktok", "youtube", "x", "facebook", "linkedin", "pinterest", "snapchat", "threads",
				"twitch", "blog"), Link: link}
		}
		a, b := draw("one"), draw("other")
		b.Platform = a.Platform
		if name := a.Name(); name != "" && account.HasSite(a.Platform) {
			if got, want := account.LinkTarget(a.Link), account.TargetOf(a.Platform, name); got != want {
				t.Errorf("%q on %s names %q, and leads to %q, want %q", a.Link, a.Platform, name, got, want)
			}
		}
		if id := a.Identity(); id != "" && id == b.Identity() && account.LinkTarget(a.Link) != account.LinkTarget(b.Link) {
			t.Errorf("%q and %q are %q, and lead to %q and %q", a.Link, b.Link, id, account.LinkTarget(a.Link), account.LinkTarget(b.Link))
		}
		if target := account.LinkTarget(a.Link); strings.Contains(target, " ") && account.LinkTarget(target) != target {
			t.Errorf("the target %q leads to %q", target, account.LinkTarget(target))
		}
	})
}
