package unit

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/jmoiron/sqlx"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/stmtcache"
)

// joined is a host's transaction. Units of work run in it one after the other, each inside a savepoint; the
// host has begun it and ends it.
type joined struct {
	tx         *sqlx.Tx
	statements statements
	running    chan struct{} // a token, held by the unit that runs
	checked    bool          // by Dialect.CheckJoin
	broken     error         // why the transaction cannot go on
	closed     atomic.Bool   // by Close of the joined Runner
}

// Join returns a Runner whose units of work, of any workspaces, are parts of a host's transaction.
func (r *Runner) Join(tx *sql.Tx) *Runner {
	j := &joined{tx: &sqlx.Tx{Tx: tx}, running: make(chan struct{}, 1)}
	j.statements = j.tx
	if r.Dialect.Prepare {
		j.statements = stmtcache.NewTx(j.tx, nil) // the host's pool is not ours
	}
	return &Runner{Config: r.Config, writers: r.writers, readers: r.readers, gate: r.gate, joined: j}
}

// run does work as a unit, with one attempt.
func (j *joined) run(ctx context.Context, r *Runner, ws crm.WorkspaceID, w work) error {
	s := &Session{runner: r, pool: r.writers, ctx: ctx, ws: ws, tx: j.tx, statements: j.statements, noRetry: true, deadline: r.deadline()}
	defer s.over.Store(true)
	if err := j.enter(s); err != nil {
		return err
	}
	defer func() { <-j.running }()
	switch {
	case j.closed.Load():
		return crm.ErrClosed
	case j.broken != nil:
		return j.broken
	}
	if !j.checked && r.Dialect.CheckJoin != nil {
		if err := r.Dialect.CheckJoin(ctx, j.tx.Tx); err != nil {
			return s.joinFailed(err)
		}
	}
	j.checked = true
	if moved := r.Dialect.Moved; moved != nil {
		if err := moved(); err != nil {
			return err
		}
	}
	return s.explained(j.attempt(s, w))
}

// enter waits for the unit before.
func (j *joined) enter(s *Session) error {
	wait, cancel := context.WithDeadline(s.ctx, s.deadline)
	defer cancel()
	select {
	case j.running <- struct{}{}:
		return nil
	case <-wait.Done():
		return s.waitFailed(wait, "waiting for its turn in the transaction", wait.Err())
	}
}

// attempt does work inside a savepoint, and rolls back to it unless everything succeeds. The rollback does not end
// with the context: the host's transaction goes on, without what was written.
func (j *joined) attempt(s *Session, w work) (err error) {
	if _, err := j.tx.ExecContext(s.ctx, "SAVEPOINT crm_unit"); err != nil {
		return s.joinFailed(err)
	}
	done := false // stays so if fn panics or ends its goroutine
	defer func() {
		if !done || j.broken != nil {
			j.rollback(context.WithoutCancel(s.ctx))
		}
	}()
	wait, cancel := context.WithDeadline(s.ctx, s.deadline)
	defer cancel()
	if err := s.open(wait, w.opening); err != nil {
		return err
	}
	if err := w.fn(s); err != nil {
		if j.broken != nil && !errors.Is(err, crm.ErrRetry) && !errors.Is(err, crm.ErrReadOnly) {
			return fmt.Errorf("%w; %w", err, j.broken)
		}
		return err
	}
	if err := cmp.Or(s.failed, j.broken, s.ctx.Err()); err != nil {
		return err
	}
	if _, err := j.tx.ExecContext(s.ctx, "RELEASE SAVEPOINT crm_unit"); err != nil {
		return s.Fail(s.ctx, "ending a unit of work", err)
	}
	done = true
	return nil
}

func (j *joined) rollback(ctx context.Context) {
	_, err := j.tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT crm_unit")
	if err == nil {
		_, err = j.tx.ExecContext(ctx, "RELEASE SAVEPOINT crm_unit")
	}
	if err != nil && j.broken == nil {
		j.broken = fmt.Errorf("%w: a unit of work in it could not be rolled back", crm.ErrRetry)
	}
}

// breaks reports whether a failure ends the host's transaction, and remembers it. So does a database that
// another writer holds as a whole: the transaction has read an older state, and waiting does not change that.
func (j *joined) breaks(d dialect.Dialect, f dialect.Failure) bool {
	if f.Class == dialect.ReadOnly { // and will be the next time
		if d.Remote {
			j.broken = cmp.Or(j.broken, f.During("writing in a transaction of the host"))
		}
		return false
	}
	breaks := f.Retryable() || f.Class == dialect.Busy && d.Lock == ""
	if breaks && j.broken == nil {
		j.broken = fmt.Errorf("%w (code %s)", crm.ErrRetry, f.Code)
	}
	return breaks
}

// joinFailed is the error of a transaction that cannot be used at all.
func (s *Session) joinFailed(err error) error {
	switch {
	case errors.Is(err, crm.ErrInvalid):
		return err
	case errors.Is(err, sql.ErrTxDone):
		return fmt.Errorf("%w: the transaction that it was joined to has ended", crm.ErrClosed)
	}
	return s.Fail(s.ctx, "joining a transaction", err)
}
