package state_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/state"
)

// open opens the server's tables in an SQLite file.
func open(t *testing.T, path string) *state.DB {
	t.Helper()
	db, err := database.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db.State
}

var key = state.PlanKey{Workspace: "north", ID: "one"}

// keep stores a plan that expires at 100, with a file of three chunks and seven rows.
func keep(t *testing.T, db *state.DB, k state.PlanKey) []byte {
	t.Helper()
	file := bytes.Repeat([]byte("0123456789abcdef"), 40_000)
	rows := []state.PlanRow{}
	for n := 1; n <= 7; n++ {
		row := state.PlanRow{Position: n, Part: n / 6, Verdict: "created", English: fmt.Sprint(n)}
		if n%2 == 0 {
			row.Verdict, row.German = "rejected", fmt.Sprint(-n)
		}
		rows = append(rows, row)
	}
	done(t, db.AddPlan(t.Context(), state.Plan{PlanKey: k, Request: "{}", Bytes: int64(len(file)), CreatedAt: 1, ExpiresAt: 60}, 50, fits))
	done(t, db.AddPlanFile(t.Context(), k, 0, bytes.NewReader(file)))
	done(t, db.AddPlanRows(t.Context(), k, rows, 50, fits))
	if _, found, err := db.Plan(t.Context(), k, 50); found || err != nil {
		t.Fatalf("a plan that is half stored is found, %v", err)
	}
	done(t, db.FinishPlan(t.Context(), state.Plan{PlanKey: k, Digest: "d", English: "{}", German: "{}", ExpiresAt: 100}, 50, fits))
	return file
}

// fits takes everything.
func fits(state.PlanSizes) error { return nil }

// rowBytes are those of the rows of keep, and of the two documents.
const rowBytes = 7 + 3*2 + 2*2

func done(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A plan comes back as it was stored, with its files and rows, and goes with all of them.
func TestPlans(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "crm.db"))
	file := keep(t, db, key)
	other := state.PlanKey{Workspace: "south", ID: "one"}
	keep(t, db, other)
	copied := state.PlanKey{Workspace: "north", ID: "two"}
	done(t, db.AddPlan(t.Context(), state.Plan{PlanKey: copied, ExpiresAt: 40}, 30, fits))
	done(t, db.CopyPlanFiles(t.Context(), key, copied))
	for _, k := range []state.PlanKey{key, other, copied} {
		got, err := io.ReadAll(db.PlanFile(t.Context(), k, 0))
		if err != nil || !bytes.Equal(got, file) {
			t.Errorf("%v: a file of %d bytes, want %d; %v", k, len(got), len(file), err)
		}
	}
	if got, err := io.ReadAll(db.PlanFile(t.Context(), key, 1)); len(got) > 0 || err != nil {
		t.Errorf("a file that is not there: %d bytes, %v", len(got), err)
	}
	for _, test := range []struct {
		part    int
		verdict string
		after   int
		want    string
	}{{0, "", 0, "[1 2 3]"}, {0, "", 3, "[4 5]"}, {0, "rejected", 0, "[2 4]"}, {0, "rejected", 4, "[]"}, {1, "", 0, "[6 7]"}, {1, "created", 0, "[7]"}, {2, "", 0, "[]"}} {
		rows, err := db.PlanRows(t.Context(), key, test.part, test.verdict, test.after, 3)
		done(t, err)
		positions := []int{}
		for _, row := range rows {
			positions = append(positions, row.Position)
		}
		if got := fmt.Sprint(positions); got != test.want {
			t.Errorf("part %d, %q after %d: %s, want %s", test.part, test.verdict, test.after, got, test.want)
		}
	}
	if p, found, err := db.Plan(t.Context(), key, 100); found || err != nil {
		t.Errorf("found when it has expired: %+v, %v", p, err)
	}
	kept, err := db.PlanSizes(t.Context(), "north", 50)
	if want := (state.PlanSizes{Plans: 1, Bytes: int64(len(file)) + rowBytes}); kept != want || err != nil {
		t.Errorf("kept %+v, want %+v, %v", kept, want, err)
	}
	if gone, err := db.DeletePlan(t.Context(), key, 0); !gone || err != nil {
		t.Errorf("deleted %t, %v", gone, err)
	}
	if gone, err := db.DeletePlan(t.Context(), key, 0); gone || err != nil {
		t.Errorf("deleted again %t, %v", gone, err)
	}
	rows, err := db.PlanRows(t.Context(), key, 0, "", 0, 9)
	got, readErr := io.ReadAll(db.PlanFile(t.Context(), key, 0))
	if len(rows) > 0 || len(got) > 0 || err != nil || readErr != nil {
		t.Errorf("left of it: %d rows, %d bytes, %v, %v", len(rows), len(got), err, readErr)
	}
	if n, err := db.ExpirePlans(t.Context(), 99, 0); n != 1 || err != nil {
		t.Errorf("%d have expired, want the one that was not finished, %v", n, err)
	}
	if n, err := db.ExpirePlans(t.Context(), 100, 0); n != 1 || err != nil {
		t.Errorf("%d have expired, %v", n, err)
	}
}

