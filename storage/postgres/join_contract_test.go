package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// hosted is a store that does everything in transactions of a host, which are tried again where that is said to help.
type hosted struct {
	*postgres.Store
	db *sql.DB
}

// snapshot is how a host begins a transaction in which all reads see one state.
var snapshot = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}

func (h hosted) inTx(ctx context.Context, o *sql.TxOptions, fn func(crm.Database) error) error {
	for {
		tx, err := h.db.BeginTx(ctx, o)
		if err != nil {
			return err
		}
		if err = fn(h.Join(tx)); err == nil {
			return tx.Commit()
		}
		if err := errors.Join(err, tx.Rollback()); !errors.Is(err, crm.ErrRetry) {
			return err
		}
	}
}

func (h hosted) Reader(ws crm.WorkspaceID) crm.Reader {
	return backend.Direct(func(ctx context.Context, read func(crm.Reader) (bool, error)) error {
		return h.inTx(ctx, snapshot, func(joined crm.Database) error {
			_, err := read(joined.Reader(ws))
			return err
		})
	})
}

func (h hosted) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	return h.inTx(ctx, snapshot, func(joined crm.Database) error { return joined.View(ctx, ws, fn) })
}

func (h hosted) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return h.inTx(ctx, nil, func(joined crm.Database) error { return joined.Update(ctx, ws, fn) })
}

func (h hosted) CreateWorkspace(ctx context.Context, w crm.Workspace, changes []crm.Change) error {
	return h.inTx(ctx, nil, func(joined crm.Database) error { return joined.CreateWorkspace(ctx, w, changes) })
}

func (h hosted) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	return h.inTx(ctx, nil, func(joined crm.Database) error { return joined.DeleteWorkspace(ctx, id) })
}

// In a transaction of its host a store sends statements one by one, in savepoints, and depends on the same answers. On
// plain PostgreSQL TestJoinedContract of package sidebyside proves it.
func TestJoinedContractOnAnswersOfCitus(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the same statements run in TestContract")
	}
	const outside = "the transaction is begun before the store is asked"
	skip := map[storagetest.Category]string{
		storagetest.Nesting: outside, storagetest.Lifecycle: outside,
		storagetest.Values: likewise, storagetest.Aliasing: likewise, storagetest.Filters: likewise, storagetest.Pages: likewise,
	}
	for _, category := range readCategories {
		skip[category] = likewise
	}
	databases := pgtest.NewPool(t)
	storagetest.Run(t, func(t *testing.T) storagetest.Backend {
		dsn := throughCitus(t, databases.Database(t))
		db := openDB(t, dsn)
		db.SetMaxIdleConns(postgres.DefaultConns)
		db.SetMaxOpenConns(postgres.DefaultConns)
		store, err := postgres.New(t.Context(), db, nil)
		if err != nil {
			t.Fatal(err)
		}
		return hosted{store, db}
	}, &storagetest.Options{Skip: skip})
}
