package web

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// NewMux is a http.ServeMux that answers with a problem what it has no route for, where it would by itself answer with plain
// text. It has a route for "/", so none can be added for that. The logger gets nothing that is the client's fault; it is
// slog.Default() if it is nil.
func NewMux(log *slog.Logger) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { WriteProblem(w, r, Nowhere(r, mux), log) })
	return mux
}

// Nowhere is the error for a request that no route of some muxes is for: a [Refusal] with 405 and Allow if its path has other
// methods, else a crm.ErrNotFound. It is for the route "/" of a host that has several muxes, or pages; see [NewMux].
func Nowhere(r *http.Request, muxes ...*http.ServeMux) error {
	reason := &crm.Error{Family: crm.ErrNotFound, Field: "path", Value: crm.Shorten(r.Method + " " + r.URL.Path),
		Problem: sentence.Of("there is nothing here")}
	allowed := strings.Join(methods(r, muxes), ", ")
	if allowed == "" {
		return reason
	}
	reason.Family, reason.Problem = crm.ErrInvalid, sentence.Of("this path takes no such method, but %s", allowed)
	return &Refusal{Status: http.StatusMethodNotAllowed, Header: http.Header{"Allow": {allowed}}, Reason: reason}
}

// methods are those for which the path of a request has a route. A route without a method takes all of them, and would have
// been found if it were not the one for everything else.
func methods(r *http.Request, muxes []*http.ServeMux) (all []string) {
	probe := r.WithContext(r.Context())
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		probe.Method = method
		if slices.ContainsFunc(muxes, func(mux *http.ServeMux) bool {
			_, pattern := mux.Handler(probe)
			return strings.Contains(pattern, " ")
		}) {
			all = append(all, method)
		}
	}
	return all
}
