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

// runExport writes the cooperations of a database into a file, without importing anything.
func runExport(ctx context.Context, a arguments, out *bytes.Buffer) (err error) {
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
	return writeExport(ctx, crm.New(db, nil), workspace.ID, a, out)
}

// writeExport writes all cooperations into a new file, which is there whole or not at all.
func writeExport(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, a arguments, out *bytes.Buffer) (err error) {
	name := a.export
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("there is a file %q already; choose another name for the export", name)
	case err != nil:
		return fmt.Errorf("%q cannot be written: %w", name, err)
	}
	done, err := exportTo(ctx, service, ws, name, file)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	fmt.Fprintf(out, "%s: %s\n", name, a.counted(done.Rows, "cooperation", "cooperations"))
	for _, note := range done.Notes {
		out.WriteString(a.say("  note: %s\n", note.Text.In(a.lang)))
	}
	return nil
}

func exportTo(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, name string, w io.Writer) (export.Result, error) {
	if exportFormat(name) == ".xlsx" {
		return export.XLSX(ctx, service, ws, crm.CooperationFilter{}, w)
	}
	return export.CSV(ctx, service, ws, crm.CooperationFilter{}, w, nil)
}
