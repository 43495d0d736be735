package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// begun is what becomes of a delivered job: it is this worker's, or it may be
// in a while, or nothing is to be done.
type begun struct {
	job  workspace.Job
	mine bool
	wait time.Duration
}

// begin makes a job this worker's, unless somebody else has it or it is over.
func (w *Worker) begin(ctx context.Context, id string) (begun, error) {
	var out begun
	err := w.Store.Write(ctx, func(tx workspace.Writer) error {
		out = begun{}
		job, document, err := read(tx, id)
		if errors.Is(err, workspace.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		now := workspace.Now(w.Clock.Now())
		if out.wait = w.wait(job, now); out.wait > 0 || job.State.Over() {
			return nil
		}
		out.mine = w.claim(&job, now)
		out.job = job
		return write(tx, document, job)
	})
	return out, err
}

// wait is how long a job is somebody else's at least.
func (w *Worker) wait(j workspace.Job, now time.Time) time.Duration {
	switch {
	case j.State.Over():
		return 0
	case j.Program != w.Program:
		return w.Lease
	case j.State == workspace.Running && j.Lease.After(now):
		return j.Lease.Sub(now) + time.Millisecond
	}
	return 0
}

// claim makes the job this worker's, or ends it: a canceled one, and one from
// which too many workers went away.
func (w *Worker) claim(j *workspace.Job, now time.Time) bool {
	switch {
	case j.Cancel:
		end(j, workspace.Canceled, now)
		return false
	case j.Attempts >= workspace.MostAttempts:
		end(j, workspace.Failed, now)
		j.Fault = &workspace.Fault{Code: workspace.FaultLost, Text: fmt.Sprintf("the work was begun %d times and its worker went away each time", j.Attempts)}
		return false
	}
	j.State, j.Worker, j.Lease = workspace.Running, w.Name, now.Add(w.Lease)
	j.Attempts++
	if j.Started.IsZero() {
		j.Started = now
	}
	return true
}

func end(j *workspace.Job, state workspace.JobState, now time.Time) {
	j.State, j.Ended, j.Lease, j.Worker, j.Progress.Left = state, now, time.Time{}, "", 0
}

// read is a job with its document.
func read(r workspace.Reader, id string) (workspace.Job, workspace.Document, error) {
	document, err := r.Document(workspace.KindJob, id)
	if err != nil {
		return workspace.Job{}, document, err
	}
	job, err := decode(document)
	return job, document, err
}

func decode(document workspace.Document) (workspace.Job, error) {
	var job workspace.Job
	if err := json.Unmarshal(document.Body, &job); err != nil {
		return job, fmt.Errorf("reading job %s: %w", document.ID, err)
	}
	return job, nil
}

// write keeps a job whose document was read in the same transaction.
func write(tx workspace.Writer, document workspace.Document, j workspace.Job) error {
	body, err := json.Marshal(j)
	if err != nil {
		return err
	}
	document.Body, document.State = body, string(j.State)
	document.Changed = latest(j)
	_, err = tx.Replace(document)
	return err
}

// latest is the last moment that a job knows of.
func latest(j workspace.Job) time.Time {
	last := j.Asked
	for _, at := range []time.Time{j.Started, j.Ended} {
		if at.After(last) {
			last = at
		}
	}
	return last
}
