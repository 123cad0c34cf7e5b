package postgres

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/migrate"
	"github.com/getklar/influencercrm/storage/internal/sqlstore"
)

// Store keeps workspaces in a PostgreSQL database. It implements crm.Store and crm.AdminStore.
type Store struct {
	inner   *sqlstore.Store
	db      *sql.DB
	owned   bool   // closed with the store
	secured bool   // the role sees one workspace at a time
	schema  string // of the tables; empty if none was chosen
	set     migrate.Set
	log     *slog.Logger

	statistics statistics
}

var (
	_ crm.Store      = (*Store)(nil)
	_ crm.AdminStore = (*Store)(nil)
)

// Reader returns a Reader for reads of one thing: each call is one statement outside of a transaction, or with
// Options.RowSecurity in one of its own. See crm.Store.
func (s *Store) Reader(ws crm.WorkspaceID) crm.Reader { return s.inner.Reader(ws) }

// View calls fn with one snapshot of a workspace, in a transaction that is REPEATABLE READ and READ ONLY. It waits for
// no writer, only for a connection. See crm.Store.
func (s *Store) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	return s.inner.View(ctx, ws, fn)
}

// Update calls fn with a transaction on a workspace and commits it. It waits for other writers of the same workspace,
// up to Options.BusyTimeout, and calls fn again after a failure that a new transaction may mend. See crm.Store.
func (s *Store) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	err := s.inner.Update(ctx, ws, fn)
	if err == nil {
		s.refresh(ctx)
	}
	return err
}

// CreateWorkspace adds a workspace with the first changes of its log. See crm.AdminStore.
func (s *Store) CreateWorkspace(ctx context.Context, w crm.Workspace, changes []crm.Change) error {
	return s.inner.CreateWorkspace(ctx, w, changes)
}

// Workspaces lists all workspaces. A store with Options.RowSecurity refuses it. See crm.AdminStore.
func (s *Store) Workspaces(ctx context.Context, o crm.ListOptions) (crm.Page[crm.Workspace], error) {
	return s.inner.Workspaces(ctx, o)
}

// DeleteWorkspace removes a workspace with everything in it, in one transaction. See crm.AdminStore.
func (s *Store) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	return s.inner.DeleteWorkspace(ctx, id)
}

// Heads returns the log heads of workspaces, by id. A store with Options.RowSecurity refuses it. See crm.AdminStore.
func (s *Store) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	return s.inner.Heads(ctx, after, limit)
}

// Stats is how busy a store is, for a host's gauges. The counts go up for as long as the store is open.
type Stats struct {
	// Writers and Readers are the pool of connections, which is the same for both: how many are in use, how often and
	// how long somebody waited for one.
	Writers, Readers sql.DBStats
	// Queued is how many Updates of this process write or wait for another writer of their workspace.
	Queued int
	// Retries is how many attempts at units of work failed and were repeated.
	Retries uint64
}

// Stats returns how busy the store is at this moment. It is quick, and may be called at any time.
func (s *Store) Stats() Stats { return Stats(s.inner.Stats()) }

// Close waits for open units of work, and closes the connections if Open opened them.
func (s *Store) Close() error {
	err := s.inner.Close()
	if s.owned {
		err = errors.Join(err, s.db.Close())
	}
	return err
}

// Join returns a store whose units of work are parts of the host's own transaction, so that rows of the host and
// records of the CRM are written together or not at all. Give it to crm.Service.Over, or to crm.Admin.Over for a new
// workspace, for the length of the transaction:
//
//	tx, err := db.BeginTx(ctx, nil)
//	…
//	defer tx.Rollback()
//	saved, err := service.Over(store.Join(tx)).CreateCooperation(ctx, ws, deal)
//	…
//	_, err = tx.ExecContext(ctx, "INSERT INTO orders …", saved.Cooperation.ID)
//	…
//	err = tx.Commit()
//
// An Update that fails rolls back what it wrote, to a savepoint, and the transaction goes on without it. Nothing is
// retried and nothing committed: what an Update has written is there when the host commits. A deadlock, a
// serialization failure or a lost connection is a crm.ErrRetry: roll back and run the whole transaction again; so is
// every later use of the joined store. A View sees what the transaction has written, and is a snapshot only if the
// transaction is one. Any isolation level will do.
//
// Units of work of one transaction run one after the other; inside a callback of one of them neither store lets
// another one in (crm.ErrNestedTx). Close of the joined store lets no more of them in. From the first Update on a
// workspace until the host ends its transaction other writers of that workspace wait, with a connection each, so keep
// it short; a transaction that writes in several workspaces takes them in the order of their ids, or meets deadlocks.
//
// The transaction is one of pgx on the same database. A context that ends during a statement ends the transaction
// with it, unless the pool's connections cancel statements as those of Open do.
func (s *Store) Join(tx *sql.Tx) crm.Database { return s.inner.Join(tx) }
