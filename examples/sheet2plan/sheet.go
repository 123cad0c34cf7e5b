package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/getklar/influencercrm/sheetimport"
)

//go:embed testdata/klar-sheet.csv
var sample []byte

// openSheet opens the named file, or the sample. The source reads no more of the file than its limits allow, and closes
// nothing: the caller does.
func openSheet(name string) (sheetimport.Source, io.Closer, error) {
	if name == "" {
		return sheetimport.CSV("klar-sheet.csv", bytes.NewReader(sample), nil), io.NopCloser(nil), nil
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, fmt.Errorf("there is no file %q; check its name and its folder", name)
	case err == nil && info.IsDir():
		return nil, nil, fmt.Errorf("%q is a folder; name the CSV file in it", name)
	}
	file, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, nil, fmt.Errorf("you may not read %q; ask its owner, or make a copy of your own", name)
	case err != nil:
		return nil, nil, fmt.Errorf("%q cannot be opened: %w", name, err)
	}
	return sheetimport.CSV(filepath.Base(name), file, nil), file, nil
}
