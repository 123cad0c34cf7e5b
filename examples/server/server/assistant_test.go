package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/server"
	"github.com/getklar/influencercrm/storage/memory"
)

// The API and the endpoint for assistants are both there; without a Scope assistants only read.
func TestAssistants(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	handler, err := server.Handler(crm.New(store, nil), server.Options{Admin: crm.NewAdmin(store, nil)})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	answer, err := s.Client().Get(s.URL + "/v1/enumerations")
	if err != nil {
		t.Fatal(err)
	}
	if _ = answer.Body.Close(); answer.StatusCode != http.StatusOK {
		t.Errorf("the API answers %s", answer.Status)
	}
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).
		Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: s.URL + "/mcp"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	tools, err := c.ListTools(t.Context(), nil)
	if err != nil || len(tools.Tools) != 9 { // none for imports, which this server does not have
		t.Errorf("%v, %v", tools, err)
	}
}

// The API and assistants share one index of a workspace: what one has read the other does not read again.
func TestOneIndexForAll(t *testing.T) {
	t.Parallel()
	var views atomic.Int32
	store := memory.New(nil)
	service := crm.New(store, &crm.Options{Trace: func(ctx context.Context, op crm.Operation) (context.Context, func(error)) {
		if op.Name == "view" {
			views.Add(1)
		}
		return ctx, func(error) {}
	}})
	admin := crm.NewAdmin(store, nil)
	handler, err := server.Handler(service, server.Options{Admin: admin})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	ws, err := admin.CreateWorkspace(t.Context(), crm.Workspace{Name: "North", Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	h := &host{t, service, s.URL}
	if a := h.call("POST", "/v1/workspaces/"+ws.ID.String()+"/attribution/explain", `{"id":"1","at":"2026-06-01T12:00:00Z"}`); a.status != 200 {
		t.Fatalf("%+v", a)
	}
	before := views.Load()
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).
		Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: s.URL + "/mcp"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	for range 3 {
		done, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "explain_order", Arguments: map[string]any{
			"workspace": ws.ID.String(), "id": "1", "at": "2026-06-01T12:00:00Z",
		}})
		if err != nil || done.IsError {
			t.Fatalf("%+v, %v", done, err)
		}
	}
	if before == 0 || views.Load() != before {
		t.Errorf("records were read %d times for the API, and %d times in all", before, views.Load())
	}
}
