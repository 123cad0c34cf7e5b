package sidebyside_test

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// BenchmarkGet reads one cooperation. The floor is a prepared SELECT of its row.
func BenchmarkGet(b *testing.B) {
	onEngines(b, []int{10_000, 100_000, 1_000_000}, func(b *testing.B, s *benchShop, n int) {
		one := s.prepare(s.readers, "SELECT * FROM crm_cooperations WHERE workspace_id = ? AND id = ?")
		for _, clients := range []int{1, 16} {
			b.Run(fmt.Sprint(clients, "-clients"), func(b *testing.B) {
				var times comparison
				const each = 20 // reads of a client in a round
				for at := 0; b.Loop(); at++ {
					record := func(client, i int) crm.CooperationID {
						return id[crm.Cooperation]((at*7919+client*104_729+i)%n + 1)
					}
					times.ours = append(times.ours, timed(b, func() error {
						return inParallel(clients, each, func(client, i int) error {
							_, err := s.crm.Cooperation(s.ctx, s.ws, record(client, i))
							return err
						})
					}))
					times.floor = append(times.floor, timed(b, func() error {
						return inParallel(clients, each, func(client, i int) error {
							return s.scanAll(1, one, s.ws.String(), record(client, i).String())
						})
					}))
				}
				times.report(b, clients*each)
			})
		}
	})
}

// inParallel lets clients call fn so many times each, at the same time.
func inParallel(clients, times int, fn func(client, i int) error) error {
	failed := make(chan error, clients)
	for client := range clients {
		go func() {
			for i := range times {
				if err := fn(client, i); err != nil {
					failed <- err
					return
				}
			}
			failed <- nil
		}()
	}
	var all error
	for range clients {
		all = errors.Join(all, <-failed)
	}
	return all
}

// BenchmarkPage reads the first and the last whole page of fifty cooperations of a campaign by their
// start, and the first with names: a campaign has a tenth of all. The floor is the same query, prepared;
// with names it joins the three tables.
func BenchmarkPage(b *testing.B) {
	onEngines(b, []int{10_000, 100_000, 1_000_000}, func(b *testing.B, s *benchShop, _ int) {
		filter := crm.CooperationFilter{Campaigns: []crm.CampaignID{id[crm.Campaign](1)}, Archive: crm.ActiveOrNot}
		last := s.lastToken(filter)
		for _, page := range []struct {
			name, token string
			after       []any
			names       bool
		}{{"first", "", nil, false}, {"last", last.token, []any{last.start, last.id}, false}, {"names", "", nil, true}} {
			o := crm.ListOptions{Size: 50, Sort: crm.SortStart, Token: page.token, WithNames: page.names}
			query := "SELECT * FROM crm_cooperations c WHERE workspace_id = ? AND campaign_id = ?"
			if page.names {
				query = `SELECT c.*, k.name, i.name, m.name FROM crm_cooperations c
					JOIN crm_campaigns k ON k.workspace_id = c.workspace_id AND k.id = c.campaign_id
					JOIN crm_influencers i ON i.workspace_id = c.workspace_id AND i.id = c.influencer_id
					LEFT JOIN crm_members m ON m.workspace_id = c.workspace_id AND m.id = c.responsible_id
					WHERE c.workspace_id = ? AND c.campaign_id = ?`
			}
			if page.after != nil {
				query += " AND (start_day, id) > (?, ?)"
			}
			fifty := s.prepare(s.readers, query+" ORDER BY c.start_day, c.id LIMIT 51")
			b.Run(page.name, func(b *testing.B) {
				var times comparison
				for b.Loop() {
					found := 0
					times.ours = append(times.ours, timed(b, func() error {
						p, err := s.crm.Cooperations(s.ctx, s.ws, filter, o)
						found = len(p.Items)
						return err
					}))
					times.floor = append(times.floor, timed(b, func() error {
						return s.scanAll(found, fifty, append([]any{s.ws.String(), filter.Campaigns[0].String()}, page.after...)...)
					}))
				}
				times.report(b, 1)
			})
		}
	})
}

// BenchmarkCount counts all cooperations, and the signed ones of a campaign, which has a tenth of all. The floor is the
// same query, prepared.
func BenchmarkCount(b *testing.B) {
	onEngines(b, []int{10_000, 100_000, 1_000_000}, func(b *testing.B, s *benchShop, n int) {
		signed := crm.CooperationFilter{Campaigns: []crm.CampaignID{id[crm.Campaign](1)},
			Statuses: []crm.Status{crm.Signed}, Archive: crm.ActiveOrNot}
		for _, of := range []struct {
			name, where string
			filter      crm.CooperationFilter
			args        []any
			want        int
		}{
			{"all", "", crm.CooperationFilter{Archive: crm.ActiveOrNot}, nil, n},
			{"signed-of-campaign", " AND campaign_id = ? AND status = ?", signed,
				[]any{signed.Campaigns[0].String(), string(crm.Signed)}, n / benchCampaigns},
		} {
			count := s.prepare(s.readers, "SELECT COUNT(*) FROM crm_cooperations WHERE workspace_id = ?"+of.where)
			args := append([]any{s.ws.String()}, of.args...)
			expect := func(got int, err error) error {
				if err == nil && got != of.want {
					err = fmt.Errorf("%d cooperations, want %d", got, of.want)
				}
				return err
			}
			b.Run(of.name, func(b *testing.B) {
				var times comparison
				for b.Loop() {
					times.ours = append(times.ours, timed(b, func() error {
						return expect(s.crm.CountCooperations(s.ctx, s.ws, of.filter))
					}))
					times.floor = append(times.floor, timed(b, func() error {
						got := 0
						err := count.QueryRowContext(s.ctx, args...).Scan(&got)
						return expect(got, err)
					}))
				}
				times.report(b, 1)
			})
		}
	})
}

