package postgres

import (
	"context"
	"database/sql"
	"hash/fnv"

	"github.com/pressly/goose/v3/lock"
)

// sessionLock is an advisory lock that a program holds while it migrates. The server lets the next one
// in at once, where goose's own lock asks every few seconds.
type sessionLock struct{ id int64 }

// lockFor is the lock of one set of tables; a hash, because a database's advisory locks are numbers.
func lockFor(table string) lock.SessionLocker {
	h := fnv.New64a()
	h.Write([]byte("influencercrm " + table))
	return sessionLock{int64(h.Sum64())}
}

// SessionLock implements lock.SessionLocker.
func (l sessionLock) SessionLock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", l.id)
	return err
}

// SessionUnlock implements lock.SessionLocker.
func (l sessionLock) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", l.id)
	return err
}
