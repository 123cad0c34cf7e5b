package state_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/state"
)

// What may tell of an erased person goes, but for a plan that somebody carries out, which goes an hour later. Other workspaces
// keep what has not expired.
func TestForget(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		db, ctx := testdb.Open(t, dsn).State, t.Context()
		now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
		north, south := crm.ID[crm.Workspace](uuid.New()), crm.ID[crm.Workspace](uuid.New())
		plan := func(ws crm.WorkspaceID, id string, heardOf time.Time) state.PlanKey {
			k := state.PlanKey{Workspace: ws.String(), ID: id}
			p := state.Plan{PlanKey: k, Bytes: 3, ExpiresAt: now.Add(24 * time.Hour).UnixMicro()}
			done(t, db.AddPlan(ctx, p, now.UnixMicro(), fits))
			done(t, db.AddPlanFile(ctx, k, 0, bytes.NewReader([]byte("Pam"))))
			done(t, db.AddPlanRows(ctx, k, []state.PlanRow{{Position: 1, Verdict: "created", English: "Pam"}}, now.UnixMicro(), fits))
			done(t, db.FinishPlan(ctx, p, now.UnixMicro(), fits))
			if !heardOf.IsZero() {
				if won, err := db.ClaimPlan(ctx, k, "owner", heardOf.UnixMicro(), 0, state.KeepChoices{}); !won || err != nil {
					t.Fatal(won, err)
				}
			}
			return k
		}
		var proposals []uuid.UUID
		propose := func(ws crm.WorkspaceID, expires time.Time) {
			id := uuid.New()
			proposals = append(proposals, id)
			done(t, db.AddProposal(ctx, state.Proposal{ID: id, Workspace: ws, Steps: []byte(`["Pam"]`), ExpiresAt: expires}, now.Add(-time.Hour)))
		}
		planned, silent := plan(north, "planned", time.Time{}), plan(north, "silent", now.Add(-state.Silence))
		applying, other := plan(north, "applying", now.Add(-time.Second)), plan(south, "planned", time.Time{})
		propose(north, now.Add(time.Hour))
		propose(south, now.Add(time.Hour))
		propose(south, now)
		done(t, db.Forget(ctx, north.String(), now))

		type kept struct {
			Found       bool
			File, Rows  int
			ExpiresSoon bool
		}
		got := map[string]kept{}
		for name, k := range map[string]state.PlanKey{"planned": planned, "silent": silent, "applying": applying, "other": other} {
			p, found, err := db.Plan(ctx, k, now.UnixMicro())
			done(t, err)
			file, err := io.ReadAll(db.PlanFile(ctx, k, 0))
			done(t, err)
			rows, err := db.PlanRows(ctx, k, 0, "", 0, 10)
			done(t, err)
			got[name] = kept{found, len(file), len(rows), found && p.ExpiresAt == now.Add(time.Hour).UnixMicro()}
		}
		want := map[string]kept{"planned": {}, "silent": {}, "applying": {true, 3, 1, true}, "other": {true, 3, 1, false}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("plans (-want +got):\n%s", diff)
		}
		for n, ws := range []crm.WorkspaceID{north, south, south} {
			if _, err := db.Proposal(ctx, ws, proposals[n]); (err == nil) != (n == 1) {
				t.Errorf("proposal %d: %v", n, err)
			}
		}
	})
}

