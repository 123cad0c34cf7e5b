package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/getklar/influencercrm/examples/sample"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/google"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/sheetimport/sheetfile"
)

// openSheet opens the named file or Google sheet, or the sample. The source reads no more of a file than its limits allow,
// and closes nothing: the caller does.
func openSheet(name, tab string, status bool) (sheet.Source, io.Closer, error) {
	switch {
	case name == "":
		return csvfile.New(sample.PlanSheetName, bytes.NewReader(sample.PlanSheet), nil), io.NopCloser(nil), nil
	case isLink(name):
		source, err := openGoogle(name, tab, status)
		return source, io.NopCloser(nil), err
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, refuse("there is no file %q; check its name and its folder", name)
	case err == nil && info.IsDir():
		return nil, nil, refuse("%q is a folder; name the file in it", name)
	}
	file, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, nil, refuse("you may not read %q; ask its owner, or make a copy of your own", name)
	case err != nil:
		return nil, nil, refuse("%q cannot be opened: %w", name, err)
	}
	return sheetfile.Open(filepath.Base(name), file, &sheetfile.Options{Tab: tab}), file, nil
}

// openTables opens the files and tabs of campaigns and months with their budgets. The sample has a table of its campaigns.
func openTables(a arguments) (tables []sheet.Source, closeAll func() error, err error) {
	var files []io.Closer
	closeAll = func() error {
		var all error
		for _, f := range files {
			all = errors.Join(all, f.Close())
		}
		return all
	}
	open := func(name, tab string) error {
		source, file, err := openSheet(name, tab, false)
		if err == nil {
			tables, files = append(tables, source), append(files, file)
		}
		return err
	}
	if a.sheet == "" {
		tables = append(tables, csvfile.New(sample.CampaignsName, bytes.NewReader(sample.Campaigns), nil))
	}
	for _, name := range a.tables {
		err = errors.Join(err, open(name, ""))
	}
	for _, tab := range a.tabs {
		err = errors.Join(err, open(a.sheet, tab))
	}
	if err != nil {
		return nil, nil, errors.Join(err, closeAll())
	}
	return tables, closeAll, nil
}

func isLink(name string) bool { return strings.HasPrefix(name, "https://") }

// The environment says who reads Google sheets: a service account, by the path of its key file, or an API key.
const (
	accountVariable = "GOOGLE_APPLICATION_CREDENTIALS"
	keyVariable     = "GOOGLE_API_KEY"
)

// openGoogle opens a Google sheet by its link, to be written into if the status of its rows is wanted there.
func openGoogle(link, tab string, status bool) (*google.Sheet, error) {
	o := &google.Options{APIKey: os.Getenv(keyVariable), WriteStatus: status, Tab: tab}
	if path := os.Getenv(accountVariable); path != "" && o.APIKey == "" {
		account, err := os.ReadFile(path)
		if err != nil {
			return nil, refuse("the key of the service account, named by %s, cannot be read: %w", accountVariable, err)
		}
		o.ServiceAccount = account
	}
	if o.APIKey == "" && o.ServiceAccount == nil {
		return nil,
			refuse("to read a Google sheet, set %s to the key file of a service account with which it is shared, or %s to an API key if anyone may see it",
				accountVariable, keyVariable)
	}
	return google.Open(link, o)
}
