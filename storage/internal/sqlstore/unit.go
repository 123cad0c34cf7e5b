package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/getklar/influencercrm/crm"
)

// View implements crm.Store.
func (s *Store) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	return s.unit(ctx, s.readers, func(session *session) error {
		r := &reader{session: session, ws: ws, wsText: idText(ws)}
		// The first statement takes the snapshot.
		if _, err := r.headBy(ctx, s.schema.changes.head); err != nil {
			return err
		}
		return fn(s.gate.Inside(ctx), r)
	})
}

// Update implements crm.Store. It never runs fn twice on SQLite, where nothing fails that a second
// try could mend.
func (s *Store) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return s.unit(ctx, s.writers, func(session *session) error {
		w := &writer{reader: reader{session: session, ws: ws, wsText: idText(ws)}}
		if err := w.lock(ctx); err != nil {
			return err
		}
		return fn(s.gate.Inside(ctx), w)
	})
}

// unit runs fn in one transaction of a pool. A write that failed in it outlives fn's nil.
func (s *Store) unit(ctx context.Context, p *pool, fn func(*session) error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()

	unit := &session{store: s, ctx: ctx}
	if err := unit.begin(p); err != nil {
		return err
	}
	defer unit.end() // also when fn panics or ends its goroutine
	if err := fn(unit); err != nil {
		return err
	}
	if unit.failed != nil {
		return unit.failed
	}
	return unit.commit()
}

// session is one open transaction. It knows how statements run, not what they mean.
type session struct {
	store  *Store
	ctx    context.Context // the unit's; when it ends the transaction is rolled back
	conn   *sqlx.Conn
	tx     *sqlx.Tx
	shared map[statement]*sqlx.Stmt // of the pool
	failed error                    // the first write that failed: the transaction is doomed
	over   atomic.Bool

	mu  sync.Mutex               // so that a callback may read from several goroutines
	own map[statement]*sqlx.Stmt // those that this transaction has used
}

var errOver = errors.New("this unit of work is over; read and write inside its callback only")

// begin waits for a connection and for other writers, together no longer than the busy timeout.
func (u *session) begin(p *pool) (err error) {
	s, read := u.store, p == u.store.readers
	what, opts := "waiting for its turn to write", s.dialect.Write
	if read {
		what, opts = "waiting for its turn to read", s.dialect.Read
	}
	deadline := time.Now().Add(s.busy)
	wait, cancel := context.WithDeadline(u.ctx, deadline)
	defer cancel()
	if u.shared, err = p.statements(wait); err != nil {
		return u.waited(wait, what, err)
	}
	if u.conn, err = p.db.Connx(wait); err != nil {
		return u.waited(wait, what, err)
	}
	for {
		// The transaction lives in the unit's context, not in that of the wait. The database's
		// own wait does not see a context end, so it is short and repeated.
		if u.tx, err = u.conn.BeginTxx(u.ctx, opts); err == nil {
			u.own = map[statement]*sqlx.Stmt{}
			return nil
		}
		if class, _ := s.dialect.Classify(err); class != Busy || wait.Err() != nil {
			u.conn.Close()
			return u.waited(wait, what, err)
		}
	}
}

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

func (u *session) commit() error {
	if err := u.ctx.Err(); err != nil {
		return err
	}
	return u.fail(u.ctx, "committing", u.tx.Commit())
}

// end rolls back what was not committed and gives the connection back.
func (u *session) end() {
	u.over.Store(true)
	u.tx.Rollback() // after a commit: nothing to do
	u.conn.Close()
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
