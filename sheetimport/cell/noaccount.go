package cell

import (
	"strings"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// noAccountTexts are what people write about an account where its name should stand: that it is private or gone, or
// where the link to it is. Two rows with such a word would be one person. They are in the form of PlainWords.
var noAccountTexts = indexPhrases(`private, public, deleted, suspended, banned, blocked, deactivated, inactive, active, verified, not verified, link, links,
	profile, profile link, link to profile, account, handle, username, user name, here, click, click here, see link, see profile,
	several, multiple, various, main, same name, like name,
	privat, öffentlich, gelöscht, geloescht, gesperrt, blockiert, deaktiviert, inaktiv, aktiv, verifiziert, profil, profillink, link zum profil,
	benutzername, hier, klick, klick hier, s.o, s. o, s.u, s. u, siehe link, siehe profil, mehrere, verschiedene, diverse,
	wie name, gleicher name`)

// IsNoAccount reports whether a trimmed text in the column of handles says something about an account and does not name it. The
// same word behind an @ is a name: people have accounts like @private and @link.
func IsNoAccount(t string) bool {
	const tooShort = 3 // digits: a count or a tick
	if texts.IsDigits(t) && len(t) < tooShort {
		return true
	}
	return noAccountTexts[strings.Trim(texts.PlainWords(strings.Trim(cutBrackets(t), ".!: ")), " ")]
}
