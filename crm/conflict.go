package crm

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// Conflict is a proof that two cooperations of different influencers lay claim to one order: a
// code that satisfies a rule of each, or one UTM set, on days on which both are live.
type Conflict struct {
	Severity        discount.Severity `json:"severity"`
	Kind            ClaimKind         `json:"kind"`          // of this cooperation's claim
	Rule            string            `json:"rule,omitzero"` // this cooperation's rule, "equals cr9"
	Other           CooperationID     `json:"other"`         // the other cooperation
	OtherInfluencer InfluencerID      `json:"other_influencer"`
	OtherName       string            `json:"other_name"` // its name
	OtherRule       string            `json:"other_rule,omitzero"`
	Witness         string            `json:"witness,omitzero"` // a code in normal form that satisfies both rules
	During          budget.Period     `json:"during"`           // the days on which both are live
}

// ClaimIndex holds claims in memory, to find the conflicts of many cooperations without asking the
// store for each. It is not safe for concurrent use.
type ClaimIndex struct {
	of       map[CooperationID][]Claim
	exact    map[ClaimKind]map[string][]Claim // equals and utm, by key
	patterns []Claim                          // the other kinds
}

// NewClaimIndex returns an index of claims.
func NewClaimIndex(claims []Claim) *ClaimIndex {
	x := &ClaimIndex{
		of:    map[CooperationID][]Claim{},
		exact: map[ClaimKind]map[string][]Claim{ClaimEquals: {}, ClaimUTM: {}},
	}
	for _, c := range claims {
		x.add(c)
	}
	return x
}

func (x *ClaimIndex) add(c Claim) {
	x.of[c.Cooperation] = append(x.of[c.Cooperation], c)
	if byKey, exact := x.exact[c.Kind]; exact {
		byKey[c.Key] = append(byKey[c.Key], c)
	} else {
		x.patterns = append(x.patterns, c)
	}
}

// Set replaces the claims of a cooperation by those of its present state.
func (x *ClaimIndex) Set(c Cooperation) {
	x.Drop(c.ID)
	for _, claim := range ClaimsOf(c) {
		x.add(claim)
	}
}

// Drop forgets the claims of a cooperation.
func (x *ClaimIndex) Drop(id CooperationID) {
	own := func(c Claim) bool { return c.Cooperation == id }
	patterns := false
	for _, c := range x.of[id] {
		if byKey, exact := x.exact[c.Kind]; exact {
			byKey[c.Key] = slices.DeleteFunc(byKey[c.Key], own)
		} else {
			patterns = true
		}
	}
	if patterns {
		x.patterns = slices.DeleteFunc(x.patterns, own)
	}
	delete(x.of, id)
}

// Conflicts finds what a cooperation conflicts with: the blocking and certain conflicts, worst
// first, and the number of possible ones. Tail days extend both sides. OtherName is left empty.
func (x *ClaimIndex) Conflicts(c Cooperation, tailDays int) (found []Conflict, possible int) {
	found = []Conflict{}
	for _, mine := range ClaimsOf(c) {
		for conflict := range x.against(mine, tailDays) {
			if conflict.Severity == discount.Possible {
				possible++
			} else {
				found = append(found, conflict)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Conflict) int {
		return cmp.Or(-cmp.Compare(a.Severity, b.Severity), a.Other.Compare(b.Other), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.OtherRule, b.OtherRule))
	})
	return found, possible
}

// candidates yields the claims that may conflict with one.
func (x *ClaimIndex) candidates(mine Claim) iter.Seq[Claim] {
	return func(yield func(Claim) bool) {
		groups := [][]Claim{x.exact[mine.Kind][mine.Key]}
		switch mine.Kind {
		case ClaimUTM:
		case ClaimEquals:
			groups = append(groups, x.patterns)
		default:
			groups = append(slices.Collect(maps.Values(x.exact[ClaimEquals])), x.patterns)
		}
		for _, group := range groups {
			for _, other := range group {
				if !yield(other) {
					return
				}
			}
		}
	}
}

// against yields the conflicts of one claim with those of other influencers.
func (x *ClaimIndex) against(mine Claim, tailDays int) iter.Seq[Conflict] {
	return func(yield func(Conflict) bool) {
		for other := range x.candidates(mine) {
			if other.Influencer == mine.Influencer || other.Cooperation == mine.Cooperation {
				continue
			}
			days, live := mine.live(tailDays).Overlap(other.live(tailDays))
			if !live {
				continue
			}
			conflict := Conflict{Severity: discount.Certain, Kind: mine.Kind, Other: other.Cooperation, OtherInfluencer: other.Influencer, During: days}
			if mine.Kind != ClaimUTM {
				proof := discount.Compare(mine.Rule(), other.Rule())
				if proof.Severity == discount.NoConflict {
					continue
				}
				conflict.Severity, conflict.Witness = proof.Severity, proof.Witness
				conflict.Rule, conflict.OtherRule = mine.Rule().String(), other.Rule().String()
			}
			if !yield(conflict) {
				return
			}
		}
	}
}

// conflictsOf finds a cooperation's conflicts among all claims of the workspace. They are read once
// in a unit of work and then follow its writes.
func (w *Work) conflictsOf(ctx context.Context, c Cooperation) (found []Conflict, possible int, err error) {
	if len(ClaimsOf(c)) == 0 {
		return []Conflict{}, 0, nil
	}
	if w.claims == nil {
		all, err := w.Claims(ctx, ClaimFilter{})
		if err != nil {
			return nil, 0, err
		}
		w.claims = NewClaimIndex(all)
	}
	found, possible = w.claims.Conflicts(c, w.workspace.TailDays)
	return found, possible, w.nameOthers(ctx, found)
}

// reclaim keeps the index, if it was loaded, up to date with a cooperation's new state.
func (w *Work) reclaim(c Cooperation) {
	if w.claims != nil {
		w.claims.Set(c)
	}
}

func (w *Work) nameOthers(ctx context.Context, conflicts []Conflict) error {
	ids := make([]CooperationID, len(conflicts))
	for n, c := range conflicts {
		ids[n] = c.Other
	}
	if len(ids) == 0 {
		return nil
	}
	others, err := w.Cooperations().GetAll(ctx, ids)
	if err != nil {
		return err
	}
	names := map[CooperationID]string{}
	for _, o := range others {
		names[o.ID] = o.Name
	}
	for n := range conflicts {
		conflicts[n].OtherName = names[conflicts[n].Other]
	}
	return nil
}
