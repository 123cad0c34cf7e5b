package sheetimport

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// campaignField is what a row says about one field of its campaign, and what the campaign has.
type campaignField struct {
	column   column.Field
	name     string // of the field, in changes
	says, is string
	set      func(*crm.Campaign)
}

func (e *entry) campaignFields(c *crm.Campaign) []campaignField {
	return []campaignField{
		{column.CampaignBudget, "budget", e.budget.String(), c.Budget.String(), func(c *crm.Campaign) { c.Budget = e.budget }},
		{column.RevenueTarget, "revenue_target", e.target.String(), c.RevenueTarget.String(),
			func(c *crm.Campaign) { c.RevenueTarget = e.target }},
		{column.CampaignStart, "start", e.dates.Start.String(), c.Period.Start.String(),
			func(c *crm.Campaign) { c.Period.Start = e.dates.Start }},
		{column.CampaignEnd, "end", e.dates.End.String(), c.Period.End.String(), func(c *crm.Campaign) { c.Period.End = e.dates.End }},
	}
}

// fillCampaign sets what is blank about a campaign: its budget, target and days. What says something else than the CRM, or than
// an earlier row, is kept, with a notice.
func (r *resolver) fillCampaign(o *planned, known *crm.Campaign) {
	for _, f := range o.campaignFields(known) {
		switch {
		case f.says == "" || f.says == f.is:
		case f.is != "":
			o.notice(f.column, "kept", "the campaign has %s already; that is kept", ValueText(f.name, f.is))
		case f.says == r.cleared.campaigns[known.ID][f.name]:
			o.notice(f.column, "cleared",
				"somebody has taken %s away from the campaign in the CRM; it stays blank while the sheet says the same",
				ValueText(f.name, f.says))
		case !known.ArchivedOn.IsZero():
			o.notice(f.column, "archived_campaign",
				"%q is archived in the CRM; restore the campaign to fill in what this row says of it", known.Name)
		default:
			r.setOfCampaign(o, known, f)
		}
	}
}

// setOfCampaign sets a blank field of a campaign, unless that does not fit the rest: its end would be before its start.
func (r *resolver) setOfCampaign(o *planned, known *crm.Campaign, f campaignField) {
	after := *known
	f.set(&after)
	if err := crm.Check(after, r.currency); err != nil {
		o.notice(f.column, "does_not_fit", "together with what the campaign has this does not fit: %s; it is left out", problemsOf(err))
		return
	}
	*known = after
	o.changes = append(o.changes, Change{crm.KindCampaign, known.ID.String(), f.name, "", f.says})
	if known.Version > 0 {
		o.fills, r.changedCampaigns[known.ID] = known.ID, known
	}
}
