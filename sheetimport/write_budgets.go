package sheetimport

import (
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// monthBudget is the budget of a month that has none yet.
type monthBudget struct {
	month  budget.Month
	amount budget.Money
}

// writeMonths sets the budgets of months, in one change of the workspace.
func (w *writes) writeMonths(ctx context.Context, work *crm.Work) error {
	if len(w.months) == 0 {
		return nil
	}
	workspace, err := work.Workspace(ctx)
	if err != nil {
		return err
	}
	workspace = crm.Clone(workspace)
	if workspace.MonthBudgets == nil {
		workspace.MonthBudgets = map[budget.Month]budget.Money{}
	}
	for _, m := range w.months {
		workspace.MonthBudgets[m.month] = m.amount
	}
	_, err = work.UpdateWorkspace(ctx, workspace, crm.ImportReason)
	return err
}

// refersToTables reports whether somebody has changed what the tables of budgets rest on: a campaign of theirs, the name of one
// that they add, the budgets of months.
func (m *meanwhile) refersToTables(w *writes, workspace crm.WorkspaceID) bool {
	if len(w.months) > 0 && m.touched[crm.RefTo(workspace)] {
		return true
	}
	for _, c := range w.campaigns {
		if _, taken := m.campaignNames[crm.Fold(c.Name)]; taken && w.ofTables[c.ID] {
			return true
		}
	}
	for _, c := range w.changedCampaigns {
		if w.ofTables[c.ID] && m.touched[c.Ref()] {
			return true
		}
	}
	return false
}
