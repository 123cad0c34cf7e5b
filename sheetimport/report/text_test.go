package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/report"
)

func TestWriteTextGroupsRows(t *testing.T) {
	t.Parallel()
	const head = "Name,Platform,Campaign,Date,Fee,Status,Code\n"
	const sheet = head + "A,IG,,2026-06-01,,signed\nB,IG,,2026-06-02,1,signed\nC,IG,,2026-06-03,1,signed\nD,,,2026-06-03,1,signed\n" +
		"E,IG,,2026-06-03,barter,signed\n,,,,,\nTotal,,,,3,\nF,,Sale,2026-06-03,1,signed\n"
	for _, c := range []struct {
		name, csv string
		options   *report.TextOptions
		want      string
	}{
		{"by default", sheet, nil, `
  rows 5, 9 rejected in B "Platform": the platform is missing; every row needs it, like Instagram
  row 2 in E "Fee": the row has no cost
  rows 2-4, 6 in C "Campaign": the row names no campaign; it goes to "June 2026"
  row 6 in E "Fee": "barter" is no amount; the cost stays open
  row 7 skipped: blank
  row 8 skipped: a line of totals, not a cooperation
`},
		{"brief", sheet, &report.TextOptions{Brief: true}, `
  rows 5, 9 rejected in B "Platform": the platform is missing; every row needs it, like Instagram
  4 rows that came in have notices
`},
		{"brief, one notice", head + "A,IG,Sale,2026-06-01,,signed\n", &report.TextOptions{Brief: true}, `
  1 row that came in has notices
`},
		{"bounded", sheet, &report.TextOptions{MaxRows: 3}, `
  rows 5, 9 rejected in B "Platform": the platform is missing; every row needs it, like Instagram
  row 2 in E "Fee": the row has no cost
  rows 2-4, 6 in C "Campaign": the row names no campaign; it goes to "June 2026"
  … and 2 more rows
`},
		{"bounded, with nothing but remarks left", head + "A,IG,,2026-06-01,,signed\n", &report.TextOptions{MaxRows: 1}, `
  row 2 in E "Fee": the row has no cost
  … and 1 more remark about these rows
`},
		{"a column is decided once", head + "A,IG,Sale,03/04/26,1,signed\nB,IG,Sale,04/04/26,1,signed\nC,IG,Sale,05/04/26,1,signed\nD,IG,Sale,28/04/26,1,signed\n", nil, `
  rows 2, 4 in D "Date", for example: "03/04/26" is read as 2026-04-03: "28/04/26" in the same column proves day first
`},
		{"a column stands in for another", "Handle,Platform,Campaign,Date,Fee,Status,Code\n@ida,IG,Sale,2026-06-01,1,signed\n@lea,IG,Sale,2026-06-01,1,signed\n", nil, `
  rows 2, 3 in A "Handle", for example "@ida": the sheet has no column for names; the handle is used
`},
		{"what keeps a row out is all that is said of it", head + "A,,,2026-06-01,,signed\n", nil, `
  row 2 rejected in B "Platform": the platform is missing; every row needs it, like Instagram
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := memoryShop(t).text(c.csv, c.options)
			var lines strings.Builder
			for line := range strings.Lines(got) {
				if !strings.Contains(line, "     ") && !strings.HasPrefix(line, "plan.csv") { // not the counts
					lines.WriteString(line)
				}
			}
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), lines.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWriteTextBoundsTheRowsOfALine(t *testing.T) {
	t.Parallel()
	var sheet strings.Builder
	sheet.WriteString("Name,Platform,Campaign,Date,Fee,Status\n")
	for n := range 60 {
		fee := "1"
		if n%2 == 0 {
			fee = ""
		}
		fmt.Fprintf(&sheet, "Name %d,IG,Sale,2026-06-01,%s,signed\n", n, fee)
	}
	const want = `rows 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, and 20 more in E "Fee": the row has no cost`
	if got := memoryShop(t).text(sheet.String(), nil); !strings.Contains(got, want) {
		t.Errorf("lacks %q:\n%s", want, got)
	}
}
