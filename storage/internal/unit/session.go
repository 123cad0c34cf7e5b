package unit

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/stmtcache"
)

// Session is what a unit of work reads and writes with: one open transaction, for the length of the unit's callback, or,
// for a read outside of units, a connection or a pool. One goroutine at a time uses it.
type Session struct {
	runner *Runner
	pool   *pool
	ctx    context.Context // the unit's; when it ends the transaction is rolled back
	ws     crm.WorkspaceID

	key           uuid.UUID // the unit's, the same in each attempt
	commitUnknown bool      // whether a COMMIT, of this attempt or an earlier one, has written is not known
	entry         *LogEntry // the last one of the attempt that is or may be committed; nil if it has made none
	noRetry       bool
	direct        bool // statements run outside of transactions

	deadline   time.Time // of all waiting
	leave      []func()  // what to give back at the end, the last one first
	conn       *sqlx.Conn
	tx         *sqlx.Tx // nil if the transaction was begun by a batch
	begun      bool     // by a batch, and not committed
	statements statements

	failed    error // the first write that failed: the transaction is doomed
	wrote     bool
	undefined bool // a table or column may be missing
	over      atomic.Bool

	mu     sync.Mutex
	broken dialect.Failure // the first failure that a new transaction may mend
}

// statements runs statements by their text.
type statements interface {
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

var (
	_ statements = (*sqlx.Tx)(nil)
	_ statements = (*sqlx.Conn)(nil)
	_ statements = (*stmtcache.Tx)(nil)
)

// attempt does work in a transaction. A write that failed fails the attempt although fn returns nil.
func (s *Session) attempt(w work) error {
	defer s.end() // also when fn panics or ends its goroutine
	if err := s.begin(w.opening); err != nil {
		return err
	}
	if err := w.fn(s); err != nil {
		return err
	}
	if s.failed != nil {
		return s.failed
	}
	return s.commit()
}

// begin waits for a connection and for other writers, together no longer than the busy timeout.
func (s *Session) begin(opening []*dialect.Query) (err error) {
	d := s.runner.Dialect
	s.deadline = s.runner.deadline()
	if s.direct {
		return s.beginDirect()
	}
	if s.writes() && d.Moved != nil {
		if err := d.Moved(); err != nil {
			return err
		}
	}
	wait, cancel := context.WithDeadline(s.ctx, s.deadline)
	defer cancel()
	if s.writes() && d.Lock != "" {
		leave, err := s.runner.queue.enter(wait, s.ws)
		if err != nil {
			return s.waitFailed(wait, s.pool.waiting, err)
		}
		s.leave = append(s.leave, leave)
	}
	if err := s.connect(wait); err != nil {
		return err
	}
	if d.Batch != nil {
		if known, _, _ := d.Batch(wait, s.conn.Conn, nil); known {
			return s.beginBatch(wait, opening)
		}
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
	return s.open(wait, opening)
}

func (s *Session) writes() bool { return s.pool == s.runner.writers }

// connect takes a connection of the pool.
func (s *Session) connect(wait context.Context) (err error) {
	if err := s.sit(wait); err != nil {
		return err
	}
	if s.pool.cache != nil {
		s.pool.cache.Fill(wait)
	}
	s.conn, err = s.pool.db.Connx(wait)
	switch {
	case err == nil:
		return nil
	case s.pool.seats != nil && wait.Err() != nil && s.ctx.Err() == nil:
		// There is a seat, so it is not one of this store's units that has the connection.
		return fmt.Errorf("%w: waited %s for a connection that the host itself uses; inside a transaction of its own a host works on Join of the store, with Over of the service",
			crm.ErrBusy, s.runner.BusyTimeout)
	}
	return s.waitFailed(wait, s.pool.waiting, err)
}

// open runs the opening statements in a transaction that has begun. Where rows are locked they wait for other
// writers.
func (s *Session) open(wait context.Context, opening []*dialect.Query) error {
	if set := s.runner.Dialect.SetWorkspace; set != nil {
		opening = append([]*dialect.Query{{Text: set(s.ws)}}, opening...)
	}
	ctx := s.ctx
	if s.writes() && s.runner.Dialect.Lock != "" {
		ctx = wait
	}
	for _, q := range opening {
		if err := s.runAlone(ctx, q); err != nil {
			return s.openFailed(ctx, err)
		}
	}
	return nil
}

// beginBatch begins a transaction and runs the opening statements together with that.
func (s *Session) beginBatch(wait context.Context, opening []*dialect.Query) error {
	d := s.runner.Dialect
	begin := d.BeginRead
	if s.writes() {
		begin = d.BeginWrite
	}
	batch := []*dialect.Query{{Text: begin}}
	if d.SetWorkspace != nil {
		batch = append(batch, &dialect.Query{Text: d.SetWorkspace(s.ws)})
	}
	s.begun, s.statements = true, s.conn
	ctx := s.ctx
	if s.writes() {
		ctx = wait
	}
	if _, _, err := d.Batch(ctx, s.conn.Conn, append(batch, opening...)); err != nil {
		return s.openFailed(ctx, err)
	}
	return nil
}

func (s *Session) openFailed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return s.waitFailed(ctx, s.pool.waiting, err)
	}
	return s.Fail(s.ctx, "beginning a unit of work", err)
}

