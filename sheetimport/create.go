package sheetimport

import (
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// create plans a new cooperation and the records that it needs, or rejects the row. It returns false, and has
// done nothing, if the row could be of several influencers, or if its influencer takes nothing new and another row may yet
// give its handle to somebody else. No other row comes after the last try.
func (p *planner) create(e *entry, lastTry bool) bool {
	one, how := p.resolver.people.find(e)
	campaign, tied := p.resolver.knownCampaign(e)
	switch {
	case how == ambiguous, !lastTry && how != byHandle && one != nil && (!one.ArchivedOn.IsZero() || one.isFull(e)):
		return false
	case p.isByHand(e, one):
		return true
	case one != nil && !one.ArchivedOn.IsZero():
		e.reject(column.Influencer, "archived_influencer", "%q is archived in the CRM; restore the influencer first", one.Name)
		return true
	case campaign != nil && !campaign.ArchivedOn.IsZero():
		e.reject(column.Campaign, "archived_campaign", "%q is archived in the CRM; restore the campaign first", campaign.Name)
		return true
	case one != nil && one.isFull(e):
		e.reject(column.Platform, "too_many_profiles",
			"%q has %d profiles already, which is the most that one influencer can have", one.Name, crm.MaxProfiles)
		return true
	}
	if p.resolver.archivedMember(e) {
		p.resolver.leaveArchivedMember(e)
		e.responsible = ""
	}
	if tied {
		e.notice(column.Campaign, "known_by_other_rows",
			"other rows of the sheet have the name %q for the campaign %q; the row goes there too", e.campaign, campaign.Name)
	}
	o := &planned{entry: e}
	e.verdict = Created
	c := e.cooperation()
	c.ID = crm.CooperationID(p.resolver.newID(crm.KindCooperation, e.key()))
	goesTo := p.resolver.campaign(o, campaign)
	c.Campaign, e.goesTo = goesTo.ID, goesTo.Name
	o.person = p.resolver.influencer(o, one, how)
	c.Influencer = o.person.ID
	o.profile = p.resolver.profile(o)
	c.Profile = o.profile
	c.Responsible = p.resolver.member(o)
	if e.cancelled {
		c.Cancellation = p.cancellation(e)
	}
	o.said = e.said()
	o.said.context = e.context()
	id, values := c.ID.String(), o.said.values(e.cooperation())
	o.changes = slices.Grow(o.changes, len(values))
	for _, f := range fieldsOf(values) {
		o.changes = append(o.changes, Change{crm.KindCooperation, id, f, "", values[f]})
	}
	c.Imported = &crm.Imported{Source: p.plan.Source, Key: e.key()} // its values are added when it is written
	o.create = &c
	o.person.rows = append(o.person.rows, e)
	if rows, isNew := p.resolver.newProfiles[o.profile]; isNew {
		p.resolver.newProfiles[o.profile] = append(rows, e)
	}
	p.planned = append(p.planned, o)
	return true
}

// cancellation is that of a cooperation which the sheet calls cancelled. Where the sheet does not say when, it is the day
// on which the cooperation starts, else ends, else the day of the import.
func (p *planner) cancellation(e *entry) *crm.Cancellation {
	on := e.cancellation.On
	if on.IsZero() {
		on = e.period.Start
	}
	if on.IsZero() {
		on = e.period.End
	}
	if on.IsZero() {
		on = p.plan.today
		e.notice(column.Status, "cancelled_undated",
			"the row does not say when; the cancellation is dated to the day of the import, %s", on.String())
	}
	c := e.cancellation
	if c.On.IsZero() { // a row that says the day says all of it
		c.Reason = cmp.Or(c.Reason, crm.CancelledInSheet)
		if !c.Fee.IsSet() {
			c.Fee = budget.FromMinor(0, cmp.Or(e.cost.Currency(), p.workspace.Currency))
		}
	}
	c.On = on
	return &c
}
