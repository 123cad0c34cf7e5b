package sidebyside_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// BenchmarkCreate books cooperations one by one, each in a unit of work of its own with all that
// belongs to it: checks, what is pre-filled, conflicts with every rule there is, the log. The floor is
// the same reads and writes by hand. x-rows compares it with writing the rows alone, in a transaction.
func BenchmarkCreate(b *testing.B) {
	onEngines(b, []int{1_000, 10_000, 100_000}, func(b *testing.B, s *benchShop, n int) {
		hand := s.newHandWriter(n)
		first := timed(b, func() error { _, err := s.book(discount.Equals, 0); return err }) // reads all rules
		for _, match := range []discount.Match{discount.Equals, discount.StartsWith, discount.Contains} {
			b.Run(string(match), func(b *testing.B) {
				var times, alone comparison
				for at := 0; b.Loop(); at++ {
					var saved crm.Saved
					times.ours = append(times.ours, timed(b, func() (err error) {
						saved, err = s.book(match, at%n)
						return err
					}))
					rows := hand.rowsOfCooperation(saved.Cooperation.ID)
					times.floor = append(times.floor, timed(b, func() error { return hand.create(saved.Cooperation, rows) }))
					rows.renew()
					alone.floor = append(alone.floor, timed(b, func() error { return hand.write(rows) }))
				}
				times.report(b, 1)
				b.ReportMetric(median(times.ours).Seconds()/median(alone.floor).Seconds(), "x-rows")
				b.ReportMetric(float64(first.Microseconds())/1000, "first-ms")
			})
		}
	})
}

// book creates a cooperation of the nth influencer with a rule that nobody has.
func (s *benchShop) book(match discount.Match, n int) (crm.Saved, error) {
	c := newCooperation(n)
	c.Campaign, c.Name = s.campaign.ID, ""
	s.rules++
	c.Rules = []discount.Rule{{Match: match, Pattern: fmt.Sprintf("NEW%dY", s.rules)}}
	return s.crm.CreateCooperation(s.ctx, s.ws, c)
}

// BenchmarkBulk books many cooperations in one unit of work. The floor is their rows in a bare loop
// over prepared statements. What one of them takes is compared with what it takes in a unit of a
// tenth of the size.
func BenchmarkBulk(b *testing.B) {
	onEngines(b, []int{1_000, 10_000, 100_000}, func(b *testing.B, s *benchShop, n int) {
		raw := s.newRawWriter(n)
		var times, tenth comparison
		for b.Loop() {
			raw.bulk(b, &tenth, n/10)
			raw.bulk(b, &times, n)
		}
		times.report(b, n)
		b.ReportMetric(median(times.ours).Seconds()/median(tenth.ours).Seconds()/10, "x-tenth")
	})
}

// bulk is one round of n cooperations in a campaign of their own.
func (w *rawWriter) bulk(b *testing.B, times *comparison, n int) {
	b.Helper()
	w.round++
	campaign, err := w.crm.CreateCampaign(w.ctx, w.ws, crm.Campaign{Name: fmt.Sprint("Round ", w.round)})
	if err != nil {
		b.Fatal(err)
	}
	times.ours = append(times.ours, timed(b, func() error {
		return w.crm.Update(w.ctx, w.ws, func(ctx context.Context, work *crm.Work) error {
			for at := range n {
				c := newCooperation(at)
				c.Campaign, c.Name = campaign.ID, ""
				c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: fmt.Sprintf("BULK%dY%d", at, w.round)}}
				if _, err := work.CreateCooperation(ctx, c); err != nil {
					return err
				}
			}
			return nil
		})
	}))
	rows := w.rowsOfCampaign(campaign.ID)
	if _, err := w.campaign.ExecContext(w.ctx, w.rowsOf("crm_campaigns", "id = ?", campaign.ID.String())[0]...); err != nil {
		b.Fatal(err)
	}
	times.floor = append(times.floor, timed(b, func() error { return w.write(rows) }))
}

// rawWriter writes rows without the library, in a workspace of its own that is as large.
type rawWriter struct {
	*benchShop
	workspace                                     string // the workspace
	campaign, cooperation, claim, change, counter *sql.Stmt
	seq, round                                    int64
}

