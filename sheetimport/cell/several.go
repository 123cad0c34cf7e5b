package cell

import (
	"regexp"
	"strings"

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
