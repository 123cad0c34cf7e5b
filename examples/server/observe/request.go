package observe

import (
	"context"
	"net/http"
	"time"
)

// Request is what is told of a request that is over.
type Request struct {
	Method string // as HTTP knows it, or OTHER: a client can send any text
	Route  string // with the names of parameters in place of their values; empty if there is none
	Token  string // the id of the caller's token; empty without one
	Status int    // 0 if the connection was cut off
	Bytes  int64  // of the answer
	Took   time.Duration
}

type requestKey struct{}

// Requests hands what is known of each request, when it is over, to the functions. Route has to stand around the mux inside
// it, which knows the route.
func Requests(now func() time.Time, tell ...func(context.Context, Request)) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			told := &Request{Method: method(r.Method)}
			began := now()
			ctx := context.WithValue(r.Context(), requestKey{}, told)
			defer func() {
				told.Took = now().Sub(began)
				for _, tell := range tell {
					tell(ctx, *told)
				}
			}()
			next.ServeHTTP(&writer{w, told}, r.WithContext(ctx))
			if told.Status < http.StatusOK { // net/http answers for a handler that says nothing
				told.Status = http.StatusOK
			}
		})
	}
}

// Route keeps the route of a request, and the id of its token, for Requests. The request must be the one that the mux gets.
func Route(token func(context.Context) string, mux http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if told, ok := r.Context().Value(requestKey{}).(*Request); ok {
			told.Token = token(r.Context())
			defer func() { told.Route = r.Pattern }()
		}
		mux.ServeHTTP(w, r)
	})
}

// writer counts what is answered.
type writer struct {
	http.ResponseWriter
	told *Request
}

func (w *writer) WriteHeader(status int) {
	if w.told.Status < http.StatusOK { // else it is too late
		w.told.Status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(p []byte) (int, error) {
	if w.told.Status < http.StatusOK {
		w.told.Status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.told.Bytes += int64(n)
	return n, err
}

// Flush implements http.Flusher, for handlers that do not use an http.ResponseController.
func (w *writer) Flush() {
	_ = http.NewResponseController(w.ResponseWriter).Flush() // there is no other way to flush
}

// Unwrap is for http.ResponseController.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// method keeps the methods that HTTP knows.
func method(name string) string {
	switch name {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS":
		return name
	}
	return "OTHER"
}
