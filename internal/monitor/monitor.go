// Package monitor is the door for those who watch the server: its numbers as
// Prometheus reads them. It stands at an address of its own, which people do not reach.
package monitor

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/felixge/httpsnoop"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Options are what the door is made of.
type Options struct {
	Program string
	Jobs    func(ctx context.Context) (map[string]int, error) // by state, as far as they are not over
	Failed  func(err error)
}

// Monitor counts what the server does.
type Monitor struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	going    prometheus.Gauge
	failed   func(err error)
}

// The limits, in seconds, between which requests are counted.
var limits = []float64{0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10}

// lookTime is how long counting the jobs may take.
const lookTime = 5 * time.Second

// New is a monitor.
func New(o Options) *Monitor {
	m := &Monitor{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "qala_requests_total", Help: "Requests that were answered."}, []string{"method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "qala_request_seconds", Help: "How long answers took; streams and uploads as well.", Buckets: limits,
		}, []string{"method"}),
		going:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "qala_requests_under_way", Help: "Requests that are being answered."}),
		failed: o.Failed,
	}
	built := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "qala_build_info", Help: "Always 1; the label is the program.", ConstLabels: prometheus.Labels{"program": o.Program},
	})
	built.Set(1)
	m.registry.MustRegister(m.requests, m.seconds, m.going, built, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &jobs{o.Jobs, o.Failed})
	return m
}

// Watch counts the requests to next.
func (m *Monitor) Watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.going.Inc()
		defer m.going.Dec()
		counted := httpsnoop.CaptureMetrics(next, w, r)
		method := methodOf(r)
		m.requests.WithLabelValues(method, strconv.Itoa(counted.Code)).Inc()
		m.seconds.WithLabelValues(method).Observe(counted.Duration.Seconds())
	})
}

// methodOf is the method of a request, where it is one of the few that there are:
// a label that strangers choose would grow without end.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions:
		return r.Method
	}
	return "other"
}

// Handler is the door itself, at /metrics.
func (m *Monitor) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	return mux
}

// jobs asks how many jobs there are whenever somebody looks.
type jobs struct {
	count  func(ctx context.Context) (map[string]int, error)
	failed func(err error)
}

var jobsKind = prometheus.NewDesc("qala_jobs", "Jobs that are not over.", []string{"state"}, nil)

// Describe names what is told.
func (j *jobs) Describe(out chan<- *prometheus.Desc) { out <- jobsKind }

// Collect tells it; a store that cannot be asked leaves it out.
func (j *jobs) Collect(out chan<- prometheus.Metric) {
	ctx, stop := context.WithTimeout(context.Background(), lookTime)
	defer stop()
	counts, err := j.count(ctx)
	if err != nil {
		j.failed(err)
		return
	}
	for state, n := range counts {
		out <- prometheus.MustNewConstMetric(jobsKind, prometheus.GaugeValue, float64(n), state)
	}
}
