package sidebyside_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
)

// benchShop is a workspace with cooperations, in a database whose connections are used by hand too.
type benchShop struct {
	*testing.B
	*host
	ctx      context.Context
	crm      *crm.Service
	admin    *crm.Admin
	ws       crm.WorkspaceID
	campaign crm.Campaign // has no cooperations yet
	rules    int          // given to new ones
}

const (
	benchCampaigns = 10 // among which the cooperations are spread
	benchBatch     = 5_000
)

// onEngines runs a benchmark on every database for each size that CRM_BENCH_MAX allows, with a workspace of
// n cooperations.
func onEngines(b *testing.B, sizes []int, run func(*testing.B, *benchShop, int)) {
	b.Helper()
	engines := map[string]func(testing.TB) *host{"sqlite": hostOnSQLite}
	if pgtest.Offered(b) {
		engines["postgres"] = hostOnPostgres
	}
	for _, engine := range slices.Sorted(maps.Keys(engines)) {
		for _, n := range benchSizes(b, sizes...) {
			b.Run(fmt.Sprint(engine, "/", n), func(b *testing.B) { run(b, openBench(b, engines[engine](b), n), n) })
		}
	}
}

// openBench makes a workspace with n cooperations of as many influencers, each with a code of its own.
func openBench(b *testing.B, h *host, n int) *benchShop {
	b.Helper()
	s := &benchShop{B: b, host: h, ctx: b.Context()}
	options := &crm.Options{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }}
	s.crm, s.admin = crm.New(h.store, options), crm.NewAdmin(h.store, options)
	s.ws = s.fill("Shop", n)
	var err error
	if s.campaign, err = s.crm.Campaign(s.ctx, s.ws, id[crm.Campaign](benchCampaigns+1)); err != nil {
		b.Fatal(err)
	}
	return s
}

// fill makes a workspace and writes records as Service would, but for the log.
func (s *benchShop) fill(name string, n int) crm.WorkspaceID {
	s.Helper()
	ws, err := s.admin.CreateWorkspace(s.ctx, crm.Workspace{Name: name, Currency: "EUR"})
	if err != nil {
		s.Fatal(err)
	}
	records := []crm.Record{crm.Member{ID: id[crm.Member](1), Version: 1, Name: "Mira"}}
	for c := range benchCampaigns + 1 { // the last is empty
		records = append(records, crm.Campaign{ID: id[crm.Campaign](c + 1), Version: 1, Name: fmt.Sprint("Campaign ", c)})
	}
	for at := 0; at <= n; at += benchBatch {
		for i := at; i < min(n, at+benchBatch); i++ {
			records = append(records, benchInfluencer(i), benchCooperation(i))
		}
		err := s.store.Update(s.ctx, ws.ID, func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, records...) })
		if err != nil {
			s.Fatal(err)
		}
		records = records[:0]
	}
	return ws.ID
}

// benchInfluencer is the nth influencer.
func benchInfluencer(n int) crm.Influencer {
	return crm.Clone(crm.Influencer{
		ID: id[crm.Influencer](n + 1), Version: 1, Name: fmt.Sprint("Pam ", n), Responsible: id[crm.Member](1), Tags: []string{"VIP"},
		Profiles: []crm.Profile{{ID: id[crm.Profile](n + 1), Platform: "instagram", Handle: fmt.Sprint("pam.", n), Rules: benchRules(n)}},
	})
}

// benchCooperation is the nth cooperation. Those of one campaign begin on many days.
func benchCooperation(n int) crm.Cooperation {
	c := newCooperation(n)
	c.ID, c.Version, c.NameMode, c.Status = id[crm.Cooperation](n+1), 1, crm.NameCustom, crm.Signed
	c.Campaign, c.Rules = id[crm.Campaign](n%benchCampaigns+1), benchRules(n)
	c.Period.Start = c.Period.Start.AddDays(n / benchCampaigns % 300)
	return crm.Clone(c)
}

// newCooperation is what a person gives for a cooperation of the nth influencer.
func newCooperation(n int) crm.Cooperation {
	june := budget.MustParseDate("2026-06-01")
	return crm.Cooperation{
		Influencer: id[crm.Influencer](n + 1), Profile: id[crm.Profile](n + 1), Name: fmt.Sprint("Deal ", n),
		Period: budget.Period{Start: june, End: june.AddDays(400)}, Cost: budget.FromMinor(int64(n)*100, "EUR"), Responsible: id[crm.Member](1),
	}
}

func benchRules(n int) []discount.Rule {
	return []discount.Rule{{Match: discount.Equals, Pattern: fmt.Sprintf("PAM%dX", n)}}
}

// prepare prepares a statement for the time of the benchmark.
func (s *benchShop) prepare(db *sql.DB, text string) *sql.Stmt {
	s.Helper()
	stmt, err := db.PrepareContext(s.ctx, s.sql(text))
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { stmt.Close() })
	return stmt
}

// prepareInsert prepares the writing of a whole row.
func (s *benchShop) prepareInsert(table string) *sql.Stmt {
	s.Helper()
	return s.prepare(s.writer, s.insertText(table))
}

// insertText is the statement that writes a whole row.
func (s *benchShop) insertText(table string) string {
	s.Helper()
	rows, err := s.readers.QueryContext(s.ctx, "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err := errors.Join(err, rows.Err()); err != nil {
		s.Fatal(err)
	}
	return "INSERT INTO " + table + " VALUES (?" + strings.Repeat(",?", len(columns)-1) + ")"
}

// id makes ids that sort by n and look like those of version 7.
func id[R any](n int) crm.ID[R] {
	return crm.ID[R](uuid.UUID{0: 1, 6: 0x70, 8: 0x80, 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)})
}
