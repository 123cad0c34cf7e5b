package cell

import (
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// ParseHandle reads the name of a profile as [account.ParseHandleOn] does: "@x", "x", or a link to the profile on the
// platform, which may be empty if it is not known. A blank cell is "".
func ParseHandle(platform, text string) (handle string, err error) {
	t, err := ParseText(text)
	if err != nil || IsBlank(t) {
		return "", err
	}
	handle, err = account.ParseHandleOn(platform, t)
	if err != nil {
		return "", NewError("not_a_handle", t, sentence.Of(err.Error()),
			sentence.Of("write the profile's name, like @lisa, or the link to the profile"))
	}
	return handle, nil
}

// formatWords name what is posted, not where: "Instagram Story/Reels" is Instagram.
var formatWords = texts.Set(`story stories storys reel reels post posts posting postings feed short shorts video videos clip clips
	live lives livestream stream streams channel kanal carousel carousels karussell karussells integration integrations account profil
	profile page seite and und plus mit with a each je ein eine in igtv ugc set sets storyset storysets frame frames slide slides sequence
	sequenz feedpost feedposts beitrag beiträge mention mentions erwähnung tag dedicated collab kooperation paid bezahlt organic
	organisch ad ads anzeige handle main haupt hauptkanal zweitkanal link bio giveaway gewinnspiel unboxing haul vlog tutorial review
	com www longform long form pre roll preroll midroll`)

// isFormatWord reports whether a word says what is posted or how often: "reels", "3", "3x", "x3".
func isFormatWord(w string) bool {
	return formatWords[w] || texts.IsDigits(strings.Trim(w, "x×"))
}

// platformOf returns the known platform of a word, also where what is posted is written on: "igstory", "ytshorts", "tiktoks".
func platformOf(word string) (string, bool) {
	name, ok := account.ParsePlatform(word)
	for i := 2; !ok && i < len(word); i++ {
		if p, known := account.ParsePlatform(word[:i]); known && len(p) > 1 && (formatWords[word[i:]] || word[i:] == "s") {
			return p, true
		}
	}
	return name, ok
}

// ParsePlatform reads a platform and its aliases: "IG", "Insta" and "Instagram Story/Reels" are "instagram". A text
// that is not known is kept as typed, and known is false. A blank cell is "". Two platforms in one cell are an error,
// because a row is one cooperation on one platform.
func ParsePlatform(text string) (platform string, known bool, err error) {
	t, err := ParseText(text)
	if err != nil || IsBlank(t) {
		return "", false, err
	}
	words := strings.FieldsFunc(strings.ToLower(t), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var found []string
	others := 0
	for i := 0; i < len(words); i++ {
		name, ok := "", false
		if i+1 < len(words) {
			if name, ok = account.ParsePlatform(words[i] + " " + words[i+1]); ok {
				i++
			}
		}
		if !ok {
			name, ok = platformOf(words[i])
		}
		switch {
		case ok && !slices.Contains(found, name):
			found = append(found, name)
		case !ok && !isFormatWord(words[i]):
			others++
		}
	}
	joined := strings.ContainsAny(t, "+&") || slices.Contains(words, "und") || slices.Contains(words, "and")
	switch {
	case len(found) > 1, len(found) == 1 && others > 0 && joined:
		return "", false, NewError("two_platforms", t, sentence.Of("names more than one platform"),
			sentence.Of("write one row for each platform"), found...)
	case len(found) == 1 && others == 0:
		return found[0], true, nil
	}
	return t, false, nil
}
