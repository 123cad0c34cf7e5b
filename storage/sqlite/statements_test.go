package sqlite_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	sqlitedriver "modernc.org/sqlite"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/internal/operations"
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

// BeginTx implements driver.ConnBeginTx, for transactions that only read.
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

// The statements of each operation, so that nobody adds one unseen. A unit of work that changes amounts writes a row of
// each sum of the plan that it changes, once, whatever the number of its cooperations, and eight of them by one statement.
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
	all, err := operations.New(ctx, store, shop.ID)
	must(err)
	want := map[string]int64{
		"get": 1,
		// A miss, and an empty list, are followed by a look for the workspace.
		"get of what is not there":                         2,
		"page of members":                                  2, // there are none
		"page of campaigns":                                1,
		"page of influencers":                              1,
		"page of cooperations":                             1,
		"page of import runs":                              2, // there are none
		"page with names":                                  1,
		"count of members":                                 2, // there are none
		"count of campaigns":                               1,
		"count of influencers":                             1,
		"count of cooperations":                            1,
		"count of import runs":                             2, // there are none
		"sums of cooperations":                             1,
		"facets of cooperations":                           5,
		"workspace":                                        1,
		"changes":                                          1,
		"load of a cooperation with its parents":           3,
		"load of a name that is taken":                     1,
		"load of a name that is free":                      2,
		"load of a handle that is taken":                   1,
		"load of a handle that is free":                    2,
		"plan rows":                                        3,  // a View, because two statements must see one state; it begins with the workspace
		"duplicates of a form":                             10, // the workspace, and a look-up for each key, four for two spellings of a name
		"view of three reads":                              3,
		"report":                                           5, // and the campaigns and members
		"summary":                                          3, // the sums and the campaigns
		"report as of before an edit":                      9, // and the log since, and what has changed, with its parents
		"record as of before an edit":                      5, // the log since, the record, and its last change before
		"create of a cooperation of a name that many have": 9,
		"create of an influencer":                          6,
		"edit of a note":                                   5,
		"status of seventy cooperations":                   147, // an UPDATE and a row of the log each
		"rename of a campaign of ten cooperations":         29,  // likewise
		// Of more than a hundred equal names a probe finds the longest only, so the first number that is free is searched for.
		"create of seventy cooperations":                    240,
		"undo of seventy creates":                           219, // two deletes each, for the record and its claims, and a row of the log
		"clone of a campaign of ten cooperations":           40,  // the names of ten cooperations are ten questions
		"merge of two influencers of ten cooperations each": 56,
		"erasure of an influencer of ten cooperations":      60, // the log of each record is read alone
	}
	got := map[string]int64{}
	for _, o := range all {
		for range 2 { // the first time prepares statements
			if o.Prepare != nil {
				must(o.Prepare(ctx))
			}
			ran.Store(0)
			if err := o.Do(ctx); err != nil {
				t.Fatalf("%s: %v", o.Name, err)
			}
			got[o.Name] = ran.Load()
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("statements (-want +got):\n%s", d)
	}
}

// The statements of an import, of 100 rows and of 1,000, which go in two pieces: with each row a cooperation, its claim
// and its change, with each influencer its profile and its change, and with each piece a row of each sum that it
// changes, eight by one statement. The second piece looks for the names that are taken in campaigns which it has not made itself.
func TestStatementsOfImports(t *testing.T) {
	t.Parallel()
	store, ran := openCounting(t)
	importer := sheetimport.New(crm.New(store, nil), nil)
	for _, test := range []struct {
		rows       int
		statements int64
	}{
		{100, 421},
		{1_000, 4198},
	} {
		text := operations.Sheet(test.rows)
		shop, err := crm.NewAdmin(store, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: "Shop", Currency: "EUR"})
		if err != nil {
			t.Fatal(err)
		}
		ran.Store(0)
		plan, err := importer.Plan(t.Context(), shop.ID, csvfile.New("sheet.csv", strings.NewReader(text), nil))
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
