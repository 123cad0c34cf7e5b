package column

import (
	"regexp"

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

// signedPercent is a percentage with its sign.
var signedPercent = regexp.MustCompile(`^\d{1,2}(?:[.,]\d+)? ?%$`)

// findPercentages takes a column that is called "Discount", which may be a code, for what the codes take off if it
// holds percentages.
func (h *Header) findPercentages(data []sheet.Row) {
	if hasField(h.Columns, Percentage) || !hasField(h.Columns, Code) {
		return
	}
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field != Custom || c.Confidence == Given || headerKey(NormalizeHeader(c.Header)) != "discount" {
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
