package assistant

import (
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// maxConflicts is how many conflicts of one cooperation are listed.
const maxConflicts = 5

// inConflict is a cooperation whose codes or links would claim the orders of others.
type inConflict struct {
	ID        crm.CooperationID `json:"id"`
	Name      string            `json:"name"`
	Status    crm.Status        `json:"status"`
	Conflicts []crm.Conflict    `json:"conflicts"`
	More      int               `json:"more,omitzero"`
}

func listConflicts() (tool, error) {
	type asked struct {
		place
		Severity  discount.Severity `json:"severity,omitzero" jsonschema:"The least severe that are listed. Blocking ones keep a cooperation from being signed."`
		Campaigns []crm.CampaignID  `json:"campaigns,omitzero" jsonschema:"Only cooperations of these campaigns."`
		Text      string            `json:"text,omitzero" jsonschema:"A part of the name or a code of the cooperation."`
		paging
	}
	return reading("list_conflicts", "Conflicts of codes and links",
		"Lists cooperations whose discount codes or UTM fields would also claim the orders of another influencer, "+
			"each with a code that proves it.",
		func(c *call[asked]) (answer, error) {
			o, err := c.args.list()
			if err != nil {
				return answer{}, err
			}
			f := crm.ConflictFilter{Severity: c.args.Severity}
			f.Campaigns, f.Text = c.args.Campaigns, c.args.Text
			page, err := c.crm.Conflicts(c.ctx, c.ws, f, o)
			if err != nil {
				return answer{}, err
			}
			all := listed[inConflict]{Items: []inConflict{}, Next: page.Next}
			for _, i := range page.Items {
				all.Items = append(all.Items, shortened(i.Cooperation, i.Conflicts))
			}
			summary := fmt.Sprintf("%s in conflict on this page.", counted(len(all.Items), "cooperation"))
			if all.Next != "" {
				summary += " There are more."
			}
			return answer{summary, all}, nil
		})
}

func shortened(c crm.Cooperation, all crm.Conflicts) inConflict {
	some := all.List[:min(len(all.List), maxConflicts)]
	return inConflict{c.ID, c.Name, c.Status, some, len(all.List) - len(some) + all.More}
}
