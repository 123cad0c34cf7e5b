package sheetimport

import (
	"cmp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// create plans a new cooperation and the records that it needs, or rejects the row. It is false if the row could be of
// several influencers; nothing has then happened.
func (p *planner) create(e *entry) bool {
	one, how := p.resolver.people.find(e)
	campaign := p.resolver.campaigns[crm.Fold(e.campaign)]
	switch {
	case how == ambiguous:
		return false
	case one != nil && !one.ArchivedOn.IsZero():
		e.reject(column.Influencer, "archived_influencer", "%q is archived in the CRM; restore the influencer first", one.Name)
		return true
	case campaign != nil && !campaign.ArchivedOn.IsZero():
		e.reject(column.Campaign, "archived_campaign", "%q is archived in the CRM; restore the campaign first", campaign.Name)
		return true
	case one != nil && one.isFull(e):
		e.reject(column.Platform, "too_many_profiles", "%q has %d profiles already, which is the most that one influencer can have", one.Name, crm.MaxProfiles)
		return true
	}
	o := &planned{entry: e}
	e.verdict = Created
	c := e.cooperation()
	c.ID = crm.CooperationID(p.resolver.newID(crm.KindCooperation, e.key()))
	c.Campaign = p.resolver.campaign(o, campaign).ID
	o.person = p.resolver.influencer(o, one, how)
	c.Influencer = o.person.ID
	o.profile = p.resolver.profile(o)
	c.Profile = o.profile
	c.Responsible = p.resolver.member(o)
	if e.cancelled {
		c.Cancellation = p.cancellation(e)
	}
	id, values := c.ID.String(), e.values()
	o.changes = slices.Grow(o.changes, len(values))
	for _, f := range fieldsOf(values) {
		o.changes = append(o.changes, Change{crm.KindCooperation, id, f, "", values[f]})
	}
	c.Imported = &crm.Imported{Source: p.plan.Source, Key: e.key(), Values: e.remembered(values)}
	o.create = &c
	o.person.rows = append(o.person.rows, e)
	if rows, isNew := p.resolver.newProfiles[o.profile]; isNew {
		p.resolver.newProfiles[o.profile] = append(rows, e)
	}
	p.planned = append(p.planned, o)
	return true
}

// cancellation is that of a deal that the sheet calls cancelled. The sheet does not say when: it is the deal's own day
// or, where the deal has none, the day of the import.
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
		e.notice(column.Status, "cancelled_undated", "the row does not say when; the cancellation is dated to the day of the import, %s", on)
	}
	c := e.cancellation
	if c.On.IsZero() { // a row that says the day says all of it
		c.Reason = cmp.Or(c.Reason, "cancelled in the sheet")
		if !c.Fee.IsSet() {
			c.Fee = budget.FromMinor(0, cmp.Or(e.cost.Currency(), p.workspace.Currency))
		}
	}
	c.On = on
	return &c
}

// campaign returns the campaign of a row, planning a new one if there is none.
func (r *resolver) campaign(o *planned, known *crm.Campaign) *crm.Campaign {
	if known == nil {
		known = &crm.Campaign{ID: crm.CampaignID(r.newID(crm.KindCampaign, crm.Fold(o.campaign))), Name: o.campaign}
		r.campaigns[crm.Fold(known.Name)] = known
		r.newCampaigns = append(r.newCampaigns, known)
		o.changes = append(o.changes, Change{crm.KindCampaign, known.ID.String(), "name", "", known.Name})
	}
	r.fillCampaign(o, known)
	return known
}