func (s *Session) commit() error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	switch {
	case s.direct:
		return nil
	case s.begun:
		_, _, err := s.runner.Dialect.Batch(s.ctx, s.conn.Conn, []*dialect.Query{{Text: "COMMIT"}})
		s.begun = err != nil
		return s.committed(err)
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

// rollbackTime is how long a connection has for the end of a transaction that failed.
const rollbackTime = 5 * time.Second

// end rolls back what was not committed, and returns the connection to its pool.
func (s *Session) end() {
	s.over.Store(true)
	if s.tx != nil {
		s.tx.Rollback() // does nothing after a commit
	}
	if s.begun {
		s.rollback()
	}
	if s.conn != nil {
		s.conn.Close()
	}
	for _, leave := range slices.Backward(s.leave) {
		leave()
	}
}

// rollback ends a transaction that was begun by a batch. A connection on which that fails is thrown away.
func (s *Session) rollback() {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), rollbackTime)
	defer cancel()
	if _, err := s.conn.ExecContext(ctx, "ROLLBACK"); err != nil {
		s.conn.Raw(func(any) error { return driver.ErrBadConn }) //nolint:errcheck // it is the error given here
	}
}

// Usable is the error of a call that comes after the callback, after a write that failed or after the end of
// a context.
func (s *Session) Usable(ctx context.Context) error {
	switch {
	case s.over.Load():
		return crm.ErrUnitOver
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

// Send is Together for queries that write.
func (s *Session) Send(ctx context.Context, queries ...*dialect.Query) (done int, err error) {
	s.wrote = true
	return s.Together(ctx, queries...)
}

// Together runs queries in order, in one round trip where the database has batches. It returns how many of them went
// well before the first error, which is the driver's, for Is and Fail.
func (s *Session) Together(ctx context.Context, queries ...*dialect.Query) (done int, err error) {
	if batch := s.runner.Dialect.Batch; s.begun || s.direct && batch != nil && len(queries) > 1 {
		sent, done, err := batch(ctx, s.conn.Conn, queries)
		if sent || err != nil {
			return done, err
		}
	}
	for n, q := range queries {
		if err := s.runAlone(ctx, q); err != nil {
			return n, err
		}
	}
	return len(queries), nil
}

func (s *Session) runAlone(ctx context.Context, q *dialect.Query) error {
	if !q.ReadsRows() {
		result, err := s.statements.ExecContext(ctx, q.Text, q.Args...)
		if err == nil {
			q.Count, err = result.RowsAffected()
		}
		return err
	}
	rows, err := s.statements.QueryContext(ctx, q.Text, q.Args...) //nolint:rowserrcheck // Query.Read does
	if err != nil {
		return err
	}
	defer rows.Close()
	return q.Read(rows)
}

// Copy adds rows in the database's fastest way. It reports false where there is none.
func (s *Session) Copy(ctx context.Context, table string, columns []string, rows [][]any) (sent bool, err error) {
	if !s.begun || s.runner.Dialect.Copy == nil {
		return false, nil
	}
	s.wrote = true
	return s.runner.Dialect.Copy(ctx, s.conn.Conn, table, columns, rows)
}
