package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
)

// SetMonthBudget sets the budget of one month, whatever the others are by now; an amount that is not set takes the
// month's budget away. A page that edits one cell needs no version for it: two people who set two months do not meet.
// A bad month or amount is an ErrInvalid, as for UpdateWorkspace.
func (w *Work) SetMonthBudget(ctx context.Context, month budget.Month, amount budget.Money, reason string) (Workspace, error) {
	ws := Clone(w.workspace)
	if amount.IsSet() {
		ws.MonthBudgets[month] = amount
	} else {
		delete(ws.MonthBudgets, month)
	}
	return w.UpdateWorkspace(ctx, ws, reason)
}

// SetMonthBudget is Work.SetMonthBudget.
func (s *Service) SetMonthBudget(ctx context.Context, ws WorkspaceID, month budget.Month, amount budget.Money,
	reason string) (Workspace, error) {
	return update(ctx, s, ws, "set month budget", func(ctx context.Context, w *Work) (Workspace, error) {
		return w.SetMonthBudget(ctx, month, amount, reason)
	})
}
