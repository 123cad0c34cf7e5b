package sheetfile_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/sheetimport/sheetfile"
)

// A file is read for what it is, whatever it is called.
func TestFile(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"deals.csv": xlsxtest.Deals(t), "deals.xlsx": []byte("Campaign,Influencer\nSummer,Ida\n")} {
		table, err := sheetfile.New(name, bytes.NewReader(data), nil).Read(t.Context())
		if err != nil || table.Name != name || table.Rows[0].Cell(1).Text != "Influencer" {
			t.Errorf("%s: %v", name, err)
		}
	}
	source := sheetfile.New("x.csv", strings.NewReader("a"), nil)
	if source.Name() != "x.csv" {
		t.Errorf("the source is called %q", source.Name())
	}
	_, first := source.Read(t.Context())
	if _, again := source.Read(t.Context()); first != nil || again == nil || !strings.Contains(again.Error(), "open it again") {
		t.Errorf("read twice: %v, %v", first, again)
	}
}

// A CSV file has no tabs: one that is asked for is somewhere else. All tabs of it are the file.
func TestTabOfText(t *testing.T) {
	t.Parallel()
	for tab, want := range map[string]bool{"": true, "*": true, " ": true, "Budgets": false} {
		_, err := sheetfile.Open("deals.csv", strings.NewReader("Campaign,Influencer\nSummer,Ida\n"),
			&sheetfile.Options{Tab: tab}).Read(t.Context())
		if (err == nil) != want || !want && (!errors.Is(err, sheet.ErrUnreadable) || !strings.Contains(err.Error(), tab)) {
			t.Errorf("tab %q: %v", tab, err)
		}
	}
}
