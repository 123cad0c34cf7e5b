package google

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// Retry says how requests are repeated that fail for a passing reason: a quota that is used up (429), a failure of
// Google's (500, 502, 503, 504), a broken connection. The wait before the second attempt is First and doubles before
// each further one, up to Longest; up to half of it is added at random, so that many programs do not come back
// together. If Google says how long to wait, that is waited if it is more, and if it is more than Longest there is no
// further attempt. In each field the zero value means the default.
type Retry struct {
	Attempts int           // of one request, with the first; by default 7, with which the waits outlast a quota's minute
	First    time.Duration // by default one second
	Longest  time.Duration // by default 64 seconds
	// Wait waits, or returns the error of a context that ends before; nil really waits. Tests give their own.
	Wait func(ctx context.Context, d time.Duration) error
}

func (r Retry) orDefault() Retry {
	if r.Attempts <= 0 {
		r.Attempts = 7
	}
	if r.First <= 0 {
		r.First = time.Second
	}
	if r.Longest <= 0 {
		r.Longest = 64 * time.Second
	}
	if r.Wait == nil {
		r.Wait = wait
	}
	return r
}

// pause returns how long to wait after an attempt, counted from 1, that failed with e. It is false if there shall be no
// further one.
func (r Retry) pause(attempt int, e *Error) (time.Duration, bool) {
	if !e.again || attempt >= r.Attempts || e.after > r.Longest {
		return 0, false
	}
	d := r.First
	for i := 1; i < attempt && d < r.Longest; i++ {
		d *= 2
	}
	d = min(d, r.Longest)
	return max(d+rand.N(d/2+1), e.after), true
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// isPassing reports whether a request that got this status may well succeed a little later.
func isPassing(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// retryAfter reads how long an answer asks to wait: in seconds, or until a time, which is taken from the answer's own
// clock.
func retryAfter(h http.Header) time.Duration {
	text := h.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return max(until.Sub(now), 0)
}
