package postgres

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"

	"github.com/pressly/goose/v3/lock"
)

// sessionLock is an advisory lock that a program holds while it migrates. The next program gets it at once; goose's own
// lock polls every few seconds.
type sessionLock struct{ id int64 }

// lockFor is the lock of one set of tables: a hash, because advisory locks are numbers.
func lockFor(table string) lock.SessionLocker {
	sum := sha256.Sum256([]byte("influencercrm " + table))
	return sessionLock{int64(binary.BigEndian.Uint64(sum[:8]))}
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
