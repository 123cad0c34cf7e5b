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
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/export"
)

// exportFormat is the end of a file's name, "" if it is none of those that can be written.
func exportFormat(name string) string {
	switch end := strings.ToLower(filepath.Ext(name)); end {
	case ".csv", ".xlsx":
		return end
	}
	return ""
}

// checkExportFile refuses a file for the export before anything is imported.
func checkExportFile(name string) error {
	if exportFormat(name) == "" {
		return fmt.Errorf("-export %q must end in .csv or .xlsx", name)
	}
	return checkNew(name, "export")
}

// checkNew refuses a file that is there already, or whose folder is not.
func checkNew(name, what string) error {
	if _, err := os.Lstat(name); err == nil {
		return fileExists(name, what)
	}
	if _, err := os.Stat(filepath.Dir(name)); err != nil {
		return fmt.Errorf("there is no folder %q for the %s", filepath.Dir(name), what)
	}
	return nil
}

func fileExists(name, what string) error {
	return fmt.Errorf("there is a file %q already; choose another name for the %s", name, what)
}

// isSameFile reports whether two names are those of one file that is not there yet. Case does not tell them apart, because it does
// not on every machine.
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
		return fmt.Errorf("there is no database %q, and so nothing to export: %w", a.db, err)
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
	if a.export != "" {
		if err := writeExport(ctx, service, ws, a, out); err != nil {
			return err
		}
	}
	if a.report != "" {
		return writeReportFile(ctx, service, ws, a, out)
	}
	return nil
}

// writeExport writes all cooperations into a new file.
func writeExport(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, a arguments, out *bytes.Buffer) error {
	var done export.Result
	err := writeNew(a.export, "export", func(w io.Writer) (err error) {
		done, err = exportTo(ctx, service, ws, a.export, w)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %s\n", a.export, a.counted(done.Rows, "cooperation", "cooperations"))
	for _, note := range done.Notes {
		out.WriteString(a.say("  note: %s\n", note.Text.In(a.lang)))
	}
	return nil
}

// writeNew writes a file that is there whole or not at all, and never over another one.
func writeNew(name, what string, write func(io.Writer) error) error {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fileExists(name, what)
	case err != nil:
		return fmt.Errorf("%q cannot be written: %w", name, err)
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

func exportTo(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, name string, w io.Writer) (export.Result, error) {
	if exportFormat(name) == ".xlsx" {
		return export.XLSX(ctx, service, ws, crm.CooperationFilter{}, w)
	}
	return export.CSV(ctx, service, ws, crm.CooperationFilter{}, w, nil)
}
