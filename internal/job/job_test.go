package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/workspace"
)

// line is a queue that remembers what was done with its deliveries.
type line struct {
	mu        sync.Mutex
	waiting   chan string
	published []string
	done      []string
	again     []string
}

func newLine() *line { return &line{waiting: make(chan string, 100)} }

func (l *line) Publish(_ context.Context, _ workspace.Task, job, _ string) error {
	l.mu.Lock()
	l.published = append(l.published, job)
	l.mu.Unlock()
	l.waiting <- job
	return nil
}

func (l *line) Take(ctx context.Context, _ workspace.Task) (workspace.Delivery, error) {
	select {
	case job := <-l.waiting:
		return &parcel{l, job}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *line) told() (published, done, again int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.published), len(l.done), len(l.again)
}

type parcel struct {
	line *line
	job  string
}

func (p *parcel) Job() string                 { return p.job }
func (p *parcel) Alive(context.Context) error { return nil }

func (p *parcel) Done(context.Context) error {
	p.line.mu.Lock()
	defer p.line.mu.Unlock()
	p.line.done = append(p.line.done, p.job)
	return nil
}

func (p *parcel) Again(context.Context, time.Duration) error {
	p.line.mu.Lock()
	defer p.line.mu.Unlock()
	p.line.again = append(p.line.again, p.job)
	return nil
}

// board gives notices to everybody who listens.
type board struct {
	mu        sync.Mutex
	listeners map[string][]chan []byte
}

func (b *board) Tell(_ context.Context, topic string, body []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.listeners[topic] {
		select {
		case l <- body:
		default:
		}
	}
	return nil
}

func (b *board) Listen(ctx context.Context, topic string) (<-chan []byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := make(chan []byte, 100)
	b.listeners[topic] = append(b.listeners[topic], l)
	context.AfterFunc(ctx, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.listeners[topic] = slices.DeleteFunc(b.listeners[topic], func(other chan []byte) bool { return other == l })
		close(l)
	})
	return l, nil
}

// set is a clock that is put forward by hand; its ticks come in real time, which is short.
type set struct {
	mu sync.Mutex
	at time.Time
}

func (s *set) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *set) forward(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(by)
}

func (s *set) Every(time.Duration) (<-chan time.Time, func()) {
	ticker := time.NewTicker(2 * time.Millisecond)
	return ticker.C, ticker.Stop
}

// shop is one worker with everything around it.
type shop struct {
	t      *testing.T
	store  Store
	queue  *line
	board  *board
	clock  *set
	worker *Worker
	kept   int // times that Finish was called
}

const lease = time.Minute

func newShop(t *testing.T, work Work) *shop {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "qala.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	s := &shop{t: t, store: store, queue: newLine(), board: &board{listeners: map[string][]chan []byte{}}, clock: &set{at: time.Date(2026, 8, 15, 12, 0, 0, 0, time.UTC)}}
	s.worker = s.other("w1", work)
	return s
}

func (s *shop) other(name string, work Work) *Worker {
	return &Worker{
		Name: name, Program: "p", Store: s.store, Queue: s.queue, Notices: s.board, Clock: s.clock, Lease: lease,
		Works:   map[workspace.Task]Work{workspace.TaskRun: work},
		Finish:  func(workspace.Writer, workspace.Job) error { s.kept++; return nil },
		Trouble: func(err error) { s.t.Logf("trouble: %v", err) },
	}
}