// One owner at a time has a plan: until it ends, or was not heard of.
func TestPlanJobs(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "crm.db")
	a, b := open(t, path), open(t, path)
	keep(t, a, key)
	claim := func(db *state.DB, owner string, now, heardOf int64, want bool) {
		t.Helper()
		if won, err := db.ClaimPlan(t.Context(), key, owner, now, heardOf, state.KeepChoices{}); won != want || err != nil {
			t.Errorf("%s claims at %d: %t, want %t; %v", owner, now, won, want, err)
		}
	}
	beat := func(db *state.DB, owner string, now int64, want string) {
		t.Helper()
		owned, cancel, err := db.BeatPlan(t.Context(), key, owner, now, state.PlanJob{Revision: now, Done: 3, Total: 9, Run: "half"})
		if got := fmt.Sprint(owned, cancel); got != want || err != nil {
			t.Errorf("%s beats at %d: %s, want %s; %v", owner, now, got, want, err)
		}
	}
	claim(a, "a", 10, 0, true)
	claim(b, "b", 11, 0, false)
	beat(a, "a", 20, "true false")
	done(t, b.CancelPlan(t.Context(), key))
	beat(a, "a", 21, "true true")
	if gone, err := b.DeletePlan(t.Context(), key, 20); gone || err != nil {
		t.Errorf("deleted under way: %t, %v", gone, err)
	}
	if n, err := b.ExpirePlans(t.Context(), 200, 20); n != 0 || err != nil {
		t.Errorf("%d have expired under way, %v", n, err)
	}
	claim(b, "b", 30, 21, true)
	if p, _, err := b.Plan(t.Context(), key, 50); p.Run != "half" || err != nil {
		t.Errorf("claimed again, the run is %q, %v", p.Run, err)
	}
	beat(a, "a", 31, "false false")
	done(t, a.EndPlan(t.Context(), key, "a", state.PlanJob{State: state.Failed, Revision: 32}))
	beat(b, "b", 33, "true false")
	done(t, a.EndPlan(t.Context(), key, "a", state.PlanJob{State: state.Applied, Revision: 34, Run: "run", Done: 9, Total: 9}))
	p, found, err := b.Plan(t.Context(), key, 50)
	want := state.PlanJob{State: state.Applied, Revision: 34, Run: "run", Done: 9, Total: 9, BeatAt: 33}
	if diff := cmp.Diff(want, p.PlanJob); diff != "" || !found || err != nil {
		t.Errorf("the job, %v (-want +got):\n%s", err, diff)
	}
	claim(b, "b", 40, 40, false)
	beat(b, "b", 41, "false false")
}

// Errors of a database are crm's, so that clients know what to do.
func TestDatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "crm.db"), nil)
	done(t, err)
	done(t, db.Close())
	_, _, err = db.State.Plan(t.Context(), key, 0)
	if !errors.Is(err, crm.ErrStorage) {
		t.Errorf("error %v, want a crm.ErrStorage", err)
	}
}
