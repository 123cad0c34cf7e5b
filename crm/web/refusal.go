package web

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// Refusal is an error with an HTTP status of its own: what a host decides around calls of package crm, such as 401 for a
// request without a token, or 429 for one of too many.
type Refusal struct {
	Status int
	Header http.Header // added to the answer, such as WWW-Authenticate or Retry-After; may be nil
	Reason error       // what the client is told, a *crm.Error or a *sentence.Error
}

// Error returns the text of the reason.
func (r *Refusal) Error() string { return r.Reason.Error() }

// Unwrap returns the reason.
func (r *Refusal) Unwrap() error { return r.Reason }

// RetryAfter is the header that asks a client to wait before it sends a request again, in whole seconds, at least one.
func RetryAfter(wait time.Duration) http.Header {
	seconds := max(1, int(math.Ceil(wait.Seconds())))
	return http.Header{"Retry-After": {strconv.Itoa(seconds)}}
}
