package sheetimport

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// What a run keeps of a plan is what json.Marshal makes of it, whatever its texts look like.
func TestAccountIsTheJSONOfThePlan(t *testing.T) {
	t.Parallel()
	for _, rows := range []int{0, 1, 2, accountSample - 1, accountSample, accountSample + 1, 3 * accountSample} {
		p := &Plan{
			Source: `"rows":[]`, HeaderKey: `\"rows\":[]`, Counts: map[Verdict]int{`"rows":[]`: 1},
			Columns: []PlannedColumn{{Column: "A", Header: `"rows":[],`, Samples: []string{`"rows":[]`}}},
			Budgets: []PlannedTable{{Source: "budgets", Notes: []sheet.Note{}, Rows: []PlannedRow{}}},
		}
		for n := range rows {
			row := PlannedRow{Row: n + 2, Verdict: Created, Influencer: fmt.Sprintf(`Ana "%d" <rows>`, n), Notices: []Remark{}}
			for range n % 7 { // the rows after the first ones are not as long as those
				row.Changes = append(row.Changes, Change{Record: crm.KindCooperation, Field: "notes", To: `"rows":[]` + "\u2028"})
			}
			p.Rows = append(p.Rows, row)
		}
		if rows == 0 {
			p.Rows = []PlannedRow{}
		}
		want, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		got, err := accountOf(p)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("%d rows (-want +got):\n%s", rows, d)
		}
	}
}

// A run keeps its account, so what is reserved for it is about what it needs, wherever the long rows are.
func TestAccountHasItsLength(t *testing.T) {
	t.Parallel()
	const rows = 20 * accountSample
	many := func(where bool) int {
		if where {
			return 40
		}
		return 0
	}
	tests := map[string]func(n int) (changes int){
		"all alike":                func(int) int { return 3 },
		"long rows first":          func(n int) int { return many(n < accountSample) },
		"long rows last":           func(n int) int { return many(n >= rows-accountSample) },
		"one of a hundred is long": func(n int) int { return many(n%100 == 7) },
		"only the first is long":   func(n int) int { return many(n == 0) * 1000 },
	}
	for name, changes := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &Plan{Rows: make([]PlannedRow, rows)}
			for n := range p.Rows {
				p.Rows[n] = PlannedRow{Row: n + 2, Verdict: Created, Changes: make([]Change, changes(n))}
			}
			account, err := accountOf(p)
			if err != nil {
				t.Fatal(err)
			}
			if over := float64(cap(account)) / float64(len(account)); over > 1.3 {
				t.Errorf("%d bytes are reserved for %d: %.1f times as many", cap(account), len(account), over)
			}
		})
	}
}
