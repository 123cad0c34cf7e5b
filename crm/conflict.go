package crm

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Conflict is a proof that two cooperations of different influencers lay claim to one order: a code that satisfies a
// rule of each, or one UTM set, on days on which both are live. It is a warning where it is only discount.Loose: two codes
// that some shops take for one.
type Conflict struct {
	Severity        discount.Severity `json:"severity"`
	Kind            ClaimKind         `json:"kind"`          // of this cooperation's claim
	Rule            string            `json:"rule,omitzero"` // this cooperation's rule, "equals cr9"
	Other           CooperationID     `json:"other"`         // the other cooperation
	OtherInfluencer InfluencerID      `json:"other_influencer"`
	OtherName       string            `json:"other_name"` // its name
	OtherRule       string            `json:"other_rule,omitzero"`
	Witness         string            `json:"witness,omitzero"` // a code in normal form that satisfies both rules; see Cause
	// Cause is why the workspace's shop, or only others, take two codes for one that are not the same; the Witness is one
	// of these codes then. It is "" where the rules collide in every shop.
	Cause  discount.Cause `json:"cause,omitzero"`
	During budget.Period  `json:"during"` // the days on which both are live
}

// Conflicts are the conflicts of one cooperation.
type Conflicts struct {
	List     []Conflict `json:"list"`     // the blocking, certain and loose ones, worst first, at most a hundred
	More     int        `json:"more"`     // how many of them are not listed
	Possible int        `json:"possible"` // pairs of rules that only a glued code satisfies
}

// maxConflicts is how many conflicts of one cooperation are listed.
const maxConflicts = 100

// conflictsOf finds a cooperation's conflicts among all claims of the workspace.
func (w *Work) conflictsOf(ctx context.Context, c Cooperation) (Conflicts, error) {
	if len(ClaimsOf(c)) == 0 {
		return Conflicts{List: []Conflict{}}, nil
	}
	claims, err := w.allClaims(ctx)
	if err != nil {
		return Conflicts{}, err
	}
	found := claims.index.Conflicts(c)
	return found, nameOthers(ctx, w, found.List)
}

// newlyBlocking lists the blocking conflicts of a cooperation, at most a hundred, that it did not have before.
func (w *Work) newlyBlocking(ctx context.Context, before, after Cooperation) ([]Conflict, error) {
	if len(ClaimsOf(after)) == 0 {
		return nil, nil
	}
	claims, err := w.allClaims(ctx)
	if err != nil {
		return nil, err
	}
	found := claims.blocking(after, before, maxConflicts)
	return found, nameOthers(ctx, w, found)
}

// nameOthers sets the OtherName of conflicts.
func nameOthers(ctx context.Context, r Reader, lists ...[]Conflict) error {
	ids := []CooperationID{}
	for _, list := range lists {
		for _, c := range list {
			ids = append(ids, c.Other)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	slices.SortFunc(ids, CooperationID.Compare)
	others, err := r.Cooperations().GetAll(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	names := map[CooperationID]string{}
	for _, o := range others {
		names[o.ID] = o.Name
	}
	for _, list := range lists {
		for n := range list {
			list[n].OtherName = names[list[n].Other]
		}
	}
	return nil
}

// ConflictsOf finds the conflicts of a cooperation, stored or not, such as one in a form that is not saved yet.
func (s *Service) ConflictsOf(ctx context.Context, ws WorkspaceID, c Cooperation) (Conflicts, error) {
	return view(ctx, s, ws, "find conflicts", func(ctx context.Context, r Reader) (Conflicts, error) {
		c, err := checkClaims(ctx, r, c)
		if err != nil {
			return Conflicts{}, err
		}
		claims, err := s.readClaims(ctx, r)
		if err != nil {
			return Conflicts{}, err
		}
		found, err := claims.conflicts(ctx, []Cooperation{c})
		if err != nil {
			return Conflicts{}, err
		}
		return found[0], nil
	})
}

// PossibleConflicts are conflicts of one rule in which neither pattern satisfies the other rule, but a code made of
// both patterns satisfies both: STARTSENDS for starts with STARTS and ends with ENDS.
type PossibleConflicts struct {
	List []Conflict `json:"list"` // by the other cooperation's id, kind and pattern of its rule
	More int        `json:"more"` // how many are not listed
}

// PossibleConflicts lists the possible conflicts of one rule of a cooperation, each with a code that satisfies both
// rules. Neither the cooperation nor the rule need be stored; of the cooperation its id, influencer, period,
// cancellation and archive day count. The limit is between 1 and MaxPageSize. The rule is compared with all patterns of
// the workspace, in memory.
func (s *Service) PossibleConflicts(
	ctx context.Context, ws WorkspaceID, c Cooperation, rule discount.Rule, limit int,
) (PossibleConflicts, error) {
	if err := CheckLimit(limit); err != nil {
		return PossibleConflicts{}, err
	}
	c.Rules, c.UTM = []discount.Rule{rule}, utm.Params{}
	return view(ctx, s, ws, "find possible conflicts", func(ctx context.Context, r Reader) (PossibleConflicts, error) {
		found := PossibleConflicts{List: []Conflict{}}
		c, err := checkClaims(ctx, r, c)
		if err != nil {
			return found, err
		}
		claims, err := s.readClaims(ctx, r)
		if err != nil {
			return found, err
		}
		for _, mine := range ClaimsOf(c) {
			found.List, found.More = claims.index.possible(mine, limit)
		}
		return found, nameOthers(ctx, r, found.List)
	})
}

// checkClaims checks the fields of a cooperation that conflicts depend on, and cleans its rules.
func checkClaims(ctx context.Context, r Reader, c Cooperation) (Cooperation, error) {
	ws, err := r.Workspace(ctx)
	if err != nil {
		return c, err
	}
	p := newProblems(c)
	if c.Influencer.IsZero() {
		p.add("influencer", "", "a conflict is one with another influencer; choose whose cooperation this is")
	}
	p.period("period", c.Period)
	p.err("utm", "", c.UTM.Validate())
	c.Rules = p.rules("rules", c.Rules, ws.Currency)
	return c, p.result()
}
