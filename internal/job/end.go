package job

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/qala-city/qala/internal/workspace"
)

// finished is work that has ended, well or not.
type finished struct {
	job     workspace.Job
	outcome Outcome
	err     error // of the work
	cause   error // why it was stopped; nil when it was not
	far     workspace.Progress
}

// end keeps what came of a job, and takes it out of the queue after that.
func (w *Worker) end(ctx context.Context, delivery workspace.Delivery, f finished) error {
	now := workspace.Now(w.Clock.Now())
	var ended workspace.Job
	err := w.Store.Write(ctx, func(tx workspace.Writer) error {
		job, document, err := read(tx, f.job.ID)
		if err != nil || !same(job, f.job) {
			ended = workspace.Job{}
			return err
		}
		job.Progress = f.far
		f.settle(&job)
		if job.State.Over() {
			end(&job, job.State, now)
		}
		if job.State == workspace.Done && w.Finish != nil {
			if err := w.Finish(tx, job); err != nil {
				return err
			}
		}
		ended = job
		return write(tx, document, job)
	})
	if err != nil {
		return errors.Join(err, delivery.Again(ctx, w.Lease/4))
	}
	if ended.ID != "" {
		w.tell(ctx, ended)
	}
	if ended.State == workspace.Queued {
		return delivery.Again(ctx, 0)
	}
	return delivery.Done(ctx)
}

// settle is the state that follows from how the work ended:
//
//	canceled | stopped | error   | state
//	no       | no      | no      | done
//	no       | no      | yes     | failed
//	yes      | -       | -       | partial where something was finished, else canceled
//	no       | yes     | -       | queued again, as if it had not been begun
func (f *finished) settle(j *workspace.Job) {
	canceled := errors.Is(f.cause, errCanceled) || j.Cancel
	switch {
	case f.err == nil && !f.outcome.Partial:
		j.State = workspace.Done
	case canceled && f.outcome.Partial:
		j.State = workspace.Partial
	case canceled:
		j.State = workspace.Canceled
	case f.cause != nil:
		j.State, j.Worker = workspace.Queued, ""
		j.Attempts--
		return
	default:
		j.State, j.Fault = workspace.Failed, fault(f.err)
		return
	}
	if j.State == workspace.Canceled {
		return
	}
	result, err := json.Marshal(f.outcome.Result)
	if err != nil {
		j.State, j.Fault = workspace.Failed, fault(err)
		return
	}
	j.Result = result
}

// fault is an error as a job keeps it.
func fault(err error) *workspace.Fault {
	var refused *Refused
	switch {
	case errors.As(err, &refused):
		return &workspace.Fault{Code: workspace.FaultRefused, Text: refused.Text, Findings: refused.Findings}
	case err == nil:
		return &workspace.Fault{Code: workspace.FaultInternal, Text: "the work ended early and nobody had asked for it"}
	}
	return &workspace.Fault{Code: workspace.FaultInternal, Text: err.Error()}
}
