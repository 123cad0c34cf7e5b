package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/report"
)

// Updates are named field by field, rejected rows come before any number of duplicates, and a verdict or all rows can be
// asked for.
func TestWhatTextListsInWhichOrder(t *testing.T) {
	t.Parallel()
	p := &sheetimport.Plan{Source: "plan.csv", Counts: map[sheetimport.Verdict]int{}}
	add := func(r sheetimport.PlannedRow) {
		r.Row = len(p.Rows) + 2
		p.Rows = append(p.Rows, r)
		p.Counts[r.Verdict]++
	}
	add(sheetimport.PlannedRow{Verdict: sheetimport.Created, Influencer: "Ida"})
	for n := range 60 {
		add(sheetimport.PlannedRow{Verdict: sheetimport.Duplicate, Of: 2 + n})
	}
	add(sheetimport.PlannedRow{Verdict: sheetimport.Updated, Influencer: "Dario Beck", Changes: []sheetimport.Change{
		{Record: crm.KindCooperation, ID: "018f", Field: "cost", From: "3000.00", To: "3500.00"},
		{Record: crm.KindCooperation, ID: "018f", Field: "custom.Colour of\nlabel", To: "red"},
	}})
	add(sheetimport.PlannedRow{Verdict: sheetimport.Rejected, Influencer: "Lea", Problems: []sheetimport.Remark{
		{Code: "not_an_amount", Column: "F", Header: "Fee", Value: "two", Message: sentence.Of("is no amount")}}})
	for name, c := range map[string]struct {
		options report.TextOptions
		want    []string // the first lines about rows
		lines   int
	}{
		"by default": {report.TextOptions{}, []string{
			`row 64 rejected in F "Fee" "two": is no amount`,
			"row 63 updated: Dario Beck: cost 3000.00 → 3500.00; Colour of�label red",
			"row 3 duplicate of row 2",
		}, 51},
		"rejected": {report.TextOptions{Verdict: sheetimport.Rejected}, []string{`row 64 rejected in F "Fee" "two": is no amount`}, 1},
		"created":  {report.TextOptions{Verdict: sheetimport.Created}, []string{"row 2 created: Ida"}, 1},
		"all": {report.TextOptions{All: true}, []string{
			`row 64 rejected in F "Fee" "two": is no amount`,
			"row 63 updated: Dario Beck: cost 3000.00 → 3500.00; Colour of�label red", "row 2 created: Ida", "row 3 duplicate of row 2",
		}, 63},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			if err := report.WriteText(&b, p, &c.options); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, line := range strings.Split(strings.TrimSpace(b.String()), "\n")[1+len(p.Counts):] {
				got = append(got, strings.TrimSpace(line))
			}
			if diff := cmp.Diff(c.want, got[:min(len(got), len(c.want))]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(got) != c.lines {
				t.Errorf("%d lines, want %d: %s", len(got), c.lines, fmt.Sprint(got))
			}
		})
	}
}
