package sqlstore

import (
	"context"
	"maps"
	"sync"
	"sync/atomic"

	"github.com/jmoiron/sqlx"
)

// pool is a database with its statements, prepared once for all units of work: database/sql keeps
// them on each connection and prepares them again on a new one. Those of fixed text come first; those
// that are built for a call follow when they have been built once, because preparing one takes longer
// than running it.
type pool struct {
	db    *sqlx.DB
	texts []statement

	prepared atomic.Pointer[preparedStatements]

	preparing sync.Mutex
	mu        sync.Mutex
	wanted    map[statement]bool // built by units of work, and not prepared yet
}

// preparedStatements are replaced when more come, never changed: units of work use them.
type preparedStatements map[statement]*sqlx.Stmt

// maxBuilt bounds the statements that were built for a call. First come, first served: a program asks
// the same questions again and again.
const maxBuilt = 250

// statements prepares on first use, because a store may be made before its tables. It must not be
// called by a holder of the only connection.
func (p *pool) statements(ctx context.Context) (preparedStatements, error) {
	if known := p.prepared.Load(); known != nil {
		return p.withBuilt(ctx, *known), nil
	}
	p.preparing.Lock()
	defer p.preparing.Unlock()
	if known := p.prepared.Load(); known != nil {
		return *known, nil
	}
	prepared := make(preparedStatements, len(p.texts))
	for _, text := range p.texts {
		stmt, err := p.db.PreparexContext(ctx, string(text))
		if err != nil {
			prepared.close()
			return nil, err
		}
		prepared[text] = stmt
	}
	p.prepared.Store(&prepared)
	return prepared, nil
}

// withBuilt prepares what was built since. Whoever finds another one at it goes on without.
func (p *pool) withBuilt(ctx context.Context, known preparedStatements) preparedStatements {
	wanted := p.take()
	if len(wanted) == 0 || !p.preparing.TryLock() {
		return known
	}
	defer p.preparing.Unlock()
	more := maps.Clone(*p.prepared.Load())
	for text := range wanted {
		if more[text] != nil || len(more) >= len(p.texts)+maxBuilt {
			continue
		}
		stmt, err := p.db.PreparexContext(ctx, string(text))
		if err != nil {
			break // what is wrong is told to the one who runs it
		}
		more[text] = stmt
	}
	p.prepared.Store(&more)
	return more
}

// want remembers statements that a unit of work had to prepare for itself.
func (p *pool) want(texts []statement) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, text := range texts {
		if p.wanted == nil {
			p.wanted = map[statement]bool{}
		}
		if len(p.wanted) < maxBuilt {
			p.wanted[text] = true
		}
	}
}

func (p *pool) take() map[statement]bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	wanted := p.wanted
	p.wanted = nil
	return wanted
}

func (p *pool) close() {
	if prepared := p.prepared.Swap(nil); prepared != nil {
		prepared.close()
	}
}

func (s preparedStatements) close() {
	for _, stmt := range s {
		stmt.Close()
	}
}
