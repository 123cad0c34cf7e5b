package unit

import (
	"context"
	"database/sql"
	"errors"

	"github.com/getklar/influencercrm/storage/internal/stmtcache"
)

// beginDirect gets ready for statements outside of transactions: on the pool itself where statements are kept prepared
// there, else on a connection. A pool whose connections are all in use, as the host may use them, is waited for here:
// inside database/sql a read could wait for longer than the busy timeout.
func (s *Session) beginDirect() error {
	if s.pool.cache != nil && !s.pool.full() && s.pool.trySit() {
		s.leave = append(s.leave, s.pool.stand)
		s.statements = prepared{s.pool.cache}
		return nil
	}
	wait, cancel := context.WithDeadline(s.ctx, s.deadline)
	defer cancel()
	if err := s.connect(wait); err != nil {
		return err
	}
	s.statements = s.conn
	return nil
}

// sit waits until fewer sessions than the pool has connections use it.
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

// full reports whether all connections are in use.
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
