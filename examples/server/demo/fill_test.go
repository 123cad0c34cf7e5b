package demo_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/examples/server/demo"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/soundness"
)

var today = budget.MustParseDate("2026-11-29")

// filled is a store with the demo in it, and what it has.
func filled(t *testing.T, o demo.Options) (*memory.Store, attribution.Snapshot) {
	t.Helper()
	store := memory.New(nil)
	made, err := demo.Fill(t.Context(), store, o)
	if err != nil || !made {
		t.Fatalf("Fill: %v, %v", made, err)
	}
	return store, snapshot(t, store)
}

func snapshot(t *testing.T, store demo.Store) (s attribution.Snapshot) {
	t.Helper()
	err := crm.New(store, nil).View(t.Context(), demo.Workspace, func(ctx context.Context, r crm.Reader) (err error) {
		s, err = attribution.ReadSnapshot(ctx, r)
		return errors.Join(err, soundness.Check(ctx, r))
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The workspace has what there is to try.
func TestFill(t *testing.T) {
	t.Parallel()
	for _, day := range []budget.Date{today, budget.MustParseDate("2027-02-03"), budget.MustParseDate("2028-05-31")} {
		t.Run(day.String(), func(t *testing.T) {
			t.Parallel()
			store, s := filled(t, demo.Options{Seed: 1, Today: day})
			if s.Workspace.Name != demo.Name || len(s.Workspace.MonthBudgets) != 1 {
				t.Errorf("the workspace is %+v", s.Workspace)
			}
			by, running, responsible := map[crm.Status]int{}, 0, map[crm.MemberID]int{}
			for _, c := range s.Cooperations {
				by[c.Status]++
				responsible[c.Responsible]++
				if c.Status == crm.Signed && c.Period.Contains(day) {
					running++
				}
			}
			if by[crm.Signed] < 230 || by[crm.Negotiating] < 5 || by[crm.Draft] < 5 || running < 5 || len(responsible) != 2 {
				t.Errorf("cooperations: %v, %d running; by member: %v", by, running, responsible)
			}
			for _, c := range s.Campaigns {
				if !c.Budget.IsSet() || !c.RevenueTarget.IsSet() {
					t.Errorf("campaign %q has the budget %s and the target %s", c.Name, c.Budget, c.RevenueTarget)
				}
			}
			report, err := crm.New(store, nil).Report(t.Context(), demo.Workspace, &crm.ReportOptions{On: day})
			if err != nil {
				t.Fatal(err)
			}
			health := map[budget.Health]int{}
			for _, line := range report.Campaigns {
				health[line.Health]++
			}
			if health[budget.OK] == 0 || health[budget.Over] == 0 {
				t.Errorf("campaigns by health: %v", health)
			}
		})
	}
}

// The same seed and day make the same workspace, to the last change of its log; another seed makes another.
func TestFillDeterministic(t *testing.T) {
	t.Parallel()
	for _, o := range []demo.Options{{Seed: 7, Today: today}, {Seed: 7, Today: today, Cooperations: 600}} {
		changes := func(o demo.Options) []string {
			var all []string
			store, s := filled(t, o)
			for after := crm.Seq(0); after < s.Seq; {
				page, err := crm.New(store, nil).Changes(t.Context(), demo.Workspace, after, crm.MaxPageSize)
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range page {
					text, err := json.Marshal(c)
					if err != nil {
						t.Fatal(err)
					}
					all, after = append(all, string(text)), c.Seq
				}
			}
			return all
		}
		first, second := changes(o), changes(o)
		for n, c := range first {
			if n >= len(second) || c != second[n] {
				t.Fatalf("%+v: change %d of %d is another the second time: %.500s", o, n, len(first), c)
			}
		}
		o.Seed++
		if slices.Equal(first, changes(o)) {
			t.Error("another seed makes the same workspace")
		}
	}
}

// A workspace that is there is left alone, and one that was not finished is made anew.
func TestFillAgain(t *testing.T) {
	t.Parallel()
	store, before := filled(t, demo.Options{Seed: 1, Today: today, Cooperations: 20})
	service := crm.New(store, nil)
	w := before.Workspace
	w.Name = "Ours now"
	if _, err := service.UpdateWorkspace(t.Context(), w.ID, w, ""); err != nil {
		t.Fatal(err)
	}
	if made, err := demo.Fill(t.Context(), store, demo.Options{Seed: 2, Today: today}); made || err != nil {
		t.Errorf("a second Fill: %v, %v", made, err)
	}
	if after := snapshot(t, store); len(after.Cooperations) != 20 || after.Workspace.Name != "Ours now" {
		t.Errorf("after it: %q with %d cooperations", after.Workspace.Name, len(after.Cooperations))
	}

	cut := memory.New(nil)
	ctx, cancel := context.WithCancel(t.Context())
	stopping := stoppingStore{Store: cut, after: 4, stop: cancel}
	if made, err := demo.Fill(ctx, &stopping, demo.Options{Seed: 1, Today: today}); made || err == nil {
		t.Fatalf("Fill that was stopped: %v, %v", made, err)
	}
	if made, err := demo.Fill(t.Context(), cut, demo.Options{Seed: 1, Today: today, Cooperations: 20}); !made || err != nil {
		t.Fatalf("Fill after one that was stopped: %v, %v", made, err)
	}
	if got := snapshot(t, cut); len(got.Cooperations) != 20 || got.Workspace.Name != demo.Name {
		t.Errorf("after it: %q with %d cooperations", got.Workspace.Name, len(got.Cooperations))
	}
}

// stoppingStore ends a context after some units of work.
type stoppingStore struct {
	demo.Store
	after int
	stop  func()
}

func (s *stoppingStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	if s.after--; s.after < 0 {
		s.stop()
	}
	return s.Store.Update(ctx, ws, fn)
}

func TestFillRefuses(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]demo.Options{
		"negative": {Today: today, Cooperations: -1}, "too many": {Today: today, Cooperations: demo.MaxCooperations + 1}, "no day": {},
	} {
		if made, err := demo.Fill(t.Context(), memory.New(nil), o); made || err == nil {
			t.Errorf("%s: %v, %v", name, made, err)
		}
	}
}

// A scaled demo has the shape of a large team.
func TestFillScaled(t *testing.T) {
	t.Parallel()
	_, s := filled(t, demo.Options{Seed: 1, Today: today, Cooperations: 1_200})
	if len(s.Campaigns) != 50 || len(s.Influencers) != 1_200 || len(s.Cooperations) != 1_200 {
		t.Fatalf("%d campaigns, %d influencers, %d cooperations", len(s.Campaigns), len(s.Influencers), len(s.Cooperations))
	}
	months := map[budget.Month]bool{}
	for _, c := range s.Cooperations {
		months[c.Period.Start.Month()] = true
	}
	if len(months) != 24 {
		t.Errorf("they begin in %d months", len(months))
	}
}
