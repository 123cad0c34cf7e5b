package render

import "github.com/getklar/influencercrm/budget"

// Columns counts columns of a terminal, and Visible is what is shown of a name.
var (
	Columns = columnsOf
	Visible = visible
)

// Thousands is an amount as reports have it.
func Thousands(m budget.Money) string {
	s := newSpeech(nil, false)
	return s.amount(m)
}
