package pages_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/pages"
	"github.com/getklar/influencercrm/storage/memory"
)

// host serves the pages of a workspace in memory, at ten in the morning of 15 June 2026.
type host struct {
	*testing.T
	crm   *crm.Service
	admin *crm.Admin
	ws    crm.Workspace
	url   string
}

func newHost(t *testing.T) *host {
	t.Helper()
	return newHostOver(t, memory.New(nil), func(*crm.Service) pages.Options { return pages.Options{} })
}

// newHostOver is newHost with a store and options.
func newHostOver(t *testing.T, store interface {
	crm.Store
	crm.AdminStore
}, options func(*crm.Service) pages.Options,
) *host {
	t.Helper()
	o := &crm.Options{Now: func() time.Time { return time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC) }}
	h := &host{T: t, crm: crm.New(store, o), admin: crm.NewAdmin(store, o)}
	h.ws = h.workspace("North")
	settings := options(h.crm)
	settings.Logger = slog.New(slog.DiscardHandler)
	p, err := pages.New(h.crm, h.admin, settings)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	p.Routes(mux)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	h.url = s.URL
	return h
}

func (h *host) workspace(name string) crm.Workspace {
	h.Helper()
	ws, err := h.admin.CreateWorkspace(h.Context(), crm.Workspace{Name: name, Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		h.Fatal(err)
	}
	return ws
}

// page is what a visitor gets.
type page struct {
	status int
	to     string // where a redirect leads
	body   string
}

// main is what stands in the page, for messages.
func (p page) main() string {
	_, main, _ := strings.Cut(p.body, "<main")
	main, _, _ = strings.Cut(main, "</main>")
	return main
}

// get asks for a page, of the host's workspace unless the path begins with a slash.
func (h *host) get(path, lang string) page {
	h.Helper()
	r, err := http.NewRequestWithContext(h.Context(), http.MethodGet, h.at(path), nil)
	if err != nil {
		h.Fatal(err)
	}
	r.Header.Set("Accept-Language", lang)
	return h.do(r)
}

// post sends a form of pairs of names and values.
func (h *host) post(path string, pairs ...string) page {
	h.Helper()
	values := url.Values{}
	for n := 0; n < len(pairs); n += 2 {
		values.Add(pairs[n], pairs[n+1])
	}
	r, err := http.NewRequestWithContext(h.Context(), http.MethodPost, h.at(path), strings.NewReader(values.Encode()))
	if err != nil {
		h.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.do(r)
}

func (h *host) at(path string) string {
	if strings.HasPrefix(path, "/") {
		return h.url + path
	}
	return h.url + "/w/" + h.ws.ID.String() + "/" + path
}

// do sends a request and follows no redirect.
func (h *host) do(r *http.Request) page {
	h.Helper()
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		h.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		h.Fatal(err)
	}
	return page{answer.StatusCode, answer.Header.Get("Location"), string(body)}
}

// has fails the test unless a page has a status and all texts.
func (h *host) has(what string, p page, status int, texts ...string) {
	h.Helper()
	if p.status != status {
		h.Errorf("%s: status %d, want %d: %s", what, p.status, status, p.main())
		return
	}
	for _, text := range texts {
		if !strings.Contains(p.body, text) {
			h.Errorf("%s lacks %q: %s", what, text, p.main())
		}
	}
}
