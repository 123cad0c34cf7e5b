package api

import (
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/crm/wire"
)

func campaigns() []Operation {
	type filter struct{ crm.CampaignFilter }
	type list struct {
		filter
		listing
	}
	return tagged("Campaigns", slices.Concat([]Operation{
		operation("GET /campaigns", "listCampaigns", "List campaigns",
			func(c *call[list]) (page[crm.Campaign], error) {
				return paged(c.crm.Campaigns(c.ctx(), c.ws, c.params.CampaignFilter, c.params.ListOptions))
			}),
		operation("GET /campaigns/count", "countCampaigns", "Count campaigns",
			func(c *call[filter]) (count, error) {
				return counted(c.crm.CountCampaigns(c.ctx(), c.ws, c.params.CampaignFilter))
			}),
		creating[crm.Campaign](operation("POST /campaigns", "createCampaign", "Plan a campaign", creates((*crm.Service).CreateCampaign))),
		operation("GET /campaigns/{id}", "getCampaign", "Read a campaign", reads((*crm.Service).Campaign)),
		editing[crm.Campaign](operation("PATCH /campaigns/{id}", "patchCampaign", "Change fields of a campaign", edits(wire.EditCampaign))),
		editing[crm.Campaign](operation("PUT /campaigns/{id}", "replaceCampaign", "Replace a campaign", edits(wire.EditCampaign))),
		saying("It needs the `name` of the new campaign, or a `month`.",
			creating[cloning](operation("POST /campaigns/{id}/clone", "cloneCampaign",
				"Clone a campaign, with its cooperations as drafts if asked for",
				cloneCampaign))),
	}, kept[crm.Campaign]("/campaigns", "Campaign", "a campaign"))...)
}

// cloning says what becomes of a cloned campaign.
type cloning struct {
	Name         string       `json:"name,omitzero"`         // of the new campaign
	Start        budget.Date  `json:"start,omitzero"`        // the day on which it starts; the old campaign must have a start too
	Days         int          `json:"days,omitzero"`         // or by how many days all dates move, backwards if negative
	Cooperations bool         `json:"cooperations,omitzero"` // with the cooperations, as drafts
	Month        budget.Month `json:"month,omitzero"`        // instead of all these: the month that a campaign of one month is repeated in
}

func cloneCampaign(c *call[struct {
	one[crm.CampaignID]
	dryRun
}]) (crm.Cloned, error) {
	o, err := web.Body[cloning](c.request)
	switch {
	case err != nil:
		return crm.Cloned{}, err
	case !o.Month.IsZero():
		return c.crm.CloneMonth(c.ctx(), c.ws, c.params.ID, o.Month)
	default:
		return c.crm.CloneCampaign(c.ctx(), c.ws, c.params.ID, crm.CloneOptions{
			Name: o.Name, Start: o.Start, Days: o.Days, Cooperations: o.Cooperations,
		})
	}
}
