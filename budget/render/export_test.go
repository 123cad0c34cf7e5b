package render

import (
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
)

// Columns counts columns of a terminal, and Visible is what is shown of a name.
var (
	Columns = columnsOf
	Visible = visible
)

// German are the texts that this package has in German.
var German = german

// Thousands is an amount as reports have it.
func Thousands(m budget.Money) string {
	s := newSpeech(language.English, nil, false)
	return s.amount(m)
}
