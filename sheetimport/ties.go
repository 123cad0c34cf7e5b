package sheetimport

import (
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// tieNames remembers what the rows that earlier imports know say about names. A campaign or person who was renamed in the
// CRM, or merged into another, keeps the old name in the sheet. A new row under that name means the same record, and would
// otherwise make it anew. A name that the CRM has is that record's, whatever other rows say.
func (p *planner) tieNames(known map[*entry]*crm.Cooperation) {
	if len(known) == 0 {
		return
	}
	r := p.resolver
	for _, e := range p.entries {
		c := known[e]
		if c == nil {
			continue
		}
		name := crm.Fold(e.campaign)
		if name != "" && r.campaigns[name] == nil {
			if now := crm.Fold(r.campaignNames[c.Campaign]); now != name && !slices.Contains(r.tiedCampaigns[name], now) {
				r.tiedCampaigns[name] = append(r.tiedCampaigns[name], now)
			}
		}
		name = crm.Fold(e.influencer)
		if name != "" && len(r.people.byName[name]) == 0 {
			if one := r.people.byID[c.Influencer]; one != nil && !slices.Contains(r.people.tied[name], one) {
				r.people.tied[name] = append(r.people.tied[name], one)
			}
		}
	}
}

// knownCampaign returns the campaign of the CRM, or of an earlier row, that a row names, nil if there is none. tied says that
// other rows of the sheet say which one it is, because it is called otherwise now. Rows that say several leave it open.
func (r *resolver) knownCampaign(e *entry) (campaign *crm.Campaign, tied bool) {
	name := crm.Fold(e.campaign)
	if c := r.campaigns[name]; c != nil {
		return c, false
	}
	if names := r.tiedCampaigns[name]; len(names) == 1 {
		return r.campaigns[names[0]], true
	}
	return nil, false
}
