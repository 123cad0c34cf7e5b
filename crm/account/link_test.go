package account_test

import (
	"testing"

	"github.com/getklar/influencercrm/crm/account"
)

// TestHandleOfLink has links that people paste where a handle belongs, by platform: "" is one that names nobody there.
func TestHandleOfLink(t *testing.T) {
	t.Parallel()
	for platform, links := range map[string]map[string]string{
		"instagram": {
			"https://www.instagram.com/pamreif/": "pamreif", "instagram.com/pamreif?igsh=abc==": "pamreif", "https://instagr.am/pamreif": "pamreif",
			"https://www.instagram.com/pamreif/reels/": "pamreif", "https://www.instagram.com/_u/pamreif": "pamreif", "@pamreif": "pamreif",
			"https://www.instagram.com/p/Cx1/": "", "https://www.instagram.com/pamreif/reel/Cx1/": "", "https://www.instagram.com/reel/Cx1": "",
			"https://instagram.com/stories/pamreif/3141": "", "https://instagram.com/": "", "https://bit.ly/3xYz": "",
			"https://linktr.ee/pamreif":       "",
			"https://www.tiktok.com/@pamreif": "", "https://pamreif.example/about": "", "https://www.instagram.com/explore/tags/x": "",
			"instagram.com": "", "https://www.instagram.com/accounts/login": "", "https://beacons.ai/pamreif": "",
		},
		"tiktok": {
			"https://www.tiktok.com/@pamreif": "pamreif", "tiktok.com/@pamreif?lang=de": "pamreif", "https://m.tiktok.com/@pamreif": "pamreif",
			"https://vm.tiktok.com/ZM8abc/": "", "https://vt.tiktok.com/ZM8abc": "", "https://www.tiktok.com/@pamreif/video/123": "",
			"https://www.tiktok.com/t/ZM8abc/": "", "https://www.tiktok.com/foryou": "", "https://www.instagram.com/pamreif": "",
		},
		"youtube": {
			"https://youtube.com/@PamelaRf1": "PamelaRf1", "https://www.youtube.com/c/PamelaRf1/videos": "PamelaRf1",
			"https://m.youtube.com/user/pam":    "pam",
			"https://www.youtube.com/PamelaRf1": "PamelaRf1", "https://youtu.be/dQ3xWw": "", "https://www.youtube.com/watch?v=dQ3xWw": "",
			"https://youtube.com/shorts/dQ3xWw": "", "https://www.youtube.com/channel/UCabc": "", "https://www.youtube.com/playlist?list=1": "",
		},
		"facebook": {
			"https://www.facebook.com/pam.reif": "pam.reif", "https://de-de.facebook.com/pam.reif/about": "pam.reif", "fb.com/pam.reif": "pam.reif",
			"https://www.facebook.com/profile.php?id=1000": "", "https://www.facebook.com/1000": "", "https://www.facebook.com/groups/1000": "",
			"https://www.facebook.com/pam.reif/posts/1": "", "https://fb.watch/abc": "", "https://www.facebook.com/people/Pam/1000": "",
		},
		"x": {"https://x.com/pam": "pam", "https://twitter.com/pam?s=20": "pam",
			"https://mobile.twitter.com/pam": "pam", "https://x.com/pam/status/1": "", "https://t.co/abc": ""},
		"linkedin": {"https://de.linkedin.com/in/pam-reif/": "pam-reif",
			"https://www.linkedin.com/company/klar": "klar", "https://www.linkedin.com/posts/pam_1": "",
			"https://lnkd.in/abc": ""},
		"pinterest": {"https://www.pinterest.de/pam/": "pam", "https://pinterest.co.uk/pam": "pam",
			"https://de.pinterest.com/pam/_saved": "pam", "https://pin.it/abc": "",
			"https://www.pinterest.com/pin/1": ""},
		"twitch": {"https://www.twitch.tv/pam": "pam", "https://twitch.tv/pam/videos": "pam",
			"https://clips.twitch.tv/abc": "", "https://www.twitch.tv/videos/1": ""},
		"threads":  {"https://www.threads.net/@pam": "pam", "https://threads.com/@pam": "pam", "https://www.threads.net/@pam/post/1": ""},
		"snapchat": {"https://www.snapchat.com/add/pam": "pam", "https://www.snapchat.com/@pam": "pam", "https://t.snapchat.com/abc": ""},
		"blog":     {"https://pam.example": "", "https://pam.example/about": "", "pamsblog": "pamsblog"},
		"lemon8":   {"https://www.lemon8-app.com/@pam": "pam", "https://pam.example/@pam": "", "https://bit.ly/x": ""},
	} {
		for link, want := range links {
			got, err := account.ParseHandleOn(platform, link)
			if got != want || (err == nil) != (want != "") {
				t.Errorf("on %s %q is %q, %v; want %q", platform, link, got, err, want)
			}
		}
	}
}

// TestIdentity has links that say who somebody is without a handle, and links that many can share.
func TestIdentity(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ platform, link, want string }{
		{"facebook", "https://www.facebook.com/profile.php?id=1000", "facebook 1000"},
		{"facebook", "https://m.facebook.com/profile.php?id=1000&ref=x", "facebook 1000"},
		{"youtube", "https://www.youtube.com/channel/UCabc/videos", "youtube UCabc"},
		{"instagram", "https://www.facebook.com/profile.php?id=1000", ""},
		{"instagram", "https://agency.example", ""},
		{"instagram", "https://www.instagram.com/p/Cx1", ""},
		{"blog", "https://www.pam.example/", "pam.example"},
		{"blog", "http://pam.example", "pam.example"},
		{"blog", "https://bit.ly/x", ""},
		{"blog", "https://www.instagram.com/", ""},
		{"podcast", "https://open.spotify.example/show/1", "open.spotify.example/show/1"},
	} {
		if got := (account.Account{Platform: tt.platform, Link: tt.link}).Identity(); got != tt.want {
			t.Errorf("on %s %q is %q, want %q", tt.platform, tt.link, got, tt.want)
		}
	}
}

func TestLinkKeyKeepsNumbers(t *testing.T) {
	t.Parallel()
	one, other := account.LinkKey("https://www.facebook.com/profile.php?id=1&x=2"), account.LinkKey("facebook.com/profile.php?id=2")
	if one != "facebook.com/profile.php?id=1" || one == other {
		t.Errorf("%q and %q", one, other)
	}
}
