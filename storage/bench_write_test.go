package storage_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// BenchmarkCreate books cooperations one by one, each in a unit of work of its own with all that
// belongs to it: checks, what is pre-filled, conflicts with every rule there is, the log. The floor is
// the rows that this leaves, written by hand in a transaction of their own.
func BenchmarkCreate(b *testing.B) {
	onEngines(b, []int{1_000, 10_000, 100_000}, func(b *testing.B, s *benchShop, n int) {
		scribe := s.newScribe(n)
		first := timed(b, func() error { _, err := s.book(discount.Equals, 0); return err }) // reads all rules
		for _, match := range []discount.Match{discount.Equals, discount.StartsWith, discount.Contains} {
			b.Run(string(match), func(b *testing.B) {
				var d duel
				for at := 0; b.Loop(); at++ {
					var saved crm.Saved
					d.ours = append(d.ours, timed(b, func() (err error) {
						saved, err = s.book(match, at%n)
						return err
					}))
					rows := scribe.rowsOfCooperation(saved.Cooperation.ID)
					d.floor = append(d.floor, timed(b, func() error { return scribe.write(rows) }))
				}
				d.report(b, 1)
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
		scribe := s.newScribe(n)
		var d, tenth duel
		for b.Loop() {
			scribe.bulk(b, &tenth, n/10)
			scribe.bulk(b, &d, n)
		}
		d.report(b, n)
		b.ReportMetric(median(d.ours).Seconds()/median(tenth.ours).Seconds()/10, "x-tenth")
	})
}

// bulk is one round of n cooperations in a campaign of their own.
func (h *scribe) bulk(b *testing.B, d *duel, n int) {
	b.Helper()
	h.round++
	campaign, err := h.crm.CreateCampaign(h.ctx, h.ws, crm.Campaign{Name: fmt.Sprint("Round ", h.round)})
	if err != nil {
		b.Fatal(err)
	}
	d.ours = append(d.ours, timed(b, func() error {
		return h.crm.Update(h.ctx, h.ws, func(ctx context.Context, w *crm.Work) error {
			for at := range n {
				c := newCooperation(at)
				c.Campaign, c.Name = campaign.ID, ""
				c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: fmt.Sprintf("BULK%dY%d", at, h.round)}}
				if _, err := w.CreateCooperation(ctx, c); err != nil {
					return err
				}
			}
			return nil
		})
	}))
	rows := h.rowsOfCampaign(campaign.ID)
	if _, err := h.campaign.ExecContext(h.ctx, h.rowsOf("crm_campaigns", "id = ?", campaign.ID.String())[0]...); err != nil {
		b.Fatal(err)
	}
	d.floor = append(d.floor, timed(b, func() error { return h.write(rows) }))
}

// scribe writes rows by hand, in a workspace of its own that is as large.
type scribe struct {
	*benchShop
	byHand                                        string // the workspace
	campaign, cooperation, claim, change, counter *sql.Stmt
	seq, round                                    int64
}

func (s *benchShop) newScribe(n int) *scribe {
	s.Helper()
	return &scribe{
		benchShop: s, byHand: s.fill("By hand", n).String(),
		campaign: s.prepareInsert("crm_campaigns"), cooperation: s.prepareInsert("crm_cooperations"), claim: s.prepareInsert("crm_claims"), change: s.prepareInsert("crm_changes"),
		counter: s.prepare(s.writer, "UPDATE crm_workspaces SET seq = ?, last_at = ? WHERE workspace_id = ?"),
		seq:     1,
	}
}

// cooperationRows are what new cooperations leave in the tables, in the order of their ids.
type cooperationRows struct {
	cooperations, claims, changes [][]any
}

func (h *scribe) rowsOfCooperation(id crm.CooperationID) cooperationRows {
	h.Helper()
	return cooperationRows{
		cooperations: h.rowsOf("crm_cooperations", "id = ?", id.String()),
		claims:       h.rowsOf("crm_claims", "cooperation_id = ?", id.String()),
		changes:      h.rowsOf("crm_changes", "record_kind = 'cooperation' AND record_id = ?", id.String()),
	}
}

func (h *scribe) rowsOfCampaign(id crm.CampaignID) cooperationRows {
	h.Helper()
	const of = "IN (SELECT id FROM crm_cooperations WHERE workspace_id = ? AND campaign_id = ?) ORDER BY "
	return cooperationRows{
		cooperations: h.rowsOf("crm_cooperations", "campaign_id = ? ORDER BY id", id.String()),
		claims:       h.rowsOf("crm_claims", "cooperation_id "+of+"cooperation_id", h.ws.String(), id.String()),
		changes:      h.rowsOf("crm_changes", "record_kind = 'cooperation' AND record_id "+of+"record_id", h.ws.String(), id.String()),
	}
}

// rowsOf reads rows of a table and makes them those of the workspace by hand.
func (h *scribe) rowsOf(table, where string, args ...any) [][]any {
	h.Helper()
	rows, err := h.readers.QueryContext(h.ctx, h.sql("SELECT * FROM "+table+" WHERE workspace_id = ? AND "+where), append([]any{h.ws.String()}, args...)...)
	if err != nil {
		h.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		h.Fatal(err)
	}
	var all [][]any
	for rows.Next() {
		values, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		if err := rows.Scan(places...); err != nil {
			h.Fatal(err)
		}
		for i, column := range columns {
			if column == "workspace_id" {
				values[i] = h.byHand
			}
		}
		all = append(all, values)
	}
	if err := rows.Err(); err != nil {
		h.Fatal(err)
	}
	return all
}

// write adds rows, and moves the counter of the log, in one transaction.
func (h *scribe) write(rows cooperationRows) error {
	tx, err := h.writer.BeginTx(h.ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	tables := []struct {
		insert *sql.Stmt
		rows   [][]any
	}{{tx.StmtContext(h.ctx, h.cooperation), rows.cooperations}, {tx.StmtContext(h.ctx, h.claim), rows.claims}, {tx.StmtContext(h.ctx, h.change), rows.changes}}
	for n := range rows.cooperations {
		h.seq++
		rows.changes[n][1] = h.seq
		for _, table := range tables { // of each an equal share
			share := len(table.rows) / len(rows.cooperations)
			for _, row := range table.rows[n*share : (n+1)*share] {
				if _, err := table.insert.ExecContext(h.ctx, row...); err != nil {
					return err
				}
			}
		}
	}
	if _, err := tx.StmtContext(h.ctx, h.counter).ExecContext(h.ctx, h.seq, 0, h.byHand); err != nil {
		return err
	}
	return tx.Commit()
}
