package cell

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// severalPeopleWords stand for several people where the name of one should, in the form of PlainWords.
var severalPeopleWords = indexPhrases(`various, various creators, various influencers, various creator, various influencer, varied, multiple, multiple creators,
	multiple influencers, multiple people, several, several creators, several influencers, many, all, all creators, all influencers, everyone, others, other,
	other creators, other influencers, nano creators, nano influencers, nano influencer, micro creators, micro influencers, micro influencer, ugc creators, misc, miscellaneous, mixed,
	diverse, divers, div, diverse influencer, diverse creator, diverse influencerinnen, mehrere, mehrere influencer, mehrere creator, mehrere personen, verschiedene,
	verschiedene influencer, verschiedene creator, versch, alle, alle influencer, alle creator, andere, weitere, weitere influencer, sonstige, sonstiges, gemischt`)

// countedPeople are several people by their number: "10 nano creators", "ca. 5 Influencer".
var countedPeople = regexp.MustCompile(`(?i)^(?:ca\.?|~)? ?\d{1,4}x? (?:(?:\pL[\pL-]* ){0,2}(?:creators?|influencers?|influencer\*?innen)|people|personen|ambassadors?)$`)

// IsSeveralPeople reports whether a text in the column of names stands for several people, whom it does not name.
func IsSeveralPeople(text string) bool {
	const longest = 32 // bytes
	t := texts.Trim(text)
	return len(t) <= longest &&
		(countedPeople.MatchString(t) ||
			severalPeopleWords[texts.PlainWords(strings.TrimRight(cutBrackets(t), ".…!?"))])
}

// betweenPeople is what stands between the names of several people.
var betweenPeople = regexp.MustCompile(`(?i)\s*(?:[/&+;|,→]|->)\s*|\s+(?:and|or|und|oder)\s+`)

// MayNameSeveralPeople reports whether a text in the column of a person may name several: "Anna & Ben", "Anna, Ben". Of "Schulz,
// Anna" nobody can tell. A link names nobody.
func MayNameSeveralPeople(text string) bool {
	if IsLink(text) {
		return false
	}
	names := 0
	for _, name := range betweenPeople.Split(text, -1) {
		if strings.ContainsFunc(name, unicode.IsLetter) {
			names++
		}
	}
	return names > 1
}