// Of what is kept for the next sheet the words that may name people go, and do not come back with a plan that was
// carried out then.
func TestForgetNamesOfChoices(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		db, other, ctx := testdb.Open(t, dsn).State, testdb.Open(t, dsn).State, t.Context()
		ws := crm.ID[crm.Workspace](uuid.New())
		now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
		plan := func(id string) state.PlanKey {
			k := state.PlanKey{Workspace: ws.String(), ID: id}
			done(t, db.AddPlan(ctx, state.Plan{PlanKey: k, ExpiresAt: now.Add(time.Hour).UnixMicro()}, 0, fits))
			return k
		}
		claim := func(k state.PlanKey, at time.Time, keep state.KeepChoices) {
			t.Helper()
			if won, err := db.ClaimPlan(ctx, k, "owner", at.UnixMicro(), at.Add(-time.Second).UnixMicro(), keep); !won || err != nil {
				t.Fatal(won, err)
			}
		}
		kept := func(keys ...string) state.ImportChoices {
			t.Helper()
			c, _, err := other.ImportChoices(ctx, ws, keys)
			done(t, err)
			return c
		}
		finish := func(k state.PlanKey) {
			done(t, db.FinishPlan(ctx, state.Plan{PlanKey: k, ExpiresAt: now.Add(24 * time.Hour).UnixMicro()}, 0, fits))
		}
		keep := state.KeepChoices{Keys: []string{"h", "g"}, Choices: `{"dates": "day"}`, Names: `["Pam"]`}
		first := plan("first")
		finish(first)
		claim(first, now, keep)
		want := state.ImportChoices{Choices: keep.Choices, Names: keep.Names, KeptAt: now.UnixMicro()}
		if got := kept("x", "g"); got != want {
			t.Errorf("kept %+v, want %+v", got, want)
		}
		done(t, db.Forget(ctx, ws.String(), now))
		want.Names, want.NamesLost = "", true
		if got := kept("h"); got != want {
			t.Errorf("after an erasure %+v, want %+v", got, want)
		}
		fresh := plan("fresh") // takes the place of the one that was being carried out
		done(t, db.CopyPlanFiles(ctx, first, fresh))
		finish(fresh)
		for n, k := range []state.PlanKey{first, fresh} {
			at := now.Add(time.Duration(n+1) * time.Minute)
			claim(k, at, keep)
			want.KeptAt = at.UnixMicro()
			if got := kept("h"); got != want {
				t.Errorf("after plan %s of before the erasure %+v, want %+v", k.ID, got, want)
			}
		}
		next := plan("next")
		finish(next)
		claim(next, now.Add(time.Hour), state.KeepChoices{Keys: []string{"h"}})
		if got := kept("h"); got != (state.ImportChoices{}) {
			t.Errorf("after an import without choices %+v is kept", got)
		}
		long := plan("long")
		finish(long)
		claim(long, now.Add(time.Hour), state.KeepChoices{Keys: []string{"g"}, Choices: strings.Repeat("x", state.MaxImportChoicesSize+1)})
		if got := kept("g"); got != (state.ImportChoices{}) {
			t.Errorf("%d bytes are kept", len(got.Choices))
		}
		for n := range state.MaxImportChoices + 2 {
			k := plan(fmt.Sprint(n))
			finish(k)
			claim(k, now.Add(time.Duration(n)*time.Second), state.KeepChoices{Keys: []string{fmt.Sprint(n)}, Choices: "{}"})
		}
		if kept("1") != (state.ImportChoices{}) || kept("2") == (state.ImportChoices{}) {
			t.Error("more or fewer choices are kept than may be")
		}
		done(t, db.DropWorkspace(ctx, ws.String()))
		if got := kept("2"); got != (state.ImportChoices{}) {
			t.Errorf("of a workspace that is gone %+v is kept", got)
		}
	})
}

// A plan that is being made while a person is erased, or the workspace deleted, is not kept: neither it nor what would follow it.
func TestForgetWhatIsBeingMade(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		db, ctx := testdb.Open(t, dsn).State, t.Context()
		for name, erase := range map[string]func() error{
			"erased":  func() error { return db.Forget(ctx, key.Workspace, time.UnixMicro(50)) },
			"deleted": func() error { return db.DropWorkspace(ctx, key.Workspace) },
		} {
			p := state.Plan{PlanKey: key, ExpiresAt: 100}
			done(t, db.AddPlan(ctx, p, 50, fits))
			done(t, erase())
			for what, err := range map[string]error{
				"a file": db.AddPlanFile(ctx, key, 0, bytes.NewReader([]byte("Pam"))), "its files": db.CopyPlanFiles(ctx, key, key),
				"rows": db.AddPlanRows(ctx, key, []state.PlanRow{{Position: 1}}, 50, fits), "its end": db.FinishPlan(ctx, p, 50, fits),
			} {
				if !errors.Is(err, crm.ErrBusy) {
					t.Errorf("%s: %s is stored, %v", name, what, err)
				}
			}
			rows, err := db.PlanRows(ctx, key, 0, "", 0, 9)
			file, readErr := io.ReadAll(db.PlanFile(ctx, key, 0))
			if len(rows) > 0 || len(file) > 0 || err != nil || readErr != nil {
				t.Errorf("%s: left are %d rows, %d bytes, %v, %v", name, len(rows), len(file), err, readErr)
			}
		}
	})
}
