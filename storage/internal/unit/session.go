package unit

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/stmtcache"
)

// Session is one open transaction, for the length of a unit's callback. Several goroutines may read with it.
type Session struct {
	runner *Runner
	pool   *pool
	ctx    context.Context // the unit's; when it ends the transaction is rolled back
	ws     crm.WorkspaceID

	key           uuid.UUID // the unit's, the same in each attempt
	commitUnknown bool      // whether a COMMIT, of this attempt or an earlier one, has written is not known
	noRetry       bool

	deadline   time.Time // of all waiting
	leaveQueue func()
	conn       *sqlx.Conn
	tx         *sqlx.Tx
	statements statements

	failed error // the first write that failed: the transaction is doomed
	wrote  bool
	over   atomic.Bool

	mu     sync.Mutex
	broken dialect.Failure // the first failure that a new transaction may mend
}

// statements runs statements by their text on the session's transaction.
type statements interface {
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

var (
	_ statements = (*sqlx.Tx)(nil)
	_ statements = (*stmtcache.Tx)(nil)
)

var errOver = errors.New("this unit of work is over; read and write inside its callback only")

// attempt runs fn in a transaction. A write that failed fails the attempt although fn returns nil.
func (s *Session) attempt(fn func(*Session) error) error {
	defer s.end() // also when fn panics or ends its goroutine
	if err := s.begin(); err != nil {
		return err
	}
	if err := fn(s); err != nil {
		return err
	}
	if s.failed != nil {
		return s.failed
	}
	return s.commit()
}

// begin waits for a connection and for other writers, together no longer than the busy timeout.
func (s *Session) begin() (err error) {
	d := s.runner.Dialect
	s.deadline = s.runner.deadline()
	wait, cancel := context.WithDeadline(s.ctx, s.deadline)
	defer cancel()
	if s.pool == s.runner.writers && d.Lock != "" {
		if s.leaveQueue, err = s.runner.queue.enter(wait, s.ws); err != nil {
			return s.waitFailed(wait, s.pool.waiting, err)
		}
	}
	if s.pool.cache != nil {
		s.pool.cache.Fill(wait)
	}
	if s.conn, err = s.pool.db.Connx(wait); err != nil {
		return s.waitFailed(wait, s.pool.waiting, err)
	}
	for {
		// The transaction has the unit's context, not that of the wait. The database's own wait does not
		// end with a context, so it is short and repeated.
		if s.tx, err = s.conn.BeginTxx(s.ctx, s.pool.options); err == nil {
			break
		}
		if d.Classify(err).Class != dialect.Busy || wait.Err() != nil {
			return s.waitFailed(wait, s.pool.waiting, err)
		}
	}
	s.statements = s.tx
	if d.Prepare {
		s.statements = stmtcache.NewTx(s.tx, s.pool.cache)
	}
	return s.setWorkspace()
}

// setWorkspace tells the database the workspace, where row security needs it.
func (s *Session) setWorkspace() error {
	set := s.runner.Dialect.SetWorkspace
	if set == nil {
		return nil
	}
	_, err := s.tx.ExecContext(s.ctx, set(s.ws))
	return s.Fail(s.ctx, "setting the workspace", err)
}

func (s *Session) commit() error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	return s.committed(s.tx.Commit())
}

// committed takes the answer to a COMMIT. Unless it is a refusal the outcome is unknown, and another attempt finds
// out.
func (s *Session) committed(err error) error {
	if err != nil && s.runner.Dialect.Remote && s.wrote {
		failure := s.Classify(err)
		s.commitUnknown = s.ctx.Err() != nil || !failure.Refused
		if s.commitUnknown {
			s.noteFailure(dialect.Failure{Class: dialect.Lost, Code: failure.Code})
		}
	}
	return s.Fail(s.ctx, "committing", err)
}

// end rolls back what was not committed, and returns the connection to its pool.
func (s *Session) end() {
	s.over.Store(true)
	if s.tx != nil {
		s.tx.Rollback() // does nothing after a commit
	}
	if s.conn != nil {
		s.conn.Close()
	}
	if s.leaveQueue != nil {
		s.leaveQueue()
	}
}

// Usable is the error of a call that comes after the callback, after a write that failed or after the end of
// a context.
func (s *Session) Usable(ctx context.Context) error {
	switch {
	case s.over.Load():
		return errOver
	case s.failed != nil:
		return s.failed
	case s.ctx.Err() != nil:
		return s.ctx.Err()
	}
	return ctx.Err()
}

