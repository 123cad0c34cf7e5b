package sheetimport_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// A sheet that plans by month, without a column of days, has a cooperation for each month, over the whole of it.
func TestMonthsOfCooperations(t *testing.T) {
	t.Parallel()
	none, two := []string{"-"}, []string{"-", "-"} // rows that differ in their month alone are two cooperations
	for _, test := range []struct {
		name, header string
		cells        []string
		mapping      column.Mapping
		want         []string // periods of the cooperations
		note         string
	}{
		{"names", "Month", []string{"June 2026", "July 2026"}, nil, []string{"2026-06-01 – 2026-06-30", "2026-07-01 – 2026-07-31"}, "months"},
		{"German names", "Monat", []string{"Juni 2026", "Feb. 2028"}, nil,
			[]string{"2026-06-01 – 2026-06-30", "2028-02-01 – 2028-02-29"}, "months"},
		{"numbers", "Posting month", []string{"2026-06", "07/2026"}, nil,
			[]string{"2026-06-01 – 2026-06-30", "2026-07-01 – 2026-07-31"}, "months"},
		{"first days", "Live-Monat", []string{"01.06.2026", "01.12.2026"}, nil,
			[]string{"2026-06-01 – 2026-06-30", "2026-12-01 – 2026-12-31"}, "months"},
		{"one is open", "Monat", []string{"Juni 2026", "offen"}, nil, []string{"2026-06-01 – 2026-06-30", "-"}, "months"},
		{"somebody says so", "When", []string{"June 2026", "July 2026"}, column.Mapping{{Header: "When", Field: column.Start}},
			[]string{"2026-06-01 – 2026-06-30", "2026-07-01 – 2026-07-31"}, ""},
		{"without a year", "Month", []string{"June", "July"}, nil, two, "no_start_column"},
		{"half are days", "Month", []string{"June 2026", "15 July 2026"}, nil, two, "no_start_column"},
		{"days under another word", "Month,Airing", []string{"June 2026,2026-07-05", "July 2026,2026-08-05"}, nil, two, "no_start_column"},
		{"weeks", "KW", []string{"23", "24"}, nil, two, "no_start_column"},
		{"quarters", "Quartal", []string{"Q1 2026", "Q2 2026", "Q2 2026"}, nil, two, "no_start_column"},
		{"another word", "Season", []string{"June 2026", "July 2026"}, nil, none, "no_start_column"},
		{"beside days", "Posting date,Month", []string{"2026-06-10,June 2026", "2026-07-10,July 2026"}, nil,
			[]string{"2026-06-10", "2026-07-10"}, ""},
	} {
		s := memoryShop(t, &sheetimport.Options{Mapping: test.mapping})
		var text strings.Builder
		fmt.Fprintf(&text, "Influencer,Handle,Platform,Fee,Code,%s\n", test.header)
		for _, c := range test.cells {
			fmt.Fprintf(&text, "Ida,@ida,IG,100,IDA10,%s\n", c)
		}
		plan := s.bring(text.String())
		var got []string
		for _, c := range s.contents().Cooperations {
			period := "-"
			if !c.Period.IsZero() {
				period = c.Period.Start.String()
			}
			if !c.Period.End.IsZero() {
				period += " – " + c.Period.End.String()
			}
			got = append(got, period)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: periods (-want +got):\n%s", test.name, diff)
		}
		told := ""
		for _, n := range plan.Notes {
			if n.Code == "months" || n.Code == "no_start_column" {
				told = n.Code
			}
		}
		if told != test.note {
			t.Errorf("%s: the note %q, want %q", test.name, told, test.note)
		}
		if again := s.plan(text.String()); again.Counts[sheetimport.Created]+again.Counts[sheetimport.Updated] > 0 {
			t.Errorf("%s: a second import: %v", test.name, again.Counts)
		}
	}
}
