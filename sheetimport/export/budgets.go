package export

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/records"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// campaignColumns are those of a table of campaigns, as an import reads it beside a sheet.
var campaignColumns = []layoutColumn{
	{header: "Campaign", field: column.Campaign},
	{header: "Budget", field: column.CampaignBudget},
	{header: "Revenue target", field: column.RevenueTarget},
	{header: "Start", field: column.CampaignStart},
	{header: "End", field: column.CampaignEnd},
}

// CampaignsCSV writes the campaigns of a workspace that are not archived as CSV in UTF-8, with their budgets, revenue targets and
// days, those without a cooperation too. An import takes the table of budgets beside a sheet or in its place; in the workspace
// itself it changes nothing. Result counts campaigns. Errors are those of [CSV].
func CampaignsCSV(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, w io.Writer, o *Options) (Result, error) {
	return writeBudgets(ctx, s, ws, w, o, func(ctx context.Context, r crm.Reader, write func(...records.Cell) error) error {
		headers := make([]records.Cell, len(campaignColumns))
		for n, c := range campaignColumns {
			headers[n].Text = c.header
		}
		if err := write(headers...); err != nil {
			return err
		}
		return crm.Each(ctx, r.Campaigns(), crm.CampaignFilter{}, func(c crm.Campaign) error {
			cells := make([]records.Cell, len(campaignColumns))
			for n, column := range campaignColumns {
				cells[n] = column.cell(records.Row{CampaignRecord: c})
			}
			return write(cells...)
		})
	})
}

// MonthsCSV is [CampaignsCSV] for the budgets of months.
func MonthsCSV(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, w io.Writer, o *Options) (Result, error) {
	return writeBudgets(ctx, s, ws, w, o, func(ctx context.Context, r crm.Reader, write func(...records.Cell) error) error {
		if err := write(records.Cell{Text: "Month"}, records.Cell{Text: "Budget"}); err != nil {
			return err
		}
		workspace, err := r.Workspace(ctx)
		if err != nil {
			return err
		}
		for _, m := range slices.SortedFunc(maps.Keys(workspace.MonthBudgets), budget.Month.Compare) {
			amount := records.Row{CampaignRecord: crm.Campaign{Budget: workspace.MonthBudgets[m]}}.Cell(column.CampaignBudget)
			if err := write(records.Cell{Text: m.String()}, amount); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeBudgets writes a table from one snapshot. The first row is its header.
func writeBudgets(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, w io.Writer, o *Options,
	rows func(context.Context, crm.Reader, func(...records.Cell) error) error) (Result, error) {
	if s == nil || w == nil {
		panic("export: a table of budgets needs a Service and a writer, and was given nil")
	}
	out, err := newCSVWriter(w, o)
	if err != nil {
		return Result{}, err
	}
	written := 0
	err = s.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		if written > 0 {
			return errExportAgain
		}
		return rows(ctx, r, func(cells ...records.Cell) error {
			written++
			return out.row(cells)
		})
	})
	if err == nil {
		err = out.close()
	}
	if err != nil {
		return Result{}, fmt.Errorf("export: %w", err)
	}
	return Result{Rows: written - 1, Notes: []sheet.Note{}}, nil
}
