package assistant_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/assistant"
)

// Two servers on the same store answer as one: neither keeps anything of a client.
func TestHTTP(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	var endpoints [2]string
	for n := range endpoints {
		a := must(assistant.New(s.crm, s.admin, s.options(api.Write)))(t)
		server := httptest.NewServer(a.Handler())
		t.Cleanup(server.Close)
		endpoints[n] = server.URL
	}
	turns := &turns{to: endpoints}
	c := newClient(t, &mcp.StreamableClientTransport{Endpoint: endpoints[0], HTTPClient: &http.Client{Transport: turns}})
	t.Cleanup(func() { _ = c.Close() })
	if got := len(must(c.ListTools(t.Context(), nil))(t).Tools); got != 13 {
		t.Errorf("%d tools", got)
	}
	proposed := s.ask(c, "propose_change", args{"steps": []args{{"op": "create", "kind": "campaign", "fields": args{"name": "Winter"}}}})
	applied := s.ask(c, "apply_proposal", args{"proposal": proposed.at("proposal"), "digest": proposed.at("digest")})
	if applied.refused || applied.Summary != "Applied as shown. undo_unit takes it back." {
		t.Error(applied.text)
	}
	if turns.n < 4 {
		t.Errorf("%d requests", turns.n)
	}
}

// turns sends requests to two servers in turns.
type turns struct {
	to [2]string
	n  int
}

// RoundTrip implements http.RoundTripper.
func (t *turns) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	t.n++
	r.URL.Host = strings.TrimPrefix(t.to[t.n%2], "http://")
	r.Host = r.URL.Host
	return http.DefaultTransport.RoundTrip(r)
}

// What is no call of a client is refused before it reaches a tool.
func TestRefusedRequests(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	a := must(assistant.New(s.crm, s.admin, s.options(api.Write)))(t)
	server := httptest.NewServer(a.Handler())
	t.Cleanup(server.Close)
	const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize",` +
		`"params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}`
	for _, test := range []struct {
		name, method, body string
		header             map[string]string
		host               string
		want               int
	}{
		{"a client", "POST", initialize, nil, "", http.StatusOK},
		{"a page of another origin", "POST", initialize, map[string]string{"Origin": "https://evil.example"}, "", http.StatusForbidden},
		{"a page of another site", "POST", initialize, map[string]string{"Sec-Fetch-Site": "cross-site"}, "", http.StatusForbidden},
		{"a foreign name for this machine", "POST", initialize, nil, "evil.example", http.StatusForbidden},
		{"GET", "GET", "", nil, "", http.StatusMethodNotAllowed},
		{"DELETE", "DELETE", "", nil, "", http.StatusMethodNotAllowed},
		{"a form", "POST", "a=b", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, "", http.StatusUnsupportedMediaType},
		{"no JSON", "POST", "{", nil, "", http.StatusBadRequest},
		{"a long body", "POST", `{"jsonrpc":"2.0","id":1,"method":"` + strings.Repeat("x", 3<<20) + `"}`, nil, "",
			http.StatusRequestEntityTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := must(http.NewRequestWithContext(t.Context(), test.method, server.URL, strings.NewReader(test.body)))(t)
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept", "application/json, text/event-stream")
			for name, value := range test.header {
				r.Header.Set(name, value)
			}
			r.Host = test.host
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body := must(io.ReadAll(answer.Body))(t)
			_ = answer.Body.Close()
			if diff := cmp.Diff(test.want, answer.StatusCode); diff != "" {
				t.Errorf("(-want +got):\n%s%s", diff, body)
			}
		})
	}
}
