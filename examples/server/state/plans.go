package state

import "context"

// Plan is a plan of an import and the job that carries it out. Times are microseconds since 1970.
type Plan struct {
	PlanKey
	Request   string `db:"request"` // JSON
	Digest    string `db:"digest"`
	English   string `db:"english"` // the plan without its rows, JSON
	German    string `db:"german"`
	Bytes     int64  `db:"bytes"` // of all that is kept of it
	CreatedAt int64  `db:"created_at"`
	ExpiresAt int64  `db:"expires_at"`
	PlanJob
}

// PlanKey names a plan.
type PlanKey struct {
	Workspace string `db:"workspace"`
	ID        string `db:"id"`
}

// The states of a plan.
const (
	Preparing = "preparing" // being stored; nobody else sees it
	Planned   = "planned"
	Applying  = "applying"
	Applied   = "applied"
	Failed    = "failed"
	Cancelled = "cancelled"
)

// PlanSizes are how many plans of a workspace are kept, and the bytes of all of them.
type PlanSizes struct{ Plans, Bytes int64 }

// Fits refuses sizes that are too large.
type Fits func(PlanSizes) error

// AddPlan keeps a place for a plan that is being made, unless it does not fit with its bytes beside the others that have not
// expired at a time. Files and rows follow, and it is there for others after FinishPlan.
func (db *DB) AddPlan(ctx context.Context, p Plan, now int64, fits Fits) error {
	return db.Update(ctx, "add a plan", func(tx Tx) error {
		if err := tx.fit(ctx, p.Workspace, PlanSizes{1, p.Bytes}, now, fits); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO server_plans
			(workspace, id, request, digest, english, german, bytes, created_at, expires_at, state,
			 revision, attempt, done, total, run, fresh, problem_english, problem_german, owner, beat_at, cancel)
			VALUES ($1, $2, $3, '', '', '', $4, $5, $6, 'preparing', 0, 0, 0, 0, '', '', '', '', '', 0, 0)`,
			p.Workspace, p.ID, p.Request, p.Bytes, p.CreatedAt, p.ExpiresAt)
		return err
	})
}

// FinishPlan tells the request and the digest of a plan, what it says and when it expires, after its files and rows are
// stored. Its errors are those of AddPlanRows.
func (db *DB) FinishPlan(ctx context.Context, p Plan, now int64, fits Fits) error {
	return db.Update(ctx, "finish a plan", func(tx Tx) error {
		if err := tx.grow(ctx, p.PlanKey, int64(len(p.English)+len(p.German)), now, fits); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE server_plans SET state = 'planned', digest = $1, english = $2, german = $3, expires_at = $4, request = $5
			WHERE workspace = $6 AND id = $7`, p.Digest, p.English, p.German, p.ExpiresAt, p.Request, p.Workspace, p.ID)
		return err
	})
}

// fit checks what would be kept with something more, and keeps it from growing otherwise until the end of the transaction.
func (t Tx) fit(ctx context.Context, workspace string, more PlanSizes, now int64, fits Fits) error {
	if err := t.Lock(ctx, "plans of "+workspace); err != nil {
		return err
	}
	var kept PlanSizes
	if _, err := t.Get(ctx, &kept, sumPlans, workspace, now); err != nil {
		return err
	}
	return fits(PlanSizes{kept.Plans + more.Plans, kept.Bytes + more.Bytes})
}

const sumPlans = `SELECT COUNT(*) AS plans, COALESCE(SUM(bytes), 0) AS bytes FROM server_plans WHERE workspace = $1 AND expires_at > $2`

// grow is hold, if the bytes fit.
func (t Tx) grow(ctx context.Context, k PlanKey, bytes, now int64, fits Fits) error {
	if err := t.fit(ctx, k.Workspace, PlanSizes{0, bytes}, now, fits); err != nil {
		return err
	}
	return t.hold(ctx, k, bytes)
}

// hold adds bytes to a plan that is being made, and keeps it from being removed until the end of the transaction, so that
// nothing is stored for a plan that is not there. It is a crm.ErrBusy if the plan was removed.
func (t Tx) hold(ctx context.Context, k PlanKey, bytes int64) error {
	there, err := t.Exec(ctx, `UPDATE server_plans SET bytes = bytes + $1 WHERE workspace = $2 AND id = $3 AND state = 'preparing'`,
		bytes, k.Workspace, k.ID)
	if err == nil && there == 0 {
		err = planGone()
	}
	return err
}

