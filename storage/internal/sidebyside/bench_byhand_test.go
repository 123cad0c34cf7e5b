package sidebyside_test

import (
	"database/sql"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/getklar/influencercrm/crm"
)

// handWriter creates cooperations as a program would that writes its statements by hand and has no rules: it locks the
// workspace and reads it, reads whom the cooperation refers to, the names that its name could be taken by and who claims
// the same, and writes its rows, those of its claims and of its change, and the head of the log. Statements are prepared. On
// PostgreSQL those that need not wait for each other's results go in one message.
type handWriter struct {
	*rawWriter
	texts    handTexts
	prepared map[string]*sql.Stmt // on SQLite
}

// handTexts are the statements of a handWriter.
type handTexts struct {
	lock, campaign, influencer, member, names, claims string
	addCooperation, addClaim, addChange, advanceHead  string
}

// handStatement is one of them with its arguments.
type handStatement struct {
	text string
	args []any
}

func (s *benchShop) newHandWriter(n int) *handWriter {
	s.Helper()
	const record = " WHERE workspace_id = ? AND id = ?"
	t := handTexts{
		lock:       "SELECT * FROM crm_workspaces WHERE workspace_id = ?",
		campaign:   "SELECT * FROM crm_campaigns" + record,
		influencer: "SELECT * FROM crm_influencers" + record,
		member:     "SELECT * FROM crm_members" + record,
		names: "SELECT id, name_key FROM crm_cooperations" +
			" WHERE workspace_id = ? AND campaign_id = ? AND name_key >= ? AND name_key < ?",
		claims:         "SELECT * FROM crm_claims WHERE workspace_id = ? AND kind = ? AND claim_key = ?",
		addCooperation: s.insertText("crm_cooperations"),
		addClaim:       s.insertText("crm_claims"),
		addChange:      s.insertText("crm_changes"),
		advanceHead:    "UPDATE crm_workspaces SET seq = ?, last_at = ?, last_unit = ? WHERE workspace_id = ?",
	}
	if s.batches() {
		t.lock += " FOR UPDATE"
	}
	w := &handWriter{rawWriter: s.newRawWriter(n), texts: t, prepared: map[string]*sql.Stmt{}}
	for _, text := range []string{t.lock, t.campaign, t.influencer, t.member, t.names, t.claims, t.addCooperation, t.addClaim,
		t.addChange, t.advanceHead} {
		w.prepared[text] = s.prepare(s.writer, text)
	}
	return w
}

func (s *benchShop) batches() bool { return s.placeholder == sq.Dollar }

// create creates a cooperation that has left these rows in another workspace.
func (w *handWriter) create(c crm.Cooperation, rows cooperationRows) error {
	w.seq++
	rows.changes[0][1] = w.seq
	name, at, unit := crm.Fold(c.Name), rows.changes[0][3], rows.changes[0][2]
	lock := handStatement{w.texts.lock, []any{w.workspace}}
	reads := []handStatement{
		{w.texts.campaign, []any{w.workspace, c.Campaign.String()}},
		{w.texts.influencer, []any{w.workspace, c.Influencer.String()}},
		{w.texts.member, []any{w.workspace, c.Responsible.String()}},
		{w.texts.names, []any{w.workspace, c.Campaign.String(), name, name + "\U0010FFFF"}},
	}
	writes := []handStatement{{w.texts.addCooperation, rows.cooperations[0]}}
	for _, claim := range rows.claims {
		reads = append(reads, handStatement{w.texts.claims, []any{w.workspace, claim[1], claim[2]}})
		writes = append(writes, handStatement{w.texts.addClaim, claim})
	}
	writes = append(writes, handStatement{w.texts.addChange, rows.changes[0]},
		handStatement{w.texts.advanceHead, []any{w.seq, at, unit, w.workspace}})
	if w.batches() {
		return w.inBatches(lock, reads, writes)
	}
	return w.oneByOne(lock, reads, writes)
}

func (w *handWriter) oneByOne(lock handStatement, reads, writes []handStatement) error {
	tx, err := w.writer.BeginTx(w.ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, q := range append([]handStatement{lock}, reads...) {
		if err := w.scanAll(0, w.stmt(tx, q), q.args...); err != nil {
			return err
		}
	}
	for _, q := range writes {
		if _, err := w.stmt(tx, q).ExecContext(w.ctx, q.args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (w *handWriter) stmt(tx *sql.Tx, q handStatement) *sql.Stmt {
	return tx.StmtContext(w.ctx, w.prepared[q.text])
}

// inBatches takes four round trips.
func (w *handWriter) inBatches(lock handStatement, reads, writes []handStatement) error {
	conn, err := w.writer.Conn(w.ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		c := driver.(*stdlib.Conn).Conn()
		for _, trip := range [][]handStatement{{{"BEGIN", nil}, lock}, reads, writes, {{"COMMIT", nil}}} {
			batch := &pgx.Batch{}
			for _, q := range trip {
				batch.Queue(w.sql(q.text), q.args...)
			}
			if err := readAll(c.SendBatch(w.ctx, batch), len(trip)); err != nil {
				return err
			}
		}
		return nil
	})
}

func readAll(results pgx.BatchResults, n int) error {
	defer results.Close()
	for range n {
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
