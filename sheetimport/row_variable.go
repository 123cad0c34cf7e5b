package sheetimport

import (
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// remarkVariableCost says of a cell with a cost that depends on results that it counts in no amount.
func (x *rowReader) remarkVariableCost(e *entry, r sheet.Row, c customColumn, value string) {
	if !c.variable && !c.reference || saysNoCost(value) {
		return
	}
	message := sentence.Of("what is paid by results has no field: it is kept as a custom field and counts in no amount")
	if c.reference {
		switch words := strings.Fields(texts.PlainWords(value)); words[len(words)-1] {
		case "min":
			message = sentence.Of("the fixed cost of the row is the least of a share of the revenue, and no fee beside it; the share has no field and counts in no amount")
		case "max":
			message = sentence.Of("the fixed cost of the row is the most of a share of the revenue, and no fee beside it; the share has no field and counts in no amount")
		default:
			return
		}
	}
	e.notices = append(e.notices, x.remarkIn(r, c.Column, "variable_cost", message))
}

// saysNoCost reports whether a text is 0, or a word for no value.
func saysNoCost(value string) bool {
	t := texts.Trim(value)
	if strings.ContainsAny(t, "123456789") {
		return false
	}
	_, none := cell.NoAmount(t)
	switch strings.ToLower(t) {
	case "no", "nein", "false", "falsch":
		return true
	}
	return t == "" || none && !cell.PaidByResults(t) || strings.ContainsRune(t, '0')
}
