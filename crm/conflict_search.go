package crm

import (
	"context"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// ConflictsOf finds the conflicts of a cooperation, stored or not, such as one that is in a form: of its
// rules and UTM set as they are, in its period.
func (s *Service) ConflictsOf(ctx context.Context, ws WorkspaceID, c Cooperation) (Conflicts, error) {
	return view(ctx, s, ws, func(ctx context.Context, r Reader) (Conflicts, error) {
		c, err := claimant(ctx, r, c)
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

// PossibleConflicts are conflicts of one rule that only a glued code would bring about.
type PossibleConflicts struct {
	List []Conflict `json:"list"` // by the other cooperation's id, kind and pattern of its rule
	More int        `json:"more"` // how many are not listed
}

// PossibleConflicts lists the possible conflicts of one rule of a cooperation, each with a code that
// satisfies both rules. Neither the cooperation nor the rule need be stored; of the cooperation its
// id, influencer, period, cancellation and archive day count. The limit is between 1 and MaxPageSize. It
// compares the rule with all patterns of the workspace, in memory.
func (s *Service) PossibleConflicts(ctx context.Context, ws WorkspaceID, c Cooperation, rule discount.Rule, limit int) (PossibleConflicts, error) {
	if err := CheckLimit(limit); err != nil {
		return PossibleConflicts{}, err
	}
	c.Rules, c.UTM = []discount.Rule{rule}, utm.Params{}
	return view(ctx, s, ws, func(ctx context.Context, r Reader) (PossibleConflicts, error) {
		found := PossibleConflicts{List: []Conflict{}}
		c, err := claimant(ctx, r, c)
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

// claimant checks what a cooperation, that may be in a form still, claims.
func claimant(ctx context.Context, r Reader, c Cooperation) (Cooperation, error) {
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
