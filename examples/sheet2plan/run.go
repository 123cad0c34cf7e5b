package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// run does what the arguments say. It prints nothing unless all of it succeeded.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	a, err := parseArguments(args, stderr)
	if err != nil {
		return a.said(err)
	}
	a.fileWidth = a.text.Width
	if a.text.Width == 0 {
		a.text.Width = terminalWidth(stdout)
	}
	var out bytes.Buffer
	switch {
	case a.undo:
		err = runUndo(ctx, a, &out)
	case len(a.outputs()) > 0 && a.db != "" && a.sheet == "":
		err = runFiles(ctx, a, &out)
	default:
		err = runImport(ctx, a, &out, stderr)
	}
	if err != nil {
		return a.said(err)
	}
	_, err = out.WriteTo(stdout)
	return err
}

// runImport reads the sheet, imports it and prints the report.
func runImport(ctx context.Context, a arguments, out *bytes.Buffer, stderr io.Writer) (err error) {
	source, file, err := openSheet(a.sheet, a.tab, a.status)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	tables, closeTables, err := openTables(a)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeTables()) }()
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
	plan, err := importSheet(ctx, service, workspace.ID, source, tables, a, stderr)
	if err != nil {
		return err
	}
	if err := a.budgets.save(ctx, service, workspace.ID); err != nil {
		return err
	}
	var files bytes.Buffer
	if err := writeFiles(ctx, service, workspace.ID, a, &files); err != nil {
		return err
	}
	if a.json {
		return writeJSON(out, plan)
	}
	defer func() {
		if err == nil && files.Len() > 0 {
			fmt.Fprintf(out, "\n%s", &files)
		}
	}()
	if err := writePlan(out, plan, a); err != nil || a.planOnly {
		return err
	}
	return writeReport(ctx, service, workspace.ID, a, out)
}

// importSheet plans the import of a sheet and, unless only the plan is wanted, applies it.
func importSheet(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, source sheet.Source, tables []sheet.Source,
	a arguments, stderr io.Writer) (*sheetimport.Plan, error) {
	bar := newProgressBar(stderr)
	defer bar.clear() // also where the import fails: the error begins on a line of its own
	importer := sheetimport.New(service, &sheetimport.Options{
		DateOrder: a.dates, DecimalStyle: a.decimals, Reimport: true, Progress: bar.show, Values: a.values, FillDown: a.fillDown,
		RowsPerUnit: sheetimport.AllRows, // the file has one workspace, so no other one waits
	})
	plan, err := importer.Plan(ctx, ws, source, tables...)
	if err != nil || a.planOnly {
		return plan, err
	}
	if err := a.budgets.check(ctx, service, ws, plan); err != nil {
		return nil, err
	}
	if _, err = importer.Apply(ctx, plan); err != nil || !a.status {
		return plan, err
	}
	if sheet, ok := source.(sheet.StatusWriter); ok {
		if err := sheet.WriteStatus(ctx, report.StatusTexts(plan, a.lang)); err != nil {
			bar.clear()
			_, _ = fmt.Fprintln(stderr, "sheet2plan:", a.say("the sheet is imported, but its status column is not written: %v", a.said(err)))
		}
	}
	return plan, nil
}

func writeJSON(out io.Writer, v any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}

// writePlan accounts for the import.
func writePlan(out *bytes.Buffer, plan *sheetimport.Plan, a arguments) error {
	if err := report.WriteText(out, plan, &report.TextOptions{Lang: a.lang, All: a.all, Verdict: a.verdict}); err != nil {
		return err
	}
	hintOptions(out, plan, a)
	switch {
	case a.planOnly:
		out.WriteString(a.say("  This is the plan only: nothing was written. Run it without -plan to import the sheet.\n"))
	case changesNothing(plan):
		out.WriteString(a.say("  Nothing changed.\n"))
	}
	return nil
}

// changesNothing reports whether neither the sheet nor a table of budgets has anything new.
func changesNothing(plan *sheetimport.Plan) bool {
	n := plan.Counts[sheetimport.Created] + plan.Counts[sheetimport.Updated]
	for _, t := range plan.Budgets {
		n += t.Counts[sheetimport.Created] + t.Counts[sheetimport.Updated]
	}
	return n == 0
}
