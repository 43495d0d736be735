package stream

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/natscluster"
)

// join connects to a cluster under a name of the test's own.
func join(t *testing.T, c *natscluster.Cluster, name string, options ...Option) *Stream {
	t.Helper()
	s, err := Connect(within(t, time.Minute), c.URL(), append(options, Named(name))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, s) })
	return s
}

func TestCluster(t *testing.T) {
	c := natscluster.Start(t)
	conformance(t, func(t *testing.T, name string, options ...Option) *Stream { return join(t, c, name, options...) })
}

// TestAServerStopsWhileJobsAreWorkedOff stops each server in turn, the leader among them,
// while jobs are published and taken: what was acknowledged is handed out and ends.
func TestAServerStopsWhileJobsAreWorkedOff(t *testing.T) {
	c := natscluster.Start(t)
	s := join(t, c, "stopping", AckWait(5*time.Second))
	const jobs = 120
	kept := make(chan string, jobs)
	var busy sync.WaitGroup
	busy.Go(func() {
		defer close(kept)
		for i := range jobs {
			job := fmt.Sprint(i)
			if err := s.Publish(within(t, time.Minute), taskRun, job, job); err != nil {
				t.Errorf("publishing: %v", err)
				continue
			}
			kept <- job
			time.Sleep(20 * time.Millisecond)
		}
	})
	ended := &tally{times: map[string]int{}}
	for range 3 {
		busy.Go(func() { ended.workOff(t, s, jobs) })
	}
	for node := range natscluster.Size {
		time.Sleep(300 * time.Millisecond)
		c.StopNode(node)
		c.AwaitLeader()
		time.Sleep(500 * time.Millisecond)
		c.StartNode(node)
		c.AwaitLeader()
	}
	busy.Wait()
	for job := range kept {
		if ended.of(job) == 0 {
			t.Errorf("job %s was acknowledged and never handed out", job)
		}
	}
}

// tally counts how often each job was worked off to its end.
type tally struct {
	mu    sync.Mutex
	times map[string]int
}

func (y *tally) of(job string) int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.times[job]
}

func (y *tally) count(job string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.times[job]++
}

func (y *tally) all() int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return len(y.times)
}

// workOff takes jobs until all have ended, or none comes any more.
func (y *tally) workOff(t *testing.T, s *Stream, jobs int) {
	for y.all() < jobs {
		d, err := s.Take(within(t, 10*time.Second), taskRun)
		if err != nil {
			if y.all() < jobs {
				t.Logf("taking: %v", err)
			}
			return
		}
		if err := d.Done(within(t, 10*time.Second)); err != nil {
			t.Logf("ending %s, which comes again: %v", d.Job(), err)
			continue
		}
		y.count(d.Job())
	}
}
