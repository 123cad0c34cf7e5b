package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"sync"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Problem is an error as RFC 9457 has it.
type Problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	// Code is that of crm.Code, for a program.
	Code string `json:"code,omitempty"`
	// Errors are those of single fields, for a form that marks them.
	Errors []FieldError `json:"errors,omitempty"`
}

// FieldError is a crm.Error in the language of the client.
type FieldError struct {
	Record   crm.Ref       `json:"record,omitzero"`
	Field    string        `json:"field,omitzero"`
	Value    string        `json:"value,omitzero"`
	Code     string        `json:"code"`
	Params   []string      `json:"params,omitempty"`
	Problem  string        `json:"problem"`
	Conflict *crm.Conflict `json:"conflict,omitzero"`
}

// ErrNoVersion is a change without the header If-Match.
var ErrNoVersion error = sentence.Errorf("send the ETag of the record as you have read it, in the header If-Match")

// statuses are the HTTP statuses of the families of errors. The first that fits counts, so those that stand beside
// another family come first. A commit without an answer is no 503, which would ask the client to send it again.
var statuses = []struct {
	family error
	status int
}{
	{crm.ErrUnknownOutcome, http.StatusInternalServerError},
	{crm.ErrRetry, http.StatusServiceUnavailable},
	{crm.ErrBusy, http.StatusServiceUnavailable},
	{crm.ErrReadOnly, http.StatusServiceUnavailable},
	{crm.ErrUnavailable, http.StatusServiceUnavailable},
	{crm.ErrClosed, http.StatusServiceUnavailable},
	{crm.ErrInvalid, http.StatusUnprocessableEntity},
	{crm.ErrNotFound, http.StatusNotFound},
	{crm.ErrAlreadyExists, http.StatusConflict},
	{crm.ErrReferenced, http.StatusConflict},
	{crm.ErrConflict, http.StatusPreconditionFailed},
	{ErrNoVersion, http.StatusPreconditionRequired},
	{context.DeadlineExceeded, http.StatusServiceUnavailable},
	{context.Canceled, http.StatusServiceUnavailable}, // the client is gone and does not hear it
}

// ProblemOf says an error to a client in a language, English or German. Of what the client cannot mend it says nothing.
func ProblemOf(err error, lang language.Tag) Problem {
	status, detail := http.StatusInternalServerError, sentence.Of("something is wrong on our side; it has been logged")
	p := Problem{Detail: detail.In(lang), Code: detail.Code()}
	for _, s := range statuses {
		if errors.Is(err, s.family) {
			status = s.status
			p.Detail, p.Code, p.Errors = crm.Explain(err, lang), crm.Code(err), fieldErrors(err, lang)
			break
		}
	}
	if refusal, ok := errors.AsType[*Refusal](err); ok {
		status = refusal.Status
		p.Detail, p.Code, p.Errors = crm.Explain(err, lang), crm.Code(err), fieldErrors(err, lang)
	}
	if tooLong, ok := errors.AsType[*http.MaxBytesError](err); ok {
		status = http.StatusRequestEntityTooLarge
		detail := sentence.Of("the body of the request is too long; at most %d bytes are taken", tooLong.Limit)
		p = Problem{Detail: detail.In(lang), Code: detail.Code()}
	}
	p.Status, p.Title = status, http.StatusText(status)
	return p
}

func fieldErrors(err error, lang language.Tag) (all []FieldError) {
	for _, e := range crm.FieldErrors(err) {
		problem := e.Problem
		if problem.IsZero() {
			problem = sentence.OfError(e.Family)
		}
		all = append(all, FieldError{e.Record, e.Field, e.Value, e.Code(), problem.Values(), problem.In(lang), e.Conflict})
	}
	return all
}

var matcher = sync.OnceValue(func() language.Matcher {
	return language.NewMatcher([]language.Tag{language.English, language.German})
})

// Language is the one of English and German that a request asks for in Accept-Language; English without it.
func Language(r *http.Request) language.Tag {
	lang, _ := language.MatchStrings(matcher(), r.Header.Get("Accept-Language"))
	return lang
}

// WriteProblem answers a request with an error, in the language of its Accept-Language. An error on the side of the host
// goes to the logger, slog.Default() if it is nil; one that may pass has a Retry-After.
func WriteProblem(w http.ResponseWriter, r *http.Request, err error, log *slog.Logger) {
	p := ProblemOf(err, Language(r))
	if refusal, ok := errors.AsType[*Refusal](err); ok {
		maps.Copy(w.Header(), refusal.Header)
	}
	switch p.Status {
	case http.StatusServiceUnavailable:
		if w.Header().Get("Retry-After") == "" {
			w.Header().Set("Retry-After", "1") // second
		}
	case http.StatusRequestTimeout:
		w.Header().Set("Connection", "close") // the rest of the body may still come, and is no request
	case http.StatusInternalServerError:
		if log == nil {
			log = slog.Default()
		}
		log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	doc, _ := json.Marshal(p) // cannot fail: it is made of texts and what has been read as JSON
	write(w, "application/problem+json", p.Status, doc)
}

// write answers. A client that is gone does not hear of it, and nobody else could be told.
func write(w http.ResponseWriter, contentType string, status int, doc []byte) {
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = w.Write(append(doc, '\n'))
}
