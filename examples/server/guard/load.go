package guard

import (
	"log/slog"
	"net/http"

	"github.com/getklar/influencercrm/crm/web"
)

// Concurrency answers at most so many requests at once. One more is refused and not kept waiting, so that a server under
// too much load still answers those that it has taken in time.
func Concurrency(most int, log *slog.Logger) func(http.Handler) http.Handler {
	slots := make(chan struct{}, most)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			select {
			case slots <- struct{}{}:
				defer func() { <-slots }()
				next.ServeHTTP(w, r)
			default:
				web.WriteProblem(w, r, tooManyAtOnce(), log)
			}
		})
	}
}

// Body bounds the body of every request, in bytes. Handlers set bounds of their own below it.
func Body(most int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler { return http.MaxBytesHandler(next, most) }
}
