package sidebyside_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/internal/operations"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/storage/sqlite"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// planShop is a shop whose tables can be changed past its store.
type planShop struct {
	*shop
	db       *sql.DB
	dialect  goose.Dialect
	open     func() (storagetest.Backend, error) // the store, as a program does that starts
	campaign crm.Campaign
	pam      crm.Influencer
	deal     crm.Cooperation
}

// onDatabases runs a test with a shop in a database of each kind.
func onDatabases(t *testing.T, test func(*planShop)) {
	t.Helper()
	run := func(t *testing.T, dialect goose.Dialect, driver, dsn string, open func() (storagetest.Backend, error)) {
		db, err := sql.Open(driver, dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		store, err := open()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		p := &planShop{shop: openShop(t, store), db: db, dialect: dialect, open: open}
		p.fill()
		test(p)
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		path := emptyFile(t)
		dsn, _, err := sqlite.DSNs(path)
		if err != nil {
			t.Fatal(err)
		}
		run(t, goose.DialectSQLite3, "sqlite", dsn, func() (storagetest.Backend, error) { return sqlite.Open(t.Context(), path, nil) })
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		if !pgtest.Offered(t) {
			t.Skip("there is no PostgreSQL")
		}
		dsn := pgtest.Database(t)
		run(t, goose.DialectPostgres, "pgx", dsn, func() (storagetest.Backend, error) { return postgres.Open(t.Context(), dsn, nil) })
	})
}

// fill books some cooperations, of which one crosses a month and one is in another currency.
func (p *planShop) fill() {
	p.Helper()
	p.update(func(ctx context.Context, w *crm.Work) (err error) {
		if p.campaign, err = w.CreateCampaign(ctx, crm.Campaign{Name: "Summer", Budget: budget.FromMinor(500_00, "EUR")}); err != nil {
			return err
		}
		if p.pam, err = w.CreateInfluencer(ctx, crm.Influencer{Name: "Pam"}); err != nil {
			return err
		}
		for n, cost := range []budget.Money{budget.FromMinor(100_01, "EUR"), budget.FromMinor(20_00, "USD"), {}} {
			start := budget.MustParseDate("2026-06-20")
			saved, err := w.CreateCooperation(ctx, crm.Cooperation{
				Campaign: p.campaign.ID, Influencer: p.pam.ID, Cost: cost, Period: budget.Period{Start: start, End: start.AddDays(20 * n)},
			})
			if err != nil {
				return err
			}
			p.deal = saved.Cooperation
		}
		return nil
	})
}

// past runs a statement past the store.
func (p *planShop) past(statement string) {
	p.Helper()
	if _, err := p.db.ExecContext(p.ctx, statement); err != nil {
		p.Fatal(err)
	}
}

// edit writes the note of the last cooperation.
func (p *planShop) edit(notes string) {
	p.Helper()
	p.deal.Notes = notes
	saved, err := p.crm.UpdateCooperation(p.ctx, p.ws, p.deal, "")
	if err != nil {
		p.Fatal(err)
	}
	p.deal = saved.Cooperation
}

// wantKept checks whether the store keeps sums, and that the summary is that of the report, kept or not.
func (p *planShop) wantKept(what string, want bool) {
	p.Helper()
	p.view(func(ctx context.Context, r crm.Reader) error {
		sums, kept, err := r.PlanSums(ctx, crm.PlanSumFilter{})
		if kept != want || kept != (len(sums) > 0) {
			p.Errorf("%s: kept %v with %d sums, want kept %v", what, kept, len(sums), want)
		}
		return err
	})
	p.wantSummary(what)
}

