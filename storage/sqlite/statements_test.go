package sqlite_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	sqlitedriver "modernc.org/sqlite"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// counting is a driver that counts the statements that run, without BEGIN and COMMIT.
type counting struct {
	dsn string
	ran *atomic.Int64
}

func (c counting) Driver() driver.Driver { return &sqlitedriver.Driver{} }

func (c counting) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.Driver().Open(c.dsn)
	return countingConn{conn, c.ran}, err
}

// countingConn has only those methods of the driver's connection by which every statement is prepared.
type countingConn struct {
	driver.Conn
	ran *atomic.Int64
}

func (c countingConn) Prepare(text string) (driver.Stmt, error) {
	stmt, err := c.Conn.Prepare(text)
	return countingStmt{stmt, c.ran}, err
}

func (c countingConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}

type countingStmt struct {
	driver.Stmt
	ran *atomic.Int64
}

func (s countingStmt) Exec(args []driver.Value) (driver.Result, error) {
	s.ran.Add(1)
	return s.Stmt.Exec(args) //nolint:staticcheck // the other methods are left out
}

func (s countingStmt) Query(args []driver.Value) (driver.Rows, error) {
	s.ran.Add(1)
	return s.Stmt.Query(args) //nolint:staticcheck // likewise
}

// openCounting opens a store, and counts its statements.
func openCounting(t *testing.T) (*sqlite.Store, *atomic.Int64) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "crm.db")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	file, err := sqlite.Open(t.Context(), path, nil)
	must(err)
	must(file.Close())
	writerDSN, readerDSN, err := sqlite.DSNs(path)
	must(err)
	var ran atomic.Int64
	writer, readers := sql.OpenDB(counting{writerDSN, &ran}), sql.OpenDB(counting{readerDSN, &ran})
	t.Cleanup(func() { writer.Close(); readers.Close() })
	writer.SetMaxOpenConns(1)
	store, err := sqlite.New(t.Context(), writer, readers, nil)
	must(err)
	return store, &ran
}

// The statements of each operation, so that nobody adds one unseen.
func TestStatements(t *testing.T) {
	t.Parallel()
	store, ran := openCounting(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	shop, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR"})
	must(err)
	ws, service := shop.ID, crm.New(store, nil)
	campaign, err := service.CreateCampaign(ctx, ws, crm.Campaign{Name: "Summer"})
	must(err)
	pam, err := service.CreateInfluencer(ctx, ws, crm.Influencer{Name: "Pam", Profiles: []crm.Profile{{Platform: "instagram", Handle: "pam"}}})
	must(err)
	booking := crm.Cooperation{
		Campaign: campaign.ID, Influencer: pam.ID, Profile: pam.Profiles[0].ID,
		Period: budget.Period{Start: budget.MustParseDate("2026-06-01")},
	}
	saved, err := service.CreateCooperation(ctx, ws, booking)
	must(err)
	first, edits := saved.Cooperation, 0
	for _, test := range []struct {
		name       string
		statements int64
		do         func() error
	}{
		{"get", 1, func() error { _, err := service.Cooperation(ctx, ws, first.ID); return err }},
		{"page", 1, func() error {
			_, err := service.Cooperations(ctx, ws, crm.CooperationFilter{Campaign: campaign.ID}, crm.ListOptions{Size: 50})
			return err
		}},
		{"workspace", 1, func() error { _, err := service.Workspace(ctx, ws); return err }},
		{"changes", 1, func() error { _, err := service.Changes(ctx, ws, 0, 10); return err }},
		{"create cooperation", 8, func() error { _, err := service.CreateCooperation(ctx, ws, booking); return err }},
		{"edit of a note", 5, func() error {
			edits++
			first.Notes = fmt.Sprint("edit ", edits)
			saved, err := service.UpdateCooperation(ctx, ws, first, "")
			first = saved.Cooperation
			return err
		}},
	} {
		must(test.do()) // the first time prepares
		ran.Store(0)
		must(test.do())
		if got := ran.Load(); got != test.statements {
			t.Errorf("%s: %d statements, want %d", test.name, got, test.statements)
		}
	}
}

// The statements of an import, of 100 rows and of 1,000, which go in two pieces: with each row a cooperation, its claim
// and its change, with each influencer its profile and its change. The second piece looks for the names that are taken
// in campaigns which it has not made itself.
func TestStatementsOfImports(t *testing.T) {
	t.Parallel()
	store, ran := openCounting(t)
	importer := sheetimport.New(crm.New(store, nil), nil)
	for _, test := range []struct {
		rows       int
		statements int64
	}{
		{100, 409},
		{1_000, 4161},
	} {
		var text strings.Builder
		text.WriteString("Influencer,Handle,Platform,Campaign,Start,Fee,Code,Status\n")
		for n := range test.rows {
			one := n / 5
			fmt.Fprintf(&text, "Ida %d,@ida.%d,Instagram,Campaign %d,2026-06-%02d,%d.00,IDA%d,signed\n", one, one, n%10, n%28+1, 100+n, one)
		}
		shop, err := crm.NewAdmin(store, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: "Shop", Currency: "EUR"})
		if err != nil {
			t.Fatal(err)
		}
		ran.Store(0)
		plan, err := importer.Plan(t.Context(), shop.ID, csvfile.New("sheet.csv", strings.NewReader(text.String()), nil))
		if err != nil {
			t.Fatal(err)
		}
		run, err := importer.Apply(t.Context(), plan)
		if err != nil || run.Counts[string(sheetimport.Created)] != test.rows {
			t.Fatalf("%d rows: %v, %v", test.rows, run.Counts, err)
		}
		if got := ran.Load(); got != test.statements {
			t.Errorf("%d rows: %d statements, want %d", test.rows, got, test.statements)
		}
	}
}
