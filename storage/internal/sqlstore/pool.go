package sqlstore

import (
	"context"
	"sync"

	"github.com/jmoiron/sqlx"
)

// pool is a database with the statements of fixed text, prepared once for all units of work:
// database/sql keeps them on each connection and prepares them again on a new one.
type pool struct {
	db    *sqlx.DB
	texts []statement

	mu       sync.Mutex
	prepared map[statement]*sqlx.Stmt
}

// statements prepares on first use, because a store may be made before its tables. It must not be
// called by a holder of the only connection.
func (p *pool) statements(ctx context.Context) (map[statement]*sqlx.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.prepared != nil {
		return p.prepared, nil
	}
	prepared := make(map[statement]*sqlx.Stmt, len(p.texts))
	for _, text := range p.texts {
		stmt, err := p.db.PreparexContext(ctx, string(text))
		if err != nil {
			for _, s := range prepared {
				s.Close()
			}
			return nil, err
		}
		prepared[text] = stmt
	}
	p.prepared = prepared
	return prepared, nil
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, stmt := range p.prepared {
		stmt.Close()
	}
	p.prepared = nil
}
