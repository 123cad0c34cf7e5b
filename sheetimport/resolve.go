package sheetimport

import (
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// create plans a new cooperation and the records that it needs.
func (p *planner) create(d *deal) {
	one, how := p.people.find(d)
	campaign := p.campaigns[crm.Fold(d.campaign)]
	switch {
	case how == ambiguous:
		p.reject(d, FieldInfluencer, "ambiguous_influencer", "several influencers are called %q; add the handle to tell which one is meant", d.influencer)
		return
	case one != nil && !one.ArchivedOn.IsZero():
		p.reject(d, FieldInfluencer, "archived_influencer", "%q is archived in the CRM; restore the influencer first", one.Name)
		return
	case campaign != nil && !campaign.ArchivedOn.IsZero():
		p.reject(d, FieldCampaign, "archived_campaign", "%q is archived in the CRM; restore the campaign first", campaign.Name)
		return
	}
	o := &outcome{deal: d}
	d.verdict = Created
	c := d.cooperation()
	c.ID = crm.CooperationID(p.newID())
	c.Campaign = p.campaign(o, campaign).ID
	o.person = p.influencer(o, one, how)
	c.Influencer = o.person.ID
	o.profile = p.profile(o)
	c.Profile = o.profile
	c.Responsible = p.member(o)
	if d.cancelled {
		c.Cancellation = p.cancellation(d)
	}
	c.Imported = &crm.Imported{Key: d.key(), Values: d.values()}
	for _, f := range fieldsOf(c.Imported.Values) {
		o.changes = append(o.changes, Change{crm.KindCooperation, c.ID.String(), f, "", c.Imported.Values[f]})
	}
	o.create = &c
	o.person.rows = append(o.person.rows, d)
	if rows, isNew := p.newProfiles[o.profile]; isNew {
		p.newProfiles[o.profile] = append(rows, d)
	}
	p.claims.Set(c)
	p.outcomes = append(p.outcomes, o)
}

// cancellation is that of a deal that the sheet calls cancelled; the sheet does not say when.
func (p *planner) cancellation(d *deal) *crm.Cancellation {
	on := d.period.Start
	if on.IsZero() {
		on = d.period.End
	}
	if on.IsZero() {
		on = budget.MustParseDate("1970-01-01")
	}
	return &crm.Cancellation{On: on, Fee: budget.FromMinor(0, orCurrency(d.cost.Currency(), p.workspace.Currency)), Reason: "cancelled in the sheet"}
}

func orCurrency(c, other budget.Currency) budget.Currency {
	if c == "" {
		return other
	}
	return c
}

// campaign returns the campaign of a row, planning a new one if there is none.
func (p *planner) campaign(o *outcome, known *crm.Campaign) *crm.Campaign {
	if known == nil {
		known = &crm.Campaign{ID: crm.CampaignID(p.newID()), Name: o.campaign, Budget: o.budget, RevenueTarget: o.target}
		p.campaigns[crm.Fold(known.Name)] = known
		p.plan.writes.campaigns = append(p.plan.writes.campaigns, *known)
		o.changes = append(o.changes, Change{crm.KindCampaign, known.ID.String(), "name", "", known.Name})
		for field, amount := range map[string]budget.Money{"budget": o.budget, "revenue_target": o.target} {
			if amount.IsSet() {
				o.changes = append(o.changes, Change{crm.KindCampaign, known.ID.String(), field, "", amount.String()})
			}
		}
		return known
	}
	for f, amounts := range map[Field][2]budget.Money{FieldCampaignBudget: {o.budget, known.Budget}, FieldRevenueTarget: {o.target, known.RevenueTarget}} {
		if amounts[0].IsSet() && amounts[0] != amounts[1] {
			p.notice(o.deal, f, "kept", "the campaign has %s already; that is kept", orElse(amounts[1].String(), "none"))
		}
	}
	return known
}

// member returns the responsible member of a row, planning a new one if there is none; the zero id if the row names
// nobody.
func (p *planner) member(o *outcome) crm.MemberID {
	if o.responsible == "" {
		return crm.MemberID{}
	}
	key := crm.Fold(o.responsible)
	if p.members[key] == nil {
		m := &crm.Member{ID: crm.MemberID(p.newID()), Name: o.responsible}
		p.members[key] = m
		p.plan.writes.members = append(p.plan.writes.members, *m)
		o.changes = append(o.changes, Change{crm.KindMember, m.ID.String(), "name", "", m.Name})
	}
	return p.members[key].ID
}

// influencer returns the person of a row, planning a new one if there is none.
func (p *planner) influencer(o *outcome, known *person, how matched) *person {
	switch how {
	case otherOne:
		p.notice(o.deal, FieldHandle, "namesake", "another influencer is called %q too, with another handle on %s; the two are kept apart", o.influencer, crm.PlatformName(o.platform))
	case byHandle, byLink:
		if crm.Fold(known.Name) != crm.Fold(o.influencer) {
			p.notice(o.deal, FieldInfluencer, "other_name", "this profile belongs to %q; the row is taken for the same person", known.Name)
		}
	}
	if known == nil {
		known = &person{isNew: true, Influencer: crm.Influencer{ID: crm.InfluencerID(p.newID()), Name: o.influencer}}
		p.people.add(known)
		o.changes = append(o.changes, Change{crm.KindInfluencer, known.ID.String(), "name", "", known.Name})
	}
	p.fill(o, known, FieldEmail, &known.Email, o.email)
	p.fill(o, known, FieldPhone, &known.Phone, o.phone)
	p.fill(o, known, FieldCategory, &known.Category, o.category)
	if len(known.Tags) == 0 && len(o.tags) > 0 {
		known.Tags, known.changed = o.tags, true
		o.changes = append(o.changes, Change{crm.KindInfluencer, known.ID.String(), "tags", "", fmt.Sprint(o.tags)})
	}
	return known
}

// fill sets a blank field of an influencer; one that says something else is kept, with a notice.
func (p *planner) fill(o *outcome, one *person, f Field, field *string, value string) {
	switch {
	case value == "" || *field == value:
	case *field == "":
		*field, one.changed = value, true
		o.changes = append(o.changes, Change{crm.KindInfluencer, one.ID.String(), string(f), "", value})
	default:
		p.notice(o.deal, f, "kept", "%q has %q already; that is kept", one.Name, *field)
	}
}

// profile returns the profile of a row, planning a new one or filling the blanks of a known one.
func (p *planner) profile(o *outcome) crm.ProfileID {
	one := o.person
	n := one.profile(o.deal)
	if n < 0 {
		profile := crm.Profile{ID: crm.ProfileID(p.newID()), Platform: o.platform, Handle: o.handle, Link: o.link, Followers: o.followers}
		one.Profiles, one.changed = append(one.Profiles, profile), true
		p.people.addProfile(one, profile)
		p.newProfiles[profile.ID] = nil
		o.changes = append(o.changes, Change{crm.KindInfluencer, one.ID.String(), "profiles", "", profileText(profile)})
		return profile.ID
	}
	profile := &one.Profiles[n]
	before := profileText(*profile)
	if profile.Handle == "" {
		profile.Handle = o.handle
	}
	if profile.Link == "" {
		profile.Link = o.link
	}
	if profile.Followers == nil {
		profile.Followers = o.followers
	}
	if after := profileText(*profile); after != before {
		one.changed = true
		p.people.addProfile(one, *profile)
		o.changes = append(o.changes, Change{crm.KindInfluencer, one.ID.String(), "profiles", before, after})
	}
	return profile.ID
}

// profileText shows a profile in a plan.
func profileText(p crm.Profile) string {
	text := crm.PlatformName(p.Platform)
	if p.Handle != "" {
		text += " @" + p.Handle
	}
	if p.Link != "" {
		text += " " + p.Link
	}
	if p.Followers != nil {
		text += fmt.Sprintf(" (%d followers)", p.Followers.Count)
	}
	return text
}

func (p *planner) notice(d *deal, f Field, code, format string, args ...any) {
	c := p.rows.columns[f]
	d.notices = append(d.notices, Remark{Code: code, Column: c.Letter, Header: c.Header, Message: fmt.Sprintf(format, args...)})
}
