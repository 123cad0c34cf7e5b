package pgtest

import (
	"context"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Pool lends databases with all tables, one test after the other the same one. To copy and to drop a database, and to
// read its catalogue for the first time, costs a server much more than most tests of a suite do. A test may write rows
// and add tables, but has to leave the tables of the store as they are.
type Pool struct {
	t    testing.TB
	mu   sync.Mutex
	free []lent // without rows
}

// lent is a database of a pool.
type lent struct {
	dsn   string
	empty *pgx.Conn // removes the rows: a connection for each test would cost more than that
}

// NewPool returns a pool without databases. What it makes is dropped after t, which is skipped, or fails, if there is no
// server.
func NewPool(t testing.TB) *Pool {
	t.Helper()
	needed(t)
	return &Pool{t: t}
}

// Database returns the DSN of a database without rows, which t has for itself until it ends.
func (p *Pool) Database(t testing.TB) string {
	t.Helper()
	d := p.take(t)
	t.Cleanup(func() {
		if _, err := d.empty.Exec(context.Background(), empty); err != nil {
			t.Errorf("removing the rows: %v", err) // and nobody gets the database again
			return
		}
		p.give(d)
	})
	return d.dsn
}

// take prefers a database that has been used before. It makes a new one in the name of the test that has the pool, after
// which it is dropped.
func (p *Pool) take(t testing.TB) lent {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if last := len(p.free) - 1; last >= 0 {
		d := p.free[last]
		p.free = p.free[:last]
		return d
	}
	s := needed(t)
	name, dsn, err := s.copied(s.template, "UTF8")
	if err != nil {
		t.Fatal(err)
	}
	p.t.Cleanup(func() { s.drop(p.t, name) })
	conn, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	p.t.Cleanup(func() { conn.Close(context.Background()) }) //nolint:errcheck // the database goes
	return lent{dsn, conn}
}

func (p *Pool) give(d lent) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, d)
}

// empty removes all rows but those that say which migrations have run. A table refers to tables that were made before it.
// DELETE takes a twentieth of the time of TRUNCATE, which makes each table and index anew.
const empty = `DO $$
DECLARE r record;
BEGIN
	SET LOCAL lock_timeout = '10s'; -- who still has a transaction open would keep the test waiting without a word
	SET LOCAL row_security = off; -- a policy that hides rows is an error
	FOR r IN SELECT c.oid::regclass AS name FROM pg_class c
		WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'crm_migrations'
		ORDER BY c.oid DESC
	LOOP
		EXECUTE 'DELETE FROM ' || r.name;
	END LOOP;
END $$`
