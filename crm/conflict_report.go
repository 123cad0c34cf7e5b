package crm

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm/internal/claims"
)

// InConflict is a cooperation with its conflicts.
type InConflict struct {
	Cooperation Cooperation `json:"cooperation"`
	Conflicts   Conflicts   `json:"conflicts"`
}

// Conflicts lists the cooperations that have a blocking or certain conflict, with all their conflicts; the filter can ask
// for those with a blocking one only, or for those with a loose one too. It is filtered, ordered and paged as Cooperations is.
//
// The first call goes once through all claims of the workspace, in memory, and one after a change of rules through what
// conflicts with the changed ones. A further page costs
// as much as a page of cooperations, or at most twice the reading of all cooperations that are in conflict.
func (s *Service) Conflicts(
	ctx context.Context, ws WorkspaceID, f ConflictFilter, o ListOptions,
) (Page[InConflict], error) {
	return view(ctx, s, ws, "list conflicts", func(ctx context.Context, r Reader) (Page[InConflict], error) {
		claims, err := s.readClaims(ctx, r)
		if err != nil {
			return Page[InConflict]{}, err
		}
		inConflict, err := severities(ctx, claims)
		if err != nil {
			return Page[InConflict]{}, err
		}
		page, err := listOn(ctx, s, r, &f.On, f.State != "", &o, func() (Page[Cooperation], error) {
			return pageInConflict(ctx, r, ws, f, o, inConflict)
		})
		if err != nil {
			return Page[InConflict]{}, err
		}
		found, err := claims.conflicts(ctx, page.Items)
		if err != nil {
			return Page[InConflict]{}, err
		}
		var names *PageNames
		if o.WithNames {
			if names, err = NamesOf(ctx, r, page.Items); err != nil {
				return Page[InConflict]{}, err
			}
		}
		list := Page[InConflict]{Items: make([]InConflict, len(page.Items)), Next: page.Next, Names: names}
		for n, c := range page.Items {
			list.Items[n] = InConflict{c, found[n]}
		}
		return list, nil
	})
}

// pageInConflict returns a page of the cooperations that are in conflict. It first lists cooperations in order and
// keeps those in conflict, which fills a page soon if there are many. When it has read nearly as many as are in
// conflict, it reads those by id instead.
func pageInConflict(
	ctx context.Context, r Reader, ws WorkspaceID, f ConflictFilter, o ListOptions, severity *claims.Severities,
) (Page[Cooperation], error) {
	k, err := o.keyset(ws, KindCooperation, f)
	if err != nil {
		return Page[Cooperation]{}, err
	}
	if f, err = CheckFilter(f); err != nil {
		return Page[Cooperation]{}, err
	}
	inConflict := severity.Len(f.Severity)
	all, found := r.Cooperations(), []Cooperation{}
	walk, err := walkFrom[Cooperation](ws, k, o.Sort, f.CooperationFilter)
	for read := 0; err == nil && read+walk.Size <= inConflict; walk.Size = min(2*walk.Size, MaxPageSize) {
		var page Page[Cooperation]
		if page, err = all.List(ctx, f.CooperationFilter, walk); err != nil {
			break
		}
		for _, c := range page.Items {
			if severity.Of(claims.ID(c.ID)) >= f.Severity {
				found = append(found, c)
			}
		}
		if len(found) > k.Size || page.Next == "" {
			return pageAmong(k, o.Sort, found)
		}
		read += len(page.Items)
		walk.Token = page.Next
	}
	if err != nil {
		return Page[Cooperation]{}, err
	}
	ids := make([]CooperationID, 0, inConflict)
	for id, worst := range severity.All() {
		if worst >= f.Severity {
			ids = append(ids, CooperationID(id))
		}
	}
	if found, err = all.GetAll(ctx, ids); err != nil {
		return Page[Cooperation]{}, err
	}
	matches, err := f.predicate(ctx, r.Influencers())
	if err != nil {
		return Page[Cooperation]{}, err
	}
	return pageAmong(k, o.Sort, slices.DeleteFunc(found, func(c Cooperation) bool { return !matches(c) }))
}
