package export

import (
	"context"
	"io"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
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
	return budgetsCSV(ctx, s, ws, w, o, writeCampaigns)
}

// MonthsCSV is [CampaignsCSV] for the budgets of months.
func MonthsCSV(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, w io.Writer, o *Options) (Result, error) {
	return budgetsCSV(ctx, s, ws, w, o, writeMonths)
}

// budgetsCSV writes a table from one snapshot.
func budgetsCSV(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, w io.Writer, o *Options, table budgetTable) (Result, error) {
	if s == nil || w == nil {
		panic("export: a table of budgets needs a Service and a writer, and was given nil")
	}
	out, err := newCSVWriter(w, o)
	if err != nil {
		return Result{}, err
	}
	var done Result
	err = snapshot(ctx, s, ws, out, func(ctx context.Context, r crm.Reader) (err error) {
		done, err = table(ctx, r, out)
		return err
	})
	if err != nil {
		return Result{}, err
	}
	return done, nil
}

// budgetTable writes a header and the rows below it, and tells of these.
type budgetTable func(context.Context, crm.Reader, sheetWriter) (Result, error)

func writeCampaigns(ctx context.Context, r crm.Reader, w sheetWriter) (Result, error) {
	done := Result{Notes: []sheet.Note{}}
	headers := make([]records.Cell, len(campaignColumns))
	for n, c := range campaignColumns {
		headers[n].Text = c.header
	}
	if err := w.row(headers); err != nil {
		return Result{}, err
	}
	err := crm.Each(ctx, r.Campaigns(), crm.CampaignFilter{}, func(c crm.Campaign) error {
		cells := make([]records.Cell, len(campaignColumns))
		for n, column := range campaignColumns {
			cells[n] = column.cell(records.Row{CampaignRecord: c})
		}
		done.Rows++
		return w.row(cells)
	})
	if err != nil {
		return Result{}, err
	}
	archived, err := r.Campaigns().Count(ctx, crm.CampaignFilter{Archive: crm.ArchivedOnly})
	if archived > 0 {
		done.Notes = append(done.Notes, archivedLeftOut(sentence.Of("%d campaigns", archived)))
	}
	return done, err
}

func writeMonths(ctx context.Context, r crm.Reader, w sheetWriter) (Result, error) {
	done := Result{Notes: []sheet.Note{}}
	if err := w.row([]records.Cell{{Text: "Month"}, {Text: "Budget"}}); err != nil {
		return Result{}, err
	}
	workspace, err := r.Workspace(ctx)
	if err != nil {
		return Result{}, err
	}
	for _, m := range slices.SortedFunc(maps.Keys(workspace.MonthBudgets), budget.Month.Compare) {
		amount := records.Row{CampaignRecord: crm.Campaign{Budget: workspace.MonthBudgets[m]}}.Cell(column.CampaignBudget)
		if err := w.row([]records.Cell{{Text: m.String()}, amount}); err != nil {
			return Result{}, err
		}
		done.Rows++
	}
	return done, nil
}
