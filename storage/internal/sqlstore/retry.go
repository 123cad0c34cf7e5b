package sqlstore

import (
	"context"
	"math/rand/v2"
	"time"
)

// How units of work are tried again: at growing intervals, at most so often, and all waiting
// together no longer than the busy timeout. A failover takes a second or two.
const (
	maxAttempts   = 10
	firstInterval = 10 * time.Millisecond
	maxInterval   = time.Second
)

type backoff struct {
	attempt  int // tries that failed
	left     time.Duration
	interval time.Duration
}

// next reports whether there is another try, and chooses how long to wait for it: at random between
// half and all of an interval that doubles, so that units that met once do not meet again.
func (b *backoff) next() bool {
	b.attempt++
	full := min(firstInterval<<(b.attempt-1), maxInterval)
	b.interval = full/2 + rand.N(full/2)
	b.left -= b.interval
	return b.attempt < maxAttempts && b.left >= 0
}

func (b *backoff) pause(ctx context.Context) error {
	timer := time.NewTimer(b.interval)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// retrying tells the host of a try that failed.
func (s *Store) retrying(ctx context.Context, attempt int, code string) {
	s.retries.Add(1)
	s.log.WarnContext(ctx, "unit of work is tried again", "database", s.dialect.Name, "attempt", attempt, "code", code)
	if s.onRetry != nil {
		s.onRetry(attempt, code)
	}
}
