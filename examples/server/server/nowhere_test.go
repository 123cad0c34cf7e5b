package server_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
)

// What no route is for is a problem for programs and a page for people, whichever part of the server the path belongs to.
func TestNowhere(t *testing.T) {
	t.Parallel()
	h := newHost(t, testdb.File(t), nil)
	ws := h.workspace("North")
	page := strings.Replace(ws, "/v1/workspaces", "/w", 1)
	for _, test := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/nowhere", 404, ""},
		{"POST", "/nowhere", 404, ""},
		{"GET", "/static/nothing.css", 404, ""},
		{"GET", "/static/", 404, ""},
		{"POST", "/healthz", 405, "GET, HEAD"},
		{"DELETE", "/readyz", 405, "GET, HEAD"},
		{"PUT", "/language", 405, "POST"},
		{"GET", "/mcp", 405, "POST"},
		{"DELETE", "/mcp", 405, "POST"},
		{"POST", "/", 405, "GET, HEAD"},
		{"POST", "/docs", 405, "GET, HEAD"},
		{"PUT", page + "/campaigns", 405, "GET, HEAD"},
		{"POST", page + "/nowhere", 405, "GET, HEAD"},
		{"GET", "/v1", 404, ""},
		{"GET", "/v1/nowhere", 404, ""},
		{"GET", ws + "/nowhere", 404, ""},
		{"TRACE", ws + "/members", 405, "GET, HEAD, POST"},
		{"DELETE", "/v1/workspaces", 405, "GET, HEAD, POST"},
	} {
		a := h.call(test.method, test.path, "")
		var p web.Problem
		if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.status != test.status ||
			p.Status != test.status || p.Errors[0].Field != "path" ||
			a.header.Get("Content-Type") != "application/problem+json" || a.header.Get("Allow") != test.allow {
			t.Errorf("%s %s: status %d, Allow %q, %s", test.method, test.path, a.status, a.header.Get("Allow"), a.body)
		}
		if strings.HasPrefix(test.path, "/v1") || strings.HasPrefix(test.path, "/static") || test.path == "/docs" {
			continue // these have no pages
		}
		a = h.call(test.method, test.path, "", "Accept", "text/html,*/*;q=0.8", "Accept-Language", "de")
		if a.status != test.status || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") || a.header.Get("Allow") != test.allow ||
			!strings.Contains(a.body, `lang="de"`) {
			t.Errorf("%s %s in a browser: status %d, Allow %q, %s", test.method, test.path, a.status, a.header.Get("Allow"), a.body)
		}
	}
}
