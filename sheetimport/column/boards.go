package column

import (
	"slices"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// boardNames are headers of what the cards and tasks of a board are in, in the form of headerKey without blanks. The board or
// the list of a team may be a campaign of its own, and may as well be the team.
var boardNames = texts.Set(`board boardname boardtitle list listname folder foldername space spacename section sectioncolumn
	projectname project brett brettname liste listenname ordner ordnername bereich abschnitt projekt projektname`)

// noteBoards tells of the columns that may be the campaigns, in a sheet of cards that has none of campaigns: its rows go to
// the months.
func (h *Header) noteBoards(data []sheet.Row) {
	cards := slices.ContainsFunc(h.Columns, func(c Column) bool { return c.Field == Influencer && c.isCardName() })
	if !cards || hasField(h.Columns, Campaign) {
		return
	}
	for i, c := range h.Columns {
		if c.Field == Custom && c.Confidence != Given && len(c.Header) <= maxHeaderLen &&
			boardNames[compact(headerKey(NormalizeHeader(c.Header)))] && !sheet.ColumnBlank(data, c.Index) {
			h.note(i, "board_may_be_campaign", sentence.Of(
				"column %s %q may say the campaign, and is kept as a custom field; name it \"Campaign\" or map it if it does",
				c.Letter, texts.Shorten(c.Header)))
		}
	}
}
