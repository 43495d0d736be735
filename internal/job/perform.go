package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// The reasons for which the work of a job is stopped before its end.
var (
	errCanceled = errors.New("the job was canceled")
	errLost     = errors.New("the job is another worker's now")
)

// perform does a job that is this worker's, and keeps what came of it.
func (w *Worker) perform(ctx context.Context, delivery workspace.Delivery, j workspace.Job) error {
	working, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var far farness
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() { w.watch(working, delivery, j, &far, stop, done) })
	outcome, err := w.do(working, j, far.set)
	close(done)
	watching.Wait()
	cause := context.Cause(working)
	if errors.Is(cause, errLost) {
		return delivery.Done(context.WithoutCancel(ctx))
	}
	return w.end(context.WithoutCancel(ctx), delivery, finished{job: j, outcome: outcome, err: err, cause: cause, far: far.get()})
}

// do does the work; a panic is a fault of the program, and the other jobs go on.
func (w *Worker) do(ctx context.Context, j workspace.Job, progress func(workspace.Progress)) (out Outcome, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("internal failure: %v\n%s", fault, debug.Stack())
		}
	}()
	work, known := w.Works[j.Task]
	if !known {
		return out, fmt.Errorf("nobody here knows the task %q", j.Task)
	}
	return work(ctx, j.Input, progress)
}

// farness is how far the work is, for the one who watches.
type farness struct {
	mu sync.Mutex
	at workspace.Progress
}

func (f *farness) set(at workspace.Progress) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at = at
}

func (f *farness) get() workspace.Progress {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at
}

// watch keeps the job this worker's while the work goes on, tells how far it
// is, and stops it when it was canceled or somebody else has it.
func (w *Worker) watch(ctx context.Context, delivery workspace.Delivery, j workspace.Job, far *farness, stop context.CancelCauseFunc, done <-chan struct{}) {
	listening, leave := context.WithCancel(ctx)
	defer leave()
	cancels, err := w.Notices.Listen(listening, workspace.TopicCancel)
	if err != nil {
		w.Trouble(err) // the next renewal sees it too
	}
	renew, endRenew := w.Clock.Every(w.Lease / 4)
	defer endRenew()
	show, endShow := w.Clock.Every(max(w.Lease/60, 50*time.Millisecond))
	defer endShow()
	for told := (workspace.Progress{}); ; {
		select {
		case <-done:
			return
		case id, open := <-cancels:
			if !open {
				cancels = nil
			}
			if string(id) == j.ID {
				stop(errCanceled)
			}
		case <-show:
			if at := far.get(); at != told {
				told, j.Progress = at, at
				w.tell(ctx, j)
			}
		case <-renew:
			w.renew(ctx, delivery, j, far.get(), stop)
		}
	}
}

// renew says to queue and store that the worker lives.
func (w *Worker) renew(ctx context.Context, delivery workspace.Delivery, mine workspace.Job, at workspace.Progress, stop context.CancelCauseFunc) {
	if err := delivery.Alive(ctx); err != nil && ctx.Err() == nil {
		w.Trouble(err)
	}
	err := w.Store.Write(ctx, func(tx workspace.Writer) error {
		job, document, err := read(tx, mine.ID)
		if err != nil {
			return err
		}
		if !same(job, mine) {
			return errLost
		}
		if job.Cancel {
			return errCanceled
		}
		job.Lease, job.Progress = workspace.Now(w.Clock.Now()).Add(w.Lease), at
		return write(tx, document, job)
	})
	switch {
	case errors.Is(err, errLost), errors.Is(err, errCanceled):
		stop(err)
	case err != nil && ctx.Err() == nil:
		w.Trouble(fmt.Errorf("saying that job %s goes on: %w", mine.ID, err))
	}
}

// same reports whether a job is still in the hands that began it.
func same(now, mine workspace.Job) bool {
	return now.State == workspace.Running && now.Worker == mine.Worker && now.Attempts == mine.Attempts
}

// tell gives everybody who listens the job's state and progress.
func (w *Worker) tell(ctx context.Context, j workspace.Job) {
	body, err := json.Marshal(workspace.JobNotice{ID: j.ID, State: j.State, Progress: j.Progress})
	if err == nil {
		err = w.Notices.Tell(ctx, workspace.TopicJobs, body)
	}
	if err != nil && ctx.Err() == nil {
		w.Trouble(err)
	}
}
