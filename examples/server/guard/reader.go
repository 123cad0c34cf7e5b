package guard

import (
	"net/http"
	"time"
)

// SlowReaders cuts off a client that takes longer than a time to read what one call of Write writes. So an answer may take
// as long as it likes, as a stream of events does, and a client that has stopped reading does not hold it.
func SlowReaders(patience time.Duration) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(&impatient{w, http.NewResponseController(w), patience}, r)
		})
	}
}

type impatient struct {
	http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
}

// extend moves the time until which the client has to read. The error of a writer without deadlines is that of tests.
func (i *impatient) extend() { _ = i.control.SetWriteDeadline(time.Now().Add(i.patience)) }

func (i *impatient) WriteHeader(status int) {
	i.extend()
	i.ResponseWriter.WriteHeader(status)
}

func (i *impatient) Write(p []byte) (int, error) {
	i.extend()
	return i.ResponseWriter.Write(p)
}

// Flush implements http.Flusher, for handlers that do not use an http.ResponseController.
func (i *impatient) Flush() {
	i.extend()
	_ = i.control.Flush() // there is no other way to flush
}

// Unwrap is for http.ResponseController.
func (i *impatient) Unwrap() http.ResponseWriter { return i.ResponseWriter }
