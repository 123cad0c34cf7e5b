package guard

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/getklar/influencercrm/crm/web"
)

// Panics answers a request whose handler panics with a problem that says nothing of it, and logs the panic with its stack.
// If the answer has begun the connection is cut off, so that nobody takes it for a whole one.
func Panics(log *slog.Logger) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			begun := &beginning{ResponseWriter: w}
			defer func() {
				cause := recover()
				if cause == nil {
					return
				}
				if cause == http.ErrAbortHandler { //nolint:errorlint // it is a value to compare with
					panic(cause)
				}
				log.ErrorContext(r.Context(), "handler panicked", "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
				if begun.yes {
					panic(http.ErrAbortHandler)
				}
				web.WriteProblem(w, r, fmt.Errorf("panic: %v", cause), slog.New(slog.DiscardHandler)) // it is logged above
			}()
			next.ServeHTTP(begun, r)
		})
	}
}

// beginning tells whether an answer has begun.
type beginning struct {
	http.ResponseWriter
	yes bool
}

func (b *beginning) WriteHeader(status int) {
	b.yes = b.yes || status >= http.StatusOK
	b.ResponseWriter.WriteHeader(status)
}

func (b *beginning) Write(p []byte) (int, error) {
	b.yes = true
	return b.ResponseWriter.Write(p)
}

// Flush implements http.Flusher, for handlers that do not use an http.ResponseController.
func (b *beginning) Flush() {
	b.yes = true
	_ = http.NewResponseController(b.ResponseWriter).Flush() // there is no other way to flush
}

// Unwrap is for http.ResponseController.
func (b *beginning) Unwrap() http.ResponseWriter { return b.ResponseWriter }
