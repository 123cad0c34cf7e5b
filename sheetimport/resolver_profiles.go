package sheetimport

import (
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
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
	switch owner := r.people.byProfile[[2]string{profile.Platform, crm.Fold(o.handle)}]; {
	case o.handle == "" || crm.Fold(profile.Handle) == crm.Fold(o.handle):
	case profile.Handle != "":
		o.notice(column.Handle, "kept", "the profile has %q already; that is kept", texts.Shorten(profile.Handle))
	case owner != nil:
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
