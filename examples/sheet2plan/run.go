package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/storage/sqlite"
)

//go:embed testdata/klar-sheet.csv
var sample []byte

// run reads the sheet, imports it and prints the report.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	a, err := parseArguments(args, stderr)
	if err != nil {
		return err
	}
	source, err := openSheet(a.sheet)
	if err != nil {
		return err
	}
	if a.db == "" {
		dir, failed := os.MkdirTemp("", "sheet2plan")
		if failed != nil {
			return failed
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		a.db = filepath.Join(dir, "crm.db")
	}
	store, err := sqlite.Open(ctx, a.db, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	workspace, err := openWorkspace(ctx, crm.NewAdmin(store, nil), a.currency)
	if err != nil {
		return err
	}
	service := crm.New(store, nil)
	var out bytes.Buffer
	if err := importSheet(ctx, service, workspace.ID, source, &out, stderr); err != nil {
		return err
	}
	report, err := service.Report(ctx, workspace.ID, nil)
	if err != nil {
		return err
	}
	out.WriteByte('\n')
	if err := render.Text(&out, report, nil); err != nil {
		return err
	}
	_, err = out.WriteTo(stdout)
	return err
}

// openSheet opens the named file, or the sample.
func openSheet(name string) (sheetimport.Source, error) {
	if name == "" {
		return sheetimport.CSV("klar-sheet.csv", bytes.NewReader(sample), nil), nil
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return sheetimport.CSV(filepath.Base(name), bytes.NewReader(content), nil), nil
}

// openWorkspace returns the database's workspace, made now if the database is new.
func openWorkspace(ctx context.Context, admin *crm.Admin, currency string) (crm.Workspace, error) {
	existing, err := admin.Workspaces(ctx, crm.ListOptions{Size: 1})
	if err != nil {
		return crm.Workspace{}, err
	}
	if len(existing.Items) == 0 {
		if currency == "" {
			currency = "EUR"
		}
		return admin.CreateWorkspace(ctx, crm.Workspace{Name: "Influencer CRM", Currency: budget.Currency(currency)})
	}
	w := existing.Items[0]
	if wanted, err := budget.ParseCurrency(currency); currency != "" && (err != nil || wanted != w.Currency) {
		return w, fmt.Errorf("the database is in %s, not %s; leave -currency out or take another file", w.Currency, currency)
	}
	return w, nil
}

// importSheet plans, applies and accounts for the import of a sheet.
func importSheet(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, source sheetimport.Source, out *bytes.Buffer, stderr io.Writer) error {
	bar := newProgressBar(stderr)
	importer := sheetimport.New(service, &sheetimport.Options{Progress: bar.show})
	plan, err := importer.Plan(ctx, ws, source)
	if err != nil {
		return err
	}
	if _, err := importer.Apply(ctx, plan); err != nil {
		return err
	}
	bar.finish()
	if err := sheetimport.WriteText(out, plan, nil); err != nil {
		return err
	}
	if plan.Counts[sheetimport.Created]+plan.Counts[sheetimport.Updated] == 0 {
		out.WriteString("  Nothing changed.\n")
	}
	return nil
}
