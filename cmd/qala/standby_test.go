package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/natscluster"
	"github.com/qala-city/qala/internal/require"
)

// TestAnotherServerTakesOver: two servers share a database and a queue. The one that
// answers is killed while people write and a run is worked on; from then on they ask
// the other one. Nothing that was acknowledged is lost, and the run ends.
func TestAnotherServerTakesOver(t *testing.T) {
	database, cluster := require.Postgres(t), natscluster.Start(t)
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Minute)
	defer stop()
	start := func() *victim {
		v := &victim{t: t, folder: t.TempDir(), more: []string{"--database", database, "--nats", cluster.URL(), "--lease", "2s"}}
		v.start()
		return v
	}
	first, second := start(), start()
	defer second.kill()
	sendExample(t, first)
	status, body := first.send(ctx, http.MethodPost, "/api/v1/cities/astana/events/small/scenarios/timetable/runs", `{"rounds": 12, "seeds": 3}`)
	if status != http.StatusAccepted {
		t.Fatalf("%d %s", status, body)
	}
	run := between(string(body), `"id":"`, `"`)
	var mu sync.Mutex
	acknowledged := []string{}
	serving := first
	var last, anew time.Time // when the first one answered last, and the second one first
	write := func(n int) {
		name := fmt.Sprintf("s%04d", n)
		text := fmt.Sprintf(`{"name": %q, "title": "Scenario"}`, name)
		for ctx.Err() == nil {
			mu.Lock()
			to := serving
			mu.Unlock()
			status, _ := to.send(ctx, http.MethodPost, "/api/v1/cities/astana/events/small/scenarios", text, "Idempotency-Key", name)
			if status != http.StatusCreated {
				time.Sleep(20 * time.Millisecond) // it is gone; the one in front sends the next try elsewhere
				continue
			}
			mu.Lock()
			defer mu.Unlock()
			acknowledged = append(acknowledged, name)
			if to == first {
				last = time.Now()
			} else if anew.IsZero() {
				anew = time.Now()
			}
			return
		}
	}
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for n := range 40 {
				write(w*100 + n)
			}
		})
	}
	for {
		mu.Lock()
		enough := len(acknowledged) >= 30
		mu.Unlock()
		if enough {
			break
		}
		time.Sleep(time.Millisecond)
	}
	first.kill()
	mu.Lock()
	serving = second
	mu.Unlock()
	writers.Wait()
	if len(acknowledged) != 160 {
		t.Fatalf("%d writes were acknowledged", len(acknowledged))
	}
	for _, name := range acknowledged {
		if status, body := second.send(ctx, http.MethodGet, "/api/v1/cities/astana/events/small/scenarios/"+name, ""); status != http.StatusOK {
			t.Errorf("%s was acknowledged: %d %.200s", name, status, body)
		}
	}
	t.Logf("from the last answer of the first server to the first one of the second: %s", anew.Sub(last).Round(time.Millisecond))
	for {
		_, body := second.send(ctx, http.MethodGet, "/api/v1/runs/"+run, "")
		if strings.Contains(string(body), `"state":"done"`) {
			return
		}
		if ctx.Err() != nil || strings.Contains(string(body), `"state":"failed"`) {
			t.Fatalf("the run was not taken over: %.400s", body)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func between(text, before, after string) string {
	_, text, _ = strings.Cut(text, before)
	text, _, _ = strings.Cut(text, after)
	return text
}
