package idempotency

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
)

// answer is one that is kept.
type answer struct {
	Status int         `json:"status,omitzero"`
	Header http.Header `json:"header,omitzero"`
	Body   []byte      `json:"body,omitzero"`
	Gone   bool        `json:"gone,omitzero"` // it was given, and what it said is not kept
}

// ServeHTTP implements http.Handler.
func (a answer) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	for name, values := range a.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body) // a client that is gone does not hear of it
}

// recorder takes an answer, so that it can be kept before the client sees it.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}

// keeps reports whether the answer is one to keep: success, or a commit without an answer.
func (r *recorder) keeps() bool {
	if r.status == http.StatusInternalServerError {
		var p web.Problem
		err := json.Unmarshal(r.body.Bytes(), &p)
		return err == nil && p.Code == crm.Code(crm.ErrUnknownOutcome)
	}
	return r.status == 0 || r.status >= 200 && r.status < 300
}

// answer is what is kept of the answer.
func (r *recorder) answer() answer {
	if r.body.Len() > MaxAnswer {
		return answer{Gone: true}
	}
	return answer{Status: max(r.status, http.StatusOK), Header: r.header, Body: r.body.Bytes()}
}

// ServeHTTP implements http.Handler: it gives the answer.
func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	answer{Status: max(r.status, http.StatusOK), Header: r.header, Body: r.body.Bytes()}.ServeHTTP(w, req)
}
