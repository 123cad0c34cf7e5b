package unit

import (
	"context"
	"math/rand/v2"
	"time"
)

// Units are retried at growing intervals, maxAttempts times, and waits add up to no more than the busy
// timeout. A failover takes a second or two.
const (
	maxAttempts   = 10
	firstInterval = 10 * time.Millisecond
	maxInterval   = time.Second
)

type backoff struct {
	attempt  int // attempts that failed
	left     time.Duration
	interval time.Duration
}

// next reports whether there is another attempt, and chooses how long to wait for it: at random between
// half and all of an interval that doubles, so that units that collided once do not collide again.
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

// retrying tells the host of an attempt that failed.
func (r *Runner) retrying(ctx context.Context, attempt int, code string) {
	r.retries.Add(1)
	r.Logger.WarnContext(ctx, "unit of work is tried again", "database", r.Dialect.Name, "attempt", attempt, "code", code)
	if r.OnRetry != nil {
		r.OnRetry(attempt, code)
	}
}
