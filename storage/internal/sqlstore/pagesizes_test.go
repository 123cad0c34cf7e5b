package sqlstore_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"path/filepath"
	"sync"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"
	sqlitedriver "modernc.org/sqlite"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/sqlstore"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// prepares is a driver that notes the statements that are prepared.
type prepares struct {
	dsn   string
	mu    sync.Mutex
	texts map[string]int
}

func (p *prepares) Driver() driver.Driver { return &sqlitedriver.Driver{} }

func (p *prepares) Connect(context.Context) (driver.Conn, error) {
	conn, err := p.Driver().Open(p.dsn)
	return preparesConn{conn, p}, err
}

// preparesConn has no other methods of the driver's connection, so that every statement is prepared.
type preparesConn struct {
	driver.Conn
	to *prepares
}

func (c preparesConn) Prepare(text string) (driver.Stmt, error) {
	c.to.mu.Lock()
	c.to.texts[text]++
	c.to.mu.Unlock()
	return c.Conn.Prepare(text)
}

// Pages of many sizes are few statements, each prepared once for a transaction and once for the cache.
func TestPageSizesAreNoStatements(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "crm.db")
	files, err := sqlite.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	ws := crm.WorkspaceID{1}
	if err := files.CreateWorkspace(t.Context(), crm.Workspace{ID: ws, Version: 1, Name: "Klar"}, nil); err != nil {
		t.Fatal(err)
	}
	noted := &prepares{dsn: "file:" + path, texts: map[string]int{}}
	db := sql.OpenDB(noted)
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	store, err := sqlstore.New(sqlstore.Config{
		Writer: db, Readers: db, BusyTimeout: time.Minute,
		Dialect: dialect.Dialect{
			Placeholder: sq.Question, Prepare: true,
			Classify: func(error) dialect.Failure { return dialect.Failure{} },
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	for size := 1; size <= 200; size++ {
		err := store.View(t.Context(), ws, func(ctx context.Context, r crm.Reader) error {
			if _, err := r.Members().List(ctx, crm.MemberFilter{}, crm.ListOptions{Size: size}); err != nil {
				return err
			}
			_, err := r.Changes(ctx, crm.ChangeFilter{}, size)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(noted.texts) != 3 { // the head of the log, members, changes
		t.Errorf("%d statements, want 3", len(noted.texts))
	}
	for text, times := range noted.texts {
		if times > 2 {
			t.Errorf("prepared %d times: %s", times, text)
		}
	}
}
