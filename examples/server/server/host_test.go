package server_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/server"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

// host is a server on a database, as one process of several.
type host struct {
	*testing.T
	crm *crm.Service
	url string
}

// newHost starts a server that ends with the test, or before it when ending is closed.
func newHost(t *testing.T, dsn string, ending <-chan struct{}) *host {
	t.Helper()
	db := testdb.Open(t, dsn)
	service := crm.New(db.Store, nil)
	hooks := webhook.New(db.State, service, crm.NewAdmin(db.Store, nil), webhook.Options{
		Private: true, Logger: slog.New(slog.DiscardHandler),
	})
	handler, err := server.Handler(service, server.Options{
		Admin: crm.NewAdmin(db.Store, nil), State: db.State, Webhooks: hooks, Ending: ending, Heartbeat: 50 * time.Millisecond,
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(handler)
	ctx, stop := context.WithCancel(t.Context())
	var sending sync.WaitGroup
	sending.Go(func() { hooks.Run(ctx) })
	t.Cleanup(func() {
		stop()
		sending.Wait()
		s.CloseClientConnections() // streams would hold up Close
		s.Close()
	})
	return &host{t, service, s.URL}
}

// reply is what a server said.
type reply struct {
	status int
	header http.Header
	body   string
}

// call sends a request with headers, each a name and a value.
func (h *host) call(method, path, body string, headers ...string) reply {
	h.Helper()
	r, err := http.NewRequestWithContext(h.Context(), method, h.url+path, strings.NewReader(body))
	if err != nil {
		h.Fatal(err)
	}
	for n := 0; n < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		h.Fatal(err)
	}
	defer res.Body.Close()
	doc, err := io.ReadAll(res.Body)
	if err != nil {
		h.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, string(doc)}
}

// field is a field of a reply in JSON.
func (h *host) field(a reply, name string) string {
	h.Helper()
	var doc map[string]json.RawMessage
	if err := json.Unmarshal([]byte(a.body), &doc); err != nil || doc[name] == nil {
		h.Fatalf("%d %s: no %s, %v", a.status, a.body, name, err)
	}
	return strings.Trim(string(doc[name]), `"`)
}

// workspace makes a workspace and returns its path.
func (h *host) workspace(name string) string {
	h.Helper()
	a := h.call("POST", "/v1/workspaces", `{"name":"`+name+`","currency":"EUR","time_zone":"Europe/Berlin"}`)
	return "/v1/workspaces/" + h.field(a, "id")
}
