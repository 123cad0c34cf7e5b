package state

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// PlanJob is how far a plan has been carried out.
type PlanJob struct {
	State    string `db:"state"`
	Revision int64  `db:"revision"` // grows with whatever the job tells
	Attempt  int    `db:"attempt"`
	Done     int    `db:"done"` // records
	Total    int    `db:"total"`
	Run      string `db:"run"`   // the import run; empty while nothing is written
	Fresh    string `db:"fresh"` // the plan that takes the place of an outdated one; empty if none does

	ProblemEnglish string `db:"problem_english"` // why it failed, JSON; empty if it did not
	ProblemGerman  string `db:"problem_german"`

	BeatAt int64 `db:"beat_at"` // when the owner was last heard of
	Cancel bool  `db:"cancel"`  // somebody asked to stop
}

// jobsAtOnce is for how many plans one statement reads their jobs: far below the parameters that either database takes.
const jobsAtOnce = 500

// PlanJobs reads how far plans are carried out. Those that there are not, or not any more at a time, are left out.
func (db *DB) PlanJobs(ctx context.Context, keys []PlanKey, now int64) (map[PlanKey]PlanJob, error) {
	jobs := map[PlanKey]PlanJob{}
	for some := range slices.Chunk(keys, jobsAtOnce) {
		var values []string
		args := []any{now}
		for _, k := range some {
			values = append(values, fmt.Sprintf("($%d, $%d)", len(args)+1, len(args)+2))
			args = append(args, k.Workspace, k.ID)
		}
		var rows []struct {
			PlanKey
			PlanJob
		}
		err := db.Select(ctx, "read how far plans are", &rows, `SELECT workspace, id, `+jobColumns+` FROM server_plans
			WHERE (workspace, id) IN (VALUES `+strings.Join(values, ", ")+`) AND expires_at > $1 AND state <> 'preparing'`, args...)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			jobs[row.PlanKey] = row.PlanJob
		}
	}
	return jobs, nil
}

const jobColumns = "state, revision, attempt, done, total, run, fresh, problem_english, problem_german, beat_at, cancel"

// Silence is how long an owner that is not heard of is waited for.
const Silence = time.Minute

// ClaimPlan makes somebody the owner of a plan that nobody carries out, or whose owner was not heard of since a time. Of
// several who claim it one gets it, and the choices of the plan are kept then: in one transaction, so that who is erased, or the
// workspace that is deleted, meanwhile leaves nothing in them. The run of which a part was written before stays.
func (db *DB) ClaimPlan(ctx context.Context, k PlanKey, owner string, now, heardOf int64, keep KeepChoices) (won bool, err error) {
	err = db.Update(ctx, "claim a plan", func(tx Tx) error {
		var namesLost []bool
		err := tx.Select(ctx, &namesLost, `UPDATE server_plans
		SET state = 'applying', owner = $1, beat_at = $2, cancel = 0, revision = revision + 1, attempt = 0, done = 0, total = 0,
		    fresh = '', problem_english = '', problem_german = ''
		WHERE workspace = $3 AND id = $4 AND expires_at > $2
		  AND (state IN ('planned', 'failed', 'cancelled') OR state = 'applying' AND beat_at <= $5)
		RETURNING names_lost`, owner, now, k.Workspace, k.ID, heardOf)
		if won = err == nil && len(namesLost) == 1; !won {
			return err
		}
		return tx.keepChoices(ctx, k.Workspace, keep, namesLost[0], now)
	})
	return won && err == nil, err
}

// BeatPlan tells that the owner is there, and how far it has come. It returns whether it is still the owner, and whether
// somebody asked to stop.
func (db *DB) BeatPlan(ctx context.Context, k PlanKey, owner string, now int64, j PlanJob) (owned, cancel bool, err error) {
	var asked []bool
	err = db.Update(ctx, "tell how far a plan is", func(tx Tx) error {
		return tx.Select(ctx, &asked, `UPDATE server_plans SET beat_at = $1, revision = $2, attempt = $3, done = $4, total = $5, run = $6
			WHERE workspace = $7 AND id = $8 AND owner = $9 AND state = 'applying' RETURNING cancel`,
			now, j.Revision, j.Attempt, j.Done, j.Total, j.Run, k.Workspace, k.ID, owner)
	})
	return len(asked) == 1, len(asked) == 1 && asked[0], err
}

// EndPlan stores how a job ended, and removes the files of a plan that was applied. That it was applied is a fact whoever else
// has taken it for lost.
func (db *DB) EndPlan(ctx context.Context, k PlanKey, owner string, j PlanJob) error {
	return db.Update(ctx, "end a plan", func(tx Tx) error {
		_, err := tx.Exec(ctx, `UPDATE server_plans
			SET state = $1, revision = $2, attempt = $3, done = $4, total = $5, run = $6, fresh = $7, problem_english = $8, problem_german = $9
			WHERE workspace = $10 AND id = $11 AND (owner = $12 AND state = 'applying' OR $1 = 'applied')`,
			j.State, j.Revision, j.Attempt, j.Done, j.Total, j.Run, j.Fresh, j.ProblemEnglish, j.ProblemGerman, k.Workspace, k.ID, owner)
		if err != nil || j.State != Applied {
			return err
		}
		return tx.dropPlanFiles(ctx, k)
	})
}

// CancelPlan asks the owner of a plan to stop.
func (db *DB) CancelPlan(ctx context.Context, k PlanKey) error {
	_, err := db.Exec(ctx, "cancel a plan",
		`UPDATE server_plans SET cancel = 1 WHERE workspace = $1 AND id = $2 AND state = 'applying'`, k.Workspace, k.ID)
	return err
}
