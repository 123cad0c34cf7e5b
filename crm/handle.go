package crm

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxHandle is longer than any platform allows, in characters.
const maxHandle = 100

// ParseHandle reads the name of a profile: "@x", "x", or a link to the profile, of which the name is taken. Upper and
// lower case stay as typed; handles are compared folded. A link to a single post, an email address and a text of several
// words are errors, whose message reads on from the text: "is an email address …". The empty text is "". Nothing is
// fetched.
func ParseHandle(text string) (string, error) {
	handle, problem := Clean(text), ""
	if handle == "" {
		return "", nil
	}
	if strings.Contains(handle, "/") {
		handle, problem = handleOfLink(handle)
	}
	if problem == "" {
		handle = strings.TrimPrefix(handle, "@")
		problem = checkHandle(handle)
	}
	if problem != "" {
		return "", errors.New(problem)
	}
	return handle, nil
}

func checkHandle(h string) (problem string) {
	switch {
	case h == "":
		return "is not the name of a profile"
	case strings.Contains(h, "@"):
		return "is an email address or more than one profile"
	case strings.ContainsFunc(h, unicode.IsSpace):
		return "has blanks, which a profile's name cannot have"
	case utf8.RuneCountInString(h) > maxHandle, len(Fold(h)) > 4*maxHandle: // databases index no more
		return "is too long for the name of a profile"
	case strings.ContainsFunc(h, func(r rune) bool { return !isHandleRune(r) }):
		return "has characters that a profile's name cannot have"
	}
	return ""
}

func isHandleRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("._-·", r)
}

// The parts of a link's path that are not the name of a profile.
var (
	beforeHandle = wordSet(`c channel user in add company profile profiles people`)
	afterHandle  = wordSet(`reels videos shorts posts about featured live tagged photos media streams playlists`)
	postPaths    = wordSet(`p reel tv watch shorts video status stories explore pin playlist share`)
)

// handleOfLink takes the name of a profile out of the link to it, with or without https://.
func handleOfLink(link string) (handle, problem string) {
	scheme, rest, ok := strings.Cut(link, "://")
	if !ok {
		scheme, rest = "https", link
	}
	u, err := url.Parse(scheme + "://" + rest)
	if err != nil || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") || !strings.Contains(u.Hostname(), ".") {
		return "", "is not a link to a profile"
	}
	parts := slices.DeleteFunc(strings.Split(u.Path, "/"), func(p string) bool { return p == "" })
	for i, p := range parts {
		if strings.HasPrefix(p, "@") && i == 0 {
			return p, ""
		}
	}
	switch {
	case len(parts) == 0:
		return "", "is the link to a platform, without a profile"
	case postPaths[parts[0]]:
		return "", "is the link to a single post, not to a profile"
	case beforeHandle[parts[0]] && len(parts) >= 2:
		return parts[1], ""
	case len(parts) == 1, len(parts) == 2 && afterHandle[parts[1]]:
		return parts[0], ""
	}
	return "", "is not a link to a profile"
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
