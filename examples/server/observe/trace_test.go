package observe_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/observe"
)

// A collector gets a span for the request, in the client's trace, and in it one for the operation, with no more than its code.
func TestTraces(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var sent []map[string]any
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var doc map[string]any
		if err := json.NewDecoder(r.Body).Decode(&doc); err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Api-Key") != "a b" {
			t.Errorf("%s, %q: %v", r.URL.Path, r.Header.Get("Api-Key"), err)
		}
		mu.Lock()
		defer mu.Unlock()
		sent = append(sent, doc)
	}))
	defer collector.Close()
	traces, err := observe.NewTraces(environment{"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL + "/",
		"OTEL_EXPORTER_OTLP_HEADERS": "api-key=a%20b"}.get)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /members/{id}", func(w http.ResponseWriter, r *http.Request) {
		_, end := traces.Trace(r.Context(), crm.Operation{Name: "read member"})
		end(errors.Join(crm.ErrBusy, errors.New("Ada Lovelace")))
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	h := observe.Requests(fixed, func(context.Context, observe.Request) {})(traces.Handler(
		observe.Route(func(context.Context) string { return "" }, mux)))
	r := httptest.NewRequest(http.MethodGet, "/members/secret", nil)
	r.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	h.ServeHTTP(httptest.NewRecorder(), r)
	if err := traces.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(sent) != 1 {
		t.Fatalf("%d batches", len(sent))
	}
	text, err := json.Marshal(sent[0])
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "secret") || strings.Contains(string(text), "Lovelace") {
		t.Errorf("told %s", text)
	}
	type told struct {
		TraceID, SpanID, ParentSpanID, Name string
		Kind                                int
		Status                              struct {
			Code    int
			Message string
		}
	}
	var doc struct {
		ResourceSpans []struct{ ScopeSpans []struct{ Spans []told } }
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	spans := doc.ResourceSpans[0].ScopeSpans[0].Spans
	if len(spans) != 2 {
		t.Fatalf("spans %+v", spans)
	}
	operation, request := spans[0], spans[1]
	if request.ParentSpanID != "b7ad6b7169203331" || operation.ParentSpanID != request.SpanID ||
		request.TraceID != "0af7651916cd43dd8448eb211c80319c" || operation.TraceID != request.TraceID {
		t.Errorf("spans %+v", spans)
	}
	if request.Name != "GET /members/{id}" || request.Kind != 2 || request.Status.Code != 2 ||
		operation.Name != "crm.read member" || operation.Kind != 1 || operation.Status.Code != 2 || operation.Status.Message != "busy" {
		t.Errorf("spans %+v", spans)
	}
}

// Without an endpoint there are no traces, and one that is no address is refused without its secrets.
func TestTracesOfBadEndpoints(t *testing.T) {
	t.Parallel()
	if traces, err := observe.NewTraces(environment{}.get); traces != nil || err != nil {
		t.Errorf("%v, %v", traces, err)
	}
	for _, env := range []environment{
		{"OTEL_EXPORTER_OTLP_ENDPOINT": "localhost:4318"},
		{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "ftp://secret@collector/"},
		{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_EXPORTER_OTLP_HEADERS": "secret"},
	} {
		if _, err := observe.NewTraces(env.get); !errors.Is(err, crm.ErrInvalid) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%v: %v", env, err)
		}
	}
}

// Both tracers see an operation, and the second one the context of the first.
func TestBoth(t *testing.T) {
	t.Parallel()
	var seen []string
	type key struct{}
	tracer := func(name string) crm.Tracer {
		return func(ctx context.Context, op crm.Operation) (context.Context, func(error)) {
			before, _ := ctx.Value(key{}).(string)
			seen = append(seen, name+" begins "+op.Name+before)
			return context.WithValue(ctx, key{}, " in "+name), func(err error) { seen = append(seen, name+" ends: "+err.Error()) }
		}
	}
	_, end := observe.Both(tracer("a"), tracer("b"))(t.Context(), crm.Operation{Name: "x"})
	end(errors.New("no"))
	if diff := cmp.Diff([]string{"a begins x", "b begins x in a", "b ends: no", "a ends: no"}, seen); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
