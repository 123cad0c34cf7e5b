package main

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// database is a store, and the folder that goes with it when it is closed.
type database struct {
	*sqlite.Store
	folder string // "" if the file stays
}

func (d *database) Close() error {
	err := d.Store.Close()
	if d.folder != "" {
		err = errors.Join(err, os.RemoveAll(d.folder))
	}
	return err
}

// openDatabase opens the file of the arguments. Without one, and for a plan only, it is a file that Close removes: for a
// plan a copy, so that the file itself is not even brought to the tables of this version.
func openDatabase(ctx context.Context, a arguments) (_ *database, err error) {
	if a.db != "" && !a.planOnly {
		store, err := sqlite.Open(ctx, a.db, nil)
		return &database{Store: store}, err
	}
	folder, err := os.MkdirTemp("", "sheet2plan")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(folder))
		}
	}()
	file := filepath.Join(folder, "crm.db")
	if err := copyDatabase(ctx, a.db, file); err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, file, nil)
	return &database{Store: store, folder: folder}, err
}

// copyDatabase copies a database as it is at this moment, whoever else works with it. One that is not there yet has
// nothing to copy.
func copyDatabase(ctx context.Context, from, to string) (err error) {
	if from == "" {
		return nil
	}
	path, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	if info, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: "mode=ro&_pragma=busy_timeout(5000)"}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err = db.ExecContext(ctx, "VACUUM INTO ?", to); err == nil {
		return nil
	}
	store, reason := sqlite.Open(ctx, from, nil) // which says what is wrong, where SQLite has a code for it
	if reason != nil {
		return reason
	}
	return errors.Join(refuse("the database %q cannot be read: %w", from, err), store.Close())
}

// openWorkspace returns the database's workspace, made now if the database is new. It does not choose among several.
func openWorkspace(ctx context.Context, admin *crm.Admin, currency string) (crm.Workspace, error) {
	existing, err := admin.Workspaces(ctx, crm.ListOptions{Size: 5})
	if err != nil {
		return crm.Workspace{}, err
	}
	if len(existing.Items) == 0 {
		if currency == "" {
			currency = "EUR"
		}
		return admin.CreateWorkspace(ctx, crm.Workspace{Name: "Influencer CRM", Currency: budget.Currency(currency)})
	}
	if len(existing.Items) > 1 {
		return crm.Workspace{}, severalWorkspaces(existing)
	}
	w := existing.Items[0]
	if wanted, err := budget.ParseCurrency(currency); currency != "" && (err != nil || wanted != w.Currency) {
		return w, refuse("the database is in %s, not %s; leave -currency out or take another file", w.Currency, currency)
	}
	return w, nil
}

// severalWorkspaces is the error of a database that belongs to several shops.
func severalWorkspaces(page crm.Page[crm.Workspace]) error {
	names := make([]string, len(page.Items))
	for n, w := range page.Items {
		names[n] = strconv.Quote(crm.Shorten(w.Name))
	}
	list, more := strings.Join(names, ", "), word("")
	if page.Next != "" {
		more = " and more"
	}
	return refuse("the database has several workspaces (%s%s), and nothing says which one the sheet is for; take a file with one", list, more)
}
