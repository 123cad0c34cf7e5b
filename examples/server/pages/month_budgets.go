package pages

import (
	"context"
	"errors"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// budgetChange is what a form asks for the budget of a month: no amount removes it. Was is the budget that the form was made
// of.
type budgetChange struct {
	Month   budget.Month
	Was, To budget.Money
}

// errBudgetsMet ends a unit of work that would overwrite what somebody else has saved.
var errBudgetsMet = errors.New("month budgets have changed since they were read")

// setBudgets sets budgets of months, all of them or none. If a month has neither the budget that its form was made of nor the
// one that it asks for, nothing is set and met has the months; the workspace of the visit is then the one that is stored.
//
// Month budgets stand in the workspace, whose version many other changes raise, so each is compared by itself: two people who
// plan different months do not meet.
func (v *visit) setBudgets(changes []budgetChange) (of crm.Done, met []budget.Month, err error) {
	slices.SortFunc(changes, func(a, b budgetChange) int { return a.Month.Compare(b.Month) })
	var now crm.Workspace
	err = v.crm.Noting(&of).Named("set month budgets").Update(v.Context(), v.ws.ID, func(ctx context.Context, w *crm.Work) (err error) {
		met = nil // a unit of work may run again
		if now, err = w.Workspace(ctx); err != nil {
			return err
		}
		for _, c := range changes {
			if stored := now.MonthBudgets[c.Month]; stored != c.Was && stored != c.To {
				met = append(met, c.Month)
			}
		}
		if len(met) > 0 {
			return errBudgetsMet
		}
		for _, c := range changes {
			if _, err := w.SetMonthBudget(ctx, c.Month, c.To, ""); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errBudgetsMet) {
		v.ws = now
		return of, met, nil
	}
	return of, nil, err
}
