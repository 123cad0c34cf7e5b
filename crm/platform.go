package crm

// platforms are the platforms with a name of their own, keyed by what is stored, and the other
// ways to write them. The set is open: any other text is a platform too, stored folded and shown as
// it is.
var platforms = map[string]struct {
	name    string
	aliases []string
}{
	"instagram":  {"Instagram", []string{"ig", "insta"}},
	"tiktok":     {"TikTok", []string{"tik tok", "tt"}},
	"youtube":    {"YouTube", []string{"yt", "you tube"}},
	"twitch":     {"Twitch", nil},
	"x":          {"X", []string{"twitter", "x/twitter", "x (twitter)", "twitter/x"}},
	"facebook":   {"Facebook", []string{"fb"}},
	"pinterest":  {"Pinterest", nil},
	"snapchat":   {"Snapchat", []string{"snap"}},
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

// ParsePlatform returns the platform that a text names in the form in which it is stored, and
// whether it is one of those with a name of their own: "Insta" is instagram, known; "OnlyBeauty" is
// onlybeauty, not known. The empty text stays empty.
func ParsePlatform(text string) (platform string, known bool) {
	folded := Fold(Clean(text))
	if key, ok := platformAliases[folded]; ok {
		return key, true
	}
	return folded, false
}

// PlatformName is the platform as it is shown: "TikTok" for tiktok, an unknown one as stored.
func PlatformName(platform string) string {
	if p, ok := platforms[platform]; ok {
		return p.name
	}
	return platform
}
