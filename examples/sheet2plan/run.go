package main

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/getklar/influencercrm/budget/render"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
)

// run reads the sheet, imports it and prints the report.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	a, err := parseArguments(args, stderr)
	if err != nil {
		return err
	}
	source, file, err := openSheet(a.sheet)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	db, err := openDatabase(ctx, a)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	workspace, err := openWorkspace(ctx, crm.NewAdmin(db, nil), a.currency)
	if err != nil {
		return err
	}
	service := crm.New(db, nil)
	var out bytes.Buffer
	if err := importSheet(ctx, service, workspace.ID, source, a, &out, stderr); err != nil {
		return err
	}
	if !a.planOnly {
		if err := writeReport(ctx, service, workspace.ID, &out); err != nil {
			return err
		}
	}
	_, err = out.WriteTo(stdout)
	return err
}

// importSheet plans and accounts for the import of a sheet and, unless only the plan is wanted, applies it.
func importSheet(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, source sheetimport.Source, a arguments, out *bytes.Buffer, stderr io.Writer) error {
	bar := newProgressBar(stderr)
	defer bar.clear() // also where the import fails: the error begins on a line of its own
	importer := sheetimport.New(service, &sheetimport.Options{DateOrder: a.dates, DecimalStyle: a.decimals, Progress: bar.show})
	plan, err := importer.Plan(ctx, ws, source)
	if err != nil {
		return err
	}
	if !a.planOnly {
		if _, err := importer.Apply(ctx, plan); err != nil {
			return err
		}
	}
	if err := sheetimport.WriteText(out, plan, nil); err != nil {
		return err
	}
	hintOptions(out, plan)
	switch {
	case a.planOnly:
		out.WriteString("  This is the plan only: nothing was written. Run it without -plan to import the sheet.\n")
	case plan.Counts[sheetimport.Created]+plan.Counts[sheetimport.Updated] == 0:
		out.WriteString("  Nothing changed.\n")
	}
	return nil
}

// writeReport writes the planning report of the workspace.
func writeReport(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, out *bytes.Buffer) error {
	report, err := service.Report(ctx, ws, nil)
	if err != nil {
		return err
	}
	out.WriteByte('\n')
	if err := render.Text(out, report, nil); err != nil {
		return err
	}
	hintUnpriced(out, report)
	return nil
}
