package sheetimport

import (
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// maxConflictNotices is how many conflicts of one row are listed one by one.
const maxConflictNotices = 5

// crowd is how many influencers may share a code or UTM set before they are only counted: to list each with each would
// take the square of their number, as where all rows carry nothing but the campaign's name as UTM.
const crowd = 50

// sharedKey is a code or a set of UTM fields.
type sharedKey struct {
	kind crm.ClaimKind
	key  string
}

// remarkConflicts tells which rows lay claim to a code or UTM set that is another influencer's at the same time. They
// come in all the same: the conditions for signing bind people, not an import.
func (p *planner) remarkConflicts() {
	index, crowds := p.indexClaims()
	names := map[crm.InfluencerID]string{}
	for _, one := range p.people.all {
		names[one.ID] = one.Name
	}
	for _, o := range p.outcomes {
		c := *o.result()
		for _, claim := range crm.ClaimsOf(c) {
			if n := crowds[sharedKey{claim.Kind, claim.Key}]; n > 0 {
				f, what := FieldCode, fmt.Sprintf("the code %q", shorten(claim.Key))
				if claim.Kind == crm.ClaimUTM {
					f, what = o.utmColumn(), "the set of UTM fields"
				}
				p.notice(o.deal, f, "shared_by_many", "%s is that of %d influencers; it does not tell them apart", what, n)
			}
		}
		found, _ := index.Conflicts(c, p.workspace.TailDays)
		for n, conflict := range found {
			if n == maxConflictNotices {
				p.notice(o.deal, FieldCode, "more_conflicts", "there are %d more conflicts like these", len(found)-n)
				break
			}
			p.remarkConflict(o, conflict, names[conflict.OtherInfluencer])
		}
	}
}

func (p *planner) remarkConflict(o *outcome, conflict crm.Conflict, other string) {
	f, code, what := FieldCode, "code_conflict", fmt.Sprintf("the code %q", conflict.Witness)
	switch {
	case conflict.Kind == crm.ClaimUTM:
		f, code, what = o.utmColumn(), "utm_conflict", "the set of UTM fields"
	case conflict.Severity == discount.Certain:
		what = fmt.Sprintf("a code like %q", conflict.Witness)
	}
	p.notice(o.deal, f, code, "%s also counts for %q at the same time (%s to %s)", what, other,
		conflict.During.Start, orElse(conflict.During.End.String(), "open end"))
}

// indexClaims makes an index of the claims as they will be, without those of the crowds, and counts the crowds.
func (p *planner) indexClaims() (index *crm.ClaimIndex, crowds map[sharedKey]int) {
	changed := map[crm.CooperationID]bool{}
	for _, o := range p.outcomes {
		changed[o.result().ID] = true
	}
	var claims []crm.Claim
	for _, c := range p.claims {
		if !changed[c.Cooperation] {
			claims = append(claims, c)
		}
	}
	for _, o := range p.outcomes {
		claims = append(claims, crm.ClaimsOf(*o.result())...)
	}
	crowds = map[sharedKey]int{}
	seen := map[sharedKey]map[crm.InfluencerID]bool{}
	for _, c := range claims {
		key := sharedKey{c.Kind, c.Key}
		if seen[key] == nil {
			seen[key] = map[crm.InfluencerID]bool{}
		}
		seen[key][c.Influencer] = true
		if n := len(seen[key]); n > crowd && (c.Kind == crm.ClaimEquals || c.Kind == crm.ClaimUTM) {
			crowds[key] = n
		}
	}
	few := claims[:0]
	for _, c := range claims {
		if crowds[sharedKey{c.Kind, c.Key}] == 0 {
			few = append(few, c)
		}
	}
	return crm.NewClaimIndex(few), crowds
}

// result is the cooperation that the row creates or changes.
func (o *outcome) result() *crm.Cooperation {
	if o.create != nil {
		return o.create
	}
	return o.change
}

// utmColumn is the column of the field that makes a set of UTM fields somebody's own.
func (d *deal) utmColumn() Field {
	for _, f := range []utm.Field{utm.Term, utm.Content} {
		if d.utm.Get(f).String() != "" {
			return utmColumns[f]
		}
	}
	return FieldUTMCampaign
}
