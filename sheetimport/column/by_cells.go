package column

import (
	"regexp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// nameHandles takes a column of handles for one of names in a sheet that has none, if half of its cells or more can be
// no handles: "Influencer / Handle" with "Zoe Ef (@zoeef)" below it.
func (h *Header) nameHandles(data []sheet.Row) {
	if hasField(h.Columns, Influencer) || hasField(h.Columns, FirstName) {
		return
	}
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field != Handle || c.Confidence == Given {
			continue
		}
		seen, handles := tally(data, c.Index, isNothing, func(shown sheet.Cell, _ string) bool {
			_, err := cell.ParseHandle("", texts.Trim(Handle.Text(shown)))
			return err == nil
		})
		if seen > 0 && 2*handles <= seen {
			c.Field, c.Confidence, c.Reason = Influencer, Inferred, sentence.Of("its cells are names, and no other column has them")
		}
		return
	}
}

// findCodes takes a column that is called "Discount" or "Rabatt" for codes if its cells are codes and no other column has them.
func (h *Header) findCodes(data []sheet.Row) {
	if hasField(h.Columns, Code) {
		return
	}
	for i := range h.Columns {
		c := &h.Columns[i]
		key := headerKey(NormalizeHeader(c.Header))
		if c.Field != Custom && c.Field != Percentage || c.Confidence == Given || key != "discount" && key != "rabatt" {
			continue
		}
		seen, codes := tally(data, c.Index, cell.IsNoCode, func(shown sheet.Cell, text string) bool {
			_, noAmount := cell.ParseAmount(text, cell.StyleUnknown, "") // "10EUR"
			return shown.Raw == nil && cell.LooksLikeCode(text) && noAmount != nil && !strings.ContainsAny(text, " %")
		})
		if seen > 0 && codes == seen && holdsDigits(data, c.Index) {
			c.Field, c.Confidence, c.Reason = Code, Inferred, sentence.Of("its cells are codes, and no other column has them")
			return
		}
	}
}

// signedPercent is a percentage with its sign.
var signedPercent = regexp.MustCompile(`^\d{1,2}(?:[.,]\d+)? ?%$`)

// percentHeaders are headers of what codes take off where percentages stand below them; else they may be a code or an amount.
var percentHeaders = texts.Phrases(`discount, discount amount, nachlass, code %, code discount, code value, code rabatt, code wert`)

// findPercentages takes a column with such a header for what the codes of another one take off if it holds percentages.
func (h *Header) findPercentages(data []sheet.Row) {
	if hasField(h.Columns, Percentage) || !hasField(h.Columns, Code) {
		return
	}
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field != Custom || c.Confidence == Given || !slices.Contains(percentHeaders, headerKey(NormalizeHeader(c.Header))) {
			continue
		}
		seen, percents := tally(data, c.Index, isNothing, func(shown sheet.Cell, text string) bool {
			return shown.Is(sheet.RawPercent) || signedPercent.MatchString(text)
		})
		if seen > 0 && percents == seen {
			c.Field, c.Confidence, c.Reason = Percentage, Inferred, sentence.Of("its cells are percentages, beside codes")
			return
		}
	}
}
