package job

import (
	"context"
	"fmt"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// Dispatcher brings jobs that were ordered into the queue. An order is a
// document, kept together with whatever needs it; so no order is lost between
// the store and the queue. Every field is needed.
type Dispatcher struct {
	Store   Store
	Queue   Queue
	Notices Notices
	Clock   Clock
	Lease   time.Duration
	Trouble func(err error)
}

// Serve brings jobs into the queue until ctx ends: when a notice says that
// there may be some, and every second. It begins with those that the queue may
// have forgotten.
func (d *Dispatcher) Serve(ctx context.Context) {
	notices, err := d.Notices.Listen(ctx, workspace.TopicJobs)
	if err != nil {
		d.trouble(ctx, err)
	}
	d.trouble(ctx, d.Recover(ctx))
	second, stop := d.Clock.Every(time.Second)
	defer stop()
	lost, stopLost := d.Clock.Every(d.Lease)
	defer stopLost()
	for {
		d.trouble(ctx, d.Dispatch(ctx))
		select {
		case <-ctx.Done():
			return
		case _, open := <-notices:
			if !open {
				notices = nil
			}
		case <-second:
		case <-lost:
			d.trouble(ctx, d.Revive(ctx))
		}
	}
}

func (d *Dispatcher) trouble(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		d.Trouble(err)
	}
}

// Dispatch brings all ordered jobs into the queue.
func (d *Dispatcher) Dispatch(ctx context.Context) error {
	return d.each(ctx, workspace.Ordered, func(j workspace.Job) error {
		if err := d.publish(ctx, j); err != nil {
			return err
		}
		return d.Store.Write(ctx, func(tx workspace.Writer) error {
			job, document, err := read(tx, j.ID)
			if err != nil || job.State != workspace.Ordered {
				return err
			}
			job.State = workspace.Queued
			return write(tx, document, job)
		})
	})
}

// Recover puts every job that is not over into the queue again: the queue may
// be a new one. A job that is in it twice is done once.
func (d *Dispatcher) Recover(ctx context.Context) error {
	for _, state := range []workspace.JobState{workspace.Queued, workspace.Running} {
		if err := d.each(ctx, state, func(j workspace.Job) error { return d.publish(ctx, j) }); err != nil {
			return err
		}
	}
	return nil
}

// Revive puts jobs into the queue whose workers have been silent for long.
func (d *Dispatcher) Revive(ctx context.Context) error {
	silent := workspace.Now(d.Clock.Now()).Add(-d.Lease)
	return d.each(ctx, workspace.Running, func(j workspace.Job) error {
		if j.Lease.After(silent) {
			return nil
		}
		return d.publish(ctx, j)
	})
}

func (d *Dispatcher) publish(ctx context.Context, j workspace.Job) error {
	key := fmt.Sprintf("%s.%d.%d", j.ID, j.Attempts, j.Asked.UnixMicro())
	if err := d.Queue.Publish(ctx, j.Task, j.ID, key); err != nil {
		return fmt.Errorf("queueing job %s: %w", j.ID, err)
	}
	return nil
}

// each calls do for the jobs in a state, page by page; do may change them.
func (d *Dispatcher) each(ctx context.Context, state workspace.JobState, do func(workspace.Job) error) error {
	for after := ""; ; {
		jobs, err := inState(ctx, d.Store, state, after)
		if err != nil {
			return err
		}
		for _, j := range jobs {
			if err := do(j); err != nil {
				return err
			}
		}
		if len(jobs) == 0 {
			return nil
		}
		after = jobs[len(jobs)-1].ID
	}
}

func inState(ctx context.Context, store Store, state workspace.JobState, after string) ([]workspace.Job, error) {
	var jobs []workspace.Job
	err := store.Read(ctx, func(r workspace.Reader) error {
		jobs = nil
		documents, err := r.InState(workspace.KindJob, string(state), workspace.Page{After: after, Limit: 100})
		if err != nil {
			return err
		}
		for _, document := range documents {
			job, err := decode(document)
			if err != nil {
				return err
			}
			jobs = append(jobs, job)
		}
		return nil
	})
	return jobs, err
}