// put keeps a job as it stands, in place of the one that is there.
func (s *shop) put(j workspace.Job) workspace.Job {
	s.t.Helper()
	if j.ID == "" {
		j.ID = "job"
	}
	if j.Program == "" {
		j.Program = "p"
	}
	if j.Task == "" {
		j.Task = workspace.TaskRun
	}
	j.Input = json.RawMessage(`{}`)
	err := s.store.Write(s.t.Context(), func(tx workspace.Writer) error {
		body, err := json.Marshal(j)
		if err != nil {
			return err
		}
		return tx.Insert(workspace.Document{Kind: workspace.KindJob, ID: j.ID, State: string(j.State), Body: body, Created: s.clock.Now(), Changed: s.clock.Now()})
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return j
}

func (s *shop) job(id string) workspace.Job {
	s.t.Helper()
	var j workspace.Job
	err := s.store.Read(s.t.Context(), func(r workspace.Reader) (err error) {
		j, _, err = read(r, id)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return j
}

func (s *shop) handle(w *Worker, id string) {
	s.t.Helper()
	if err := w.handle(s.t.Context(), &parcel{s.queue, id}); err != nil {
		s.t.Fatal(err)
	}
}

func well(context.Context, json.RawMessage, func(workspace.Progress)) (Outcome, error) {
	return Outcome{Result: map[string]int{"answer": 42}}, nil
}

func TestAJobIsDoneOnceAndKept(t *testing.T) {
	s := newShop(t, well)
	s.put(workspace.Job{State: workspace.Queued})
	s.handle(s.worker, "job")
	j := s.job("job")
	if j.State != workspace.Done || string(j.Result) != `{"answer":42}` || j.Attempts != 1 || j.Ended.IsZero() || s.kept != 1 {
		t.Errorf("%+v, kept %d times", j, s.kept)
	}
	s.handle(s.worker, "job") // the message came twice
	if again := s.job("job"); again.Attempts != 1 || s.kept != 1 {
		t.Errorf("done again: %+v", again)
	}
	if _, done, _ := s.queue.told(); done != 2 {
		t.Errorf("%d messages were taken out", done)
	}
}

func TestHowWorkEnds(t *testing.T) {
	for name, c := range map[string]struct {
		work  Work
		state workspace.JobState
		code  string
	}{
		"refused": {func(context.Context, json.RawMessage, func(workspace.Progress)) (Outcome, error) {
			return Outcome{}, &Refused{Text: "no", Findings: []finding.Finding{{Code: "x"}}}
		}, workspace.Failed, workspace.FaultRefused},
		"failed": {func(context.Context, json.RawMessage, func(workspace.Progress)) (Outcome, error) {
			return Outcome{}, errors.New("disk")
		}, workspace.Failed, workspace.FaultInternal},
		"panic": {func(context.Context, json.RawMessage, func(workspace.Progress)) (Outcome, error) { panic("oh") }, workspace.Failed, workspace.FaultInternal},
		"unmarshallable": {func(context.Context, json.RawMessage, func(workspace.Progress)) (Outcome, error) {
			return Outcome{Result: func() {}}, nil
		}, workspace.Failed, workspace.FaultInternal},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, c.work)
			s.put(workspace.Job{State: workspace.Queued})
			s.handle(s.worker, "job")
			if j := s.job("job"); j.State != c.state || j.Fault == nil || j.Fault.Code != c.code || s.kept != 0 {
				t.Errorf("%+v %+v", j, j.Fault)
			}
		})
	}
}

func TestWhoMayBegin(t *testing.T) {
	for name, c := range map[string]struct {
		job     workspace.Job
		state   workspace.JobState
		begun   bool
		waiting bool
	}{
		"ordered":               {workspace.Job{State: workspace.Ordered}, workspace.Done, true, false},
		"queued":                {workspace.Job{State: workspace.Queued}, workspace.Done, true, false},
		"another worker has it": {workspace.Job{State: workspace.Running, Worker: "w2", Attempts: 1}, workspace.Running, false, true},
		"canceled before":       {workspace.Job{State: workspace.Queued, Cancel: true}, workspace.Canceled, false, false},
		"of another program":    {workspace.Job{State: workspace.Queued, Program: "older"}, workspace.Queued, false, true},
		"over":                  {workspace.Job{State: workspace.Failed}, workspace.Failed, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, well)
			if c.job.State == workspace.Running {
				c.job.Lease = s.clock.Now().Add(lease)
			}
			s.put(c.job)
			s.handle(s.worker, "job")
			j := s.job("job")
			_, done, again := s.queue.told()
			if j.State != c.state || (s.kept == 1) != c.begun || (again == 1) != c.waiting || done+again != 1 {
				t.Errorf("%+v, kept %d, done %d, again %d", j, s.kept, done, again)
			}
		})
	}
}

func TestAJobThatNobodyKnowsIsForgotten(t *testing.T) {
	s := newShop(t, well)
	s.handle(s.worker, "none")
	if _, done, _ := s.queue.told(); done != 1 {
		t.Error("the message stays")
	}
}

func TestAWorkerThatWentAwayIsReplacedOnce(t *testing.T) {
	s := newShop(t, well)
	s.put(workspace.Job{State: workspace.Running, Worker: "gone", Attempts: 1, Lease: s.clock.Now().Add(lease)})
	s.clock.forward(lease + time.Second)
	s.handle(s.worker, "job")
	if j := s.job("job"); j.State != workspace.Done || j.Attempts != 2 {
		t.Errorf("%+v", j)
	}
	s.put(workspace.Job{ID: "twice", State: workspace.Running, Worker: "gone", Attempts: workspace.MostAttempts, Lease: s.clock.Now().Add(-time.Second)})
	s.handle(s.worker, "twice")
	if j := s.job("twice"); j.State != workspace.Failed || j.Fault == nil || j.Fault.Code != workspace.FaultLost {
		t.Errorf("%+v %+v", j, j.Fault)
	}
}

// TestALateWorkerChangesNothing: a worker that was silent for long and comes back
// when another has done its job counts nothing twice.
func TestALateWorkerChangesNothing(t *testing.T) {
	s := newShop(t, nil)
	began, goOn := make(chan struct{}), make(chan struct{})
	slow := s.other("slow", func(ctx context.Context, _ json.RawMessage, _ func(workspace.Progress)) (Outcome, error) {
		close(began)
		<-goOn
		return Outcome{Result: "late"}, nil
	})
	slow.Store = deaf{s.store, goOn} // it cannot renew its lease
	s.put(workspace.Job{State: workspace.Queued})
	var ended sync.WaitGroup
	ended.Go(func() { _ = slow.handle(t.Context(), &parcel{s.queue, "job"}) })
	<-began
	s.clock.forward(2 * lease)
	quick := s.other("quick", well)
	s.handle(quick, "job")
	close(goOn)
	ended.Wait()
	if j := s.job("job"); string(j.Result) != `{"answer":42}` || j.Attempts != 2 || s.kept != 1 {
		t.Errorf("%s by attempt %d, kept %d times", j.Result, j.Attempts, s.kept)
	}
}

