package conformance

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/server"
	"github.com/getklar/influencercrm/storage/memory"
)

// client calls a server in this process and holds every answer against its document.
type client struct {
	*testing.T
	handler  http.Handler
	document *document
	called   *calls
	context  context.Context // of requests; nil is that of the test
	unknown  bool            // what is called is not in the document
	ws       string          // the path of the workspace that paths are in, unless they begin with /v1
}

// calls are the operations that were called, with the statuses of their answers.
type calls struct {
	mu  sync.Mutex
	all map[string]map[int]bool // by "GET /path" as it was called

	codes map[string]bool // of the problems that were answered with
}

func newClient(t *testing.T) *client {
	t.Helper()
	store := memory.New(nil)
	service := crm.New(store, nil)
	handler, err := server.Handler(service, server.Options{
		Admin: crm.NewAdmin(store, nil), Gate: openGate(t, service), Logger: slog.New(slog.DiscardHandler),
		Imports: newImports(t, service), TempDir: t.TempDir(),
		Hosts: []string{"example.com"}, // of requests of httptest
	})
	if err != nil {
		t.Fatal(err)
	}
	c := &client{T: t, handler: handler, called: &calls{all: map[string]map[int]bool{}, codes: map[string]bool{}}}
	c.document = readDocument(t, c.raw("GET", "/openapi.json", "").Body.Bytes())
	return c
}

// openGate lets everybody in, and keeps tokens in a file.
func openGate(t *testing.T, service *crm.Service) *access.Gate {
	t.Helper()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "server.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	tokens := access.NewTokens(db.State, service)
	return access.NewGate(tokens, access.NewSessions(db.State, tokens, false), true, slog.New(slog.DiscardHandler))
}

// raw calls without looking at the answer.
func (c *client) raw(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := c.request(method, path, body, headers...)
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	return w
}

func (c *client) request(method, path, body string, headers ...string) *http.Request {
	if !strings.HasPrefix(path, "/") {
		path = strings.Replace(strings.TrimSuffix(c.ws+"/"+path, "/"), "/?", "?", 1)
	}
	ctx := c.context
	if ctx == nil {
		ctx = c.Context()
	}
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for n := 0; n < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	return r
}

// do calls and wants a status. The answer must be as the document says; so must the request, unless it is to be refused.
func (c *client) do(want int, method, path, body string, headers ...string) answer {
	c.Helper()
	if method == http.MethodPatch {
		headers = append([]string{"Content-Type", "application/merge-patch+json"}, headers...)
	}
	r := c.request(method, path, body, headers...)
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	if w.Code != want {
		c.Errorf("%s %s: status %d, want %d: %s", method, path, w.Code, want, w.Body)
	}
	c.note(r, w.Code)
	c.noteCodes(w.Body.Bytes())
	asked := c.request(method, path, body, headers...)
	if want < 400 {
		if err := c.document.allows(c.Context(), asked); err != nil {
			c.Errorf("%s %s: the document does not allow the request: %v", method, path, err)
		}
		asked = c.request(method, path, body, headers...)
	}
	if c.unknown || r.URL.Query().Has("fields") && want < 400 { // a part of what the document has; TestFields looks at it
		return answer{c, w}
	}
	if err := c.document.has(c.Context(), asked, w.Result(), w.Body.Bytes()); err != nil {
		c.Errorf("%s %s, status %d: the document has another answer: %v", method, path, w.Code, err)
	}
	return answer{c, w}
}

func (c *client) note(r *http.Request, status int) {
	c.called.mu.Lock()
	defer c.called.mu.Unlock()
	key := r.Method + " " + r.URL.Path
	if c.called.all[key] == nil {
		c.called.all[key] = map[int]bool{}
	}
	c.called.all[key][status] = true
}

// noteCodes notes the codes of an answer, if it is a problem.
func (c *client) noteCodes(doc []byte) {
	var p web.Problem
	if err := json.Unmarshal(doc, &p); err != nil || p.Title == "" {
		return
	}
	c.called.mu.Lock()
	defer c.called.mu.Unlock()
	c.called.codes[p.Code] = true
	for _, e := range p.Errors {
		c.called.codes[e.Code] = true
	}
}

// answer is what came back.
type answer struct {
	c *client
	*httptest.ResponseRecorder
}

// text is a field of the JSON, by its path.
func (a answer) text(path ...string) string {
	a.c.Helper()
	var v any
	if err := json.Unmarshal(a.Body.Bytes(), &v); err != nil {
		a.c.Fatalf("no JSON: %v in %s", err, a.Body)
	}
	for _, name := range path {
		switch part := v.(type) {
		case map[string]any:
			v = part[name]
		case []any:
			if len(part) == 0 {
				a.c.Fatalf("nothing at %v in %s", path, a.Body)
			}
			v = part[0]
		}
	}
	s, ok := v.(string)
	if !ok {
		a.c.Fatalf("no text at %v in %s", path, a.Body)
	}
	return s
}

// etag is the version of the record.
func (a answer) etag() string { return a.Header().Get("ETag") }

// handlerText is the body of an answer, also after the test's context has ended.
func (c *client) handlerText(method, path string) string {
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, httptest.NewRequest(method, path, nil)) //nolint:noctx // see above
	return w.Body.String()
}
