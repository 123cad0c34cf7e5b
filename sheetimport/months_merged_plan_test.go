package sheetimport_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
)

// In a sheet with a column for each month, a cell merged over months is one amount for all of their days, and one merged over
// rows counts in the first of them, with a notice in the others.
func TestMergedMonths(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 1, "Campaign", "Influencer", "Platform", "June 2026", "July 2026", "August 2026", "October 2026")
		xlsxtest.Row(t, f, "Sheet1", 2, "Sale", "Ida", "IG", 3000, nil, nil, 50)
		xlsxtest.Row(t, f, "Sheet1", 3, "Sale", "Mats", "IG", 1500, nil, nil, nil)
		xlsxtest.Row(t, f, "Sheet1", 4, "Sale", "Lea", "IG", nil, 200, nil, nil)
		xlsxtest.Row(t, f, "Sheet1", 5, "Sale", "Tom", "IG", nil, nil, 70, nil)
		xlsxtest.Row(t, f, "Sheet1", 6, "Sale", "Zoe", "IG", nil, nil, nil, nil)
		for _, m := range [][2]string{{"D2", "F2"}, {"D3", "D4"}, {"F5", "F6"}} {
			if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	})
	want := []string{
		"2 created 2026-06-01 – 2026-08-31: 3000.00 EUR []", "2 created 2026-10-01 – 2026-10-31: 50.00 EUR []",
		"3 created 2026-06-01 – 2026-06-30: 1500.00 EUR []",
		"4 created 2026-06-01 – 2026-06-30:  [merged_amount]", "4 created 2026-07-01 – 2026-07-31: 200.00 EUR []",
		"5 created 2026-08-01 – 2026-08-31: 70.00 EUR []", "6 created 2026-08-01 – 2026-08-31:  [merged_amount]",
	}
	var got []string
	for _, r := range planBook(t, data).Rows {
		codes := []string{}
		for _, n := range r.Notices {
			codes = append(codes, n.Code)
		}
		got = append(got, fmt.Sprintf("%d %s %s – %s: %s %v", r.Row, r.Verdict, valueOf(r, column.Start),
			valueOf(r, column.End), valueOf(r, column.Cost), codes))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
