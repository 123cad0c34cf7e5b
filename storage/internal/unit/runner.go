package unit

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/gate"
	"github.com/getklar/influencercrm/storage/internal/stmtcache"
)

// Config is what a Runner is made of.
type Config struct {
	Dialect     dialect.Dialect
	Writers     *sqlx.DB // for Write
	Readers     *sqlx.DB // for Read; may be the same pool
	Keys        KeyStatements
	CheckSchema func(context.Context) error    // what is wrong with the tables, if they are not those that the program needs; may be nil
	BusyTimeout time.Duration                  // the longest wait for a connection or another writer
	OnRetry     func(attempt int, code string) // may be nil
	Logger      *slog.Logger
}

// Runner runs units of work on a database.
type Runner struct {
	Config
	writers, readers *pool
	gate             *gate.Gate
	queue            writerQueue
	retries          atomic.Uint64
	joined           *joined // the host's transaction; nil if each unit gets one of its own
}

// pool is the connections of a kind of unit.
type pool struct {
	db      *sqlx.DB
	options *sql.TxOptions
	waiting string           // what a unit waits for, in errors
	cache   *stmtcache.Cache // nil where the driver keeps statements prepared
	seats   chan struct{}    // one for each connection, where there is a cache
}

// maxPrepared bounds the prepared statements of a pool. A store has some 60 whose text never changes and
// some 50 for look-ups of many ids; the others are lists under different filters.
const maxPrepared = 300

// New makes a Runner. Close does not close its databases.
func New(c Config) *Runner {
	r := &Runner{
		Config:  c,
		writers: &pool{db: c.Writers, options: c.Dialect.Write, waiting: "waiting for its turn to write"},
		readers: &pool{db: c.Readers, options: c.Dialect.Read, waiting: "waiting for its turn to read"},
		gate:    &gate.Gate{},
	}
	if c.Dialect.Prepare {
		for _, p := range []*pool{r.writers, r.readers} {
			p.cache = stmtcache.New(p.db, maxPrepared)
			p.seats = make(chan struct{}, cmp.Or(p.db.Stats().MaxOpenConnections, unlimited))
		}
	}
	return r
}

// Close waits for open units of work. On a joined Runner it only lets no more of them in.
func (r *Runner) Close() {
	if r.joined != nil {
		r.joined.closed.Store(true)
		return
	}
	r.gate.Close()
	for _, p := range []*pool{r.writers, r.readers} {
		if p.cache != nil {
			p.cache.Close()
		}
	}
}

// Joined reports whether units are parts of a host's transaction.
func (r *Runner) Joined() bool { return r.joined != nil }

// Stats is how busy a store is.
type Stats struct {
	Writers, Readers sql.DBStats
	Queued           int
	Retries          uint64
}

// Stats returns how busy the runner is at this moment.
func (r *Runner) Stats() Stats {
	return Stats{Writers: r.Writers.Stats(), Readers: r.Readers.Stats(), Queued: r.queue.len(), Retries: r.retries.Load()}
}

// unlimited is how many read at once in a pool without a limit.
const unlimited = 1_000

// Read runs fn in a read transaction, a snapshot, and again in a new one if it failed in a way that a new
// one may mend. The transaction begins with the opening queries, which where the database has batches cost no round
// trip of their own. A joined Runner has one transaction and one attempt.
func (r *Runner) Read(ctx context.Context, ws crm.WorkspaceID, opening []*dialect.Query, fn func(*Session) error) error {
	return r.run(ctx, r.readers, ws, work{opening: opening, fn: fn})
}

// Write is Read in a write transaction, which is committed if fn returns nil and none of its writes failed. Its
// opening queries wait for other writers until the unit has waited for the busy timeout in all.
func (r *Runner) Write(ctx context.Context, ws crm.WorkspaceID, opening []*dialect.Query, fn func(*Session) error) error {
	return r.run(ctx, r.writers, ws, work{opening: opening, fn: fn})
}

// Direct runs fn, which reads, without a transaction, so that each of its statements sees the last state that was
// committed. In a transaction of the host, and where row security wants to be told the workspace, it is Read.
func (r *Runner) Direct(ctx context.Context, ws crm.WorkspaceID, fn func(*Session) error) error {
	if r.joined != nil || r.Dialect.SetWorkspace != nil {
		return r.Read(ctx, ws, nil, fn)
	}
	return r.run(ctx, r.readers, ws, work{direct: true, fn: fn})
}

// work is what a unit of work does.
type work struct {
	direct  bool             // without a transaction
	opening []*dialect.Query // how its transaction begins
	fn      func(*Session) error
}

func (r *Runner) run(ctx context.Context, p *pool, ws crm.WorkspaceID, w work) error {
	if r.joined != nil && r.joined.closed.Load() && !r.gate.Nested(ctx) {
		return crm.ErrClosed
	}
	if err := r.gate.Enter(ctx); err != nil {
		return err
	}
	defer r.gate.Leave()
	if r.joined != nil {
		return r.joined.run(ctx, r, ws, w)
	}

	var key uuid.UUID
	if p == r.writers {
		var err error
		if key, err = uuid.NewV7(); err != nil {
			return fmt.Errorf("%w: no randomness for a unit's key", crm.ErrStorage)
		}
	}
	unknown, entry := false, (*LogEntry)(nil)
	for wait := (backoff{left: r.BusyTimeout}); ; {
		s := &Session{runner: r, pool: p, ctx: ctx, ws: ws, key: key, direct: w.direct, commitUnknown: unknown, entry: entry}
		err := s.attempt(w)
		unknown, entry = s.commitUnknown, s.entry
		if err == nil || s.noRetry || !s.retryable() || !wait.next() {
			return withOutcome(s.explained(err), unknown)
		}
		r.retrying(ctx, wait.attempt, s.broken.Code)
		if wait.pause(ctx) != nil {
			return withOutcome(ctx.Err(), unknown)
		}
	}
}

// withOutcome adds to an error that what failed may have been committed nevertheless.
func withOutcome(err error, unknown bool) error {
	if !unknown || err == nil {
		return err
	}
	return fmt.Errorf("%w; %w", err, crm.ErrUnknownOutcome)
}

// deadline is the end of a wait that begins now.
func (r *Runner) deadline() time.Time { return time.Now().Add(r.BusyTimeout) }
