package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// Words that turn what was agreed into what has been paid of it. Where a sheet has no other column of amounts, what was
// paid is all that it knows of the cost. Words for a part, as in "Fee (open)" and "Deposit", never are.
var (
	paidWords = texts.Set(`paid payed invoiced billed transferred settled`) //nolint:misspell // as headers have it
	paidStems = []string{"bezahlt", "gezahlt", "ausgezahlt", "ueberwiesen", "abgerechnet", "beglichen"}
	// besidePaid may stand beside them.
	besidePaid = texts.Set(`already so far out bereits schon`)
)

// paidCost reports whether a header names the cost but for words that say that it has been paid: "Fee (paid)", "Paid fee",
// "Honorar (bezahlt)". A question, as "Fee paid?", has yes and no below it.
func paidCost(header string) bool {
	if len(header) > maxHeaderLen || strings.ContainsAny(header, "?") || unitIn(header) != "" {
		return false
	}
	words := strings.FieldsFunc(headerKey(headerWords(header)), func(r rune) bool { return strings.ContainsRune(" !,;+&|", r) })
	paid := false
	var rest []string
	for _, word := range words {
		switch bare := strings.Trim(word, "."); {
		case paidWords[bare], slices.ContainsFunc(paidStems, func(s string) bool { return strings.HasPrefix(bare, s) }):
			paid = true
		case !besidePaid[bare]:
			rest = append(rest, word)
		}
	}
	key, _ := cutCurrency(strings.Join(rest, " "))
	return paid && headerTerms[compact(key)].field == Cost
}

// resolvePaid takes the only column of amounts for the cost if it holds what has been paid.
func resolvePaid(columns []Column) {
	at := -1
	for i, c := range columns {
		switch f, _ := lookUp(c.Header); {
		case c.Field == Cost:
			return
		case c.Field != Custom || c.Confidence == Given:
		case paidCost(c.Header) && at < 0:
			at = i
		case paidCost(c.Header), f == Cost: // two of them, or one that says which part is open
			return
		}
	}
	if at < 0 {
		return
	}
	c := &columns[at]
	c.Field, c.Confidence = Cost, Inferred
	c.Reason = sentence.Of("it says what was paid, and no other column has the cost")
	c.readAmountHeader()
}

// notePaid tells that what was paid stands for the cost.
func (h *Header) notePaid() {
	for i, c := range h.Columns {
		if c.Field == Cost && c.Confidence == Inferred && paidCost(c.Header) {
			h.note(i, "paid_as_cost", sentence.Of("column %s %q says what was paid, and no other column has the cost: it is taken for the cost; "+
				"if it is not, map it to what it is", c.Letter, texts.Shorten(c.Header)))
		}
	}
}