// Inside is the context of the host's callback: the runner refuses it, and every context made from it.
func (s *Session) Inside(ctx context.Context) context.Context { return s.runner.gate.Inside(ctx) }

// Joined reports whether the transaction is the host's.
func (s *Session) Joined() bool { return s.runner.joined != nil }

// NoRetry makes this the last attempt.
func (s *Session) NoRetry() { s.noRetry = true }

// Write runs fn, which writes; if it fails the transaction is doomed.
func (s *Session) Write(ctx context.Context, fn func() error) error {
	if err := s.Usable(ctx); err != nil {
		return err
	}
	s.failed = fn()
	return s.failed
}

// Exec writes one row, or a bounded number, and returns how many rows it changed. The error is the driver's,
// for Is and Fail.
func (s *Session) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	ctx, err := s.short(ctx)
	if err != nil {
		return 0, err
	}
	return s.ExecMany(ctx, text, args...)
}

// ExecMany is Exec for any number of rows: the statement ends with its context.
func (s *Session) ExecMany(ctx context.Context, text string, args ...any) (int64, error) {
	s.wrote = true
	result, err := s.statements.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// ExecReturning is Exec for a statement that returns its rows, which it counts.
func (s *Session) ExecReturning(ctx context.Context, text string, args ...any) (n int64, err error) {
	ctx, err = s.short(ctx)
	if err != nil {
		return 0, err
	}
	s.wrote = true
	rows, err := s.statements.QueryContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// short is the context of a statement on few rows. On a local database it is checked before the statement
// only: watching it during the statement takes about as long as the statement.
func (s *Session) short(ctx context.Context) (context.Context, error) {
	err := cmp.Or(s.ctx.Err(), ctx.Err())
	if !s.runner.Dialect.Remote {
		ctx = context.WithoutCancel(ctx)
	}
	return ctx, err
}

// Get reads one row by its key into dest, a pointer for each column, and reports whether there is one. Its error
// is the driver's too.
func (s *Session) Get(ctx context.Context, dest []any, text string, args ...any) (found bool, err error) {
	ctx, err = s.short(ctx)
	if err != nil {
		return false, err
	}
	return s.getMany(ctx, dest, text, args...)
}

// GetMany is Get for a row that is computed from any number of rows: the statement ends with its context.
func (s *Session) GetMany(ctx context.Context, dest []any, text string, args ...any) error {
	found, err := s.getMany(ctx, dest, text, args...)
	if err == nil && !found {
		err = sql.ErrNoRows
	}
	return err
}

func (s *Session) getMany(ctx context.Context, dest []any, text string, args ...any) (found bool, err error) {
	rows, err := s.statements.QueryContext(ctx, text, args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return false, rows.Err()
	}
	if err := rows.Scan(dest...); err != nil {
		return false, err
	}
	err = rows.Close()
	return err == nil, err
}

// Each reads rows into dest, a pointer for each column, one after the other, and calls fn after each. It ends with
// fn's error, as it is; a driver's error has gone through Fail.
func (s *Session) Each(ctx context.Context, what string, dest []any, fn func() error, text string, args ...any) error {
	rows, err := s.statements.QueryContext(ctx, text, args...)
	if err != nil {
		return s.Fail(ctx, what, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return s.Fail(ctx, what, err)
		}
		if err := fn(); err != nil {
			return err
		}
	}
	return s.Fail(ctx, what, rows.Err())
}

// Attempt runs fn inside a savepoint, and rolls back to it if fn reports that its writes are not to be kept.
func (s *Session) Attempt(ctx context.Context, fn func() (keep bool, err error)) (kept bool, err error) {
	if err := s.savepoint(ctx, "SAVEPOINT"); err != nil {
		return false, err
	}
	keep, err := fn()
	switch {
	case err != nil:
		return false, err
	case keep:
		return true, s.savepoint(ctx, "RELEASE SAVEPOINT")
	}
	return false, s.savepoint(ctx, "ROLLBACK TO SAVEPOINT")
}

func (s *Session) savepoint(ctx context.Context, verb string) error {
	_, err := s.tx.ExecContext(ctx, verb+" crm_attempt")
	return s.Fail(ctx, "adding records", err)
}

// Lock runs fn, which waits for other writers where rows are locked, until the unit has waited for the busy timeout
// in all.
func (s *Session) Lock(ctx context.Context, fn func(context.Context) error) error {
	if s.runner.Dialect.Lock != "" {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, s.deadline)
		defer cancel()
	}
	err := fn(ctx)
	if err != nil && ctx.Err() != nil {
		return s.waitFailed(ctx, s.pool.waiting, err)
	}
	return err
}
