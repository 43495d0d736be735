package stream

import (
	"context"
	"fmt"
	"testing"
	"time"
)

func openEmbedded(t *testing.T, dir string, options ...Option) *Stream {
	t.Helper()
	s, err := Embedded(within(t, time.Minute), dir, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, s) })
	return s
}

func shut(t *testing.T, s *Stream) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.Close(ctx); err != nil {
		t.Errorf("closing: %v", err)
	}
}

func TestEmbedded(t *testing.T) {
	conformance(t, func(t *testing.T, _ string, options ...Option) *Stream {
		return openEmbedded(t, t.TempDir(), options...)
	})
}

func TestRestartKeepsTheQueue(t *testing.T) {
	dir := t.TempDir()
	s := openEmbedded(t, dir, AckWait(testAckWait))
	const jobs = 50
	for i := range jobs {
		publish(t, s, fmt.Sprint(i))
	}
	ended := take(t, s)
	done(t, ended)
	take(t, s) // its worker goes away with the server
	shut(t, s)

	s = openEmbedded(t, dir, AckWait(time.Hour)) // nobody waits for workers that went away
	publish(t, s, "20")                          // the same message as before
	left := map[string]bool{}
	for range jobs - 1 {
		d := take(t, s)
		if left[d.Job()] || d.Job() == ended.Job() {
			t.Errorf("job %s came again", d.Job())
		}
		left[d.Job()] = true
		done(t, d)
	}
	if len(left) != jobs-1 {
		t.Errorf("%d jobs were left, want %d", len(left), jobs-1)
	}
	empty(t, s, taskRun, 2*testAckWait)
}
