package server_test

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/server"
	"github.com/getklar/influencercrm/storage/memory"
)

// A token that sends too much waits, and the others do not.
func TestRate(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{Rate: 0.01})
	busy, calm := s.token(access.Read), s.token(access.Read)
	s.want("first", ask{place: "GET /v1/caller", token: busy}, http.StatusOK, "")
	got := s.want("second", ask{place: "GET /v1/caller", token: busy}, http.StatusTooManyRequests, "too_many_requests")
	if wait, err := strconv.Atoi(got.header.Get("Retry-After")); err != nil || wait < 50 || wait > 100 {
		t.Errorf("Retry-After %q", got.header.Get("Retry-After"))
	}
	s.want("another one's", ask{place: "GET /v1/caller", token: calm}, http.StatusOK, "")
}

// After 20 guesses further ones of the address have to wait, at the form too. A good token gets in all the while: behind a
// proxy whoever guesses has the address of everybody.
func TestGuesses(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	good := s.token(access.Read)
	guess := func() string { return "crm_" + uuid.NewString() + uuid.NewString() }
	for range 20 {
		s.want("guess", ask{place: "GET /v1/caller", token: guess()}, http.StatusUnauthorized, "token_not_valid")
	}
	got := s.want("one more", ask{place: "GET /v1/caller", token: guess()}, http.StatusTooManyRequests, "too_many_failures")
	if got.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After %q", got.header.Get("Retry-After"))
	}
	if got := s.login(guess(), ""); got.status != http.StatusTooManyRequests {
		t.Errorf("a guess at the form: status %d", got.status)
	}
	s.want("a good token", ask{place: "GET /v1/caller", token: good}, http.StatusOK, "")
	if got := s.login(good, ""); got.status != http.StatusSeeOther {
		t.Errorf("a good token at the form: status %d", got.status)
	}
	fresh := s.token(access.Read) // which nothing remembers yet
	s.want("a token that was never shown", ask{place: "GET /v1/caller", token: fresh}, http.StatusOK, "")
	s.ahead.Add(2e9)
	s.want("two seconds later", ask{place: "GET /v1/caller", token: guess()}, http.StatusUnauthorized, "token_not_valid")
}

// On a machine of one's own nothing is needed; what a proxy passes on comes from somewhere else.
func TestOpen(t *testing.T) {
	t.Parallel()
	s := newTown(t, true, server.Options{})
	s.want("here", ask{place: "POST /v1/workspaces/" + s.a.String() + "/members", body: `{"name":"Ada"}`}, http.StatusCreated, "")
	s.want("a bad token", ask{place: "GET /v1/caller", token: "bad"}, http.StatusUnauthorized, "token_not_valid")
	for _, header := range []string{"X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7", "Via: 1.1 proxy", "X-Real-IP: 192.0.2.7"} {
		s.want(header, ask{place: "GET /v1/caller", headers: []string{header}}, http.StatusUnauthorized, "token_missing")
	}
	s.want("a page of another site", ask{place: "DELETE /v1/workspaces/" + s.a.String(), headers: []string{"Sec-Fetch-Site: cross-site"}},
		http.StatusForbidden, "foreign_origin")
	s.want("a name that points here", ask{place: "GET /v1/caller", headers: []string{"Host: rebound.example"}},
		http.StatusMisdirectedRequest, "foreign_host")
}

// Every answer tells browsers what not to do with it, that of an error too.
func TestHeaders(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	for _, at := range []string{"GET /login", "GET /v1/caller", "GET /nowhere", "GET /openapi.json"} {
		got := s.do(ask{place: at})
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY", "Cache-Control": "no-store",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got.header.Get(name) != want {
				t.Errorf("%s: %s %q", at, name, got.header.Get(name))
			}
		}
		policy := got.header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "frame-ancestors 'none'") || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", at, policy)
		}
	}
}

// The log and the metrics tell routes, and no query, name or id of a record.
func TestObserved(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	issued := s.issue(access.Order{Name: "Ada Lovelace", Scope: access.Read})
	id := crm.MemberID(uuid.New())
	s.do(ask{place: "GET /v1/workspaces/" + s.a.String() + "/members/" + id.String() + "?fields=Secret", token: issued.Secret})
	s.do(ask{place: "GET /nowhere/Secret", token: "Secret"})
	metrics := s.want("metrics", ask{place: "GET /metrics", token: issued.Secret}, http.StatusOK, "").body
	log := s.log.String()
	for _, want := range []string{`route="GET /v1/workspaces/{workspace}/members/{id}"`, "token=" + issued.ID.String(), "status=401", "ms="} {
		if !strings.Contains(log, want) {
			t.Errorf("no %s in the log:\n%s", want, log)
		}
	}
	for _, want := range []string{
		`crm_http_request_duration_seconds_count{method="GET",route="GET /v1/workspaces/{workspace}/members/{id}",status="404"} 1`,
		`crm_operation_duration_seconds_count{operation="`, "process_resident_memory_bytes", "go_goroutines",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %s in the metrics:\n%s", want, metrics)
		}
	}
	for _, never := range []string{"Secret", "Lovelace", id.String(), issued.Secret} {
		if strings.Contains(log, never) || strings.Contains(metrics, never) {
			t.Errorf("%q is told", never)
		}
	}
}

// Probes need neither token nor name, and one of them tells that the database is away.
func TestHealth(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	for _, at := range []string{"GET /healthz", "GET /readyz"} {
		if got := s.want("probe", ask{place: at, headers: []string{"Host: pod-7"}}, http.StatusOK, ""); got.body != "ok\n" {
			t.Errorf("%s: %q", at, got.body)
		}
	}
	store := memory.New(nil)
	away, err := server.Handler(crm.New(store, nil), server.Options{
		Admin: crm.NewAdmin(store, nil), Ready: func(context.Context) error { return errors.New("dial tcp 192.0.2.7: refused") }})
	if err != nil {
		t.Fatal(err)
	}
	s.handler = away
	if got := s.want("away", ask{place: "GET /readyz"}, http.StatusServiceUnavailable, "unavailable"); strings.Contains(got.body, "192.0.2.7") {
		t.Errorf("told %s", got.body)
	}
	s.want("lives", ask{place: "GET /healthz"}, http.StatusOK, "")
}
