package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"github.com/getklar/influencercrm/crm"
)

// session is one open transaction. It knows how statements run, not what they mean.
type session struct {
	store *Store
	ctx   context.Context // the unit's; when it ends the transaction is rolled back
	ws    crm.WorkspaceID
	key   uuid.UUID // the unit's, the same at each try
	doubt bool      // an earlier commit, or this one's, was sent and not answered
	final bool      // not to be tried again

	deadline time.Time // of all waiting
	give     func()    // the turn to the next writer
	pool     *pool
	conn     *sqlx.Conn
	tx       *sqlx.Tx
	shared   preparedStatements // of the pool
	failed   error              // the first write that failed: the transaction is doomed
	wrote    bool
	over     atomic.Bool

	mu     sync.Mutex               // so that a callback may read from several goroutines
	own    map[statement]*sqlx.Stmt // those that this transaction has used
	missed []statement              // those that the pool did not have
	broken Failure                  // the first that ends the transaction and may be mended by another
}

var errOver = errors.New("this unit of work is over; read and write inside its callback only")

// begin waits for a connection and for other writers, together no longer than the busy timeout.
func (u *session) begin(p *pool) (err error) {
	s, read := u.store, p == u.store.readers
	u.pool = p
	what, opts := "waiting for its turn to write", s.dialect.Write
	if read {
		what, opts = "waiting for its turn to read", s.dialect.Read
	}
	u.deadline = s.deadline()
	wait, cancel := context.WithDeadline(u.ctx, u.deadline)
	defer cancel()
	if !read && s.dialect.Lock != "" {
		if u.give, err = s.turns.take(wait, u.ws); err != nil {
			return u.waited(wait, what, err)
		}
	}
	if s.dialect.Prepare {
		if u.shared, err = p.statements(wait); err != nil {
			return u.waited(wait, what, err)
		}
	}
	if u.conn, err = p.db.Connx(wait); err != nil {
		return u.waited(wait, what, err)
	}
	for {
		// The transaction lives in the unit's context, not in that of the wait. The database's
		// own wait does not see a context end, so it is short and repeated.
		if u.tx, err = u.conn.BeginTxx(u.ctx, opts); err == nil {
			u.own = map[statement]*sqlx.Stmt{}
			return u.enter()
		}
		if s.dialect.Classify(err).Class != Busy || wait.Err() != nil {
			return u.waited(wait, what, err)
		}
	}
}

// enter tells the database the workspace, where it wants to know.
func (u *session) enter() error {
	enter := u.store.dialect.Enter
	if enter == nil {
		return nil
	}
	_, err := u.tx.ExecContext(u.ctx, enter(u.ws))
	return u.fail(u.ctx, "telling the workspace", err)
}

// deadline is when a wait that begins now has taken too long.
func (s *Store) deadline() time.Time { return time.Now().Add(s.busy) }

// waited is the error of a wait: the caller's context first, then the busy timeout.
func (u *session) waited(wait context.Context, what string, err error) error {
	switch {
	case u.ctx.Err() != nil:
		return fmt.Errorf("%w: %w", crm.ErrBusy, u.ctx.Err())
	case wait.Err() != nil:
		return fmt.Errorf("%w: waited %s", crm.ErrBusy, u.store.busy)
	}
	return u.fail(u.ctx, what, err)
}

// commit is in doubt if its answer does not come: it may have been lost on either way.
func (u *session) commit() error {
	if err := u.ctx.Err(); err != nil {
		return err
	}
	err := u.tx.Commit()
	if err != nil && u.store.dialect.Remote && u.wrote {
		u.doubt = u.ctx.Err() != nil || u.is(Lost, err)
	}
	return u.fail(u.ctx, "committing", err)
}

// end rolls back what was not committed and gives the connection back.
func (u *session) end() {
	u.over.Store(true)
	if u.tx != nil {
		u.tx.Rollback() // after a commit: nothing to do
	}
	if u.conn != nil {
		u.conn.Close()
	}
	if u.give != nil {
		u.give()
	}
	if len(u.missed) > 0 {
		u.pool.want(u.missed)
	}
}

// usable is the error of every call that comes too late: after the callback, or after a write that
// failed.
func (u *session) usable(ctx context.Context) error {
	switch {
	case u.over.Load():
		return errOver
	case u.failed != nil:
		return u.failed
	case u.ctx.Err() != nil:
		return u.ctx.Err()
	}
	return ctx.Err()
}
