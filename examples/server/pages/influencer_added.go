package pages

import (
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

// A form of an influencer that was saved before, and has added profiles then, still has no ids for them: the browser's
// Back shows it as it was sent. Saved as it is it would take those profiles away and add others, and what hangs on them
// would be lost: cooperations, and the followers of past days.

// knowProfiles gives rows without an id that of the stored profile with the same account; else that of the profile which
// the row has added before, if what it says now is a correction of that.
func (f *form) knowProfiles(stored crm.Influencer, added map[int]crm.ProfileID) {
	used := map[string]bool{}
	for _, row := range f.Profiles() {
		used[row.Get("id")] = true
	}
	give := func(fits func(profileRow, crm.Profile) bool) {
		for _, row := range f.Profiles() {
			if row.Get("id") != "" {
				continue
			}
			for _, p := range stored.Profiles {
				if id := p.ID.String(); !used[id] && fits(row, p) {
					f.Values.Set(row.Name("id"), id)
					used[id] = true
					break
				}
			}
		}
	}
	give(func(row profileRow, p crm.Profile) bool { return sameAccount(p, row.account()) })
	give(func(row profileRow, p crm.Profile) bool {
		return added[row.N] == p.ID && correctsAccount(p, row.account())
	})
}

// addedRows are the accounts of the rows that have no id, by their numbers.
func (f *form) addedRows() map[int]crm.Profile {
	rows := map[int]crm.Profile{}
	for _, row := range f.Profiles() {
		if row.Get("id") == "" {
			rows[row.N] = row.account()
		}
	}
	return rows
}

// savedProfiles keeps which profiles the rows of a form have added, for its next save.
func (v *visit) savedProfiles(rows map[int]crm.Profile, saved crm.Influencer) {
	v.added = map[int]crm.ProfileID{}
	for n, typed := range rows {
		for _, p := range saved.Profiles {
			if sameAccount(p, typed) {
				v.added[n] = p.ID
				break
			}
		}
	}
}

// account is a profile with what a row says of its account.
func (r profileRow) account() crm.Profile {
	return crm.Profile{Platform: r.Get("platform"), Handle: r.Get("handle"), Link: r.Get("link")}
}

// sameAccount reports whether a profile as it is typed is on the same account as one that is stored.
func sameAccount(stored, typed crm.Profile) bool {
	platform, _ := account.ParsePlatform(typed.Platform)
	handle, err := account.ParseHandleOn(platform, typed.Handle)
	if err != nil || platform != stored.Platform {
		return false
	}
	return crm.Fold(handle) == crm.Fold(stored.Handle) && (handle != "" || strings.TrimSpace(typed.Link) == stored.Link)
}

// correctsAccount reports whether a profile as it is typed corrects one that is stored: the handle on its platform, or
// the platform of its handle. With another platform and another handle it is another account.
func correctsAccount(stored, typed crm.Profile) bool {
	platform, _ := account.ParsePlatform(typed.Platform)
	if platform == stored.Platform {
		return true
	}
	handle, err := account.ParseHandleOn(platform, typed.Handle)
	return err == nil && handle != "" && crm.Fold(handle) == crm.Fold(stored.Handle)
}
