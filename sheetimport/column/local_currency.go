package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
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

// saysOriginal reports whether a word in the header of an amount says that it is as it was agreed, in English or German. It is in
// the currency of the row if another column has the same amount in one currency, and an earlier version of it otherwise.
func saysOriginal(word string) bool { return word == "orig" || strings.HasPrefix(word, "original") }

// originalCost finds such a word in the header of a cost: "original" in "Original fee". It is "" if there is none.
func originalCost(header string) (word string) {
	if len(header) > maxHeaderLen || len(cell.CurrenciesIn(header)) > 0 {
		return ""
	}
	var rest []string
	for _, w := range strings.FieldsFunc(headerKey(headerWords(header)), func(r rune) bool { return strings.ContainsRune(" ()[],.", r) }) {
		if saysOriginal(w) {
			word = w
		} else {
			rest = append(rest, w)
		}
	}
	if headerTerms[compact(strings.Join(rest, " "))].field != Cost {
		return ""
	}
	return word
}

// resolveLocal takes a column of amounts in the currency of each row for the cost, in a sheet with a column of currencies.
func resolveLocal(columns []Column) {
	if !hasField(columns, Currency) {
		return
	}
	converted := slices.ContainsFunc(columns, func(c Column) bool { return c.Field == Cost && (c.Currency != "" || c.Dollar) })
	for i := range columns {
		c := &columns[i]
		original := ""
		if converted {
			original = originalCost(c.Header)
		}
		if localCost(c.Header) == "" && original == "" || c.Field != Custom && c.Field != Cost {
			continue
		}
		c.Field, c.Confidence = Cost, Exact
		c.readAmountHeader()
		if original != "" {
			c.Unit, c.Local = original, true
		}
		c.Reason = reason(*c)
	}
}

// isConvertedOf reports whether another column has the amounts of a local one in a currency. A row that it says nothing
// of takes the local amount.
func (c Column) isConvertedOf(o Column, currency budget.Currency) bool {
	return o.Field == c.Field && !o.Local && currency != "" && o.AmountsIn(currency) == currency
}