// Plan reads a plan; false if there is none, or not any more at a time.
func (db *DB) Plan(ctx context.Context, k PlanKey, now int64) (Plan, bool, error) {
	var p Plan
	found, err := db.Get(ctx, "read a plan", &p, `SELECT workspace, id, request, digest, english, german, bytes, created_at, expires_at, `+jobColumns+`
		FROM server_plans WHERE workspace = $1 AND id = $2 AND expires_at > $3 AND state <> 'preparing'`, k.Workspace, k.ID, now)
	return p, found, err
}

// PlanRequests are the keys and requests of the plans of a workspace that have not expired at a time.
func (db *DB) PlanRequests(ctx context.Context, workspace string, now int64) (plans []Plan, err error) {
	err = db.Select(ctx, "read plans", &plans, `SELECT workspace, id, request FROM server_plans
		WHERE workspace = $1 AND expires_at > $2 AND state <> 'preparing' ORDER BY id DESC`, workspace, now)
	return plans, err
}

// PlanSizes are the sizes of the plans that have not expired at a time.
func (db *DB) PlanSizes(ctx context.Context, workspace string, now int64) (kept PlanSizes, err error) {
	_, err = db.Get(ctx, "count plans", &kept, sumPlans, workspace, now)
	return kept, err
}

// DeletePlan removes a plan with its files and rows, unless an owner that was heard of after a time carries it out. It
// reports whether the plan is gone.
func (db *DB) DeletePlan(ctx context.Context, k PlanKey, heardOf int64) (bool, error) {
	gone, err := db.deletePlans(ctx, `workspace = $1 AND id = $2 AND NOT (state = 'applying' AND beat_at > $3)`, k.Workspace, k.ID, heardOf)
	return gone > 0, err
}

// DeletePlanned removes a plan with its files and rows, unless somebody has begun to carry it out.
func (db *DB) DeletePlanned(ctx context.Context, k PlanKey) error {
	_, err := db.deletePlans(ctx, `workspace = $1 AND id = $2 AND state = 'planned'`, k.Workspace, k.ID)
	return err
}

// DeleteOldestPlan removes the oldest plan of a workspace that nobody has begun to carry out, but for one with an id. It reports
// whether there was one.
func (db *DB) DeleteOldestPlan(ctx context.Context, workspace, but string) (bool, error) {
	gone, err := db.deletePlans(ctx, `workspace = $1 AND id = (SELECT id FROM server_plans
		WHERE workspace = $1 AND id <> $2 AND state = 'planned' ORDER BY created_at, id LIMIT 1)`, workspace, but)
	return gone > 0, err
}

// ExpirePlans removes the plans that have expired at a time, but for those that an owner carries out, and returns how many.
func (db *DB) ExpirePlans(ctx context.Context, now, heardOf int64) (int64, error) {
	return db.deletePlans(ctx, `expires_at <= $1 AND NOT (state = 'applying' AND beat_at > $2)`, now, heardOf)
}

func (db *DB) deletePlans(ctx context.Context, where string, args ...any) (gone int64, err error) {
	err = db.Update(ctx, "delete plans", func(tx Tx) error {
		gone, err = tx.deletePlans(ctx, where, args...)
		return err
	})
	return gone, err
}

// deletePlans removes the plans of a condition, and then what no plan has any more: first the plans, so that nobody begins
// to carry out what is half gone.
func (t Tx) deletePlans(ctx context.Context, where string, args ...any) (int64, error) {
	var keys []PlanKey
	if err := t.Select(ctx, &keys, `DELETE FROM server_plans WHERE `+where+` RETURNING workspace, id`, args...); err != nil {
		return 0, err
	}
	for _, k := range keys {
		for _, table := range []string{"server_plan_files", "server_plan_rows"} {
			if _, err := t.Exec(ctx, `DELETE FROM `+table+` WHERE workspace = $1 AND plan = $2`, k.Workspace, k.ID); err != nil {
				return 0, err
			}
		}
	}
	return int64(len(keys)), nil
}
