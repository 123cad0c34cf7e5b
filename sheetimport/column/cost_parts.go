package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// pieceWords say in the header of a cost for which post, or for which part of the year, it is, in the form of headerKey.
var pieceWords = texts.Set(`reel reels story stories storys post posts posting postings video videos short shorts feed carousel karussell stream
	tiktok tiktoks instagram insta ig youtube yt ugc part teil half hj halbjahr quarter quartal q1 q2 q3 q4 h1 h2`)

// pieceOf splits the header of a cost into what it is and what it is for: "honorar" and "reel 1" of "Honorar Reel 1". The
// latter is "" for a header that names nothing but the cost.
func pieceOf(header string) (cost, piece string) {
	if len(header) > maxHeaderLen {
		return header, ""
	}
	var rest, pieces []string
	for _, word := range strings.Fields(headerKey(headerWords(header))) {
		bare := strings.Trim(word, ".,#")
		_, month := cell.ParseMonthHeader(bare)
		if pieceWords[bare] || month || texts.IsDigits(bare) {
			pieces = append(pieces, bare)
		} else {
			rest = append(rest, word)
		}
	}
	return strings.Join(rest, " "), strings.Join(pieces, " ")
}

// leaveCostParts takes the cost from columns that each have the cost of a piece, as "Honorar Reel" and "Honorar Story" have,
// where a row has an amount in several: none of them is what the cooperation costs.
func (h *Header) leaveCostParts(data []sheet.Row) {
	groups := map[string][]int{}
	for i, c := range h.Columns {
		if cost, piece := pieceOf(c.Header); c.Field == Cost && c.Confidence != Given && piece != "" && fits(c, data) {
			groups[cost] = append(groups[cost], i)
		}
	}
	for _, group := range groups {
		_, first := pieceOf(h.Columns[group[0]].Header)
		differ := slices.ContainsFunc(group, func(i int) bool { _, piece := pieceOf(h.Columns[i].Header); return piece != first })
		if !differ || !slices.ContainsFunc(data, func(r sheet.Row) bool { return h.amountsIn(r, group) > 1 }) {
			continue
		}
		for _, i := range group {
			c := &h.Columns[i]
			_, piece := pieceOf(c.Header)
			c.Reason = sentence.Of("%q in its header makes the amounts something else than %s; map the column if they are that", piece, c.Field.label())
			c.Field, c.Confidence = Custom, NoMatch
			h.costParts = append(h.costParts, c.Index)
		}
	}
}

// amountsIn counts the amounts that a row has in some columns.
func (h *Header) amountsIn(r sheet.Row, columns []int) (n int) {
	for _, i := range columns {
		shown := r.Cell(h.Columns[i].Index)
		a, err := cell.ReadAmount(shown, shown.Text, cell.StyleUnknown, "")
		if text := texts.Trim(shown.Text); text != "" && !isNothing(text) && (err != nil || !a.Blank && !a.Value.IsZero()) {
			n++
		}
	}
	return n
}
