package column

import (
	"regexp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// isFollowersWord reports whether a word of a header is one for followers, however it is put together: "followeranzahl",
// "igfollower", "followerinnen".
func isFollowersWord(w string) bool {
	for _, stem := range []string{"follower", "abonnent", "subscriber"} {
		if strings.HasPrefix(w, stem) {
			return true
		}
	}
	return strings.HasSuffix(w, "follower") || strings.HasSuffix(w, "followers") || strings.HasSuffix(w, "abonnenten")
}

// aroundFollowers are words around a number of followers in a cell: "12.5k followers on IG", "Follower: 1.234".
var aroundFollowers = regexp.MustCompile(`(?i)\b(?:follower\pL*|subscribers?|subs|abonnent\pL*|fans|on|auf|bei|ig|insta|instagram|tiktok|tt|youtube|yt)\b|[:()]`)

// thousands are units in the header of a column of followers.
var thousands = texts.Set(`k tsd tausend thousand thousands tds`)

// FollowersText takes the words from around a number of followers, and writes a unit of the header behind it: under
// "Followers (k)", 12.5 is 12.5k.
func (c Column) FollowersText(text string) string {
	t := texts.Trim(text)
	if strings.ContainsAny(t, "0123456789") && strings.IndexFunc(t, isLetter) >= 0 {
		if rest := strings.Join(strings.Fields(aroundFollowers.ReplaceAllString(t, " ")), " "); rest != "" {
			t = rest
		}
	}
	words := strings.Fields(strings.NewReplacer("(", " ", ")", " ", "[", " ", "]", " ", ".", " ").Replace(strings.ToLower(c.Header)))
	if slices.ContainsFunc(words, func(w string) bool { return thousands[w] }) && strings.Trim(t, "0123456789.,") == "" && t != "" {
		t += "k"
	}
	return t
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
