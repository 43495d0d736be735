package stream

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/qala-city/qala/internal/workspace"
)

// opener opens a stream under a name of its own.
type opener func(t *testing.T, name string, options ...Option) *Stream

// conformance is what every stream must do, wherever its server is.
func conformance(t *testing.T, open opener) {
	for name, test := range map[string]func(*testing.T, *Stream){
		"jobs are taken once":         takenOnce,
		"a key is one message":        keyIsOneMessage,
		"tasks have their own queues": tasksApart,
		"given back":                  givenBack,
		"silent worker":               silentWorker,
		"worker that is alive":        aliveWorker,
		"take ends with its context":  takeEnds,
		"nothing is taken in passing": nothingInPassing,
		"close ends takers":           closeEnds,
		"bad names":                   badNames,
		"notices":                     notices,
		"slow listener":               slowListener,
		"listeners come and go":       listenersComeAndGo,
		"position":                    position,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t, houseOf(name), AckWait(testAckWait))) })
	}
}

// testAckWait is short, for tests that wait for it; see patient for others.
const testAckWait = time.Second

const taskRun = workspace.TaskRun

// houseOf makes the name of a house of that of a test.
func houseOf(test string) string {
	name := []byte(test)
	for i, c := range name {
		if !token.Match([]byte{c}) {
			name[i] = '-'
		}
	}
	return string(name)
}

// within is a context of a test that hangs rather than fails.
func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within two minutes: %s", what)
		}
	}
}

func publish(t *testing.T, s *Stream, jobs ...string) {
	t.Helper()
	for _, job := range jobs {
		if err := s.Publish(within(t, time.Minute), taskRun, job, job); err != nil {
			t.Fatal(err)
		}
	}
}

func take(t *testing.T, s *Stream) workspace.Delivery {
	t.Helper()
	d, err := s.Take(within(t, time.Minute), taskRun)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func done(t *testing.T, d workspace.Delivery) {
	t.Helper()
	if err := d.Done(within(t, time.Minute)); err != nil {
		t.Fatal(err)
	}
}

// empty fails where the queue of a task hands out one more job.
func empty(t *testing.T, s *Stream, task workspace.Task, during time.Duration) {
	t.Helper()
	d, err := s.Take(within(t, during), task)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("took %v (%v), want none", d, err)
	}
}

// takenOnce: four takers, each job in the hands of one of them, once.
func takenOnce(t *testing.T, s *Stream) {
	const jobs, takers = 1000, 4
	ctx, finish := context.WithCancel(within(t, 4*time.Minute))
	defer finish()
	var mu sync.Mutex
	taken := map[string]int{}
	var workers sync.WaitGroup
	for range takers {
		workers.Go(func() {
			for {
				d, err := s.Take(ctx, taskRun)
				if err != nil {
					return
				}
				if err := d.Done(ctx); err != nil {
					t.Errorf("job %s: %v", d.Job(), err)
				}
				mu.Lock()
				taken[d.Job()]++
				if len(taken) == jobs {
					finish()
				}
				mu.Unlock()
			}
		})
	}
	for i := range jobs {
		publish(t, s, fmt.Sprintf("job-%d", i))
	}
	workers.Wait()
	if len(taken) != jobs {
		t.Errorf("%d jobs were taken, want %d", len(taken), jobs)
	}
	for job, times := range taken {
		if times != 1 {
			t.Errorf("%s was taken %d times", job, times)
		}
	}
	empty(t, s, taskRun, 2*testAckWait)
}

func keyIsOneMessage(t *testing.T, s *Stream) {
	for _, key := range []string{"first", "first", "second", "first"} {
		if err := s.Publish(t.Context(), taskRun, "job", key); err != nil {
			t.Fatal(err)
		}
	}
	done(t, take(t, s))
	done(t, take(t, s))
	empty(t, s, taskRun, testAckWait/2)
}

func tasksApart(t *testing.T, s *Stream) {
	publish(t, s, "a run")
	if err := s.Publish(t.Context(), workspace.TaskReport, "a report", "a report"); err != nil {
		t.Fatal(err)
	}
	d := take(t, s)
	if d.Job() != "a run" {
		t.Errorf("took %q, want the run", d.Job())
	}
	done(t, d)
	empty(t, s, taskRun, testAckWait/2)
	empty(t, s, workspace.TaskImport, testAckWait/2)
	if d, err := s.Take(t.Context(), workspace.TaskReport); err != nil || d.Job() != "a report" {
		t.Errorf("took %v (%v), want the report", d, err)
	}
}

