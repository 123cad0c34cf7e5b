package account

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/internal/text"
)

// maxHandle is the longest handle in characters. No platform allows as many.
const maxHandle = 100

// ParseHandle reads a handle from "@x", "x", or a link to the profile. Upper and lower case stay as typed; handles are
// compared folded. A link is read by its host, see [ParseLink]. A link to a single post, an email address and a text of
// several words are errors. Their message continues a sentence that begins with the text: "is an email address …". The
// empty text is "".
func ParseHandle(typed string) (string, error) {
	handle, problem := text.Clean(typed), ""
	if handle == "" {
		return "", nil
	}
	if isLink(handle) {
		var l Link
		if l, problem = parseLink(handle); problem == "" && l.ID != "" {
			problem = namedByNumber
		}
		handle = l.Handle
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

// BareHandle returns a handle without the characters that people leave out or mix up: . _ - and ·. One that is made of
// nothing else stays.
func BareHandle(handle string) string {
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune("._-·", r) {
			return -1
		}
		return r
	}, handle)
	if bare == "" {
		return handle
	}
	return bare
}

func checkHandle(h string) (problem string) {
	switch {
	case h == "":
		return "is not the name of a profile"
	case sites[strings.TrimPrefix(strings.ToLower(h), "www.")] != "":
		return noProfile
	case strings.Contains(h, "@"):
		return "is an email address or more than one profile"
	case strings.ContainsFunc(h, unicode.IsSpace):
		return "has blanks, which a profile's name cannot have"
	case utf8.RuneCountInString(h) > maxHandle, len(text.Fold(h)) > 4*maxHandle: // databases cannot index more
		return "is too long for the name of a profile"
	case strings.ContainsFunc(h, func(r rune) bool { return !isHandleRune(r) }):
		return "has characters that a profile's name cannot have"
	}
	return ""
}

func isHandleRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("._-·", r)
}

// Parts of a link's path that are not a handle.
var (
	beforeHandle = wordSet(`c channel user in add company profile profiles people`)
	afterHandle  = wordSet(`reels videos shorts posts about featured live tagged photos media streams playlists community store followers
		following with_replies likes channels igtv guides pins boards schedule home _saved _created _shop friends reviews clips`)
	postPaths = wordSet(`p reel reels tv watch shorts video status stories explore pin playlist share t v spotlight posts feed pulse`)
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
