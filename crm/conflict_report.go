package crm

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/discount"
)

// InConflict is a cooperation with its conflicts.
type InConflict struct {
	Cooperation Cooperation `json:"cooperation"`
	Conflicts   Conflicts   `json:"conflicts"`
}

// Conflicts lists the cooperations that have a blocking or certain conflict, or only those with a
// blocking one, with all their conflicts. It is filtered, ordered and paged as Cooperations is.
//
// The first call after a change of rules goes once through all claims of the workspace, in memory; then
// a page costs as much as a page of cooperations, or at most twice the reading of all that are in conflict.
func (s *Service) Conflicts(ctx context.Context, ws WorkspaceID, f ConflictFilter, o ListOptions) (Page[InConflict], error) {
	return view(ctx, s, ws, func(ctx context.Context, r Reader) (Page[InConflict], error) {
		claims, err := s.readClaims(ctx, r)
		if err != nil {
			return Page[InConflict]{}, err
		}
		inConflict, err := claims.inConflict(ctx)
		if err != nil {
			return Page[InConflict]{}, err
		}
		if f.State != "" {
			if err := s.orToday(ctx, r, &f.On); err != nil {
				return Page[InConflict]{}, err
			}
		}
		page, err := pageInConflict(ctx, r, f, o, inConflict)
		if err != nil {
			return Page[InConflict]{}, err
		}
		found, err := claims.conflicts(ctx, page.Items)
		if err != nil {
			return Page[InConflict]{}, err
		}
		list := Page[InConflict]{Items: make([]InConflict, len(page.Items)), Next: page.Next}
		for n, c := range page.Items {
			list.Items[n] = InConflict{c, found[n]}
		}
		return list, nil
	})
}

// pageInConflict is a page of the cooperations that are in conflict. If many are, a walk through the
// list of all cooperations fills the page soon. If it takes longer than that to read those that are
// in conflict, few are, and that is done.
func pageInConflict(ctx context.Context, r Reader, f ConflictFilter, o ListOptions, severity map[CooperationID]discount.Severity) (Page[Cooperation], error) {
	k, err := NewKeyset[Cooperation](f, o)
	if err != nil {
		return Page[Cooperation]{}, err
	}
	if f, err = CheckFilter(f); err != nil {
		return Page[Cooperation]{}, err
	}
	ids := []CooperationID{}
	for id, worst := range severity {
		if worst >= f.Severity {
			ids = append(ids, id)
		}
	}
	all, found := r.Cooperations(), []Cooperation{}
	walk := ListOptions{Size: max(k.Size, DefaultPageSize), Sort: k.Sort, Desc: k.Desc}
	if k.After != nil {
		list, err := NewKeyset[Cooperation](f.CooperationFilter, walk)
		if err != nil {
			return Page[Cooperation]{}, err
		}
		if walk.Token, err = list.token(*k.After); err != nil {
			return Page[Cooperation]{}, err
		}
	}
	for read := 0; read < len(ids); {
		page, err := all.List(ctx, f.CooperationFilter, walk)
		if err != nil {
			return Page[Cooperation]{}, err
		}
		for _, c := range page.Items {
			if severity[c.ID] >= f.Severity {
				found = append(found, c)
			}
		}
		if len(found) > k.Size || page.Next == "" {
			return PageOf(k, found[:min(len(found), k.Size+1)])
		}
		read += len(page.Items)
		walk.Token = page.Next
	}
	slices.SortFunc(ids, CooperationID.Compare)
	if found, err = all.GetAll(ctx, ids); err != nil {
		return Page[Cooperation]{}, err
	}
	matches, err := f.predicate(ctx, r.Influencers())
	if err != nil {
		return Page[Cooperation]{}, err
	}
	return pageAmong(k, slices.DeleteFunc(found, func(c Cooperation) bool { return !matches(c) }))
}

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
	c.Rules = []discount.Rule{rule}
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
				if mine.Kind != ClaimUTM {
					found.List, found.More = x.possible(mine, limit)
				}
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
