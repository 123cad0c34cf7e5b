package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/getklar/influencercrm/crm"
)

// problem is an error as RFC 9457 has it, with the errors of single fields.
type problem struct {
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Detail string       `json:"detail"`
	Errors []*crm.Error `json:"errors,omitempty"`
}

var errUnconditional = errors.New("send the ETag of the cooperation as you have read it, in the header If-Match")

// statuses are the HTTP statuses of the families of errors.
var statuses = []struct {
	family error
	status int
}{
	{crm.ErrInvalid, http.StatusUnprocessableEntity},
	{crm.ErrNotFound, http.StatusNotFound},
	{crm.ErrAlreadyExists, http.StatusConflict},
	{crm.ErrReferenced, http.StatusConflict},
	{crm.ErrConflict, http.StatusPreconditionFailed},
	{crm.ErrBusy, http.StatusServiceUnavailable},
	{crm.ErrClosed, http.StatusServiceUnavailable},
	{crm.ErrUnavailable, http.StatusServiceUnavailable},
	{context.DeadlineExceeded, http.StatusServiceUnavailable},
	{context.Canceled, http.StatusServiceUnavailable}, // the client is gone and does not hear it
	{errUnconditional, http.StatusPreconditionRequired},
}

// problemOf says an error to a client. Of what the client cannot mend it says nothing.
func problemOf(err error) problem {
	p := problem{Status: http.StatusInternalServerError, Detail: "something is wrong on our side; it has been logged"}
	for _, s := range statuses {
		if errors.Is(err, s.family) {
			p = problem{Status: s.status, Detail: err.Error(), Errors: crm.FieldErrors(err)}
			break
		}
	}
	if errors.Is(err, crm.ErrUnavailable) { // it names hosts and roles
		p.Detail = crm.ErrUnavailable.Error()
	}
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) {
		p = problem{Status: http.StatusRequestEntityTooLarge, Detail: "the body is too long; at most 1 MiB is taken"}
	}
	p.Title = http.StatusText(p.Status)
	return p
}

func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	switch p.Status {
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "1") // second
	case http.StatusInternalServerError:
		slog.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}
