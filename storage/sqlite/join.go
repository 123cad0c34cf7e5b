package sqlite

import (
	"context"
	"database/sql"
	"fmt"

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
//	tx, err := writer.BeginTx(ctx, nil)
//	…
//	defer tx.Rollback()
//	saved, err := service.Over(store.Join(tx)).CreateCooperation(ctx, ws, deal)
//	…
//	_, err = tx.ExecContext(ctx, "INSERT INTO orders …", saved.Cooperation.ID)
//	…
//	err = tx.Commit()
//
// An Update that fails takes back what it wrote, and the transaction goes on without it. Nothing is
// tried again, and nothing is committed: what an Update has written is there when the host commits. A
// View sees what the transaction has written. Units of work of one transaction come one after the
// other; from inside a callback of one of them neither store lets another one in (crm.ErrNestedTx).
// Close of the joined store lets no more of them in.
//
// The transaction must be of a connection to the same file with foreign_keys on, best of the writer that
// New was given, and immediate (_txlock, see DSNs). One that is not, and has read before somebody else
// wrote, cannot write any more: that is a crm.ErrRetry, as is a database that another program holds.
// While it is open nobody else writes, so keep it short.
func (s *Store) Join(tx *sql.Tx) Joined { return Joined{s.core.Join(tx)} }

// joinable refuses a transaction that would let references to nothing in.
func joinable(ctx context.Context, tx *sql.Tx) error {
	var keys bool
	if err := tx.QueryRowContext(ctx, "SELECT foreign_keys FROM pragma_foreign_keys").Scan(&keys); err != nil {
		return err
	}
	if !keys {
		return fmt.Errorf("%w: the connection of the transaction has foreign_keys off; open it with the DSN of DSNs", crm.ErrInvalid)
	}
	return nil
}
