package sheetimport

import (
	"cmp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// resolver finds the records that rows name, and plans those that the workspace does not have. A record that one row adds
// is found by the rows after it.
type resolver struct {
	newID    idMaker
	currency budget.Currency // of the workspace

	members     map[string]*crm.Member // by folded name, without archived ones
	memberNames map[crm.MemberID]string
	// archivedMembers has their names by folded name.
	archivedMembers map[string]string
	campaigns       map[string]*crm.Campaign // by folded name
	campaignNames   map[crm.CampaignID]string
	tiedCampaigns   map[string][]string // folded names now, by the folded name that rows of the sheet have: see tieNames
	people          *people

	newMembers   []crm.Member
	newCampaigns []*crm.Campaign
	// changedCampaigns are those of the CRM that get what they lack.
	changedCampaigns map[crm.CampaignID]*crm.Campaign
	newProfiles      map[crm.ProfileID][]*entry // with the rows that use them
	cleared          cleared

	namesakes map[string]bool // folded names that do not tell influencers apart; only for ids made of keys
}

func newResolver(newID idMaker) *resolver {
	return &resolver{
		newID: newID, members: map[string]*crm.Member{}, memberNames: map[crm.MemberID]string{}, archivedMembers: map[string]string{},
		campaigns: map[string]*crm.Campaign{}, campaignNames: map[crm.CampaignID]string{}, tiedCampaigns: map[string][]string{},
		changedCampaigns: map[crm.CampaignID]*crm.Campaign{}, people: newPeople(), newProfiles: map[crm.ProfileID][]*entry{},
	}
}

// addMember adds a member of the CRM.
func (r *resolver) addMember(m crm.Member) {
	r.memberNames[m.ID] = m.Name
	if m.ArchivedOn.IsZero() {
		r.members[crm.Fold(m.Name)] = &m
	} else {
		r.archivedMembers[crm.Fold(m.Name)] = m.Name
	}
}

// addCampaign adds a campaign of the CRM, if it is not there yet.
func (r *resolver) addCampaign(c crm.Campaign) {
	if _, known := r.campaignNames[c.ID]; !known {
		r.campaigns[crm.Fold(c.Name)], r.campaignNames[c.ID] = &c, c.Name
	}
}

// addInfluencer adds an influencer of the CRM, if it is not there yet.
func (r *resolver) addInfluencer(i crm.Influencer) {
	if r.people.byID[i.ID] == nil {
		r.people.add(&person{Influencer: i})
	}
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

// campaignName is the campaign of a row as the CRM has its name: the one it goes to, or the one that it names. A rejected row that
// names none has none: the date by which to find its month may be what is wrong with it.
func (r *resolver) campaignName(e *entry) string {
	switch {
	case e.goesTo != "":
		return e.goesTo
	case e.verdict == Rejected && e.unnamed:
		return ""
	}
	if known := r.campaigns[crm.Fold(e.campaign)]; known != nil && e.campaign != "" {
		return known.Name
	}
	return e.campaign
}

// archivedMember reports whether a row names a responsible member who is archived and gets nothing new. If another member
// who is not archived has the name, that one is meant.
func (r *resolver) archivedMember(e *entry) bool {
	key := crm.Fold(e.responsible)
	return r.members[key] == nil && r.archivedMembers[key] != ""
}

// leaveArchivedMember leaves out who is responsible, for a member who is archived.
func (r *resolver) leaveArchivedMember(e *entry) {
	e.notice(column.Responsible, "archived_member",
		"%q is archived in the CRM and gets nothing new, so this is left out; restore the member or name another one",
		r.archivedMembers[crm.Fold(e.responsible)])
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
		o.remarkNewMember()
	}
	return r.members[key].ID
}

// remarkNewMember tells of a new member whose name may be those of several people, unless a mapping of values says that it is
// the name.
func (o *planned) remarkNewMember() {
	_, given := o.reader.meanings.Of(column.Responsible, o.reader.text(o.cells, column.Responsible))
	if !given && cell.MayNameSeveralPeople(o.responsible) {
		o.notice(column.Responsible, "several_members",
			"%q becomes one new member of the team; if these are several people, write the one who is responsible, or say once, in a mapping of values, who that is",
			texts.Shorten(o.responsible))
	}
}

// influencer returns the person of a row, planning a new one if there is none.
func (r *resolver) influencer(o *planned, known *person, how foundBy) *person {
	switch how {
	case otherPerson:
		o.notice(column.Handle, "namesake",
			"another influencer is called %q too, with another handle on %s; the two are kept apart", o.influencer,
			account.PlatformName(o.platform))
	case byTie:
		o.notice(column.Influencer, "known_by_other_rows",
			"other rows of the sheet have the name %q for %q; the row is taken for the same person", o.influencer, known.Name)
	case byHandle, byLink:
		if crm.Fold(known.Name) != crm.Fold(o.influencer) {
			o.notice(column.Influencer, "other_name", "this profile belongs to %q; the row is taken for the same person", known.Name)
		}
	}
	if known == nil {
		if other := cmp.Or(r.people.swapped(o.entry), r.people.plainly(o.entry)); other != nil {
			o.notice(column.Influencer, "maybe_same_person",
				"%q may be the same person as %q; the two are kept apart; if they are one, write the name in one way, or merge them in the CRM",
				o.influencer, other.Name)
		}
		o.remarkNewInfluencer()
		known = &person{isNew: true, Influencer: crm.Influencer{ID: r.influencerID(o.entry), Name: o.influencer}}
		r.people.add(known)
		o.changes = append(o.changes, Change{crm.KindInfluencer, known.ID.String(), "name", "", known.Name})
	}
	r.fillPerson(o, known)
	return known
}

// remarkNewInfluencer tells of a new influencer without an account whose name may be those of several people. One comma stands in
// "Blom, Mia" too, and what is behind a bar is no name.
func (o *planned) remarkNewInfluencer() {
	_, given := o.reader.meanings.Of(column.Influencer, o.reader.text(o.cells, column.Influencer))
	name, _, _ := strings.Cut(o.influencer, "|")
	if !given && o.handle == "" && o.link == "" && cell.MayNameSeveralPeople(strings.Replace(name, ",", " ", 1)) {
		o.notice(column.Influencer, "several_influencers",
			"%q becomes one new influencer; if these are several people, write a row for each with what each costs; if they share an account, add its handle",
			texts.Shorten(o.influencer))
	}
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
