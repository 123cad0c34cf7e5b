package observe

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/getklar/influencercrm/crm"
)

// Metrics counts requests and operations of the CRM. It is safe for concurrent use.
type Metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.HistogramVec
	operations *prometheus.HistogramVec
}

// NewMetrics returns metrics of its own, with those of the process and of Go.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "crm_http_request_duration_seconds", Help: "How long requests took, by route and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60},
		}, []string{"method", "route", "status"}),
		operations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "crm_operation_duration_seconds", Help: "How long operations of the CRM took, by name and outcome.",
			Buckets: []float64{.0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5, 60},
		}, []string{"operation", "outcome"}),
	}
	m.registry.MustRegister(m.requests, m.operations,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler serves the metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 2, Timeout: 10 * time.Second})
}

// Count counts requests, for Requests.
func (m *Metrics) Count(_ context.Context, r Request) {
	m.requests.WithLabelValues(r.Method, r.Route, strconv.Itoa(r.Status)).Observe(r.Took.Seconds())
}

// Trace counts operations, for crm.Options.
func (m *Metrics) Trace(ctx context.Context, op crm.Operation) (context.Context, func(error)) {
	began := time.Now()
	return ctx, func(err error) {
		outcome := "done"
		switch {
		case err != nil:
			outcome = "failed"
		case op.Preview:
			outcome = "previewed"
		}
		m.operations.WithLabelValues(op.Name, outcome).Observe(time.Since(began).Seconds())
	}
}