// givenBack: a job comes again when its time has come, and not before.
func givenBack(t *testing.T, s *Stream) {
	publish(t, s, "job")
	if err := take(t, s).Again(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	const after = 3 * testAckWait
	given := time.Now()
	if err := take(t, s).Again(t.Context(), after); err != nil {
		t.Fatal(err)
	}
	d := take(t, s)
	if passed := time.Since(given); passed < after {
		t.Errorf("the job came again after %s, want %s", passed, after)
	}
	done(t, d)
	empty(t, s, taskRun, 2*testAckWait)
}

// silentWorker: its job is somebody else's after the ack wait.
func silentWorker(t *testing.T, s *Stream) {
	publish(t, s, "job")
	taken := time.Now()
	take(t, s)
	d := take(t, s)
	if passed := time.Since(taken); passed < testAckWait/2 {
		t.Errorf("the job was handed to another after %s, though its worker might have lived", passed)
	}
	done(t, d)
	empty(t, s, taskRun, 2*testAckWait)
}

// aliveWorker: nobody else gets a job for several times the ack wait.
func aliveWorker(t *testing.T, s *Stream) {
	publish(t, s, "job")
	d := take(t, s)
	ctx, stop := context.WithCancel(t.Context())
	var beats sync.WaitGroup
	beats.Go(func() {
		for pause(ctx, testAckWait/10) == nil {
			if err := d.Alive(ctx); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		}
	})
	empty(t, s, taskRun, 4*testAckWait)
	stop()
	beats.Wait()
	done(t, d)
	empty(t, s, taskRun, 2*testAckWait)
}

func takeEnds(t *testing.T, s *Stream) {
	ctx, cancel := context.WithCancelCause(t.Context())
	ended := make(chan error)
	go func() {
		_, err := s.Take(ctx, taskRun)
		ended <- err
	}()
	time.Sleep(testAckWait / 10)
	cancel(errors.New("enough"))
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("took with %v, want canceled", err)
	}
}

// nothingInPassing: a taker that went away does not keep a job that came just then.
func nothingInPassing(t *testing.T, s *Stream) {
	for i := range 5 {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Duration(i)*10*time.Millisecond, cancel)
		if d, err := s.Take(ctx, taskRun); err == nil {
			t.Fatalf("took %q of an empty queue", d.Job())
		}
	}
	publish(t, s, "job")
	done(t, take(t, s))
}

func closeEnds(t *testing.T, s *Stream) {
	listener, err := s.Listen(t.Context(), "topic")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() {
		_, err := s.Take(t.Context(), taskRun)
		ended <- err
	}()
	time.Sleep(testAckWait / 10)
	if err := s.Close(within(t, time.Minute)); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, ErrClosed) {
		t.Errorf("Take: %v, want closed", err)
	}
	if _, open := <-listener; open {
		t.Error("the listener heard something")
	}
	_, taking := s.Take(t.Context(), taskRun)
	_, listening := s.Listen(t.Context(), "topic")
	_, asking := s.Position(t.Context())
	for what, err := range map[string]error{
		"Publish": s.Publish(t.Context(), taskRun, "job", "job"), "Tell": s.Tell(t.Context(), "topic", nil),
		"Check": s.Check(t.Context()), "Take": taking, "Listen": listening, "Position": asking,
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v, want closed", what, err)
		}
	}
	if err := s.Close(within(t, time.Minute)); err != nil {
		t.Errorf("closing again: %v", err)
	}
}

