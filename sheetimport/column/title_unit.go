package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// amountsIn are words of a title that say in which unit the amounts below are: "Budgets 2026 in TEUR", "Alle Angaben Tsd. €".
var amountsIn = texts.Set(`amounts figures values angaben beträge werte`)

// titleUnit finds a unit in the rows above the header in which plain amounts are not read; "" for none.
func titleUnit(s *sheet.Table, header int) string {
	const longest = 120 // bytes; more is a text about something else
	for _, row := range s.Rows {
		if row.Number >= header {
			return ""
		}
		for _, c := range row.Cells {
			if len(c.Text) > longest {
				continue
			}
			unit, found := cell.CountedIn(c.Text)
			words := strings.Fields(headerWords(c.Text))
			if found && (cell.NamesCurrency("1 "+unit) || slices.ContainsFunc(words, func(w string) bool { return amountsIn[w] }) ||
				inUnit(words)) {
				return unit
			}
		}
	}
	return ""
}

// setAsideByTitle takes their fields from the columns of amounts below a title that says in which unit they are. What remains is
// field. It returns their places.
func setAsideByTitle(s *sheet.Table, header int, columns []Column, field Field) (aside []int) {
	unit := titleUnit(s, header)
	if unit == "" {
		return nil
	}
	for n := range columns {
		c := &columns[n]
		if !c.Field.IsMoney() {
			continue
		}
		c.Unit = unit
		if c.Confidence == Given {
			continue // its cells are refused
		}
		c.Field, c.Confidence = field, NoMatch
		c.Reason = sentence.Of("a title above the header gives the unit %q, in which amounts are not read; write plain amounts, and no unit above them",
			texts.Shorten(unit))
		aside = append(aside, n)
	}
	return aside
}

// inUnit reports whether the word after an "in" is a unit.
func inUnit(words []string) bool {
	at := slices.Index(words, "in")
	if at < 0 || at+1 == len(words) {
		return false
	}
	_, found := cell.CountedIn(words[at+1])
	return found
}
