package cell

import (
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// toCome are words, beside those of doubts, notDone, open and reserves, that say that something is still to be done: "needs
// signature", "zu unterschreiben", "soll gebucht werden".
var toCome = texts.Set(`will should shall must need needs needed require requires required missing lacks ready going after once until if
	zu wenn sobald werden soll sollte sollen muss müssen braucht benötigt fehlt fehlend nötig folgt`)

// ProposeStatus returns what a text that [ParseStatus] does not read may mean, for somebody to confirm: the status of the
// longest known word in it. It is empty if there is none, if the text holds a doubt, and if what it would propose as signed
// is still to be, or fell through.
func ProposeStatus(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '?' })
	if slices.ContainsFunc(words, func(w string) bool { return doubts[w] || strings.Contains(w, "?") }) {
		return ""
	}
	const most = 4 // words of a phrase
	proposed := status{}
	for n := min(most, len(words)); n > 0; n-- {
		for i := 0; i+n <= len(words); i++ {
			s := statusWords[strings.Join(words[i:i+n], " ")]
			if proposed.isNone() {
				proposed = s
			}
			if s.cancelled && proposed.stage == budget.Signed {
				return ""
			}
		}
	}
	if proposed.stage == budget.Signed && slices.ContainsFunc(words, func(w string) bool {
		return notDone[w] || open[w] || reserves[w] || toCome[w] || cancellations[w]
	}) {
		return ""
	}
	return proposed.name()
}
