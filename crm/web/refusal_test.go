package web_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
)

// A host's refusal has its own status and headers, and the words of its reason.
func TestRefusal(t *testing.T) {
	t.Parallel()
	refusal := &web.Refusal{
		Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"7"}},
		Reason: &crm.Error{Family: crm.ErrInvalid, Field: "codes", Value: "x", Problem: sentence.Of("is not a month")},
	}
	waiting := httptest.NewRecorder()
	web.WriteProblem(waiting, httptest.NewRequest(http.MethodGet, "/", nil),
		&web.Refusal{Status: http.StatusServiceUnavailable, Header: web.RetryAfter(2500 * time.Millisecond), Reason: crm.ErrBusy}, nil)
	if got := waiting.Header().Get("Retry-After"); waiting.Code != http.StatusServiceUnavailable || got != "3" {
		t.Errorf("status %d, Retry-After %q", waiting.Code, got)
	}
	w := httptest.NewRecorder()
	web.WriteProblem(w, httptest.NewRequest(http.MethodGet, "/", nil), fmt.Errorf("wrapped: %w", refusal), nil)
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "7" {
		t.Errorf("status %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	if body := w.Body.String(); !strings.Contains(body, `"code":"not_a_month"`) || !strings.Contains(body, `"field":"codes"`) || strings.Contains(body, "wrapped") {
		t.Errorf("problem %s", body)
	}
}

// A body that stops halfway is answered when the time of the call is over.
func TestSlowBody(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(web.Handler(http.StatusOK, func(r *http.Request) (any, error) {
		return web.Body[crm.Member](r)
	}, &web.Options{Timeout: 50 * time.Millisecond}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"name\":")
	answer := make([]byte, 4096)
	n, err := conn.Read(answer)
	if text := string(answer[:n]); err != nil || !strings.HasPrefix(text, "HTTP/1.1 408") ||
		!strings.Contains(text, "Connection: close") || !strings.Contains(text, "body_too_slow") {
		t.Errorf("answer %q, %v", text, err)
	}
}
