package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// order keeps a job for a piece of work, in the transaction of what needs it.
// Work that was done, or is under way, is not ordered again; work that failed or
// was canceled is.
func (d *Desk) order(w workspace.Writer, by By, task workspace.Task, input any) (workspace.Job, error) {
	data, err := json.Marshal(input)
	if err != nil {
		return workspace.Job{}, err
	}
	job := workspace.Job{
		ID: workspace.JobID(task, d.Program, data), Task: task, Program: d.Program, Input: data,
		State: workspace.Ordered, Asked: workspace.Now(d.Now()),
	}
	known, err := fetch[workspace.Job](w, workspace.KindJob, job.ID)
	if errors.Is(err, workspace.ErrNotFound) {
		return job, d.insert(w, by, workspace.Document{Kind: workspace.KindJob, ID: job.ID, State: string(job.State)}, job)
	}
	if err != nil || !again(known.Content) {
		return known.Content, err
	}
	known.State = string(job.State)
	_, err = d.replace(w, by, known.Document, job)
	return job, err
}

// again reports whether work is to be ordered once more: it ended without results, or shall end so.
func again(j workspace.Job) bool {
	switch j.State {
	case workspace.Failed:
		return j.Fault == nil || j.Fault.Code != workspace.FaultRefused
	case workspace.Canceled, workspace.Partial:
		return true
	}
	return false
}

// Job is one job.
func (d *Desk) Job(ctx context.Context, id string) (workspace.Job, error) {
	item, err := get[workspace.Job](ctx, d, workspace.KindJob, id)
	return item.Content, err
}

// Jobs are the jobs in a state.
func (d *Desk) Jobs(ctx context.Context, state workspace.JobState, page workspace.Page) ([]workspace.Job, error) {
	var jobs []workspace.Job
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		jobs = nil
		documents, err := r.InState(workspace.KindJob, string(state), page)
		for _, document := range documents {
			var job workspace.Job
			if err := decode(document, &job); err != nil {
				return err
			}
			jobs = append(jobs, job)
		}
		return err
	})
	return jobs, err
}

// Cancel ends a job; what it has finished until then is kept. A job that is over stays as it is.
func (d *Desk) Cancel(ctx context.Context, by By, id string) (workspace.Job, error) {
	var job workspace.Job
	err := d.Store.Write(ctx, func(w workspace.Writer) error {
		item, err := fetch[workspace.Job](w, workspace.KindJob, id)
		job = item.Content
		if err != nil || job.State.Over() {
			return err
		}
		job.Cancel = true
		if job.State != workspace.Running {
			job.State, job.Ended = workspace.Canceled, workspace.Now(d.Now())
		}
		item.State = string(job.State)
		_, err = d.replace(w, by, item.Document, job)
		return err
	})
	if err != nil {
		return job, err
	}
	if job.State == workspace.Running {
		d.tell(ctx, workspace.TopicCancel, []byte(job.ID))
	}
	d.announce(ctx, job, nil)
	return job, nil
}

// announce tells everybody who listens of a job that was ordered or changed.
func (d *Desk) announce(ctx context.Context, job workspace.Job, err error) {
	if err != nil {
		return
	}
	if body, err := json.Marshal(workspace.JobNotice{ID: job.ID, State: job.State, Progress: job.Progress}); err == nil {
		d.tell(ctx, workspace.TopicJobs, body)
	}
}

// tell gives a notice. One that is lost costs a second, not more: who needs it looks by himself too.
func (d *Desk) tell(ctx context.Context, topic string, body []byte) {
	_ = d.Notices.Tell(context.WithoutCancel(ctx), topic, body)
}

// Finish keeps what follows from a job that has ended well, in the transaction
// that keeps its end: the version that an import made.
func (d *Desk) Finish(w workspace.Writer, job workspace.Job) error {
	if job.Task != workspace.TaskImport {
		return nil
	}
	city, err := cityOf(job)
	if err != nil {
		return err
	}
	item, err := fetch[workspace.City](w, workspace.KindCity, city)
	if errors.Is(err, workspace.ErrNotFound) {
		return nil // it was removed meanwhile
	}
	if err != nil {
		return err
	}
	by := By{Who: item.By}
	if err := d.keepVersion(w, by, job); err != nil || item.Content.Import != job.ID {
		return err // another import was asked for meanwhile
	}
	item.Content.Version = job.ID
	_, err = d.replace(w, by, item.Document, item.Content)
	return err
}

// cityOf is the city of an import.
func cityOf(job workspace.Job) (string, error) {
	var input workspace.ImportInput
	if err := json.Unmarshal(job.Input, &input); err != nil {
		return "", fmt.Errorf("reading import %s: %w", job.ID, err)
	}
	return input.City, nil
}

// keepVersion keeps the version that an import made, unless it is kept already.
func (d *Desk) keepVersion(w workspace.Writer, by By, job workspace.Job) error {
	city, err := cityOf(job)
	if err != nil {
		return err
	}
	var result workspace.ImportResult
	if err := json.Unmarshal(job.Result, &result); err != nil {
		return fmt.Errorf("reading import %s: %w", job.ID, err)
	}
	document := workspace.Document{Kind: workspace.KindVersion, ID: job.ID, Parent: city}
	err = d.insert(w, by, document, workspace.Version{ImportResult: result, Program: job.Program})
	if errors.Is(err, workspace.ErrExists) {
		return nil
	}
	return err
}

// look is how often one who follows a job looks at it himself: a notice may be lost.
const look = 5 * time.Second

// Watch gives what becomes of a job: its state and progress now, and after
// every change until it is over or ctx ends. The channel is closed then.
func (d *Desk) Watch(ctx context.Context, id string) (<-chan workspace.JobNotice, error) {
	listening, leave := context.WithCancel(ctx)
	notices, err := d.Notices.Listen(listening, workspace.TopicJobs)
	if err != nil {
		leave()
		return nil, err
	}
	now, err := d.noticeOf(ctx, id)
	if err != nil {
		leave()
		return nil, err
	}
	out := make(chan workspace.JobNotice)
	go func() {
		defer close(out)
		defer leave()
		d.follow(listening, now, notices, out)
	}()
	return out, nil
}

// noticeOf is how a job stands now.
func (d *Desk) noticeOf(ctx context.Context, id string) (workspace.JobNotice, error) {
	job, err := d.Job(ctx, id)
	return workspace.JobNotice{ID: job.ID, State: job.State, Progress: job.Progress}, err
}

func (d *Desk) follow(ctx context.Context, now workspace.JobNotice, notices <-chan []byte, out chan<- workspace.JobNotice) {
	looks, stop := d.Every(look)
	defer stop()
	for open := true; open; now, open = d.next(ctx, now, notices, looks) {
		select {
		case out <- now:
		case <-ctx.Done():
			return
		}
		if now.State.Over() {
			return
		}
	}
}

// next is how a job stands when it stands otherwise than before; open is false when nothing more will be known.
func (d *Desk) next(ctx context.Context, before workspace.JobNotice, notices <-chan []byte, looks <-chan time.Time) (now workspace.JobNotice, open bool) {
	for {
		select {
		case body, open := <-notices:
			if !open {
				return before, false
			}
			var told workspace.JobNotice
			if json.Unmarshal(body, &told) == nil && told.ID == before.ID {
				return told, true
			}
		case <-looks:
			// A store that is away for a moment is asked again at the next look.
			if seen, err := d.noticeOf(ctx, before.ID); err == nil && seen != before {
				return seen, true
			}
		}
	}
}