func badNames(t *testing.T, s *Stream) {
	for _, bad := range []string{"", "a.b", "*", ">", "a b", "a\r\nb"} {
		if _, err := s.Take(t.Context(), workspace.Task(bad)); err == nil {
			t.Errorf("took of task %q", bad)
		}
		if err := s.Publish(t.Context(), workspace.Task(bad), "job", "key"); err == nil {
			t.Errorf("put into task %q", bad)
		}
		if err := s.Tell(t.Context(), bad, nil); err == nil {
			t.Errorf("told topic %q", bad)
		}
		if _, err := s.Listen(t.Context(), bad); err == nil {
			t.Errorf("listened to topic %q", bad)
		}
	}
	for _, bad := range []string{"", "a\r\nb", "a\nb"} {
		if err := s.Publish(t.Context(), taskRun, "job", bad); err == nil {
			t.Errorf("took the key %q", bad)
		}
	}
	if err := s.Publish(t.Context(), taskRun, "", "key"); err == nil {
		t.Error("took a job without a name")
	}
}

// notices: all who listen to a topic hear everything, in order; nobody hears another topic.
func notices(t *testing.T, s *Stream) {
	var listeners []<-chan []byte
	for range 3 {
		l, err := s.Listen(t.Context(), workspace.TopicJobs)
		if err != nil {
			t.Fatal(err)
		}
		listeners = append(listeners, l)
	}
	for i := range 100 {
		for _, topic := range []string{workspace.TopicCancel, workspace.TopicJobs} {
			if err := s.Tell(t.Context(), topic, fmt.Appendf(nil, "%s %d", topic, i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, l := range listeners {
		for i := range 100 {
			if got, want := hear(t, l), fmt.Sprintf("%s %d", workspace.TopicJobs, i); got != want {
				t.Fatalf("heard %q, want %q", got, want)
			}
		}
	}
}

func hear(t *testing.T, l <-chan []byte) string {
	t.Helper()
	select {
	case body, open := <-l:
		if !open {
			t.Fatal("the listener is closed")
		}
		return string(body)
	case <-time.After(time.Minute):
		t.Fatal("nothing was heard")
		return ""
	}
}

// slowListener: it loses the oldest notices; neither the teller nor others wait for it.
func slowListener(t *testing.T, s *Stream) {
	ctx, stop := context.WithCancel(t.Context())
	slow, err := s.Listen(ctx, "topic")
	if err != nil {
		t.Fatal(err)
	}
	quick, err := s.Listen(ctx, "topic")
	if err != nil {
		t.Fatal(err)
	}
	const told = 4 * mostUnread
	for i := range told {
		if err := s.Tell(ctx, "topic", fmt.Append(nil, i)); err != nil {
			t.Fatal(err)
		}
		if got := hear(t, quick); got != fmt.Sprint(i) {
			t.Fatalf("the quick one heard %s, want %d", got, i)
		}
	}
	heard := -1
	for heard != told-1 {
		var next int
		if _, err := fmt.Sscan(hear(t, slow), &next); err != nil || next <= heard {
			t.Fatalf("the slow one heard %d after %d (%v)", next, heard, err)
		}
		heard = next
	}
	stop()
	for range slow {
		t.Error("heard something after the end")
	}
	for range quick {
		t.Error("heard something after the end")
	}
}

// listenersComeAndGo: nothing stays of those who left.
func listenersComeAndGo(t *testing.T, s *Stream) {
	before := goleak.IgnoreCurrent()
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			l, err := s.Listen(ctx, "topic")
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Tell(ctx, "topic", []byte("here")); err != nil {
				t.Error(err)
			}
			if got := hear(t, l); got != "here" {
				t.Errorf("heard %q", got)
			}
			leave()
			for range l { // until it is closed
			}
		})
	}
	all.Wait()
	if err := goleak.Find(before); err != nil {
		t.Error(err)
	}
	if n := s.conn.NumSubscriptions(); n > 1 { // that for answers stays
		t.Errorf("%d subscriptions are left", n)
	}
}

func position(t *testing.T, s *Stream) {
	before, err := s.Position(t.Context())
	if err != nil || before.Last != 0 || before.Jobs != 0 || before.Created.IsZero() {
		t.Fatalf("a new queue is at %+v (%v)", before, err)
	}
	publish(t, s, "a", "b", "c")
	done(t, take(t, s))
	want := Position{Stream: before.Stream, Created: before.Created, First: 2, Last: 3, Jobs: 2}
	eventually(t, fmt.Sprintf("at %+v", want), func() bool { // servers of a cluster remove it a little later
		after, err := s.Position(t.Context())
		return err == nil && after == want
	})
	if err := s.Check(t.Context()); err != nil {
		t.Errorf("check: %v", err)
	}
}
