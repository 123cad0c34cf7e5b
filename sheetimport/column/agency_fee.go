package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Words in the header of what an agency gets beside the influencer, in the form of headerKey: stems of who gets it, words and
// stems of an amount, and words that make it a part of the cost.
var (
	agencyStems = []string{"agency", "agentur", "management"}
	agencyFees  = []string{"fee", "commission", "cost", "markup", "surcharge", "provision", "gebuehr", "honorar", "kosten", "aufschlag", "anteil"}
	partOfCost  = texts.Set(`davon thereof included enthalten incl inkl including inklusive`)
)

// namesAgencyFee reports whether a header is that of what an agency gets: "Agency fee", "Agenturprovision 15%".
func namesAgencyFee(header string) bool {
	if len(header) > maxHeaderLen {
		return false
	}
	key := headerKey(headerWords(header))
	has := func(stems []string) bool {
		return slices.ContainsFunc(stems, func(s string) bool { return strings.Contains(key, s) })
	}
	part := slices.ContainsFunc(strings.FieldsFunc(key, func(r rune) bool { return strings.ContainsRune(" ().,", r) }), func(w string) bool { return partOfCost[w] })
	return has(agencyStems) && has(agencyFees) && !part
}

// noteAgencyFees tells of a column with what an agency gets, because nobody can tell whether it comes on top of the cost.
func (h *Header) noteAgencyFees(data []sheet.Row) {
	cost, ok := h.Column(Cost)
	if !ok {
		return
	}
	for i, c := range h.Columns {
		as := Column{Index: c.Index, Field: Cost}
		if c.Field != Custom || c.Confidence == Given || h.HasNote(c) || !namesAgencyFee(c.Header) || sheet.ColumnBlank(data, c.Index) || !fits(as, data) {
			continue
		}
		h.note(i, "agency_fee_beside_cost", sentence.Of(
			"the amounts of column %s %q are no part of the cost, which is that of column %s %q; if they come on top, map a column with both to the cost",
			c.Letter, texts.Shorten(c.Header), cost.Letter, texts.Shorten(cost.Header)))
	}
}
