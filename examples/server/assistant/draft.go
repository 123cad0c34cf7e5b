package assistant

import (
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// drafted is a cooperation as it would be saved.
type drafted struct {
	Cooperation crm.Cooperation `json:"cooperation"`
	Conflicts   []crm.Conflict  `json:"conflicts"`
	More        int             `json:"more_conflicts,omitzero"`
	Notices     []crm.Notice    `json:"notices"`
}

func draftCooperation() (tool, error) {
	type asked struct {
		place
		Campaign   crm.CampaignID   `json:"campaign"`
		Influencer crm.InfluencerID `json:"influencer"`
		Profile    crm.ProfileID    `json:"profile,omitzero" jsonschema:"The account of the influencer, as get_record lists them."`
		Name       string           `json:"name,omitzero" jsonschema:"Left out, it is made of campaign, influencer and platform."`
		Status     crm.Status       `json:"status,omitzero" jsonschema:"Draft if left out. A signed one needs a start and a cost."`
		Period     budget.Period    `json:"period,omitzero"`
		Cost       budget.Money     `json:"cost,omitzero"`
		Rules      []discount.Rule  `json:"rules,omitzero" jsonschema:"Its discount codes; left out, the defaults of the profile."`
		UTM        utm.Params       `json:"utm,omitzero" jsonschema:"Left out, the defaults of the profile and the workspace."`
		Notes      string           `json:"notes,omitzero"`
	}
	return reading("draft_cooperation", "Draft a cooperation",
		"Says what a new cooperation would be with everything filled in that is left out, what it conflicts with and what would be wrong. "+
			"Nothing is saved, and the id is not kept; to save it, propose it with propose_change.",
		func(c *call[asked]) (answer, error) {
			a := c.args
			saved, err := c.crm.DryRun().CreateCooperation(c.ctx, c.ws, crm.Cooperation{
				Campaign: a.Campaign, Influencer: a.Influencer, Profile: a.Profile, Name: a.Name, Status: a.Status, Period: a.Period, Cost: a.Cost,
				Rules: a.Rules, UTM: a.UTM, Notes: a.Notes,
			})
			if err != nil {
				return answer{}, err
			}
			conflicts := shortened(saved.Cooperation, saved.Conflicts)
			return answer{
				fmt.Sprintf("It could be saved, with %s and %s. Nothing was saved.",
					counted(len(conflicts.Conflicts)+conflicts.More, "conflict"), counted(len(saved.Notices), "notice")),
				drafted{saved.Cooperation, conflicts.Conflicts, conflicts.More, saved.Notices},
			}, nil
		})
}
