package postgres

import (
	"database/sql"

	"github.com/getklar/influencercrm/crm"
)

// Joined is a store on a transaction of the host's. It implements crm.Store and crm.AdminStore.
type Joined struct{ *core }

var (
	_ crm.Store      = Joined{}
	_ crm.AdminStore = Joined{}
)

// Join returns a store whose units of work are parts of the host's own transaction, so that rows of the
// host and records of the CRM are written together or not at all. Give it to crm.Service.Over for the
// length of the transaction:
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
// An Update that fails takes back what it wrote, to a savepoint, and the transaction goes on without it.
// Nothing is tried again, and nothing is committed: what an Update has written is there when the host
// commits. A deadlock, a serialization failure or a lost connection is a crm.ErrRetry: roll back and run
// the whole transaction again; so is every later use of the joined store. A View sees what the
// transaction has written, and is a snapshot only if the transaction is one. Any isolation will do.
//
// Units of work of one transaction come one after the other; from inside a callback of one of them
// neither store lets another one in (crm.ErrNestedTx). Close of the joined store lets no more of them
// in. From the first Update on a workspace until the host ends its transaction other writers of that
// workspace wait, with a connection each, so keep it short; a transaction that writes in several
// workspaces takes them in the order of their ids, or meets deadlocks.
//
// The transaction is one of pgx on the same database. A context that ends during a statement ends the
// transaction with it, unless the pool's connections cancel statements as those of Open do.
func (s *Store) Join(tx *sql.Tx) Joined { return Joined{s.core.Join(tx)} }