// fillCampaign sets the amounts of a campaign that is new. One of the CRM is kept as it is, with a notice.
func (r *resolver) fillCampaign(o *planned, known *crm.Campaign) {
	isNew := known.Version == 0
	for _, amount := range []struct {
		cell  column.Field
		field string
		now   budget.Money
		of    *budget.Money
	}{{column.CampaignBudget, "budget", o.budget, &known.Budget}, {column.RevenueTarget, "revenue_target", o.target, &known.RevenueTarget}} {
		switch {
		case !amount.now.IsSet() || amount.now == *amount.of:
		case isNew && !amount.of.IsSet():
			*amount.of = amount.now
			o.changes = append(o.changes, Change{crm.KindCampaign, known.ID.String(), amount.field, "", amount.now.String()})
		case amount.of.IsSet():
			o.notice(amount.cell, "kept", "the campaign has %s already; that is kept", amount.of)
		default:
			o.notice(amount.cell, "kept", "an import does not change a campaign that the CRM has; set this there")
		}
	}
}

// member returns the responsible member of a row, planning a new one if there is none; the zero id if the row names
// nobody.
func (r *resolver) member(o *planned) crm.MemberID {
	if o.responsible == "" {
		return crm.MemberID{}
	}
	key := crm.Fold(o.responsible)
	if r.members[key] == nil {
		m := &crm.Member{ID: crm.MemberID(r.newID(crm.KindMember, key)), Name: o.responsible}
		r.members[key] = m
		r.newMembers = append(r.newMembers, *m)
		o.changes = append(o.changes, Change{crm.KindMember, m.ID.String(), "name", "", m.Name})
	}
	return r.members[key].ID
}

// influencer returns the person of a row, planning a new one if there is none.
func (r *resolver) influencer(o *planned, known *person, how foundBy) *person {
	switch how {
	case otherPerson:
		o.notice(column.Handle, "namesake", "another influencer is called %q too, with another handle on %s; the two are kept apart", o.influencer, crm.PlatformName(o.platform))
	case byHandle, byLink:
		if crm.Fold(known.Name) != crm.Fold(o.influencer) {
			o.notice(column.Influencer, "other_name", "this profile belongs to %q; the row is taken for the same person", known.Name)
		}
	}
	if known == nil {
		known = &person{isNew: true, Influencer: crm.Influencer{ID: r.influencerID(o.entry), Name: o.influencer}}
		r.people.add(known)
		o.changes = append(o.changes, Change{crm.KindInfluencer, known.ID.String(), "name", "", known.Name})
	}
	r.fillPerson(o, known)
	return known
}

// fillPerson sets what is blank about a person; what says something else is kept, with a notice.
func (r *resolver) fillPerson(o *planned, known *person) {
	r.fill(o, known, column.Email, &known.Email, o.email)
	r.fill(o, known, column.Phone, &known.Phone, o.phone)
	r.fill(o, known, column.Category, &known.Category, o.category)
	r.fillTags(o, known)
}

// fillTags gives a new influencer the tags of all rows, and one of the CRM those of a row if it has none.
func (r *resolver) fillTags(o *planned, one *person) {
	var lacking []string
	for _, tag := range o.tags {
		same := func(other string) bool { return crm.Fold(other) == crm.Fold(tag) }
		if !slices.ContainsFunc(one.Tags, same) && !slices.ContainsFunc(lacking, same) {
			lacking = append(lacking, tag)
		}
	}
	before := strings.Join(one.Tags, ", ")
	switch {
	case len(lacking) == 0:
	case (one.isNew || before == "") && len(one.Tags)+len(lacking) <= crm.MaxTags:
		one.Tags, one.changed = append(one.Tags, lacking...), true
		o.changes = append(o.changes, Change{crm.KindInfluencer, one.ID.String(), "tags", before, strings.Join(one.Tags, ", ")})
	default:
		o.notice(column.Tags, "kept", "%q has %q already; that is kept", one.Name, texts.Shorten(before))
	}
}

// fill sets a blank field of an influencer; one that says something else is kept, with a notice.
func (r *resolver) fill(o *planned, one *person, f column.Field, field *string, value string) {
	switch {
	case value == "" || crm.Fold(*field) == crm.Fold(value):
	case *field == "":
		*field, one.changed = value, true
		o.changes = append(o.changes, Change{crm.KindInfluencer, one.ID.String(), string(f), "", value})
	default:
		o.notice(f, "kept", "%q has %q already; that is kept", one.Name, texts.Shorten(*field))
	}
}
