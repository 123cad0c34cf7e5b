package sheetimport_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/sheetimport/xlsxfile"
)

// In a workbook a cell beyond the headers has moved no other: the row comes in, and the column is named once.
func TestCellsBeyondTheHeadersOfAWorkbook(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan, err := s.importer().Plan(s.ctx, s.ws, xlsxfile.New("deals.xlsx", bytes.NewReader(xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 1, "Influencer", "Platform", "Campaign", "Posting Date", "Fixed Costs")
		xlsxtest.Row(t, f, "Sheet1", 2, "Pam", "Instagram", "Summer", "2026-06-01", 100, nil, "call her")
		xlsxtest.Row(t, f, "Sheet1", 3, "Liv", "Instagram", "Summer", "2026-06-01", 100)
	})), nil))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"2 created", "3 created"}, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := sheet.Note{Code: "columns_without_header", Text: sentence.Of("column G has no header; what stands in it is left out")}
	if !slices.ContainsFunc(plan.Notes, func(n sheet.Note) bool { return cmp.Equal(n, want) }) {
		t.Errorf("the notes are %v, want %v", plan.Notes, want)
	}
}

// The mapping of the import tells which tab is meant.
func TestTheTabThatAMappingExplains(t *testing.T) {
	t.Parallel()
	mapping := column.Mapping{{Header: "Wer", Field: column.Influencer}, {Header: "Wo", Field: column.Platform}}
	data := xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 1, "Please read this first")
		if _, err := f.NewSheet("Deals"); err != nil {
			t.Fatal(err)
		}
		xlsxtest.Row(t, f, "Deals", 1, "Wer", "Wo")
		xlsxtest.Row(t, f, "Deals", 2, "Pam", "Instagram")
	})
	s := memoryShop(t, &sheetimport.Options{Mapping: mapping})
	plan, err := s.importer().Plan(s.ctx, s.ws, xlsxfile.New("deals.xlsx", bytes.NewReader(data), &xlsxfile.Options{Mapping: mapping}))
	if err != nil {
		t.Fatal(err)
	}
	if got := plan.Counts[sheetimport.Created]; got != 1 {
		t.Errorf("%d rows come in, want 1: %v", got, account(plan))
	}
}
