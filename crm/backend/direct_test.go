package backend_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// planned is a Reader of some rows of a plan, which may fail after some of them. It notes what it has read.
type planned struct {
	crm.Reader
	rows   []string
	fails  error // after the rows
	events *[]string
}

func (p planned) PlanRows(_ context.Context, fn func(crm.PlanRow) error) error {
	for _, name := range p.rows {
		*p.events = append(*p.events, "read "+name)
		if err := fn(crm.PlanRow{Name: name}); err != nil {
			return err
		}
	}
	return p.fails
}

// Rows are handed on as they are read, and none of them twice.
func TestDirectPlanRows(t *testing.T) {
	t.Parallel()
	errLost, errOwn := errors.New("connection lost"), errors.New("of fn")
	for _, test := range []struct {
		name   string
		runs   []planned // each is repeated if it fails
		stop   string    // the row at which fn fails
		want   error
		found  []bool
		events []string
	}{
		{"row by row", []planned{{rows: []string{"a", "b"}}}, "", nil, []bool{true}, []string{"read a", "got a", "read b", "got b"}},
		{"no rows", []planned{{}}, "", nil, []bool{false}, nil},
		{"fn fails", []planned{{rows: []string{"a", "b"}}, {rows: []string{"c"}}}, "a", errOwn, []bool{true, true}, []string{"read a", "got a"}},
		{"lost before the first row", []planned{{fails: errLost}, {rows: []string{"a"}}}, "", nil, []bool{false, true},
			[]string{"read a", "got a"}},
		{"lost after a row", []planned{{rows: []string{"a"}, fails: errLost}, {rows: []string{"b"}}}, "", errLost, []bool{true, true},
			[]string{"read a", "got a"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var events []string
			var found []bool
			r := backend.Direct(func(_ context.Context, read func(crm.Reader) (bool, error)) (err error) {
				for _, run := range test.runs {
					run.events = &events
					var some bool
					some, err = read(run)
					if found = append(found, some); err == nil {
						break
					}
				}
				return err
			})
			err := r.PlanRows(t.Context(), func(row crm.PlanRow) error {
				events = append(events, "got "+row.Name)
				if row.Name == test.stop {
					return errOwn
				}
				return nil
			})
			if !errors.Is(err, test.want) {
				t.Errorf("got error %v, want %v", err, test.want)
			}
			if d := cmp.Diff(test.found, found); d != "" {
				t.Errorf("what the runs found (-want +got):\n%s", d)
			}
			if d := cmp.Diff(test.events, events); d != "" {
				t.Errorf("rows (-want +got):\n%s", d)
			}
		})
	}
}
