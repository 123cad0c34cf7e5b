package guard

import (
	"log/slog"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/getklar/influencercrm/crm/web"
)

// maxCallers is of how many callers a Limiter knows what they have done lately.
const maxCallers = 10_000

// Limiter allows each of many callers a number of requests a second, and some more at once after a pause. It is safe for
// concurrent use. A nil Limiter allows everything.
type Limiter struct {
	rate    rate.Limit
	burst   int
	now     func() time.Time
	mu      sync.Mutex
	callers map[string]*rate.Limiter
}

// NewLimiter returns a Limiter of requests a second by a clock.
func NewLimiter(perSecond float64, burst int, now func() time.Time) *Limiter {
	return &Limiter{rate: rate.Limit(perSecond), burst: burst, now: now, callers: map[string]*rate.Limiter{}}
}

// Take counts a request of a caller. If it is one too many it is not counted, and Take returns how long to wait.
func (l *Limiter) Take(caller string) (wait time.Duration) {
	if l == nil {
		return 0
	}
	now := l.now()
	taken := l.of(caller, now).ReserveN(now, 1)
	if wait = taken.DelayFrom(now); wait > 0 {
		taken.CancelAt(now)
	}
	return wait
}

func (l *Limiter) of(caller string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	known := l.callers[caller]
	if known == nil {
		l.makeRoom(now)
		known = rate.NewLimiter(l.rate, l.burst)
		l.callers[caller] = known
	}
	return known
}

// makeRoom forgets the callers that may do all that a new one may, and if that is not enough some of the others.
func (l *Limiter) makeRoom(now time.Time) {
	if len(l.callers) < maxCallers {
		return
	}
	for caller, known := range l.callers {
		if known.TokensAt(now) >= float64(l.burst) {
			delete(l.callers, caller)
		}
	}
	for caller := range l.callers {
		if len(l.callers) < maxCallers/2 {
			return
		}
		delete(l.callers, caller)
	}
}

// Rate refuses a caller's requests above the limit. The function names the caller of a request; one with an empty name
// has no limit.
func Rate(l *Limiter, caller func(*http.Request) string, log *slog.Logger) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if name := caller(r); name != "" {
				if wait := l.Take(name); wait > 0 {
					web.WriteProblem(w, r, tooManyRequests(wait), log)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}
