package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	sq "github.com/Masterminds/squirrel"
	"github.com/jmoiron/sqlx"
)

// statement is the text of a statement that never changes, in the dialect's form. It is prepared
// once a connection and run with arguments only.
type statement string

// compile is the one place where a built query becomes text, so that placeholders are turned once,
// and the one guard of the tenant: a write that does not name its workspace, or whose WHERE holds
// for every row, is refused before any database sees it.
func (d Dialect) compile(q sq.Sqlizer) (statement, []any, error) {
	text, args, err := q.ToSql()
	if err != nil {
		return "", nil, err
	}
	if err := guard(text); err != nil {
		return "", nil, err
	}
	text, err = d.Placeholder.ReplacePlaceholders(text)
	return statement(text), args, err
}

func guard(text string) error {
	verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(text)), " ")
	body, where, narrowed := strings.Cut(text, " WHERE ")
	if strings.Contains(where, "(1=1)") || strings.Contains(where, "(1=0)") {
		return fmt.Errorf("statement with an empty condition: %s", text)
	}
	switch verb {
	case "SELECT":
		return nil
	case "INSERT":
		columns, _, found := strings.Cut(body, ") VALUES ")
		if !found {
			columns, _, _ = strings.Cut(body, ")"+fromColumns)
		}
		_, columns, _ = strings.Cut(columns, " (")
		if slices.Contains(strings.Split(columns, ","), "workspace_id") {
			return nil
		}
	case "UPDATE", "DELETE":
		if narrowed && (where == tenant || strings.HasPrefix(where, tenant+" AND ")) && !hasAlternative(where) {
			return nil
		}
	}
	return fmt.Errorf("statement that does not name its workspace: %s", text)
}

// hasAlternative reports whether a condition has an OR outside of brackets: what stands before it
// then narrows nothing.
func hasAlternative(where string) bool {
	depth := 0
	for word := range strings.FieldsSeq(strings.ToUpper(where)) {
		if depth == 0 && word == "OR" {
			return true
		}
		depth += strings.Count(word, "(") - strings.Count(word, ")")
	}
	return false
}

// tenant begins the condition of every statement on a table.
const tenant = "workspace_id = ?"

// exec writes one row, or few, and returns how many rows it changed.
func (u *session) exec(ctx context.Context, text statement, args ...any) (int64, error) {
	ctx, err := u.brief(ctx)
	if err != nil {
		return 0, err
	}
	return u.sweep(ctx, text, args...)
}

// brief is the context of a statement on one row, or few. Where no network lies between, it counts
// before and not while the statement runs: watching it takes about as long as the statement.
func (u *session) brief(ctx context.Context) (context.Context, error) {
	err := cmp.Or(u.ctx.Err(), ctx.Err())
	if !u.store.dialect.Remote {
		ctx = context.WithoutCancel(ctx)
	}
	return ctx, err
}

// sweep is exec for a statement that writes many rows, which the context ends at any time.
func (u *session) sweep(ctx context.Context, text statement, args ...any) (int64, error) {
	u.wrote = true
	stmt, err := u.fixed(text)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// get reads one row into dest and reports whether there is one.
func (u *session) get(ctx context.Context, dest any, text statement, args ...any) (bool, error) {
	ctx, err := u.brief(ctx)
	if err != nil {
		return false, err
	}
	stmt, err := u.fixed(text)
	if err != nil {
		return false, err
	}
	err = stmt.GetContext(ctx, dest, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// list reads all rows of a query that is built for the call.
func (u *session) list(ctx context.Context, dest any, q sq.Sqlizer) error {
	text, args, err := u.store.dialect.compile(q)
	if err != nil {
		return err
	}
	stmt, err := u.built(text)
	if err != nil {
		return err
	}
	return stmt.SelectContext(ctx, dest, args...)
}

// each reads the rows of a query that is built for the call into row, one after the other, and calls
// fn after each.
func (u *session) each(ctx context.Context, row any, q sq.Sqlizer, fn func() error) error {
	text, args, err := u.store.dialect.compile(q)
	if err != nil {
		return err
	}
	stmt, err := u.built(text)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryxContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.StructScan(row); err != nil {
			return err
		}
		if err := fn(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// value reads the single value of a query that is built for the call.
func (u *session) value(ctx context.Context, dest any, q sq.Sqlizer) error {
	text, args, err := u.store.dialect.compile(q)
	if err != nil {
		return err
	}
	stmt, err := u.built(text)
	if err != nil {
		return err
	}
	return stmt.GetContext(ctx, dest, args...)
}

// runnable is a statement on a transaction.
type runnable interface {
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
	GetContext(ctx context.Context, dest any, args ...any) error
	SelectContext(ctx context.Context, dest any, args ...any) error
	QueryxContext(ctx context.Context, args ...any) (*sqlx.Rows, error)
}

// fixed is the pool's prepared statement on this transaction, or the text where the driver prepares. A
// host's transaction may be of another pool, so it prepares for itself.
func (u *session) fixed(text statement) (runnable, error) {
	if u.store.joined != nil {
		return u.built(text)
	}
	if !u.store.dialect.Prepare {
		return byText{u.tx, string(text)}, nil
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if stmt := u.ours(text); stmt != nil {
		return stmt, nil
	}
	return nil, fmt.Errorf("statement is not prepared: %s", text)
}

// built is fixed for a statement that is built for the call: if the pool does not have it yet, this
// transaction prepares it for itself, and asks the pool to have it for the next.
func (u *session) built(text statement) (runnable, error) {
	if !u.store.dialect.Prepare {
		return byText{u.tx, string(text)}, nil
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if stmt := u.ours(text); stmt != nil {
		return stmt, nil
	}
	if len(u.missed) == maxBuilt || len(u.own) >= maxOwn {
		return byText{u.tx, string(text)}, nil
	}
	stmt, err := u.tx.PreparexContext(u.ctx, string(text))
	if err != nil {
		return nil, err
	}
	u.own[text] = stmt
	u.missed = append(u.missed, text)
	return stmt, nil
}

// ours is a statement that the transaction or the pool has, nil if none.
func (u *session) ours(text statement) *sqlx.Stmt {
	if stmt := u.own[text]; stmt != nil {
		return stmt
	}
	shared := u.shared[text]
	if shared == nil {
		return nil
	}
	// The unit's context, because the statement outlives this call.
	stmt := u.tx.StmtxContext(u.ctx, shared)
	u.own[text] = stmt
	return stmt
}

type byText struct {
	tx   *sqlx.Tx
	text string
}

func (b byText) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	return b.tx.ExecContext(ctx, b.text, args...)
}

func (b byText) GetContext(ctx context.Context, dest any, args ...any) error {
	return b.tx.GetContext(ctx, dest, b.text, args...)
}

func (b byText) SelectContext(ctx context.Context, dest any, args ...any) error {
	return b.tx.SelectContext(ctx, dest, b.text, args...)
}

func (b byText) QueryxContext(ctx context.Context, args ...any) (*sqlx.Rows, error) {
	return b.tx.QueryxContext(ctx, b.text, args...)
}