// deaf is a store that cannot be reached from the first reading on until a moment.
type deaf struct {
	Store
	until <-chan struct{}
}

func (d deaf) Write(ctx context.Context, do func(workspace.Writer) error) error {
	return d.Store.Write(ctx, func(w workspace.Writer) error {
		job, _, err := read(w, "job")
		select {
		case <-d.until:
		default:
			if err == nil && job.State == workspace.Running {
				return errors.New("nobody hears")
			}
		}
		return do(w)
	})
}

func TestCancelKeepsWhatIsFinished(t *testing.T) {
	for name, c := range map[string]struct {
		outcome Outcome
		state   workspace.JobState
		result  string
	}{
		"something is": {Outcome{Result: "half", Partial: true}, workspace.Partial, `"half"`},
		"nothing is":   {Outcome{}, workspace.Canceled, ""},
	} {
		t.Run(name, func(t *testing.T) {
			began := make(chan struct{})
			s := newShop(t, func(ctx context.Context, _ json.RawMessage, progress func(workspace.Progress)) (Outcome, error) {
				progress(workspace.Progress{Stage: "play", Done: 1, Total: 2})
				close(began)
				<-ctx.Done()
				return c.outcome, ctx.Err()
			})
			s.put(workspace.Job{State: workspace.Queued})
			go func() {
				<-began
				s.cancel("job")
			}()
			s.handle(s.worker, "job")
			if j := s.job("job"); j.State != c.state || string(j.Result) != c.result || j.Progress.Done != 1 {
				t.Errorf("%+v", j)
			}
		})
	}
}

// cancel marks a job as the office does, without a notice.
func (s *shop) cancel(id string) {
	_ = s.store.Write(context.Background(), func(tx workspace.Writer) error {
		j, document, err := read(tx, id)
		if err != nil {
			return err
		}
		j.Cancel = true
		return write(tx, document, j)
	})
}

func TestAWorkerThatStopsGivesItsJobBack(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	s := newShop(t, func(ctx context.Context, _ json.RawMessage, _ func(workspace.Progress)) (Outcome, error) {
		stop()
		<-ctx.Done()
		return Outcome{}, ctx.Err()
	})
	s.put(workspace.Job{State: workspace.Queued})
	if err := s.worker.handle(ctx, &parcel{s.queue, "job"}); err != nil {
		t.Fatal(err)
	}
	if j := s.job("job"); j.State != workspace.Queued || j.Attempts != 0 || j.Worker != "" {
		t.Errorf("%+v", j)
	}
	if _, done, again := s.queue.told(); done != 0 || again != 1 {
		t.Errorf("taken out %d times, given back %d times", done, again)
	}
}

func TestTheDispatcherBringsWhatWasOrdered(t *testing.T) {
	s := newShop(t, well)
	for i := range 250 {
		s.put(workspace.Job{ID: fmt.Sprintf("o%03d", i), State: workspace.Ordered})
	}
	s.queue.waiting = make(chan string, 1000)
	s.put(workspace.Job{ID: "queued", State: workspace.Queued})
	s.put(workspace.Job{ID: "silent", State: workspace.Running, Worker: "w", Lease: s.clock.Now().Add(-2 * lease)})
	s.put(workspace.Job{ID: "busy", State: workspace.Running, Worker: "w", Lease: s.clock.Now().Add(lease)})
	s.put(workspace.Job{ID: "over", State: workspace.Done})
	d := &Dispatcher{Store: s.store, Queue: s.queue, Notices: s.board, Clock: s.clock, Lease: lease, Trouble: func(err error) { t.Error(err) }}
	if err := d.Dispatch(t.Context()); err != nil {
		t.Fatal(err)
	}
	if published, _, _ := s.queue.told(); published != 250 || s.job("o249").State != workspace.Queued {
		t.Errorf("%d were brought", published)
	}
	if err := d.Revive(t.Context()); err != nil {
		t.Fatal(err)
	}
	if last := s.queue.published[250:]; !slices.Equal(last, []string{"silent"}) {
		t.Errorf("revived %v", last)
	}
	if err := d.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if last := strings.Join(s.queue.published[251:], " "); !strings.Contains(last, "queued") || !strings.Contains(last, "busy") || strings.Contains(last, "over") {
		t.Errorf("recovered %s", last)
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		w := &Worker{Queue: newLine(), Clock: &set{}, Trouble: func(err error) { t.Error(err) }}
		var running sync.WaitGroup
		running.Go(func() { w.Serve(ctx, workspace.TaskRun) })
		synctest.Wait()
		stop()
		running.Wait()
	})
}
