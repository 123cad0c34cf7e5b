package sheetimport_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// In a sheet with a column for each month, too, the sum of the imported costs is the sum that a person reads: of each row and
// month, but for amounts that are told of. A cell merged over months is one amount.
func TestSumOfMonthsIsWhatAPersonReads(t *testing.T) {
	t.Parallel()
	months := []string{"2026-06", "2026-07", "2026-08", "2026-09"}
	rapid.Check(t, func(t *rapid.T) {
		comma := rapid.Bool().Draw(t, "comma")
		s := memoryShop(t, &sheetimport.Options{})
		locale := map[bool]string{true: "de-DE", false: "en-US"}[comma]
		header := []sheet.Cell{{Text: "Influencer"}, {Text: "Platform"}, {Text: "Campaign"}}
		for _, m := range months {
			header = append(header, sheet.Cell{Text: m})
		}
		table := &sheet.Table{Name: "fees", Locale: locale, Grid: true, Rows: []sheet.Row{{Number: 1, Cells: header}}}
		says := map[string]decimal.Decimal{} // by row and the first day of the amount
		for n := range rapid.IntRange(1, 6).Draw(t, "rows") {
			cells := []sheet.Cell{{Text: fmt.Sprint("Person ", n)}, {Text: "IG"}, {Text: "Sale"}}
			var before moneyCell
			for k, month := range months {
				m := drawMoney(t, comma)
				if k > 0 && !before.none && rapid.IntRange(0, 3).Draw(t, "merged") == 0 { // goes on from the month before
					m = before
					cells[len(cells)-1].Merged, m.cell.Merged, m.cell.MergedAcross = true, true, true
				} else if !m.none {
					says[fmt.Sprint(n+2, " ", month, "-01")] = m.says
				}
				cells, before = append(cells, m.cell), m
			}
			table.Rows = append(table.Rows, sheet.Row{Number: n + 2, Cells: cells})
		}
		plan, err := s.importer().Plan(s.ctx, s.ws, held{table})
		if err != nil {
			t.Fatal(err)
		}
		imported, said := decimal.Zero, decimal.Zero
		for _, r := range plan.Rows {
			at := fmt.Sprint(r.Row, " ", valueOf(r, column.Start))
			want := says[at]
			delete(says, at)
			told := len(r.Problems) > 0
			for _, m := range r.Notices {
				told = told || m.Header == "Fixed costs" && m.Code != "read_by_column"
			}
			if told {
				continue
			}
			got := decimal.Zero
			if text := valueOf(r, column.Cost); text != "" {
				got = decimal.RequireFromString(strings.TrimSuffix(text, " EUR"))
			}
			if !got.Equal(want) {
				t.Fatalf("%s: imported %s, a person reads %s: %+v", at, got, want, r)
			}
			imported, said = imported.Add(got), said.Add(want)
		}
		if !imported.Equal(said) {
			t.Fatalf("imported %s, a person reads %s", imported, said)
		}
		for at, amount := range says {
			if !amount.IsZero() && !hasProblem(plan, at) {
				t.Fatalf("%s of %s is in no row of the plan", amount, at)
			}
		}
	})
}

// hasProblem reports whether the row at "7 2026-06-01" is rejected: it then says no date.
func hasProblem(plan *sheetimport.Plan, at string) bool {
	for _, r := range plan.Rows {
		if strings.HasPrefix(at, fmt.Sprint(r.Row, " ")) && len(r.Problems) > 0 {
			return true
		}
	}
	return false
}