// lastPage is where the last whole page of fifty begins.
type lastPage struct{ token, start, id string }

func (s *benchShop) lastToken(f crm.CooperationFilter) (last lastPage) {
	s.Helper()
	o := crm.ListOptions{Size: 50, Sort: crm.SortStart}
	for next := (lastPage{}); ; {
		page, err := s.crm.Cooperations(s.ctx, s.ws, f, o)
		if err != nil {
			s.Fatal(err)
		}
		if len(page.Items) < o.Size {
			return last
		}
		last = next
		if page.Next == "" {
			return last
		}
		end := page.Items[o.Size-1]
		next = lastPage{page.Next, end.Period.Start.String(), end.ID.String()}
		o.Token = next.token
	}
}

// BenchmarkReport makes the planning report of a whole workspace. The floor reads what it is made of.
func BenchmarkReport(b *testing.B) {
	onEngines(b, []int{1_000, 10_000, 100_000, 1_000_000}, func(b *testing.B, s *benchShop, n int) {
		amounts := s.prepare(s.readers, `SELECT id, name, campaign_id, influencer_id, profile_id, responsible_id, status, cost_minor, cost_currency,
			start_day, end_day, spread, cancelled, cancelled_on, fee_minor, fee_currency, cancel_status FROM crm_cooperations WHERE workspace_id = ?`)
		people := s.prepare(s.readers, "SELECT id, category, tags, profiles FROM crm_influencers WHERE workspace_id = ?")
		{
			var times comparison
			for b.Loop() {
				times.ours = append(times.ours, timed(b, func() error {
					_, err := s.crm.Report(s.ctx, s.ws, nil)
					return err
				}))
				times.floor = append(times.floor, timed(b, func() error {
					if err := s.scanAll(n, amounts, s.ws.String()); err != nil {
						return err
					}
					return s.scanAll(n, people, s.ws.String())
				}))
			}
			times.report(b, n)
		}
	})
}

// scanAll reads the rows of a query, of which there must be at least some.
func (s *benchShop) scanAll(atLeast int, query *sql.Stmt, args ...any) error {
	rows, err := query.QueryContext(s.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, places := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		places[i] = &values[i]
	}
	n := 0
	for ; rows.Next(); n++ {
		if err := rows.Scan(places...); err != nil {
			return err
		}
	}
	if n < atLeast {
		return fmt.Errorf("%d rows, want %d", n, atLeast)
	}
	return rows.Err()
}

// BenchmarkTotals adds up all cooperations, a third of them of each status, and those of a campaign, which has a tenth.
// The floor is the same query, prepared, and read in full.
func BenchmarkTotals(b *testing.B) {
	onEngines(b, []int{10_000, 100_000}, func(b *testing.B, s *benchShop, n int) {
		spread := s.prepare(s.writer, `UPDATE crm_cooperations SET status = CASE cost_minor / 100 % 3
			WHEN 0 THEN 'draft' WHEN 1 THEN 'negotiating' ELSE 'signed' END WHERE workspace_id = ?`)
		if _, err := spread.ExecContext(s.ctx, s.ws.String()); err != nil {
			b.Fatal(err)
		}
		campaign := crm.CooperationFilter{Campaigns: []crm.CampaignID{id[crm.Campaign](1)}}
		for _, of := range []struct {
			name, where string
			filter      crm.CooperationFilter
			args        []any
			want        int
		}{
			{"all", "", crm.CooperationFilter{}, nil, n},
			{"campaign", " AND campaign_id = ?", campaign, []any{campaign.Campaigns[0].String()}, n / benchCampaigns},
		} {
			sums := s.prepare(s.readers, `SELECT CASE WHEN cancelled THEN cancel_status ELSE status END, cancelled,
				CASE WHEN cancelled THEN fee_currency ELSE cost_currency END,
				COUNT(*), SUM(CASE WHEN cancelled THEN fee_minor ELSE cost_minor END)
				FROM crm_cooperations WHERE workspace_id = ? AND archived_on = ''`+of.where+" GROUP BY 1, 2, 3")
			args := append([]any{s.ws.String()}, of.args...)
			b.Run(of.name, func(b *testing.B) {
				var times comparison
				for b.Loop() {
					times.ours = append(times.ours, timed(b, func() error {
						totals, err := s.crm.Totals(s.ctx, s.ws, of.filter)
						if err == nil && totals.Count != of.want {
							err = fmt.Errorf("%d cooperations, want %d", totals.Count, of.want)
						}
						return err
					}))
					times.floor = append(times.floor, timed(b, func() error { return s.scanAll(3, sums, args...) }))
				}
				times.report(b, 1)
			})
		}
	})
}
