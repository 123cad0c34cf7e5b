package observe

import (
	"cmp"
	"context"
	"net/http"
	"strconv"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/getklar/influencercrm/crm"
)

// Traces sends a span for each request, and within it one for each operation of the CRM, to a collector of OpenTelemetry.
// It is safe for concurrent use.
type Traces struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// NewTraces returns traces that go to the collector that the environment names, as OpenTelemetry has it:
// OTEL_EXPORTER_OTLP_ENDPOINT, or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT for the whole address; OTEL_EXPORTER_OTLP_HEADERS;
// OTEL_SERVICE_NAME. It returns nil if it names none.
func NewTraces(env func(string) (string, bool)) (*Traces, error) {
	c, err := collectorOf(env)
	if c == nil || err != nil {
		return nil, err
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(c))
	return &Traces{provider, provider.Tracer("github.com/getklar/influencercrm/examples/server")}, nil
}

// Close sends what has not been sent yet.
func (t *Traces) Close(ctx context.Context) error { return t.provider.Shutdown(ctx) }

// Trace begins the span of an operation, for crm.Options.
func (t *Traces) Trace(ctx context.Context, op crm.Operation) (context.Context, func(error)) {
	ctx, span := t.tracer.Start(ctx, "crm."+op.Name, trace.WithAttributes(
		attribute.Stringer("crm.workspace", op.Workspace), attribute.Bool("crm.preview", op.Preview)))
	return ctx, func(err error) {
		if err != nil {
			span.SetStatus(codes.Error, crm.Code(err)) // its text may name records
		}
		span.End()
	}
}

// Handler begins the span of a request, in the trace that its header traceparent names. It has to stand inside Requests,
// which learns the route.
func (t *Traces) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
		ctx, span := t.tracer.Start(ctx, method(r.Method), trace.WithSpanKind(trace.SpanKindServer))
		defer func() {
			if told, ok := ctx.Value(requestKey{}).(*Request); ok {
				span.SetName(cmp.Or(told.Route, told.Method))
				span.SetAttributes(attribute.String("http.route", told.Route), attribute.Int("http.response.status_code", told.Status))
				if told.Status >= http.StatusInternalServerError {
					span.SetStatus(codes.Error, strconv.Itoa(told.Status))
				}
			}
			span.End()
		}()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// Both calls two tracers.
func Both(a, b crm.Tracer) crm.Tracer {
	return func(ctx context.Context, op crm.Operation) (context.Context, func(error)) {
		ctx, endA := a(ctx, op)
		ctx, endB := b(ctx, op)
		return ctx, func(err error) {
			endB(err)
			endA(err)
		}
	}
}
