package crm_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// One month after the other is set, changed and taken away, and the others stay. Nothing to change writes nothing.
func TestSetMonthBudget(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	may, june := budget.MustParseMonth("2026-05"), budget.MustParseMonth("2026-06")
	version := s.workspace().Version
	for n, step := range []struct {
		month  budget.Month
		amount budget.Money
		want   map[budget.Month]budget.Money
		writes int64
	}{
		{june, eur(500), map[budget.Month]budget.Money{june: eur(500)}, 1},
		{may, eur(0), map[budget.Month]budget.Money{may: eur(0), june: eur(500)}, 1},
		{june, eur(600), map[budget.Month]budget.Money{may: eur(0), june: eur(600)}, 1},
		{june, eur(600), map[budget.Month]budget.Money{may: eur(0), june: eur(600)}, 0},
		{may, budget.Money{}, map[budget.Month]budget.Money{june: eur(600)}, 1},
		{may, budget.Money{}, map[budget.Month]budget.Money{june: eur(600)}, 0},
	} {
		got := must(s.crm.SetMonthBudget(ctx, s.ws, step.month, step.amount, "plan"))(t)
		if diff := cmp.Diff(step.want, got.MonthBudgets, values); diff != "" || got.Version != version+step.writes {
			t.Errorf("step %d, at version %d (-want +got):\n%s", n, got.Version, diff)
		}
		version = got.Version
	}
	for what, bad := range map[string]error{
		"no month": second(s.crm.SetMonthBudget(ctx, s.ws, budget.Month{}, eur(1), "")),
		"negative": second(s.crm.SetMonthBudget(ctx, s.ws, may, eur(-1), "")),
		"currency": second(s.crm.SetMonthBudget(ctx, s.ws, may, budget.FromMinor(1, "USD"), "")),
	} {
		if !errors.Is(bad, crm.ErrInvalid) || len(crm.FieldErrors(bad)) != 1 {
			t.Errorf("%s: %v", what, bad)
		}
	}
	if got := s.workspace().Version; got != version {
		t.Errorf("a refused budget was written: version %d, want %d", got, version)
	}
}
