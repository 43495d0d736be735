package monitor

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func look(t *testing.T, m *Monitor) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestRequestsAndJobsAreCounted(t *testing.T) {
	var told error
	away := false
	m := New(Options{Program: "qala test", Failed: func(err error) { told = err }, Jobs: func(context.Context) (map[string]int, error) {
		if away {
			return nil, errors.New("away")
		}
		return map[string]int{"running": 2, "queued": 0}, nil
	}})
	h := m.Watch(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	for _, c := range []struct{ method, path string }{{"GET", "/"}, {"GET", "/"}, {"POST", "/x"}, {"SMILE", "/"}, {"FROWN", "/"}} {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(c.method, c.path, nil))
	}
	text := look(t, m)
	for _, line := range []string{
		`qala_requests_total{method="GET",status="200"} 2`, `qala_requests_total{method="POST",status="404"} 1`, `qala_requests_total{method="other",status="200"} 2`,
		`qala_request_seconds_count{method="GET"} 2`, `qala_requests_under_way 0`, `qala_jobs{state="running"} 2`, `qala_jobs{state="queued"} 0`,
		`qala_build_info{program="qala test"} 1`, `go_goroutines`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("not told: %s", line)
		}
	}
	away = true
	if text := look(t, m); strings.Contains(text, "qala_jobs{") || told == nil || !strings.Contains(text, "qala_requests_total") {
		t.Errorf("a store that is away: %v", told)
	}
}
