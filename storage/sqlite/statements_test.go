package sqlite_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	sqlitedriver "modernc.org/sqlite"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
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

// countingConn has no other methods of the driver's connection, so that every statement is prepared.
type countingConn struct {
	driver.Conn
	ran *atomic.Int64
}

func (c countingConn) Prepare(text string) (driver.Stmt, error) {
	stmt, err := c.Conn.Prepare(text)
	return countingStmt{stmt, c.ran}, err
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

// The statements of each operation, so that nobody adds one unseen.
func TestStatements(t *testing.T) {
	t.Parallel()
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
