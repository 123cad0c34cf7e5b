package sidebyside_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
)

// BenchmarkSummary makes the summary of a whole workspace. The floor reads the same sums by hand, with the workspace and
// its campaigns, in one snapshot, and adds them up by month and campaign; x-report is how many times as long the report
// takes.
func BenchmarkSummary(b *testing.B) {
	onEngines(b, []int{1_000, 10_000, 100_000, 1_000_000}, func(b *testing.B, s *benchShop, n int) {
		sums := s.prepare(s.readers, `SELECT kind, campaign_id, status, day, currency, cooperations, amount_high, amount_low
			FROM crm_plan_sums WHERE workspace_id = ? AND kind IN ('cost', 'month', 'only_end', 'refund', 'refused')
			ORDER BY kind, campaign_id, status, day, currency`)
		workspace := s.prepare(s.readers, "SELECT * FROM crm_workspaces WHERE workspace_id = ?")
		campaigns := s.prepare(s.readers, "SELECT * FROM crm_campaigns WHERE workspace_id = ? ORDER BY id")
		var times, reports comparison
		rows := 0
		isolation := sql.LevelDefault // where that is a snapshot
		if strings.Contains(b.Name(), "postgres") {
			isolation = sql.LevelRepeatableRead
		}
		for b.Loop() {
			times.ours = append(times.ours, timed(b, func() error {
				_, err := s.crm.Summary(s.ctx, s.ws, nil)
				return err
			}))
			times.floor = append(times.floor, timed(b, func() (err error) {
				tx, err := s.readers.BeginTx(s.ctx, &sql.TxOptions{Isolation: isolation, ReadOnly: true})
				if err != nil {
					return err
				}
				defer tx.Rollback() // does nothing after the commit
				if err := s.scanAll(1, tx.StmtContext(s.ctx, workspace), s.ws.String()); err != nil {
					return err
				}
				if rows, err = s.addUp(tx.StmtContext(s.ctx, sums), n); err != nil {
					return err
				}
				if err := s.scanAll(benchCampaigns, tx.StmtContext(s.ctx, campaigns), s.ws.String()); err != nil {
					return err
				}
				return tx.Commit()
			}))
			if len(reports.ours) < 3 {
				reports.ours = append(reports.ours, timed(b, func() error {
					_, err := s.crm.Report(s.ctx, s.ws, nil)
					return err
				}))
			}
		}
		times.report(b, 1)
		b.ReportMetric(float64(rows), "rows")
		b.ReportMetric(median(reports.ours).Seconds()/median(times.ours).Seconds(), "x-report")
	})
}

// addUp adds the sums up by month and campaign. The cooperations that they count must be so many.
func (s *benchShop) addUp(sums *sql.Stmt, want int) (rows int, err error) {
	found, err := sums.QueryContext(s.ctx, s.ws.String())
	if err != nil {
		return 0, err
	}
	defer found.Close()
	type cell struct{ campaign, day, status string }
	var kind, campaign, status, day, currency string
	var count, high, low, all int64
	cells := map[cell]int64{}
	for ; found.Next(); rows++ {
		if err := found.Scan(&kind, &campaign, &status, &day, &currency, &count, &high, &low); err != nil {
			return rows, err
		}
		switch kind {
		case "cost", "refund":
			all += count
		case "month":
			cells[cell{campaign, day, status}] += high*1_000_000_000 + low
		}
	}
	if all != int64(want) {
		return rows, fmt.Errorf("the sums count %d cooperations, want %d", all, want)
	}
	return rows, found.Err()
}