func (s *benchShop) newRawWriter(n int) *rawWriter {
	s.Helper()
	return &rawWriter{
		benchShop: s, workspace: s.fill("Raw", n).String(),
		campaign: s.prepareInsert("crm_campaigns"), cooperation: s.prepareInsert("crm_cooperations"),
		claim: s.prepareInsert("crm_claims"), change: s.prepareInsert("crm_changes"),
		counter: s.prepare(s.writer, "UPDATE crm_workspaces SET seq = ?, last_at = ?, last_unit = ? WHERE workspace_id = ?"),
		seq:     1,
	}
}

// cooperationRows are what new cooperations leave in the tables, in the order of their ids.
type cooperationRows struct {
	cooperations, claims, changes [][]any
}

// renew gives the row of a single cooperation another id.
func (r cooperationRows) renew() {
	id := uuid.Must(uuid.NewV7()).String()
	r.cooperations[0][1], r.changes[0][6] = id, id
	for _, claim := range r.claims {
		claim[3] = id
	}
}

func (w *rawWriter) rowsOfCooperation(id crm.CooperationID) cooperationRows {
	w.Helper()
	return cooperationRows{
		cooperations: w.rowsOf("crm_cooperations", "id = ?", id.String()),
		claims:       w.rowsOf("crm_claims", "cooperation_id = ?", id.String()),
		changes:      w.rowsOf("crm_changes", "record_kind = 'cooperation' AND record_id = ?", id.String()),
	}
}

func (w *rawWriter) rowsOfCampaign(id crm.CampaignID) cooperationRows {
	w.Helper()
	const of = "IN (SELECT id FROM crm_cooperations WHERE workspace_id = ? AND campaign_id = ?) ORDER BY "
	return cooperationRows{
		cooperations: w.rowsOf("crm_cooperations", "campaign_id = ? ORDER BY id", id.String()),
		claims:       w.rowsOf("crm_claims", "cooperation_id "+of+"cooperation_id", w.ws.String(), id.String()),
		changes:      w.rowsOf("crm_changes", "record_kind = 'cooperation' AND record_id "+of+"record_id", w.ws.String(), id.String()),
	}
}

// rowsOf reads rows of a table and makes them those of the workspace by hand.
func (w *rawWriter) rowsOf(table, where string, args ...any) [][]any {
	w.Helper()
	rows, err := w.readers.QueryContext(w.ctx, w.sql("SELECT * FROM "+table+" WHERE workspace_id = ? AND "+where),
		append([]any{w.ws.String()}, args...)...)
	if err != nil {
		w.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		w.Fatal(err)
	}
	var all [][]any
	for rows.Next() {
		values, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		if err := rows.Scan(places...); err != nil {
			w.Fatal(err)
		}
		for i, column := range columns {
			if column == "workspace_id" {
				values[i] = w.workspace
			}
		}
		all = append(all, values)
	}
	if err := rows.Err(); err != nil {
		w.Fatal(err)
	}
	return all
}

// write adds rows, and moves the counter of the log, in one transaction.
func (w *rawWriter) write(rows cooperationRows) error {
	tx, err := w.writer.BeginTx(w.ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	tables := []struct {
		insert *sql.Stmt
		rows   [][]any
	}{{tx.StmtContext(w.ctx, w.cooperation), rows.cooperations}, {tx.StmtContext(w.ctx, w.claim), rows.claims},
		{tx.StmtContext(w.ctx, w.change), rows.changes}}
	for n := range rows.cooperations {
		w.seq++
		rows.changes[n][1] = w.seq
		for _, table := range tables { // of each an equal share
			share := len(table.rows) / len(rows.cooperations)
			for _, row := range table.rows[n*share : (n+1)*share] {
				if _, err := table.insert.ExecContext(w.ctx, row...); err != nil {
					return err
				}
			}
		}
	}
	unit := w.workspace // any id
	if _, err := tx.StmtContext(w.ctx, w.counter).ExecContext(w.ctx, w.seq, 0, unit, w.workspace); err != nil {
		return err
	}
	return tx.Commit()
}
