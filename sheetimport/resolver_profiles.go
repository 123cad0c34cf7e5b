package sheetimport

import (
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/utm"
)

// isFull reports whether the row needs a new profile and the person can have no more.
func (one *person) isFull(e *entry) bool {
	return len(one.Profiles) >= crm.MaxProfiles && one.profile(e) < 0
}

// profile returns the profile of a row, planning a new one or filling the blanks of a known one.
func (r *resolver) profile(o *planned) crm.ProfileID {
	one := o.person
	n := one.profile(o.entry)
	if n < 0 {
		profile := crm.Profile{ID: r.profileID(one, o.entry), Platform: o.platform, Handle: o.handle, Link: o.link, Followers: o.followers}
		one.Profiles, one.changed = append(one.Profiles, profile), true
		r.people.addProfile(one, profile)
		r.newProfiles[profile.ID] = nil
		o.changes = append(o.changes, Change{crm.KindInfluencer, one.ID.String(), "profiles", "", profileText(profile)})
		return profile.ID
	}
	r.fillProfile(o, one, n)
	return one.Profiles[n].ID
}

// fillProfile sets what is blank in the nth profile of a person; what says something else is kept, with a notice.
func (r *resolver) fillProfile(o *planned, one *person, n int) {
	profile := &one.Profiles[n]
	before := profileText(*profile)
	switch owner := r.people.owner(profile.Platform, crm.Fold(o.handle)); {
	case o.handle == "" || crm.Fold(profile.Handle) == crm.Fold(o.handle):
	case profile.Handle != "":
		o.notice(column.Handle, "kept", "the profile has %q already; that is kept", texts.Shorten(profile.Handle))
	case owner != nil && owner != one: // their own link may have it
		o.notice(column.Handle, "kept", "the handle belongs to %q; the profile stays without one", owner.Name)
	default:
		profile.Handle = o.handle
	}
	if profile.Link == "" {
		profile.Link = o.link
	} else if o.link != "" && crm.Fold(o.link) != crm.Fold(profile.Link) {
		o.notice(column.ProfileLink, "kept", "the profile has %q already; that is kept", texts.Shorten(profile.Link))
	}
	if profile.Followers == nil {
		profile.Followers = o.followers
	} else if o.followers != nil && o.followers.Count != profile.Followers.Count {
		o.notice(column.Followers, "kept", "the profile has %d already; that is kept", profile.Followers.Count)
	}
	if after := profileText(*profile); after != before {
		one.changed = true
		r.people.addProfile(one, *profile)
		o.changes = append(o.changes, Change{crm.KindInfluencer, one.ID.String(), "profiles", before, after})
	}
}

// profileText shows a profile in a plan.
func profileText(p crm.Profile) string {
	text := account.PlatformName(p.Platform)
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

// setDefaults gives new profiles the defaults on which all their rows agree, and new influencers the responsible member.
// A campaign or content value becomes a default only if rows of several campaigns agree on it: otherwise it is that of
// one campaign, and the next cooperation would start with another one's name.
func (r *resolver) setDefaults() {
	for _, one := range r.people.all {
		for n := range one.Profiles {
			if rows := r.newProfiles[one.Profiles[n].ID]; len(rows) > 0 {
				setProfileDefaults(&one.Profiles[n], rows)
			}
		}
		if !one.isNew || len(one.rows) == 0 {
			continue
		}
		// A row that leaves the responsible person blank says nothing about them.
		naming := slices.DeleteFunc(slices.Clone(one.rows), func(e *entry) bool { return e.responsible == "" })
		if len(naming) == 0 {
			continue
		}
		if name, agreed := agree(naming, func(e *entry) string { return crm.Fold(e.responsible) }); agreed {
			one.Responsible = r.members[name].ID
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