// wantSummary checks that the summary is that of the report.
func (p *planShop) wantSummary(what string) {
	p.Helper()
	report, err := p.crm.Report(p.ctx, p.ws, nil)
	if err != nil {
		p.Fatalf("%s: %v", what, err)
	}
	summary, err := p.crm.Summary(p.ctx, p.ws, nil)
	if err != nil {
		p.Fatalf("%s: %v", what, err)
	}
	if d := cmp.Diff(report.Summary(), summary, exactly); d != "" {
		p.Errorf("%s (-of the report +summary):\n%s", what, d)
	}
}

// repaired checks how many sums a repair changes.
func (p *planShop) repaired(what string, by *crm.Service, want bool) {
	p.Helper()
	changed, err := by.RepairSummary(p.ctx, p.ws)
	if err != nil {
		p.Fatalf("%s: %v", what, err)
	}
	if (changed > 0) != want {
		p.Errorf("%s: %d sums were missing or wrong, want some: %v", what, changed, want)
	}
}

// A database of an earlier version has no sums, and the next write of a cooperation makes them. Meanwhile the report
// answers.
func TestSumsOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(p *planShop) {
		p.wantKept("at first", true)
		p.past("DELETE FROM crm_plan_sums") // as the migration leaves them
		p.past("UPDATE crm_workspaces SET plan_seq = -1")
		p.wantKept("of an earlier version", false)
		p.update(func(ctx context.Context, w *crm.Work) error {
			_, err := w.CreateMember(ctx, crm.Member{Name: "Mira"})
			return err
		})
		p.wantKept("after a write of something else", false)
		p.edit("the first write")
		p.wantKept("after a write of a cooperation", true)
		p.view(soundness.Check)

		// A program of an earlier version, which runs on, moves the log and the amounts.
		p.past("UPDATE crm_cooperations SET cost_minor = cost_minor + 7")
		p.past("UPDATE crm_workspaces SET seq = seq + 1")
		p.wantKept("after a write of an earlier program", false)
		p.edit("after it")
		p.wantKept("after a write of this program", true)
		p.repaired("afterwards", p.crm, false)

		p.past("UPDATE crm_workspaces SET plan_seq = -1")
		p.repaired("without sums", p.crm, true)
		p.wantKept("after the repair", true)
	})
}

// Sums that somebody has changed by hand are found and repaired.
func TestRepairSummary(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(p *planShop) {
		p.repaired("at first", p.crm, false)
		for _, harm := range []string{
			"UPDATE crm_plan_sums SET amount_low = amount_low + 7 WHERE kind = 'month'",
			"UPDATE crm_plan_sums SET cooperations = cooperations + 1 WHERE kind = 'cost'",
			"DELETE FROM crm_plan_sums WHERE kind = 'edge'",
			"UPDATE crm_plan_sums SET currency = 'CHF' WHERE currency = 'USD'",
			"DELETE FROM crm_plan_sums",
		} {
			p.past(harm)
			p.repaired("a dry run after "+harm, p.crm.DryRun(), true)
			p.repaired(harm, p.crm, true)
			p.repaired("again after "+harm, p.crm, false)
			p.wantSummary(harm)
		}
		p.view(soundness.Check)
	})
}

// The sums are those of the cooperations after an import, one that changes them, and when it is undone.
func TestSumsOfImports(t *testing.T) {
	t.Parallel()
	for name, store := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openShop(t, store)
			importer := sheetimport.New(s.crm, &sheetimport.Options{Reimport: true})
			run := func(sheet string) crm.ImportRun {
				plan, err := importer.Plan(s.ctx, s.ws, csvfile.New("sheet.csv", strings.NewReader(sheet), nil))
				if err != nil {
					t.Fatal(err)
				}
				run, err := importer.Apply(s.ctx, plan)
				if err != nil {
					t.Fatal(err)
				}
				s.view(soundness.Check)
				return run
			}
			run(operations.Sheet(150))
			last := run(operations.Sheet(300))
			if _, err := s.crm.UndoImport(s.ctx, s.ws, last.ID, "not these"); err != nil {
				t.Fatal(err)
			}
			s.view(soundness.Check)
		})
	}
}
