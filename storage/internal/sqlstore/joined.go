package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/jmoiron/sqlx"

	"github.com/getklar/influencercrm/crm"
)

// joined is a transaction of a host, on which units of work run one after the other, each inside of a
// savepoint. The host began it and will end it.
type joined struct {
	tx      *sqlx.Tx
	turn    chan struct{} // held by the unit of work that is under way
	own     map[statement]*sqlx.Stmt
	checked bool        // that the contract holds on it
	spoilt  error       // why it cannot go on
	closed  atomic.Bool // by Close of the joined store
}

// maxOwn bounds the statements that a host's transaction prepares.
const maxOwn = 500

// Join returns a store whose units of work, of whatever workspaces, are parts of a transaction of the
// host's. Close of it lets no more of them in, and nothing else.
func (s *Store) Join(tx *sql.Tx) *Store {
	return &Store{
		dialect: s.dialect, schema: s.schema, writers: s.writers, readers: s.readers, busy: s.busy, log: s.log, gate: s.gate,
		joined: &joined{
			tx:   &sqlx.Tx{Tx: tx, Mapper: columnMapper()},
			turn: make(chan struct{}, 1),
			own:  map[statement]*sqlx.Stmt{},
		},
	}
}

func (j *joined) close() { j.closed.Store(true) }

// unit runs fn inside of a savepoint, to which all goes back unless fn comes through.
func (j *joined) unit(ctx context.Context, s *Store, ws crm.WorkspaceID, fn func(*session) error) error {
	if err := j.take(ctx, s); err != nil {
		return err
	}
	defer func() { <-j.turn }()
	switch {
	case j.closed.Load():
		return crm.ErrClosed
	case j.spoilt != nil:
		return j.spoilt
	}
	u := &session{store: s, ctx: ctx, ws: ws, tx: j.tx, own: j.own, final: true, deadline: s.deadline()}
	defer u.over.Store(true)
	if !j.checked && s.dialect.Joinable != nil {
		if err := s.dialect.Joinable(ctx, j.tx.Tx); err != nil {
			return u.unjoinable(err)
		}
	}
	j.checked = true
	return j.run(u, fn)
}

// run is fn between two statements for its savepoint. Going back does not end with the context: the
// transaction goes on, without what fn wrote.
func (j *joined) run(u *session, fn func(*session) error) (err error) {
	if _, err := j.tx.ExecContext(u.ctx, "SAVEPOINT crm_unit"); err != nil {
		return u.unjoinable(err)
	}
	through := false // stays so if fn panics or ends its goroutine
	defer func() {
		if through && j.spoilt == nil {
			return
		}
		back := context.WithoutCancel(u.ctx)
		_, failed := j.tx.ExecContext(back, "ROLLBACK TO SAVEPOINT crm_unit")
		if failed == nil {
			_, failed = j.tx.ExecContext(back, "RELEASE SAVEPOINT crm_unit")
		}
		if failed != nil && j.spoilt == nil {
			j.spoilt = fmt.Errorf("%w: a unit of work in it could not be taken back", crm.ErrRetry)
		}
	}()
	if err := u.enter(); err != nil {
		return err
	}
	if err := fn(u); err != nil {
		if j.spoilt != nil && !errors.Is(err, crm.ErrRetry) {
			return fmt.Errorf("%w; %w", err, j.spoilt)
		}
		return err
	}
	if err := cmp.Or(u.failed, j.spoilt, u.ctx.Err()); err != nil {
		return err
	}
	if _, err := j.tx.ExecContext(u.ctx, "RELEASE SAVEPOINT crm_unit"); err != nil {
		return u.fail(u.ctx, "ending a unit of work", err)
	}
	through = true
	return nil
}

// take waits for the unit of work before.
func (j *joined) take(ctx context.Context, s *Store) error {
	wait, cancel := context.WithDeadline(ctx, s.deadline())
	defer cancel()
	select {
	case j.turn <- struct{}{}:
		return nil
	case <-wait.Done():
		return (&session{store: s, ctx: ctx}).waited(wait, "waiting for its turn in the transaction", wait.Err())
	}
}

// lost reports whether a failure ends the transaction for its owner, and remembers it. A database that
// is held as a whole is so for a transaction that reads before it writes, and that will not change.
func (j *joined) lost(d Dialect, f Failure) bool {
	lost := f.mendable() || f.Class == Busy && d.Lock == ""
	if lost && j.spoilt == nil {
		j.spoilt = fmt.Errorf("%w (code %s)", crm.ErrRetry, f.Code)
	}
	return lost
}

// unjoinable is the error of a transaction that cannot be used at all.
func (u *session) unjoinable(err error) error {
	switch {
	case errors.Is(err, crm.ErrInvalid):
		return err
	case errors.Is(err, sql.ErrTxDone):
		return fmt.Errorf("%w: the transaction that it was joined to has ended", crm.ErrClosed)
	}
	return u.fail(u.ctx, "joining a transaction", err)
}
