package crm

import (
	"context"
	"strings"
)

// nameAgain gives cooperations that are named automatically their names where the undo, or what has
// happened since the unit that is undone, made them wrong. A name that came back and is right stays.
func (u *undo) nameAgain(ctx context.Context) error {
	for _, f := range u.renamed {
		err := Each(ctx, u.Cooperations(), f, func(c Cooperation) error {
			if u.settled[c.ID] {
				return nil
			}
			return u.nameOne(ctx, c)
		})
		if err != nil {
			return err
		}
	}
	for _, refs := range [][]Ref{u.done.Restored, u.done.Recreated} {
		for _, ref := range refs {
			if ref.Kind != KindCooperation {
				continue
			}
			c, err := u.Cooperations().Get(ctx, CooperationID(ref.ID))
			if err == nil {
				err = u.nameOne(ctx, c)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (u *undo) nameOne(ctx context.Context, c Cooperation) error {
	if c.NameMode != NameAuto {
		return nil
	}
	p, err := u.references(ctx, c)
	if err != nil {
		return err
	}
	if isAutoName(c, autoName(p)) {
		twin, err := u.hasTwin(ctx, c)
		if err != nil || !twin {
			return err
		}
	}
	after := c
	if err := u.name(ctx, &after, p); err != nil {
		return err
	}
	_, err = replace(ctx, u.Work, c, after, u.reason)
	return err
}

// isAutoName reports whether a cooperation's name is one that is made of base.
func isAutoName(c Cooperation, base string) bool {
	rest, ok := strings.CutPrefix(c.Name, base)
	if !c.Period.Start.IsZero() {
		rest = strings.TrimPrefix(rest, " - "+c.Period.Start.String())
	}
	return ok && (rest == "" || strings.HasPrefix(rest, " (") && strings.HasSuffix(rest, ")"))
}

// hasTwin reports whether another auto-named cooperation of the campaign has the name. A person may
// give a cooperation any name, that of another too.
func (u *undo) hasTwin(ctx context.Context, c Cooperation) (bool, error) {
	same, err := u.Cooperations().List(ctx, CooperationFilter{Campaign: c.Campaign, Name: c.Name, Archive: ActiveOrNot}, ListOptions{Size: MaxPageSize})
	for _, other := range same.Items {
		if other.ID != c.ID && other.NameMode == NameAuto {
			return true, err
		}
	}
	return false, err
}
