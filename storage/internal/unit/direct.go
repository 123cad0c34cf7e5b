package unit

import (
	"context"
	"database/sql"
	"errors"

	"github.com/getklar/influencercrm/storage/internal/stmtcache"
)

// beginDirect gets ready for statements outside of transactions: on the pool itself where statements are kept prepared
// there, else on a connection.
func (s *Session) beginDirect() error {
	if s.pool.cache == nil {
		wait, cancel := context.WithDeadline(s.ctx, s.deadline)
		defer cancel()
		if err := s.connect(wait); err != nil {
			return err
		}
		s.statements = s.conn
		return nil
	}
	s.statements = prepared{s.pool.cache}
	if s.pool.trySit() {
		s.leave = append(s.leave, s.pool.stand)
		return nil
	}
	wait, cancel := context.WithDeadline(s.ctx, s.deadline)
	defer cancel()
	return s.sit(wait)
}

// sit waits until the pool has a connection for this session. A read on prepared statements gets its connection inside
// database/sql, where it could wait for longer than the busy timeout.
func (s *Session) sit(wait context.Context) error {
	if s.pool.seats == nil {
		return nil
	}
	select {
	case s.pool.seats <- struct{}{}:
		s.leave = append(s.leave, s.pool.stand)
		return nil
	case <-wait.Done():
		return s.waitFailed(wait, s.pool.waiting, wait.Err())
	}
}

func (p *pool) trySit() bool {
	select {
	case p.seats <- struct{}{}:
		return true
	default:
		return false
	}
}

// full reports whether all connections are in use, as they may be by the host, who takes no seats.
func (p *pool) full() bool {
	stats := p.db.Stats()
	return stats.MaxOpenConnections > 0 && stats.InUse >= stats.MaxOpenConnections
}

func (p *pool) stand() { <-p.seats }

// prepared runs reads on the prepared statements of a pool.
type prepared struct{ *stmtcache.Cache }

func (prepared) ExecContext(context.Context, string, ...any) (sql.Result, error) {
	return nil, errors.New("a read outside of units of work writes nothing")
}
