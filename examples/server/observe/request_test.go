package observe_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/examples/server/observe"
)

type environment map[string]string

func (e environment) get(name string) (string, bool) { value, ok := e[name]; return value, ok }

func fixed() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }

// What is told of a request, also of one that has no route, says nothing, or is cut off.
func TestRequests(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /text/{id}", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "12345") })
	mux.HandleFunc("/none", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("/cut", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/silent", func(http.ResponseWriter, *http.Request) {})
	var clock atomic.Int64
	now := func() time.Time { return fixed().Add(time.Duration(clock.Add(1)) * time.Millisecond) }
	var told []observe.Request
	h := observe.Requests(now, func(_ context.Context, r observe.Request) { told = append(told, r) })(
		observe.Route(func(context.Context) string { return "token" }, mux))
	for _, q := range [][2]string{{"GET", "/text/secret?q=secret"}, {"POST", "/none"}, {"GET", "/cut"}, {"BREW", "/nowhere"}, {"GET", "/silent"}} {
		func() {
			defer func() { _ = recover() }()
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(q[0], q[1], nil))
		}()
	}
	want := []observe.Request{
		{Method: "GET", Route: "GET /text/{id}", Token: "token", Status: 200, Bytes: 5, Took: time.Millisecond},
		{Method: "POST", Route: "/none", Token: "token", Status: 204, Took: time.Millisecond},
		{Method: "GET", Route: "/cut", Token: "token", Status: 0, Took: time.Millisecond},
		{Method: "OTHER", Token: "token", Status: 404, Bytes: 19, Took: time.Millisecond},
		{Method: "GET", Route: "/silent", Token: "token", Status: 200, Took: time.Millisecond},
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A line of the log, as JSON.
func TestLog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	observe.Log(log)(t.Context(), observe.Request{Method: "GET", Route: "GET /x/{id}", Token: "7", Status: 404,
		Bytes: 12, Took: 1500 * time.Microsecond})
	want := `{"level":"INFO","msg":"request","method":"GET","route":"GET /x/{id}","status":404,"ms":1.5,"bytes":12,"token":"7"}` + "\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
