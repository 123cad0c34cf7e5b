package sheetimport

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// contextKey is the value under which an imported cooperation keeps a digest of its row's context: what the row says
// about the influencer, the profile and the campaign. The texts themselves are personal and are not kept.
const contextKey = "around"

// context is that digest, "" if the row says nothing of them but who they are.
func (e *entry) context() string {
	parts := append([]string{
		crm.Fold(e.handle), e.link, followersText(e.followers), e.email, e.phone, e.category, e.budget.String(), e.target.String(),
	}, e.tags...)
	if e.dates != (budget.Period{}) { // apart, so that rows without them keep the digest that they had before there were any
		parts = append(parts, "campaign "+e.dates.Start.String()+" "+e.dates.End.String())
	}
	if !slices.ContainsFunc(parts, func(p string) bool { return p != "" }) {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

func followersText(f *crm.Followers) string {
	if f == nil {
		return ""
	}
	return strconv.FormatInt(f.Count, 10)
}

// fillContext fills what is blank about influencer, profile and campaign from the row of a known cooperation, and adds a
// notice for what differs. It reports whether something was filled. A row whose context is that of the last import
// fills nothing, so that a person may empty a field in the CRM.
func (r *resolver) fillContext(o *planned, known crm.Cooperation) bool {
	digest := o.context()
	if digest == "" || o.known != nil || known.Imported.Values[contextKey] == digest {
		return false
	}
	one := o.person
	if !one.ArchivedOn.IsZero() {
		o.notice(column.Influencer, "archived_influencer",
			"%q is archived in the CRM; restore the influencer to fill in what this row says of them", one.Name)
		return false
	}
	before := len(o.changes)
	r.fillPerson(o, one)
	if n := slices.IndexFunc(one.Profiles, func(p crm.Profile) bool { return p.ID == known.Profile && p.Platform == o.platform }); n >= 0 {
		r.fillProfile(o, one, r.profileOfKnown(o, known, n))
	}
	r.fillCampaign(o, r.campaigns[crm.Fold(r.campaignNames[known.Campaign])])
	return len(o.changes) > before
}

// profileOfKnown is the profile of which the row of a known cooperation speaks, given that of the cooperation. That is
// another one if the row has a handle, the profile of the cooperation has none, and the influencer has the handle in
// another profile, as after a merge. Then the cooperation goes there, unless it is archived. An influencer cannot have
// a handle twice.
func (r *resolver) profileOfKnown(o *planned, known crm.Cooperation, n int) int {
	one := o.person
	named := one.profileNamed(o.entry)
	if named < 0 || named == n || one.Profiles[n].Handle != "" {
		return n
	}
	if known.ArchivedOn.IsZero() {
		o.profile = one.Profiles[named].ID
		o.changes = append(o.changes, Change{crm.KindCooperation, known.ID.String(), "profile",
			profileText(one.Profiles[n]), profileText(one.Profiles[named])})
	}
	return named
}
