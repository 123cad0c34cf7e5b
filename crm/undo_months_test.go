package crm_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
)

// A unit that set the budgets of months is taken back month by month: a later edit of one keeps that one alone, and an edit of a
// month that the unit left alone keeps nothing.
func TestUndoOfMonthBudgets(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		later  string // month=amount, "-" for none
		months string
		kept   []string
	}{
		"nothing since":                    {"", "2026-05 1.00 EUR, 2026-06 2.00 EUR", nil},
		"another month":                    {"2026-09=5", "2026-05 1.00 EUR, 2026-06 2.00 EUR, 2026-09 5.00 EUR", nil},
		"a month that was before the unit": {"2026-05=-", "2026-06 2.00 EUR", nil},
		"one of its months": {"2026-07=5", "2026-05 1.00 EUR, 2026-06 2.00 EUR, 2026-07 5.00 EUR",
			[]string{"the budgets of these months changed since: 2026-07"}},
		"one of its months is taken away": {"2026-07=-", "2026-05 1.00 EUR, 2026-06 2.00 EUR",
			[]string{"the budgets of these months changed since: 2026-07"}},
		"all of its months": {"2026-06=5 2026-07=6 2026-08=7", "2026-05 1.00 EUR, 2026-06 5.00 EUR, 2026-07 6.00 EUR, 2026-08 7.00 EUR",
			[]string{"the budgets of these months changed since: 2026-06, 2026-07, 2026-08"}},
		"one that is back where the unit left it": {"2026-07=5 2026-07=20", "2026-05 1.00 EUR, 2026-06 2.00 EUR", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			set := func(month, amount string) {
				var m budget.Money
				if amount != "-" {
					m = must(budget.ParseMoney(amount, "EUR"))(s)
				}
				must(s.crm.SetMonthBudget(ctx, s.ws, budget.MustParseMonth(month), m, ""))(s)
			}
			set("2026-05", "1")
			set("2026-06", "2")
			ws := must(s.crm.Workspace(ctx, s.ws))(s)
			for month, amount := range map[string]string{"2026-06": "10", "2026-07": "20", "2026-08": "30"} {
				ws.MonthBudgets[budget.MustParseMonth(month)] = must(budget.ParseMoney(amount, "EUR"))(s)
			}
			must(s.crm.UpdateWorkspace(ctx, s.ws, ws, ""))(s)
			unit := s.lastUnit()
			for _, edit := range strings.Fields(tt.later) {
				month, amount, _ := strings.Cut(edit, "=")
				set(month, amount)
			}
			done := must(s.crm.UndoUnit(ctx, s.ws, unit, ""))(s)
			var kept []string
			for _, k := range done.Kept {
				kept = append(kept, k.Why.String())
			}
			if diff := cmp.Diff(tt.kept, kept); diff != "" {
				t.Errorf("kept (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.months, s.monthBudgets()); diff != "" {
				t.Errorf("months (-want +got):\n%s", diff)
			}
			if len(done.Restored) == 0 {
				return
			}
			must(s.crm.UndoUnit(ctx, s.ws, done.Unit, ""))(s) // the undo itself is taken back
			if got := s.monthBudgets(); !strings.Contains(got, "2026-08 30.00 EUR") {
				t.Errorf("after the undo of the undo: %s", got)
			}
		})
	}
}

// monthBudgets shows the budgets of months.
func (s *shop) monthBudgets() string {
	s.Helper()
	months := must(s.crm.Workspace(ctx, s.ws))(s).MonthBudgets
	var all []string
	for _, m := range slices.SortedFunc(maps.Keys(months), budget.Month.Compare) {
		all = append(all, fmt.Sprint(m, " ", months[m]))
	}
	return strings.Join(all, ", ")
}
