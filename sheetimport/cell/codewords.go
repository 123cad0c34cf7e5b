package cell

import (
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// aboutCode are words that people write about a code where it should stand: who knows it, which kind it is, when it comes.
var aboutCode = texts.Set(`ask check see mail email link links code codes coupon voucher discount promo own individual custom personal personalised personalized
	unique generic general standard normal default new later follows send sending notes briefing agency manual automatic unclear
	fragen nachfragen rückfragen anfragen klären prüfen siehe gutscheincode gutschein rabattcode rabatt aktionscode eigener eigenen individuell individueller
	persönlich persönlicher allgemein allgemeiner generisch neu neuer später nachreichen zusenden schicken notizen agentur manuell automatisch unklar
	bekannt unbekannt extern intern`)

// askWords begin a remark whatever follows.
var askWords = texts.Set(`ask check see fragen nachfragen rückfragen anfragen klären prüfen siehe`)

// isAboutCode reports whether a text may be a remark as well as a code: "nachfragen", "siehe_Mail", "LISA10/requested", an
// address. In capitals, as codes are, it is a code, and so is a name with such a word beside it: "anna-code".
func isAboutCode(part string) bool {
	if part == strings.ToUpper(part) {
		return false
	}
	words := joiners.Split(strings.ToLower(part), -1)
	if !strings.ContainsFunc(part, unicode.IsDigit) {
		words = strings.FieldsFunc(strings.ToLower(part), func(r rune) bool { return !unicode.IsLetter(r) })
	}
	if len(words) == 0 {
		return false
	}
	isRemark := func(w string) bool { return len(words) > 1 && (codeStates[w] || IsNoValue(w)) }
	isName := func(w string) bool { return !aboutCode[w] }
	return askWords[words[0]] || strings.Index(part, "@") > 0 || slices.ContainsFunc(words, isRemark) || !slices.ContainsFunc(words, isName)
}
