package sheetimport

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// tellSeveralCampaigns tells once of each campaign whose name is a list with another campaign of the sheet in it, as a cell with
// several choices is exported: "Summer,Autumn" is a campaign of its own beside "Summer".
func tellSeveralCampaigns(entries []*entry) {
	named, told := map[string]bool{}, map[string]bool{}
	for _, e := range entries {
		if e.campaign != "" && e.verdict != Rejected {
			named[crm.Fold(e.campaign)] = true
		}
	}
	for _, e := range entries {
		key := crm.Fold(e.campaign)
		if told[key] || e.verdict != Created && e.verdict != Updated {
			continue
		}
		parts := strings.FieldsFunc(e.campaign, func(r rune) bool { return strings.ContainsRune(",;|/", r) })
		at := slices.IndexFunc(parts, func(part string) bool { return named[crm.Fold(texts.Trim(part))] })
		if at < 0 || len(parts) < 2 {
			continue
		}
		told[key] = true
		e.notice(column.Campaign, "several_campaigns",
			"%q is a campaign of its own beside %q; if the row belongs to several, write a row for each with what it costs there",
			texts.Shorten(e.campaign), texts.Shorten(texts.Trim(parts[at])))
	}
}
