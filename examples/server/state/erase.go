package state

import (
	"context"
	"time"
)

// rest is how long a plan that is being carried out stays after somebody was erased.
const rest = time.Hour

// Forget removes what may tell of a person who was erased from a workspace: proposals, plans of imports and views that look for
// a text, all of which can be made again, and of the choices of imports the words that may name people, whomever they name. A
// plan that an owner carries out goes an hour later, by ExpirePlans.
func (db *DB) Forget(ctx context.Context, workspace string, now time.Time) error {
	return db.Update(ctx, "forget a person", func(tx Tx) error {
		_, err := tx.deletePlans(ctx, `workspace = $1 AND NOT (state = 'applying' AND beat_at > $2)`, workspace, now.Add(-Silence).UnixMicro())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE server_plans SET expires_at = $1 WHERE workspace = $2 AND expires_at > $1`,
			now.Add(rest).UnixMicro(), workspace)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE server_plans SET names_lost = 1 WHERE workspace = $1`, workspace)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE server_import_choices SET names = '', names_lost = 1 WHERE workspace = $1 AND names <> ''`, workspace)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM server_proposals WHERE workspace = $1 OR expires_at <= $2`, workspace, now.UnixMicro())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM server_views WHERE workspace = $1 AND searches = 1`, workspace)
		return err
	})
}

// DropWorkspace removes everything of a workspace that was deleted.
func (db *DB) DropWorkspace(ctx context.Context, workspace string) error {
	return db.Update(ctx, "remove a workspace", func(tx Tx) error {
		for _, statement := range []string{
			`DELETE FROM server_plans WHERE workspace = $1`, // first, because who stores files and rows holds the plan
			`DELETE FROM server_plan_files WHERE workspace = $1`,
			`DELETE FROM server_plan_rows WHERE workspace = $1`,
			`DELETE FROM server_proposals WHERE workspace = $1`,
			`DELETE FROM server_deliveries WHERE webhook IN (SELECT id FROM server_webhooks WHERE workspace = $1)`,
			`DELETE FROM server_webhooks WHERE workspace = $1`,
			`DELETE FROM server_idempotency WHERE workspace = $1`,
			`DELETE FROM server_views WHERE workspace = $1`,
			`DELETE FROM server_import_choices WHERE workspace = $1`,
		} {
			if _, err := tx.Exec(ctx, statement, workspace); err != nil {
				return err
			}
		}
		return nil
	})
}
