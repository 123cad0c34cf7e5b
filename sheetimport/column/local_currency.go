package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// localWords say in the header of an amount that it is in the currency of the row, whichever that is, and besideLocal
// may stand beside them. They are in the form of headerKey.
var (
	localWords = texts.Set(`local lokal lokale lokales lokaler landeswaehrung lokalwaehrung originalwaehrung fremdwaehrung ortswaehrung
		lc lcy`)
	besideLocal = texts.Set(`currency ccy waehrung in original der the`)
)

// localCost finds the word in the header of a cost that says that each row has its own currency: "local" in "Fee
// (local)", "landeswaehrung" in "Honorar in Landeswährung". It is "" if there is none.
func localCost(header string) (word string) {
	if len(header) > maxHeaderLen {
		return ""
	}
	var rest []string
	for _, w := range strings.FieldsFunc(headerKey(headerWords(header)), func(r rune) bool { return strings.ContainsRune(" ()[],", r) }) {
		switch {
		case localWords[w]:
			word = w
		case !besideLocal[w]:
			rest = append(rest, w)
		}
	}
	if word == "" || headerTerms[compact(strings.Join(rest, " "))].field != Cost {
		return ""
	}
	return word
}

// resolveLocal takes a column of amounts in the currency of each row for the cost, in a sheet with a column of currencies.
func resolveLocal(columns []Column) {
	if !hasField(columns, Currency) {
		return
	}
	for i := range columns {
		c := &columns[i]
		if localCost(c.Header) == "" || c.Field != Custom && c.Field != Cost {
			continue
		}
		c.Field, c.Confidence = Cost, Exact
		c.readAmountHeader()
		c.Reason = reason(*c)
	}
}

// isConvertedOf reports whether another column has the amounts of a local one in a currency, in each row that has some.
func (c Column) isConvertedOf(o Column, currency budget.Currency, data []sheet.Row) bool {
	return o.Field == c.Field && !o.Local && currency != "" && o.AmountsIn(currency) == currency &&
		!slices.ContainsFunc(data, func(r sheet.Row) bool {
			here, there := texts.Trim(r.Cell(c.Index).Text), texts.Trim(r.Cell(o.Index).Text)
			return here != "" && !isNothing(here) && (there == "" || isNothing(there))
		})
}
