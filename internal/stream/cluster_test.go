package stream

import (
	"context"
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
	if info, err := s.info(t.Context()); err != nil || info.Config.Replicas != natscluster.Size {
		t.Fatalf("the queue %+v (%v) is not kept on %d servers", info, err, natscluster.Size)
	}
	return s
}

func TestCluster(t *testing.T) {
	c := natscluster.Start(t)
	c.AwaitHealth()
	conformance(t, func(t *testing.T, name string, options ...Option) *Stream { return join(t, c, name, options...) })
}

// One server is stopped while jobs are published and taken, and started again: any one, who leads
// the queue, who leads the servers.
func TestClusterGoesOnWithoutOneServer(t *testing.T) {
	c := natscluster.Start(t)
	c.AwaitHealth()
	for role, pick := range map[string]func(queue string) int{
		"who leads the queue":   c.StreamLeader,
		"who leads the servers": func(string) int { return c.Leader() },
		"who follows":           func(queue string) int { return (c.StreamLeader(queue) + 1) % natscluster.Size },
	} {
		t.Run(role, func(t *testing.T) {
			house := houseOf(role)
			s, workers := join(t, c, house, AckWait(patience)), join(t, c, house, AckWait(patience))
			f := startFloor(t, workers, 4)
			victim := -1
			for i := range floorJobs {
				switch i {
				case floorJobs / 4:
					if victim = pick(s.queue()); victim < 0 {
						t.Fatal("nobody is that")
					}
					c.StopNode(victim)
				case 3 * floorJobs / 4:
					c.StartNode(victim)
				}
				publish(t, s, fmt.Sprintf("job-%d", i))
			}
			f.finish(t, floorJobs)
			c.AwaitHealth()
			if err := s.Check(within(t, time.Minute)); err != nil {
				t.Errorf("check after all: %v", err)
			}
		})
	}
}

const (
	floorJobs = 200
	patience  = 10 * time.Second // ack wait of workers that beat much more often
)

// floor is workers that take jobs, say that they are alive, and end them.
type floor struct {
	cancel  context.CancelFunc
	workers sync.WaitGroup

	mu     sync.Mutex
	atWork map[string]int
	taken  map[string]int
	ended  map[string]bool
}

func startFloor(t *testing.T, s *Stream, workers int) *floor {
	ctx, cancel := context.WithCancel(within(t, 4*time.Minute))
	f := &floor{cancel: cancel, atWork: map[string]int{}, taken: map[string]int{}, ended: map[string]bool{}}
	for range workers {
		f.workers.Go(func() {
			for ctx.Err() == nil {
				f.work(ctx, t, s)
			}
		})
	}
	return f
}

func (f *floor) work(ctx context.Context, t *testing.T, s *Stream) {
	d, err := s.Take(ctx, taskRun)
	if err != nil {
		if ctx.Err() == nil {
			t.Errorf("take: %v", err)
		}
		return
	}
	f.change(func() {
		f.taken[d.Job()]++
		if f.atWork[d.Job()]++; f.atWork[d.Job()] > 1 {
			t.Errorf("job %s is in the hands of two workers", d.Job())
		}
	})
	defer f.change(func() { f.atWork[d.Job()]-- })
	for range 3 {
		if err := d.Alive(ctx); err != nil {
			return // nobody heard it in time: the job may be somebody else's
		}
		_ = pause(ctx, 5*time.Millisecond)
	}
	if d.Done(ctx) == nil {
		f.change(func() { f.ended[d.Job()] = true })
	}
}

func (f *floor) change(what func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	what()
}

// finish waits until all jobs have ended.
func (f *floor) finish(t *testing.T, jobs int) {
	t.Helper()
	eventually(t, "all jobs end", func() (all bool) {
		f.change(func() { all = len(f.ended) == jobs })
		return all
	})
	f.cancel()
	f.workers.Wait()
	again := 0
	for _, times := range f.taken {
		again += times - 1
	}
	t.Logf("%d jobs ended, %d were handed out a second time", len(f.ended), again)
}
