package crm

import (
	"context"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// ConflictsOf finds the conflicts of a cooperation, stored or not, such as one in a form that is not saved yet.
func (s *Service) ConflictsOf(ctx context.Context, ws WorkspaceID, c Cooperation) (Conflicts, error) {
	return view(ctx, s, ws, func(ctx context.Context, r Reader) (Conflicts, error) {
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

// PossibleConflicts are conflicts of one rule in which neither pattern satisfies the other rule, but a code made of both
// patterns satisfies both: STARTSENDS for starts with STARTS and ends with ENDS.
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
	return view(ctx, s, ws, func(ctx context.Context, r Reader) (PossibleConflicts, error) {
		found := PossibleConflicts{List: []Conflict{}}
		c, err := checkClaims(ctx, r, c)
		if err != nil {
			return found, err
		}
		claims, err := s.readClaims(ctx, r)
		if err != nil {
			return found, err
		}
		err = claims.use(ctx, func(x *ClaimIndex) error {
			for _, mine := range ClaimsOf(c) {
				found.List, found.More = x.possible(mine, limit)
			}
			return nil
		})
		if err != nil {
			return found, err
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
