package account

import (
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/crm/internal/text"
)

// platforms are the known platforms by their stored form, with the name that is shown and other ways to write it.
var platforms = map[string]struct {
	name    string
	aliases []string
}{
	"instagram":  {"Instagram", []string{"ig", "insta", "insta gram"}},
	"tiktok":     {"TikTok", []string{"tik tok", "tt", "tictoc", "tik toc", "tictok"}},
	"youtube":    {"YouTube", []string{"yt", "you tube"}},
	"twitch":     {"Twitch", nil},
	"x":          {"X", []string{"twitter", "x/twitter", "x (twitter)", "twitter/x"}},
	"facebook":   {"Facebook", []string{"fb"}},
	"pinterest":  {"Pinterest", nil},
	"snapchat":   {"Snapchat", []string{"snap", "snap chat"}},
	"linkedin":   {"LinkedIn", []string{"linked in"}},
	"threads":    {"Threads", nil},
	"podcast":    {"Podcast", nil},
	"blog":       {"Blog", []string{"website", "web site", "webseite"}},
	"newsletter": {"Newsletter", nil},
}

var platformAliases = func() map[string]string {
	m := map[string]string{}
	for key, p := range platforms {
		m[key] = key
		for _, alias := range p.aliases {
			m[alias] = key
		}
	}
	return m
}()

// Platform is a known platform.
type Platform struct {
	ID   string `json:"id"`   // its stored form
	Name string `json:"name"` // that is shown
}

// Platforms returns the known platforms by name, for a box to choose from. Others are allowed too; see ParsePlatform.
func Platforms() []Platform {
	all := make([]Platform, 0, len(platforms))
	for id, p := range platforms {
		all = append(all, Platform{id, p.name})
	}
	slices.SortFunc(all, func(a, b Platform) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// ParsePlatform returns the stored form of a platform and whether it is a known one: "Insta" is instagram, known;
// "OnlyBeauty" is onlybeauty, not known. The empty text stays empty.
func ParsePlatform(typed string) (platform string, known bool) {
	folded := text.Fold(text.Clean(typed))
	if key, ok := platformAliases[folded]; ok {
		return key, true
	}
	return folded, false
}

// PlatformName returns the name that is shown for a stored platform: "TikTok" for tiktok. An unknown one is shown as it
// is stored.
func PlatformName(platform string) string {
	if p, ok := platforms[platform]; ok {
		return p.name
	}
	return platform
}
