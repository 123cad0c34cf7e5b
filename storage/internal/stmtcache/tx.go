package stmtcache

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"
)

// Tx runs statements on one transaction, each text prepared once. One goroutine at a time uses it.
type Tx struct {
	tx    *sqlx.Tx
	cache *Cache

	stmts map[string]*sqlx.Stmt
}

// maxPerTx bounds the statements that one transaction keeps prepared; further ones run by their text.
const maxPerTx = 500

// NewTx is for a transaction of the cache's pool. With a nil cache, for a transaction of another pool,
// it prepares all statements for itself.
func NewTx(tx *sqlx.Tx, cache *Cache) *Tx {
	return &Tx{tx: tx, cache: cache, stmts: map[string]*sqlx.Stmt{}}
}

// stmt is the statement with a text, nil if it is to run without being prepared.
func (t *Tx) stmt(ctx context.Context, text string) (*sqlx.Stmt, error) {
	if stmt := t.stmts[text]; stmt != nil || len(t.stmts) >= maxPerTx {
		return stmt, nil
	}
	stmt, err := t.prepare(ctx, text)
	if err == nil {
		t.stmts[text] = stmt
	}
	return stmt, err
}

func (t *Tx) prepare(ctx context.Context, text string) (*sqlx.Stmt, error) {
	if t.cache != nil {
		if cached := t.cache.get(text); cached != nil {
			// The statement outlives the call. One that is made with a context that has ended fails for ever.
			return t.tx.StmtxContext(context.WithoutCancel(ctx), cached), nil
		}
	}
	return t.tx.PreparexContext(ctx, text)
}

// ExecContext is that of *sqlx.Tx.
func (t *Tx) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	stmt, err := t.stmt(ctx, text)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return t.tx.ExecContext(ctx, text, args...)
	}
	return stmt.ExecContext(ctx, args...)
}

// QueryContext is that of *sqlx.Tx.
func (t *Tx) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	stmt, err := t.stmt(ctx, text)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return t.tx.QueryContext(ctx, text, args...)
	}
	return stmt.QueryContext(ctx, args...)
}
