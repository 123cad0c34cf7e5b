package sheetimport

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
)

// MaxGone is how many cooperations Plan.Gone lists. A sheet of a hundred rows may come after one of a hundred thousand.
const MaxGone = 1_000

// errEnough ends a walk through a list.
var errEnough = errors.New("enough")

// listGone counts the cooperations that earlier imports made of a sheet of this name and that no row stands for, and
// lists the first of them. They stay as they are, as do those of other sheets.
func (p *planner) listGone(ctx context.Context) error {
	p.plan.Gone = []Gone{}
	f := crm.CooperationFilter{ImportSource: p.plan.Source}
	there, err := p.reader.Cooperations().Count(ctx, f)
	if err != nil {
		return err
	}
	for _, c := range p.imported.all {
		if c.Imported.Source == p.plan.Source && p.imported.found[c.ID] && c.ArchivedOn.IsZero() {
			there--
		}
	}
	if p.plan.GoneCount = there; there == 0 {
		return nil
	}
	err = crm.Each(ctx, p.reader.Cooperations(), f, func(c crm.Cooperation) error {
		if p.imported.found[c.ID] {
			return nil
		}
		p.plan.Gone = append(p.plan.Gone, Gone{ID: c.ID, Name: c.Name})
		if len(p.plan.Gone) == min(there, MaxGone) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}
