package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// newHost is a host on a new file, with one shop for each owner.
func newHost(t *testing.T, out io.Writer, owners ...string) (*host, []*shop) {
	t.Helper()
	h, err := open(t.Context(), filepath.Join(t.TempDir(), "shops.db"), out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	opened := make([]*shop, len(owners))
	for n, owner := range owners {
		opened[n] = newShop(t, h, owner+"-shop", owner)
	}
	return h, opened
}

// shop is one that has a campaign, an influencer and a cooperation in June, seen by its owner over HTTP.
type shop struct {
	*testing.T
	h     *host
	name  string
	owner string
	ws    crm.WorkspaceID
	june  crm.Cooperation
}

func newShop(t *testing.T, h *host, name, owner string) *shop {
	t.Helper()
	ws, err := h.addShop(t.Context(), name, owner)
	if err != nil {
		t.Fatal(err)
	}
	june, err := h.book(context.WithValue(t.Context(), userKey{}, owner), ws)
	if err != nil {
		t.Fatal(err)
	}
	return &shop{t, h, name, owner, ws, june}
}

// send sends a request about the shop; more are the names and values of headers.
func (s *shop) send(method, path, body string, more ...string) *httptest.ResponseRecorder {
	s.Helper()
	r := httptest.NewRequestWithContext(s.Context(), method, "/shops/"+s.name+path, strings.NewReader(body))
	r.Header.Set("X-User", s.owner)
	for n := 0; n < len(more); n += 2 {
		r.Header.Set(more[n], more[n+1])
	}
	w := httptest.NewRecorder()
	s.h.routes().ServeHTTP(w, r)
	return w
}

// answer reads what came with the status that is wanted.
func answer[T any](s *shop, status int, w *httptest.ResponseRecorder) T {
	s.Helper()
	want := "application/json"
	if status >= http.StatusBadRequest {
		want = "application/problem+json"
	}
	if got := w.Header().Get("Content-Type"); w.Code != status || got != want {
		s.Fatalf("got %d %s, want %d %s: %s", w.Code, got, status, want, w.Body)
	}
	var v T
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		s.Fatalf("%v: %s", err, w.Body)
	}
	return v
}

// august is what a client sends to book the influencer for August.
func (s *shop) august() string {
	return `{"campaign":"` + s.june.Campaign.String() + `","influencer":"` + s.june.Influencer.String() +
		`","profile":"` + s.june.Profile.String() + `","period":{"start":"2026-08-01","end":"2026-08-31"}}`
}

func (s *shop) at(c crm.Cooperation) string { return "/cooperations/" + c.ID.String() }

type changesPage struct {
	Changes []crm.Change `json:"changes"`
	Next    crm.Seq      `json:"next"`
}
