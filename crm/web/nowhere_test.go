package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm/web"
)

// What no route is for is a problem: 405 with the methods of a path that has others, else 404.
func TestNowhere(t *testing.T) {
	t.Parallel()
	fine := func(http.ResponseWriter, *http.Request) {}
	one, health, both := web.NewMux(nil), http.NewServeMux(), http.NewServeMux()
	for _, mux := range []*http.ServeMux{one, both} {
		mux.HandleFunc("GET /shops/{shop}", fine)
		mux.HandleFunc("PATCH /shops/{shop}", fine)
		mux.HandleFunc("POST /shops", fine)
	}
	health.HandleFunc("GET /healthz", fine)
	both.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		web.WriteProblem(w, r, web.Nowhere(r, both, health), nil)
	})
	for _, test := range []struct {
		mux    *http.ServeMux
		place  string
		status int
		allow  string
	}{
		{one, "GET /shops/a", 200, ""},
		{one, "HEAD /shops/a", 200, ""},
		{one, "DELETE /shops/a", 405, "GET, HEAD, PATCH"},
		{both, "FETCH /shops/a", 405, "GET, HEAD, PATCH"},
		{both, "GET /shops", 405, "POST"},
		{one, "OPTIONS /shops", 405, "POST"},
		{one, "POST /healthz", 404, ""},
		{both, "POST /healthz", 405, "GET, HEAD"},
		{one, "GET /", 404, ""},
		{both, "GET /shops/a/b", 404, ""},
		{one, "POST /stores", 404, ""},
	} {
		method, path, _ := strings.Cut(test.place, " ")
		w := httptest.NewRecorder()
		test.mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, nil))
		if w.Code != test.status || w.Header().Get("Allow") != test.allow {
			t.Errorf("%s: status %d, Allow %q, want %d, %q", test.place, w.Code, w.Header().Get("Allow"), test.status, test.allow)
		}
		var p web.Problem
		if test.status >= 400 && (json.Unmarshal(w.Body.Bytes(), &p) != nil || p.Status != test.status || p.Errors[0].Field != "path") {
			t.Errorf("%s: answered %s", test.place, w.Body)
		}
	}
}
