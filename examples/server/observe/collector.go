package observe

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"github.com/getklar/influencercrm/crm"
)

// collector sends spans by OTLP over HTTP, as JSON. The exporter of OpenTelemetry's own needs gRPC, which would be a third
// of the program.
type collector struct {
	url    string
	header http.Header
	client *http.Client
}

// collectorOf is the collector that the environment names; nil if it names none.
func collectorOf(env func(string) (string, bool)) (*collector, error) {
	name := "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
	address, _ := env(name)
	if address == "" {
		name = "OTEL_EXPORTER_OTLP_ENDPOINT"
		if address, _ = env(name); address == "" {
			return nil, nil
		}
		address = strings.TrimSuffix(address, "/") + "/v1/traces"
	}
	if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%w: %s: write the address of a collector like http://localhost:4318", crm.ErrInvalid, name)
	}
	header := http.Header{"Content-Type": {"application/json"}}
	c := &collector{url: address, header: header, client: &http.Client{Timeout: 10 * time.Second}}
	pairs, _ := env("OTEL_EXPORTER_OTLP_HEADERS")
	for pair := range strings.SplitSeq(pairs, ",") {
		key, value, ok := strings.Cut(strings.TrimSpace(pair), "=")
		plain, err := url.PathUnescape(strings.TrimSpace(value))
		switch {
		case strings.TrimSpace(pair) == "":
		case !ok || err != nil:
			return nil, fmt.Errorf("%w: OTEL_EXPORTER_OTLP_HEADERS: write it like name=value,name=value", crm.ErrInvalid) // it may hold secrets
		default:
			c.header.Set(strings.TrimSpace(key), plain)
		}
	}
	return c, nil
}

// ExportSpans implements the exporter of package trace of the SDK.
func (c *collector) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	doc, err := json.Marshal(otlp(spans))
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(doc))
	if err != nil {
		return err
	}
	r.Header = c.header.Clone()
	answer, err := c.client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close() //nolint:errcheck // it was only read
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10))
	if answer.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("the collector of traces answers %s", answer.Status)
	}
	return nil
}

// Shutdown implements the exporter of package trace of the SDK.
func (c *collector) Shutdown(context.Context) error {
	c.client.CloseIdleConnections()
	return nil
}

// These have the form of OTLP in JSON.
type (
	export struct {
		ResourceSpans []resourceSpans `json:"resourceSpans"`
	}
	resourceSpans struct {
		Resource struct {
			Attributes []pair `json:"attributes"`
		} `json:"resource"`
		ScopeSpans []scopeSpans `json:"scopeSpans"`
	}
	scopeSpans struct {
		Scope struct {
			Name string `json:"name"`
		} `json:"scope"`
		Spans []span `json:"spans"`
	}
	span struct {
		TraceID      string `json:"traceId"`
		SpanID       string `json:"spanId"`
		ParentSpanID string `json:"parentSpanId,omitempty"`
		Name         string `json:"name"`
		Kind         int    `json:"kind"`
		Start        string `json:"startTimeUnixNano"`
		End          string `json:"endTimeUnixNano"`
		Attributes   []pair `json:"attributes,omitempty"`
		Status       struct {
			Code    int    `json:"code,omitempty"` // 2 is an error
			Message string `json:"message,omitempty"`
		} `json:"status"`
	}
	pair struct {
		Key   string         `json:"key"`
		Value map[string]any `json:"value"`
	}
)

func otlp(all []sdk.ReadOnlySpan) export {
	var group resourceSpans
	var spans scopeSpans
	for _, s := range all {
		group.Resource.Attributes, spans.Scope.Name = pairs(s.Resource().Attributes()), s.InstrumentationScope().Name // all are of one tracer
		out := span{
			TraceID: s.SpanContext().TraceID().String(), SpanID: s.SpanContext().SpanID().String(),
			Name: s.Name(), Kind: int(s.SpanKind()), Start: nanos(s.StartTime()), End: nanos(s.EndTime()),
			Attributes: pairs(s.Attributes()),
		}
		if s.Parent().SpanID().IsValid() {
			out.ParentSpanID = s.Parent().SpanID().String()
		}
		if s.Status().Code == codes.Error {
			out.Status.Code, out.Status.Message = 2, s.Status().Description
		}
		spans.Spans = append(spans.Spans, out)
	}
	group.ScopeSpans = []scopeSpans{spans}
	return export{[]resourceSpans{group}}
}

func nanos(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 10) }

func pairs(list []attribute.KeyValue) []pair {
	all := make([]pair, len(list))
	for n, kv := range list {
		value := map[string]any{"stringValue": kv.Value.String()}
		switch kv.Value.Type() {
		case attribute.BOOL:
			value = map[string]any{"boolValue": kv.Value.AsBool()}
		case attribute.INT64:
			value = map[string]any{"intValue": strconv.FormatInt(kv.Value.AsInt64(), 10)}
		}
		all[n] = pair{string(kv.Key), value}
	}
	return all
}
