package main

import (
	"context"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"
)

// TestRequestsReachTheCollector: every request is a span, within the trace of whoever asked.
func TestRequestsReachTheCollector(t *testing.T) {
	spans := make(chan string, 100)
	there := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var sent collector.ExportTraceServiceRequest
		if err != nil || r.URL.Path != "/v1/traces" || proto.Unmarshal(body, &sent) != nil {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		for _, resource := range sent.GetResourceSpans() {
			for _, scope := range resource.GetScopeSpans() {
				for _, span := range scope.GetSpans() {
					spans <- hex.EncodeToString(span.GetTraceId()) + " " + span.GetName()
				}
			}
		}
	}))
	defer there.Close()
	h := &house{out: testLog{t}, notes: testLog{t}, env: func(string) string { return "" }, now: time.Now}
	order := serveOrder{workers: 1, processors: 1, lease: time.Second, people: peopleOrder{open: true}}
	c, err := h.openCentre(t.Context(), t.TempDir(), order)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	if err := c.watchTraces(ctx, there.URL); err != nil {
		t.Fatal(err)
	}
	if err := c.watchNumbers(ctx, "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if err := c.admit(h, order.people); err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodGet, "http://localhost/api/v1/cities", nil)
	request.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	w := httptest.NewRecorder()
	c.doors(h, ctx.Done()).ServeHTTP(w, request)
	if w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if counts, err := c.countJobs(ctx); err != nil || len(counts) != 3 {
		t.Errorf("%v %v", counts, err)
	}
	stop()
	c.close()
	select {
	case span := <-spans:
		if !strings.HasPrefix(span, "0af7651916cd43dd8448eb211c80319c ") {
			t.Errorf("another trace: %s", span)
		}
	default:
		t.Error("no span came")
	}
	for _, wrong := range []string{"collector:4318", "ftp://x", "http://"} {
		if err := c.watchTraces(t.Context(), wrong); exitCode(err) != exitUsage {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
