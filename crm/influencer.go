package crm

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Influencer is a person or account that the brand works with. Profiles are part of it: one version for all, and each
// keeps its id for life.
type Influencer struct {
	ID          InfluencerID      `json:"id"`
	Version     int64             `json:"version"`
	Name        string            `json:"name"`
	Phone       string            `json:"phone,omitzero"`      // as typed
	PhoneE164   string            `json:"phone_e164,omitzero"` // derived from Phone
	Email       string            `json:"email,omitzero"`
	Category    string            `json:"category,omitzero"`
	Responsible MemberID          `json:"responsible,omitzero"`
	Tags        []string          `json:"tags"`
	Picture     PictureID         `json:"picture,omitzero"` // the present one; it is set by a call of its own
	Profiles    []Profile         `json:"profiles"`
	Notes       string            `json:"notes,omitzero"`
	Custom      map[string]string `json:"custom"`
	ArchivedOn  budget.Date       `json:"archived_on,omitzero"`
	Times
}

// Profile is one account on one platform. Platform and handle together are unique in the workspace where a handle is
// set.
type Profile struct {
	ID        ProfileID       `json:"id"`
	Platform  string          `json:"platform"`           // "instagram"; see account.ParsePlatform
	Handle    string          `json:"handle,omitzero"`    // without @, as in the address of the profile
	Link      string          `json:"link,omitzero"`      // http or https
	Followers *Followers      `json:"followers,omitzero"` // nil if not known
	UTM       utm.Template    `json:"utm,omitzero"`       // what new cooperations on this profile start with
	Rules     []discount.Rule `json:"rules"`              // the same for discount codes
}

// Followers is a follower count and the day on which it was read.
type Followers struct {
	Count int64       `json:"count"`
	On    budget.Date `json:"on,omitzero"`
}

const (
	maxPlatform  = 100 // characters
	maxFollowers = 10_000_000_000
)

// Ref implements Record.
func (i Influencer) Ref() Ref { return Ref{KindInfluencer, i.ID.UUID()} }

// Revision implements Record.
func (i Influencer) Revision() int64 { return i.Version }

// AtRevision implements Record.
func (i Influencer) AtRevision(v int64) Record { i.Version = v; return i }

// AtTimes implements Record.
func (i Influencer) AtTimes(t Times) Record { i.Times = t; return i }

// SortKey implements Record.
func (i Influencer) SortKey(s Sort) string { return sortKey(s, i.Name, budget.Date{}, i.Times) }

// SearchText implements Record.
func (i Influencer) SearchText() string {
	items := append([]string{i.Name, i.Email, i.Phone, i.PhoneE164, i.Category, i.Notes}, i.Tags...)
	for _, p := range i.Profiles {
		items = append(items, p.Handle, p.Link)
	}
	return searchText(append(items, valuesByKey(i.Custom)...)...)
}

// Profile returns the profile with an id, if the influencer has it.
func (i Influencer) Profile(id ProfileID) (Profile, bool) {
	at := slices.IndexFunc(i.Profiles, func(p Profile) bool { return p.ID == id })
	if at < 0 {
		return Profile{}, false
	}
	return i.Profiles[at], true
}

// Account is the part of the profile that says which account it is about.
func (pr Profile) Account() account.Account {
	return account.Account{Platform: pr.Platform, Handle: pr.Handle, Link: pr.Link}
}

func (i Influencer) clone() Record {
	i.Tags = cloneSlice(i.Tags)
	i.Custom = cloneMap(i.Custom)
	i.Profiles = cloneSlice(i.Profiles)
	for n, p := range i.Profiles {
		i.Profiles[n].Rules = cloneSlice(p.Rules)
		if p.Followers != nil {
			f := *p.Followers
			i.Profiles[n].Followers = &f
		}
	}
	return i
}

func (i *Influencer) normalize(currency budget.Currency) error {
	*i = Clone(*i)
	p := &problems{record: i.Ref()}
	p.name("name", &i.Name, "an influencer")
	i.PhoneE164 = p.phone("phone", &i.Phone)
	p.email("email", &i.Email)
	p.text("category", &i.Category, MaxName, false)
	p.text("notes", &i.Notes, MaxNotes, true)
	i.Tags = p.tags("tags", i.Tags)
	i.Custom = p.custom("custom", i.Custom)
	if len(i.Profiles) > MaxProfiles {
		p.addf("profiles", strconv.Itoa(len(i.Profiles)), "an influencer has at most %d profiles", MaxProfiles)
		return p.result()
	}
	ids := map[ProfileID]int{}
	handles := map[[2]string]int{}
	for n := range i.Profiles {
		profile := &i.Profiles[n]
		profile.normalize(p, n, currency)
		if first, twice := ids[profile.ID]; twice && !profile.ID.IsZero() {
			p.addf(fieldpath.Index("profiles", n, "id"), profile.ID.String(), "is also the id of profile %d", first+1)
		}
		ids[profile.ID] = n
		key := [2]string{profile.Platform, Fold(profile.Handle)}
		if first, twice := handles[key]; twice && profile.Handle != "" {
			p.addf(fieldpath.Index("profiles", n, "handle"), profile.Handle, "is listed twice, also as profile %d", first+1)
		}
		handles[key] = n
	}
	return p.result()
}

func (pr *Profile) normalize(p *problems, n int, currency budget.Currency) {
	typed := pr.Platform
	pr.Platform, _ = account.ParsePlatform(typed)
	if p.text(fieldpath.Index("profiles", n, "platform"), &typed, maxPlatform, false); pr.Platform == "" {
		p.add(fieldpath.Index("profiles", n, "platform"), typed, "a profile needs its platform, like Instagram")
	} else if folded := utf8.RuneCountInString(pr.Platform); folded > maxPlatform &&
		utf8.RuneCountInString(typed) <= maxPlatform {
		p.addf(fieldpath.Index("profiles", n, "platform"), typed,
			"has %d characters when its special characters are written out; at most %d are allowed", folded, maxPlatform)
	}
	if handle, err := account.ParseHandleOn(pr.Platform, pr.Handle); err != nil {
		p.err(fieldpath.Index("profiles", n, "handle"), pr.Handle, err)
	} else {
		pr.Handle = handle
	}
	p.link(fieldpath.Index("profiles", n, "link"), &pr.Link)
	if f := pr.Followers; f != nil && (f.Count < 0 || f.Count > maxFollowers) {
		p.add(fieldpath.Index("profiles", n, "followers"), fmt.Sprint(f.Count),
			"is no follower count; it is a whole number from 0 to ten billion")
	}
	if pr.Followers != nil {
		p.day(fieldpath.Index("profiles", n, "followers"), pr.Followers.On)
	}
	pr.Rules = p.rules(fieldpath.Index("profiles", n, "rules"), pr.Rules, currency)
}
