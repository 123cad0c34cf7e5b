package sidebyside_test

import (
	"database/sql"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// handWriter creates cooperations as a program would that writes its statements by hand and has no rules: it locks the
// workspace and reads it, reads whom the cooperation refers to, the names that its name could be taken by and the claims
// to the same code, and writes its rows, those of its claims and of its change, the head of the log and, where an answer
// to COMMIT may be lost, the key of the unit of work. Statements are prepared. On PostgreSQL those that need not wait for
// each other's results go in one message.
type handWriter struct {
	*rawWriter
	lock, reads, writes []string
	prepared            map[string]*sql.Stmt // on SQLite
}

func (s *benchShop) newHandWriter(n int) *handWriter {
	s.Helper()
	const record = " WHERE workspace_id = ? AND id = ?"
	w := &handWriter{
		rawWriter: s.newRawWriter(n), prepared: map[string]*sql.Stmt{},
		lock: []string{"SELECT * FROM crm_workspaces WHERE workspace_id = ?"},
		reads: []string{
			"SELECT * FROM crm_campaigns" + record, "SELECT * FROM crm_influencers" + record, "SELECT * FROM crm_members" + record,
			"SELECT id, name_key FROM crm_cooperations WHERE workspace_id = ? AND campaign_id = ? AND name_key >= ? AND name_key < ?",
			"SELECT * FROM crm_claims WHERE workspace_id = ? AND kind = ? AND claim_key = ?",
		},
		writes: []string{
			s.insertText("crm_cooperations"), s.insertText("crm_claims"), s.insertText("crm_changes"),
			"UPDATE crm_workspaces SET seq = ?, last_at = ?, last_unit = ? WHERE workspace_id = ?",
		},
	}
	if w.batches() {
		w.lock[0] += " FOR UPDATE"
		w.writes = append(w.writes, s.insertText("crm_units"))
		return w
	}
	for _, texts := range [][]string{w.lock, w.reads, w.writes} {
		for _, text := range texts {
			w.prepared[text] = s.prepare(s.writer, text)
		}
	}
	return w
}

func (w *handWriter) batches() bool { return w.placeholder == sq.Dollar }

// create creates a cooperation that has left these rows in another workspace.
func (w *handWriter) create(c crm.Cooperation, rows cooperationRows) error {
	key := crm.Fold(c.Name)
	reads := [][]any{
		{w.workspace, c.Campaign.String()}, {w.workspace, c.Influencer.String()}, {w.workspace, c.Responsible.String()},
		{w.workspace, c.Campaign.String(), key, key + "\U0010FFFF"}, {w.workspace, string(discount.Equals), c.Rules[0].Key()},
	}
	w.seq++
	rows.changes[0][1] = w.seq
	unit := rows.changes[0][2]
	writes := [][]any{rows.cooperations[0], rows.claims[0], rows.changes[0], {w.seq, rows.changes[0][3], unit, w.workspace}}
	if w.batches() {
		return w.createInBatches(reads, append(writes, []any{w.workspace, unit, rows.changes[0][3]}))
	}
	tx, err := w.writer.BeginTx(w.ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := w.query(tx, w.lock[0], w.workspace); err != nil {
		return err
	}
	for n, args := range reads {
		if err := w.query(tx, w.reads[n], args...); err != nil {
			return err
		}
	}
	for n, args := range writes {
		if _, err := tx.StmtContext(w.ctx, w.prepared[w.writes[n]]).ExecContext(w.ctx, args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (w *handWriter) query(tx *sql.Tx, text string, args ...any) error {
	return w.scanAll(0, tx.StmtContext(w.ctx, w.prepared[text]), args...)
}

// createInBatches takes four round trips.
func (w *handWriter) createInBatches(reads, writes [][]any) error {
	conn, err := w.writer.Conn(w.ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		c := driver.(*stdlib.Conn).Conn()
		send := func(texts []string, args [][]any) error {
			batch := &pgx.Batch{}
			for n, text := range texts {
				batch.Queue(w.sql(text), args[n]...)
			}
			results := c.SendBatch(w.ctx, batch)
			defer results.Close()
			for range texts {
				rows, err := results.Query()
				if err != nil {
					return err
				}
				for rows.Next() {
					if _, err := rows.Values(); err != nil {
						return err
					}
				}
				if err := rows.Err(); err != nil {
					return err
				}
			}
			return results.Close()
		}
		if err := send([]string{"BEGIN", w.lock[0]}, [][]any{nil, {w.workspace}}); err != nil {
			return err
		}
		if err := send(w.reads, reads); err != nil {
			return err
		}
		if err := send(w.writes, writes); err != nil {
			return err
		}
		return send([]string{"COMMIT"}, [][]any{nil})
	})
}
