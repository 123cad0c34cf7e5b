package state

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// PlanRow is the account of a row.
type PlanRow struct {
	Position int    `db:"position"` // among all rows of the plan, from 1
	Part     int    `db:"part"`     // 0 is the sheet, 1 the first table of budgets
	Verdict  string `db:"verdict"`
	English  string `db:"english"` // JSON
	German   string `db:"german"`  // empty if it is the same
}

// rowsAtOnce is how many rows one statement stores: far below the parameters that either database takes.
const rowsAtOnce = 500

// AddPlanRows stores rows of a plan that is being made, all or none, unless they do not fit beside what is kept at a time. It is
// a crm.ErrBusy if the plan was removed.
func (db *DB) AddPlanRows(ctx context.Context, k PlanKey, rows []PlanRow, now int64, fits Fits) error {
	bytes := 0
	for _, r := range rows {
		bytes += len(r.English) + len(r.German)
	}
	return db.Update(ctx, "store rows", func(tx Tx) error {
		if err := tx.grow(ctx, k, int64(bytes), now, fits); err != nil {
			return err
		}
		for some := range slices.Chunk(rows, rowsAtOnce) {
			var values strings.Builder
			args := []any{k.Workspace, k.ID}
			for _, r := range some {
				n := len(args)
				if n > 2 {
					values.WriteString(", ")
				}
				fmt.Fprintf(&values, "($1, $2, $%d, $%d, $%d, $%d, $%d)", n+1, n+2, n+3, n+4, n+5)
				args = append(args, r.Position, r.Part, r.Verdict, r.English, r.German)
			}
			_, err := tx.Exec(ctx, `INSERT INTO server_plan_rows (workspace, plan, position, part, verdict, english, german) VALUES `+
				values.String(), args...)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// PlanRows reads rows of a plan in order, after a position: those of a part, and with a verdict if one is given.
func (db *DB) PlanRows(ctx context.Context, k PlanKey, part int, verdict string, after, limit int) ([]PlanRow, error) {
	query := `SELECT position, part, verdict, english, german FROM server_plan_rows WHERE workspace = $1 AND plan = $2 AND part = $3 AND position > $4`
	args := []any{k.Workspace, k.ID, part, after, limit}
	if verdict != "" {
		query += ` AND verdict = $6`
		args = append(args, verdict)
	}
	rows := []PlanRow{}
	err := db.Select(ctx, "read rows", &rows, query+` ORDER BY position LIMIT $5`, args...)
	return rows, err
}
