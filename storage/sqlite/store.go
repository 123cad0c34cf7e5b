package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/migrate"
	"github.com/getklar/influencercrm/storage/internal/sqlstore"
)

// Store keeps workspaces in a SQLite file. It implements crm.Store and crm.AdminStore.
type Store struct {
	inner           *sqlstore.Store
	writer, readers *sql.DB
	busy            time.Duration
	owned           []*sql.DB // closed with the store
	set             migrate.Set
	log             *slog.Logger
}

var (
	_ crm.Store      = (*Store)(nil)
	_ crm.AdminStore = (*Store)(nil)

	_ crm.SharedWriter = (*Store)(nil)
)

// Reader returns a Reader for reads of one thing: each call is one statement outside of a transaction. See crm.Store.
func (s *Store) Reader(ws crm.WorkspaceID) crm.Reader { return s.inner.Reader(ws) }

// View calls fn with one snapshot of a workspace, the last committed state when it begins. It waits for no writer,
// only for one of the connections for reading. See crm.Store.
func (s *Store) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	return s.inner.View(ctx, ws, fn)
}

// Update calls fn with a transaction on a workspace and commits it. It waits for every other writer of the file, up
// to Options.BusyTimeout. See crm.Store.
func (s *Store) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return s.inner.Update(ctx, ws, fn)
}

// SharesWriter is true: a file has one writer. See crm.SharedWriter.
func (s *Store) SharesWriter() bool { return true }

// CreateWorkspace adds a workspace with the first changes of its log. See crm.AdminStore.
func (s *Store) CreateWorkspace(ctx context.Context, w crm.Workspace, changes []crm.Change) error {
	return s.inner.CreateWorkspace(ctx, w, changes)
}

// Workspaces lists all workspaces. See crm.AdminStore.
func (s *Store) Workspaces(ctx context.Context, o crm.ListOptions) (crm.Page[crm.Workspace], error) {
	return s.inner.Workspaces(ctx, o)
}

// DeleteWorkspace removes a workspace with everything in it, in one transaction. See crm.AdminStore.
func (s *Store) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	return s.inner.DeleteWorkspace(ctx, id)
}

// Heads returns the log heads of workspaces, by id. See crm.AdminStore.
func (s *Store) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	return s.inner.Heads(ctx, after, limit)
}

// Stats is how busy a store is, for a host's gauges. The counts go up for as long as the store is open.
type Stats struct {
	// Writers and Readers are the two pools of connections: how many are in use, how often and how long somebody
	// waited for one.
	Writers, Readers sql.DBStats
	// Retries is how many attempts at units of work failed and were repeated.
	Retries uint64
}

// Stats returns how busy the store is at this moment. It is quick, and may be called at any time.
func (s *Store) Stats() Stats {
	now := s.inner.Stats()
	return Stats{Writers: now.Writers, Readers: now.Readers, Retries: now.Retries}
}

// Close waits for open units of work, and closes the file if Open opened it.
func (s *Store) Close() error {
	err := s.inner.Close()
	for _, db := range s.owned {
		err = errors.Join(err, db.Close())
	}
	return err
}

// Join returns a store whose units of work are parts of the host's own transaction, so that rows of the host and
// records of the CRM are written together or not at all. Give it to crm.Service.Over, or to crm.Admin.Over for a new
// workspace, for the length of the transaction:
//
//	tx, err := writer.BeginTx(ctx, nil)
//	…
//	defer tx.Rollback()
//	saved, err := service.Over(store.Join(tx)).CreateCooperation(ctx, ws, deal)
//	…
//	_, err = tx.ExecContext(ctx, "INSERT INTO orders …", saved.Cooperation.ID)
//	…
//	err = tx.Commit()
//
// An Update that fails rolls back what it wrote, to a savepoint, and the transaction goes on without it. Nothing is
// retried and nothing committed: what an Update has written is there when the host commits. A View sees what the
// transaction has written. Units of work of one transaction run one after the other; inside a callback of one of
// them neither store lets another one in (crm.ErrNestedTx). Close of the joined store lets no more of them in.
//
// The transaction must be of a connection to the same file with foreign_keys on, best of the writer that New was
// given, and immediate (_txlock, see DSNs). One that is not immediate, and has read before another program wrote,
// cannot write any more: that is a crm.ErrRetry, as is a database that another program holds. While the transaction
// is open nobody else writes, so keep it short.
func (s *Store) Join(tx *sql.Tx) crm.Database { return s.inner.Join(tx) }

// checkJoin refuses a transaction in which references to nothing would be stored.
func checkJoin(ctx context.Context, tx *sql.Tx) error {
	var keys bool
	if err := tx.QueryRowContext(ctx, "SELECT foreign_keys FROM pragma_foreign_keys").Scan(&keys); err != nil {
		return err
	}
	if !keys {
		return fmt.Errorf("%w: the connection of the transaction has foreign_keys off; open it with the DSN of DSNs", crm.ErrInvalid)
	}
	return nil
}
