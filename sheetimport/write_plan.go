package sheetimport

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/utm"
)

// setDefaults gives new profiles the defaults on which all their rows agree, and new influencers the responsible member.
// A campaign or content value becomes a default only if rows of several campaigns agree on it: otherwise it is that of
// one campaign, and the next cooperation would start with another one's name.
func (p *planner) setDefaults() {
	for _, one := range p.resolver.people.all {
		for n := range one.Profiles {
			if rows := p.resolver.newProfiles[one.Profiles[n].ID]; len(rows) > 0 {
				setProfileDefaults(&one.Profiles[n], rows)
			}
		}
		if !one.isNew || len(one.rows) == 0 {
			continue
		}
		if name, agreed := agree(one.rows, func(e *entry) string { return crm.Fold(e.responsible) }); agreed && name != "" {
			one.Responsible = p.resolver.members[name].ID
		}
	}
}

func setProfileDefaults(profile *crm.Profile, rows []*entry) {
	_, oneCampaign := agree(rows, func(e *entry) string { return crm.Fold(e.campaign) })
	var defaults utm.Params
	for _, f := range utm.Fields() {
		value, agreed := agree(rows, func(e *entry) string { return e.utm.Get(f).String() })
		if !agreed || value == "" || oneCampaign && (f == utm.Campaign || f == utm.Content) {
			continue
		}
		defaults = defaults.With(f, utm.Of(value))
	}
	if template, err := utm.ParseTemplate(defaults); err == nil {
		profile.UTM = template
	}
	if _, agreed := agree(rows, func(e *entry) string { return rulesText(e.rules) + benefitText(e.rules) }); agreed {
		profile.Rules = rows[0].rules
	}
}

// agree returns the value on which all rows agree.
func agree(rows []*entry, value func(*entry) string) (string, bool) {
	for _, e := range rows[1:] {
		if value(e) != value(rows[0]) {
			return "", false
		}
	}
	return value(rows[0]), true
}

// writePlan puts the plan together.
func (p *planner) writePlan() {
	w := &p.plan.writes
	w.newCooperations = make([]crm.Cooperation, 0, len(p.planned))
	p.plan.Rows = make([]PlannedRow, 0, len(p.entries))
	w.members = p.resolver.newMembers
	for _, c := range p.resolver.newCampaigns {
		w.campaigns = append(w.campaigns, *c)
	}
	for _, o := range p.planned {
		o.entry.changes = o.changes
		if o.create != nil {
			w.newCooperations = append(w.newCooperations, *o.create)
		} else {
			w.changed = append(w.changed, *o.change)
		}
	}
	for _, one := range p.resolver.people.all {
		switch {
		case one.isNew:
			w.newInfluencers = append(w.newInfluencers, one.Influencer)
		case one.changed:
			w.changedInfluencers = append(w.changedInfluencers, one.Influencer)
		}
	}
	p.plan.New = NewRecords{Members: len(w.members), Campaigns: len(w.campaigns), Influencers: len(w.newInfluencers),
		Profiles: len(p.resolver.newProfiles)}
	p.plan.Gone = p.gone()
	for _, e := range p.entries {
		p.plan.Counts[e.verdict]++
		p.plan.Rows = append(p.plan.Rows, PlannedRow{
			Row: e.row, Verdict: e.verdict, Of: e.of,
			Problems: orEmpty(e.problems), Notices: orEmpty(e.notices), Changes: orEmpty(e.changes),
		})
	}
}

func orEmpty[E any](s []E) []E {
	if s == nil {
		return []E{}
	}
	return s
}
