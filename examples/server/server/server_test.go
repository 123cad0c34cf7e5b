package server_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/observe"
	"github.com/getklar/influencercrm/examples/server/server"
)

// town is a server with two workspaces, and a clock that tests may move.
type town struct {
	t       *testing.T
	handler http.Handler
	service *crm.Service
	tokens  *access.Tokens
	api     *api.API
	a, b    crm.WorkspaceID
	ahead   atomic.Int64 // nanoseconds
	log     logText
}

// newTown starts a server on a new SQLite file. The options' gate is made, open or not.
func newTown(t *testing.T, open bool, o server.Options) *town {
	t.Helper()
	town := &town{t: t}
	log := slog.New(slog.NewTextHandler(&town.log, nil))
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "crm.db"), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	o.Metrics, o.Logger, o.Admin, o.Ready = observe.NewMetrics(), log, crm.NewAdmin(db.Store, nil), db.State.Ready
	now := func() time.Time { return time.Now().Add(time.Duration(town.ahead.Load())) }
	town.service = crm.New(db.Store, &crm.Options{Now: now, Actor: access.Actor, Trace: o.Metrics.Trace})
	town.tokens = access.NewTokens(db.State, town.service)
	o.Gate = access.NewGate(town.tokens, access.NewSessions(db.State, town.tokens, false), open, log)
	if town.handler, err = server.Handler(town.service, o); err != nil {
		t.Fatal(err)
	}
	if town.api, err = api.New(town.service, o.Admin, api.Options{Tokens: town.tokens}); err != nil {
		t.Fatal(err)
	}
	for _, ws := range []struct {
		name string
		id   *crm.WorkspaceID
	}{{"Shop A", &town.a}, {"Shop B", &town.b}} {
		w, err := o.Admin.CreateWorkspace(t.Context(), crm.Workspace{Name: ws.name, Currency: "EUR", TimeZone: "Europe/Berlin"})
		if err != nil {
			t.Fatal(err)
		}
		*ws.id = w.ID
	}
	return town
}

// token makes a token and returns it.
func (s *town) token(scope access.Scope, workspaces ...crm.WorkspaceID) string {
	s.t.Helper()
	return s.issue(access.Order{Name: scope.String() + " token", Scope: scope, Workspaces: workspaces}).Secret
}

func (s *town) issue(o access.Order) access.Issued {
	s.t.Helper()
	issued, err := s.tokens.Create(s.t.Context(), o)
	if err != nil {
		s.t.Fatal(err)
	}
	return issued
}

// ask is a request: "POST /v1/…" with a body and headers, each like "Name: value".
type ask struct {
	place, token, body string
	headers            []string
}

// answer is what a test looks at of an answer.
type answer struct {
	status int
	code   string // of a problem
	body   string
	header http.Header
}

func (s *town) do(q ask) answer {
	s.t.Helper()
	method, path, _ := strings.Cut(q.place, " ")
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, strings.NewReader(q.body))
	if q.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if q.token != "" {
		r.Header.Set("Authorization", "Bearer "+q.token)
	}
	for _, line := range q.headers {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "Host":
			r.Host = value
		case "Content-Type":
			r.Header.Set(name, value)
		default:
			r.Header.Add(name, value)
		}
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		s.t.Fatal(err)
	}
	var problem struct {
		Code string `json:"code"`
	}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
		if err := json.Unmarshal(body, &problem); err != nil {
			s.t.Errorf("%s: problem %q: %v", q.place, body, err)
		}
	}
	return answer{w.Code, problem.Code, string(body), w.Header()}
}

// want checks the status and the code of an answer.
func (s *town) want(name string, q ask, status int, code string) answer {
	s.t.Helper()
	got := s.do(q)
	if got.status != status || got.code != code {
		s.t.Errorf("%s: %s: status %d, code %q, want %d, %q: %s", name, q.place, got.status, got.code, status, code,
			got.body[:min(len(got.body), 300)])
	}
	if (got.status == http.StatusUnauthorized) != (got.header.Get("WWW-Authenticate") != "") && got.status != http.StatusForbidden {
		s.t.Errorf("%s: %s: status %d with WWW-Authenticate %q", name, q.place, got.status, got.header.Get("WWW-Authenticate"))
	}
	return got
}

// logText is a log that several requests write at once.
type logText struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
