// Package job works jobs off: it takes what a queue hands out, has it done,
// says how far it is, and keeps what came of it exactly once. What a task does
// is not its business; package office orders jobs.
//
// The store holds the truth. The queue only wakes workers: a message that comes
// twice, late or for a job that is over does no harm.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/workspace"
)

// Store keeps the jobs' documents.
type Store interface {
	Read(ctx context.Context, do func(workspace.Reader) error) error
	Write(ctx context.Context, do func(workspace.Writer) error) error
}

// Queue hands jobs to workers.
type Queue interface {
	// Publish puts a job into the queue of its task; the same key soon again is the same message.
	Publish(ctx context.Context, task workspace.Task, job, key string) error
	Take(ctx context.Context, task workspace.Task) (workspace.Delivery, error)
}

// Notices go to all processes that listen.
type Notices interface {
	Tell(ctx context.Context, topic string, body []byte) error
	Listen(ctx context.Context, topic string) (<-chan []byte, error)
}

// Work does one task. It may say how far it is, as often as it likes. When ctx
// ends it returns soon, with what is finished and Partial, or with ctx's error.
// A *Refused says that the input makes no sense.
type Work func(ctx context.Context, input json.RawMessage, progress func(workspace.Progress)) (Outcome, error)

// Outcome is what came of a job. Result is marshalled as JSON.
type Outcome struct {
	Result  any
	Partial bool
}

// Refused is the error of an input that makes no sense.
type Refused struct {
	Text     string
	Findings []finding.Finding
}

func (r *Refused) Error() string { return r.Text }

// Clock gives the time and ticks; a desk reads none itself.
type Clock interface {
	Now() time.Time
	// Every gives a tick after each length of time, until stop is called.
	Every(length time.Duration) (ticks <-chan time.Time, stop func())
}

// Worker works jobs off. Every field is needed.
type Worker struct {
	Name    string // that of no other worker
	Program string // it does the jobs of this program only
	Store   Store
	Queue   Queue
	Notices Notices
	Clock   Clock
	Works   map[workspace.Task]Work
	Lease   time.Duration // how long a silent worker is believed to live
	// Finish is called when a job has ended well, in the transaction that keeps its end.
	Finish func(w workspace.Writer, j workspace.Job) error
	// Trouble hears what went wrong beside the jobs themselves.
	Trouble func(err error)
}

// Serve takes and does jobs of a task, one after another, until ctx ends. A job
// that is under way then goes back to the queue as if it had not been begun.
func (w *Worker) Serve(ctx context.Context, task workspace.Task) {
	for ctx.Err() == nil {
		delivery, err := w.Queue.Take(ctx, task)
		if err != nil {
			w.pause(ctx, err)
			continue
		}
		if err := w.handle(ctx, delivery); err != nil {
			w.pause(ctx, err)
		}
	}
}

// pause tells of trouble and waits a little, so that a store which is away is not hammered.
func (w *Worker) pause(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	w.Trouble(err)
	ticks, stop := w.Clock.Every(time.Second)
	defer stop()
	select {
	case <-ctx.Done():
	case <-ticks:
	}
}

// handle does what one delivery asks for.
func (w *Worker) handle(ctx context.Context, delivery workspace.Delivery) error {
	begun, err := w.begin(ctx, delivery.Job())
	switch {
	case err != nil:
		return errors.Join(err, delivery.Again(context.WithoutCancel(ctx), w.Lease/4))
	case begun.wait > 0:
		return delivery.Again(ctx, begun.wait)
	case !begun.mine:
		return delivery.Done(ctx)
	}
	w.tell(ctx, begun.job)
	return w.perform(ctx, delivery, begun.job)
}
