package sheetimport

import "fmt"

// noCampaign is where rows without a campaign and without a date go.
const noCampaign = "No campaign"

// fillCampaign decides the campaign of a row that names none: an always-on row belongs to the month of its posting.
func (x *rowReader) fillCampaign(d *deal, r Row) {
	if d.campaign != "" {
		return
	}
	d.campaign = d.monthCampaign()
	x.notice(d, r, FieldCampaign, "campaign_missing", "the row names no campaign; it goes to %q", d.campaign)
}

// monthCampaign is the campaign of a row that names none.
func (d *deal) monthCampaign() string {
	start := d.period.Start
	if start.IsZero() {
		return noCampaign
	}
	return fmt.Sprintf("%s %d", start.Month().TimeMonth(), start.Year())
}
