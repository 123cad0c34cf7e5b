package sqlstore

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// Claims are kept in a table by each write of a cooperation. Their keys are normal forms of codes, which another version of
// the program may have made in another way: then they are derived of the cooperations, until a unit of work writes them anew.

// Claims implements crm.Reader.
func (r *reader) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	if err := r.ready(ctx, crm.KindCooperation); err != nil {
		return nil, err
	}
	if !r.opened || r.upToDate {
		return r.storedClaims(ctx, f)
	}
	if r.derived == nil {
		all, err := r.deriveClaims(ctx)
		if err != nil {
			return nil, err
		}
		r.derived = all
	}
	return slices.DeleteFunc(slices.Clone(r.derived), func(c crm.Claim) bool { return !f.Selects(c) }), nil
}

// Claims implements crm.Reader. What a unit of work reads it may write, so that they are written anew first.
func (w *writer) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	if err := w.unit.Usable(ctx); err != nil {
		return nil, err
	}
	if !w.upToDate {
		if err := w.unit.Write(ctx, func() error { return w.rebuild(ctx) }); err != nil {
			return nil, err
		}
	}
	return w.reader.Claims(ctx, f)
}

// storedClaims reads the claims that the table has.
func (r *reader) storedClaims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	claims := []crm.Claim{}
	q, possible := r.schema.Claims(r.wsText, f)
	if !possible {
		return claims, nil
	}
	var row tables.ClaimRow
	err := r.each(ctx, "reading claims", row.Dest(), q, func() error {
		claim, err := row.Claim()
		if err != nil {
			return r.unit.Unreadable(ctx, crm.RefTo(claim.Cooperation), err)
		}
		claims = append(claims, claim)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return claims, nil
}

// deriveClaims derives the claims of all cooperations.
func (r *reader) deriveClaims(ctx context.Context) ([]crm.Claim, error) {
	claims := []crm.Claim{}
	err := r.eachPage(ctx, func(page []crm.Cooperation) error {
		for _, c := range page {
			claims = append(claims, crm.ClaimsOf(c)...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return inOrder(claims), nil
}

// inOrder returns claims as they are read, each once.
func inOrder(claims []crm.Claim) []crm.Claim {
	slices.SortFunc(claims, crm.Claim.Compare)
	return slices.Compact(claims)
}

// eachPage calls fn with all cooperations, archived ones too.
func (r *reader) eachPage(ctx context.Context, fn func([]crm.Cooperation) error) error {
	for o := (crm.ListOptions{Size: crm.MaxPageSize}); ; {
		page, err := r.Cooperations().List(ctx, crm.CooperationFilter{Archive: crm.ActiveOrNot}, o)
		if err == nil {
			err = fn(page.Items)
		}
		if o.Token = page.Next; err != nil || o.Token == "" {
			return err
		}
	}
}

// rebuildClaims writes the claims of those cooperations anew of which the table has others.
func (w *writer) rebuildClaims(ctx context.Context) error {
	stored := map[crm.CooperationID][]crm.Claim{}
	all, err := w.storedClaims(ctx, crm.ClaimFilter{})
	if err != nil {
		return err
	}
	for _, c := range all {
		stored[c.Cooperation] = append(stored[c.Cooperation], c)
	}
	kind := w.schema.Kind(crm.KindCooperation)
	return w.eachPage(ctx, func(page []crm.Cooperation) error {
		b := batch{writer: w}
		for _, c := range page {
			if slices.Equal(inOrder(crm.ClaimsOf(c)), stored[c.ID]) {
				continue
			}
			derived, err := kind.DerivedRows(w.wsText, c)
			if err != nil {
				return err
			}
			for n, rows := range derived {
				b.add(kind.Derived[n].Remove, w.wsText, c.ID.String())
				b.addRows(rows)
			}
		}
		_, err := w.unit.Send(ctx, b.queries...)
		return w.unit.Fail(ctx, "writing claims", err)
	})
}
