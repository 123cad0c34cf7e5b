package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/export"
)

// output is a file that the program is to write.
type output struct {
	option, name string
	check        func(name string) error
	write        func(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, a arguments, name string, out *bytes.Buffer) error
}

// outputs are the files to write, in this order.
func (a arguments) outputs() []output {
	all := []output{
		{"-export", a.export, exportFile("-export", ".csv", ".xlsx"), exported("cooperation", "cooperations", exportTo)},
		{"-export-campaigns", a.exportCampaigns, exportFile("-export-campaigns", ".csv"), exported("campaign", "campaigns", campaignsTo)},
		{"-export-months", a.exportMonths, exportFile("-export-months", ".csv"), exported("month", "months", monthsTo)},
		{"-report", a.report, checkReportFile, writeReportFile},
	}
	return slices.DeleteFunc(all, func(o output) bool { return o.name == "" })
}

// checkOutputs refuses files before anything is imported.
func (a arguments) checkOutputs() error {
	all := a.outputs()
	for n, o := range all {
		if a.undo || a.planOnly {
			return refuse("%s goes with neither -undo nor -plan", o.option)
		}
		if err := o.check(o.name); err != nil {
			return err
		}
		for _, other := range all[:n] {
			if isSameFile(o.name, other.name) {
				return refuse("%s and %s both write %q; choose another name for one of them", other.option, o.option, o.name)
			}
		}
		if a.db != "" && isSameFile(o.name, a.db) {
			return refuse("-db %q is the file of the records; choose another name for what is written", a.db)
		}
	}
	return nil
}

// fileEnd is the end of a file's name, in lower case.
func fileEnd(name string) string { return strings.ToLower(filepath.Ext(name)) }

// exportFile checks a file for an export, whose name has one of the ends.
func exportFile(option string, ends ...string) func(name string) error {
	return func(name string) error {
		if !slices.Contains(ends, fileEnd(name)) {
			return refuse("%s %q must end in %s", option, name, choices(ends))
		}
		return checkNew(name, "the export")
	}
}

// checkNew refuses a file that is there already, or whose folder is not.
func checkNew(name string, what word) error {
	if _, err := os.Lstat(name); err == nil {
		return fileExists(name, what)
	}
	if _, err := os.Stat(filepath.Dir(name)); err != nil {
		return refuse("there is no folder %q for %s", filepath.Dir(name), what)
	}
	return nil
}

func fileExists(name string, what word) error {
	return refuse("there is a file %q already; choose another name for %s", name, what)
}

// isSameFile reports whether two names are those of one file that is not there yet. Case does not tell them apart,
// because it does not on every machine.
func isSameFile(a, b string) bool {
	path := func(name string) string {
		folder, err := filepath.Abs(filepath.Dir(name))
		if real, e := filepath.EvalSymlinks(folder); e == nil && err == nil {
			folder = real
		}
		return strings.ToLower(filepath.Join(folder, filepath.Base(name)))
	}
	return path(a) == path(b)
}

// runFiles writes the cooperations or the report of a database into files, without importing anything.
func runFiles(ctx context.Context, a arguments, out *bytes.Buffer) (err error) {
	if _, err := os.Stat(a.db); err != nil {
		return refuse("there is no database %q, and so nothing to export: %w", a.db, err)
	}
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
	if err := a.budgets.save(ctx, service, workspace.ID); err != nil {
		return err
	}
	return writeFiles(ctx, service, workspace.ID, a, out)
}

// writeFiles writes the files that are asked for.
func writeFiles(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, a arguments, out *bytes.Buffer) error {
	for _, o := range a.outputs() {
		if err := o.write(ctx, service, ws, a, o.name, out); err != nil {
			return err
		}
	}
	return nil
}

// tableWriter writes a table in the format that the name of its file has.
type tableWriter func(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, name string, w io.Writer) (export.Result, error)

// exported writes a table into a new file, and says how many of what are in it.
func exported(
	one, many string, table tableWriter,
) func(context.Context, *crm.Service, crm.WorkspaceID, arguments, string, *bytes.Buffer) error {
	return func(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, a arguments, name string, out *bytes.Buffer) error {
		var done export.Result
		err := writeNew(name, "the export", func(w io.Writer) (err error) {
			done, err = table(ctx, service, ws, name, w)
			return err
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %s\n", name, a.counted(done.Rows, one, many))
		for _, note := range done.Notes {
			out.WriteString(a.say("  note: %s\n", note.Text.In(a.lang)))
		}
		return nil
	}
}

// writeNew writes a file that is there whole or not at all, and never over another one.
func writeNew(name string, what word, write func(io.Writer) error) error {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fileExists(name, what)
	case err != nil:
		return refuse("%q cannot be written: %w", name, err)
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

func exportTo(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, name string, w io.Writer) (export.Result, error) {
	if fileEnd(name) == ".xlsx" {
		return export.Workbook(ctx, service, ws, w)
	}
	return export.CSV(ctx, service, ws, crm.CooperationFilter{}, w, nil)
}

func campaignsTo(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, _ string, w io.Writer) (export.Result, error) {
	return export.CampaignsCSV(ctx, service, ws, w, nil)
}

func monthsTo(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, _ string, w io.Writer) (export.Result, error) {
	return export.MonthsCSV(ctx, service, ws, w, nil)
}
