package sheetimport

import (
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// person is an influencer that rows name: one of the CRM, or one that the import will make.
type person struct {
	crm.Influencer
	isNew   bool
	changed bool
	rows    []*entry // the rows that make cooperations with this person
}

// people are the influencers of the CRM and of the import, indexed by what a row can name them by.
type people struct {
	all      []*person
	byID     map[crm.InfluencerID]*person
	byHandle map[[2]string]*person // platform, folded handle
	byNamed  map[[2]string]*person // likewise, of profiles whose link alone has the handle
	byLink   map[string]*person    // by account.Account.Identity
	tied     map[string][]*person  // by the folded name that other rows of the sheet have for them: see tieNames
	byName   map[string][]*person
	byPlain  map[string][]*person           // by the letters of the name and of each handle: see plainly
	taken    map[[2]string]map[*person]bool // platform, folded name: the namesakes who have a handle there
}

func newPeople() *people {
	return &people{byID: map[crm.InfluencerID]*person{}, byHandle: map[[2]string]*person{},
		byNamed: map[[2]string]*person{}, byLink: map[string]*person{}, tied: map[string][]*person{},
		byName: map[string][]*person{}, byPlain: map[string][]*person{}, taken: map[[2]string]map[*person]bool{}}
}

func (p *people) add(one *person) {
	p.all = append(p.all, one)
	p.byID[one.ID] = one
	name := crm.Fold(one.Name)
	p.byName[name] = append(p.byName[name], one)
	p.addPlain(one, one.Name)
	for _, profile := range one.Profiles {
		p.addProfile(one, profile)
	}
}

func (p *people) addProfile(one *person, profile crm.Profile) {
	account := profile.Account()
	p.addPlain(one, account.Name())
	switch at := [2]string{profile.Platform, account.Name()}; {
	case at[1] == "":
	case profile.Handle != "":
		p.byHandle[at] = one
	default:
		p.byNamed[at] = first(p.byNamed[at], one)
	}
	if profile.Handle != "" {
		namesakes := [2]string{profile.Platform, crm.Fold(one.Name)}
		if p.taken[namesakes] == nil {
			p.taken[namesakes] = map[*person]bool{}
		}
		p.taken[namesakes][one] = true
	}
	if identity := account.Identity(); identity != "" {
		p.byLink[identity] = first(p.byLink[identity], one)
	}
}

// first is the one of two people with one link who keeps it: whoever has it, but of two of the CRM the one with the lower id, so
// that it does not matter in which order they were read.
func first(a, b *person) *person {
	if a == nil || !a.isNew && !b.isNew && b.ID.Compare(a.ID) < 0 {
		return b
	}
	return a
}

// owner is who has an account, given the platform and the folded handle; nil if nobody has. A handle in a link counts where no
// profile has it as its own.
func (p *people) owner(platform, handle string) *person {
	at := [2]string{platform, handle}
	if one := p.byHandle[at]; one != nil {
		return one
	}
	return p.byNamed[at]
}

// foundBy says how a row's influencer was found.
type foundBy uint8

const (
	nobody      foundBy = iota
	byHandle            // platform and handle
	byLink              // link of the profile
	byName              // folded name
	byTie               // other rows of the sheet have the name for a person who is called otherwise now
	otherPerson         // the name is known, but with another handle: somebody else
	ambiguous           // several have the name, and nothing tells them apart
)

// find looks for the influencer of a row: by platform and handle, else link, else folded name, else what other rows of the
// sheet say of the name. A name alone does not make two people one if both have a handle on the platform and the handles
// differ.
func (p *people) find(e *entry) (*person, foundBy) {
	account := e.account()
	if name := account.Name(); name != "" {
		if one := p.owner(e.platform, name); one != nil {
			if e.handle == "" {
				return one, byLink
			}
			return one, byHandle
		}
	}
	if identity := account.Identity(); identity != "" {
		if one, ok := p.byLink[identity]; ok {
			return one, byLink
		}
	}
	sameName, how := p.byName[crm.Fold(e.influencer)], byName
	if len(sameName) == 0 {
		sameName, how = p.tied[crm.Fold(e.influencer)], byTie
	}
	if len(sameName) == 0 {
		return nil, nobody
	}
	if how == byName && e.handle != "" && len(p.taken[[2]string{e.platform, crm.Fold(e.influencer)}]) == len(sameName) {
		return nil, otherPerson // all of them have another handle there; thousands may
	}
	agreeing := slices.DeleteFunc(slices.Clone(sameName), func(one *person) bool { return one.disagrees(e) })
	if len(agreeing) > 1 {
		// The same handle elsewhere tells namesakes apart.
		agreeing = slices.DeleteFunc(agreeing, func(one *person) bool { return !one.hasHandle(e.handle) })
		if len(agreeing) != 1 {
			return nil, ambiguous
		}
	}
	switch {
	case len(agreeing) == 0 && how == byTie:
		return nil, nobody
	case len(agreeing) == 0:
		return nil, otherPerson
	}
	return agreeing[0], how
}

// disagrees reports whether the person has another handle on the platform of the row, and not that of the row.
func (one *person) disagrees(e *entry) bool {
	other := false
	for _, profile := range one.Profiles {
		if profile.Platform != e.platform || profile.Handle == "" || e.handle == "" {
			continue
		}
		if crm.Fold(profile.Handle) == crm.Fold(e.handle) {
			return false
		}
		other = true
	}
	return other
}

func (one *person) hasHandle(handle string) bool {
	return handle != "" && slices.ContainsFunc(one.Profiles, func(p crm.Profile) bool { return crm.Fold(p.Handle) == crm.Fold(handle) })
}

// profile returns the index of the profile of a row: the one with its platform and handle, be it in its link, else one on the
// platform where either has no handle, else -1.
func (one *person) profile(e *entry) int {
	if same := one.profileNamed(e); same >= 0 {
		return same
	}
	return slices.IndexFunc(one.Profiles, func(p crm.Profile) bool {
		return p.Platform == e.platform && (p.Handle == "" || e.handle == "")
	})
}

// profileNamed returns the index of the profile with the platform and handle of a row, else of one whose link alone has the
// handle, else -1.
func (one *person) profileNamed(e *entry) int {
	if e.handle == "" {
		return -1
	}
	linked, handle := -1, crm.Fold(e.handle)
	for n, p := range one.Profiles {
		switch {
		case p.Platform != e.platform:
		case p.Handle != "":
			if crm.Fold(p.Handle) == handle {
				return n
			}
		case linked < 0 && p.Account().Name() == handle:
			linked = n
		}
	}
	return linked
}
