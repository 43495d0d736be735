package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Job is a piece of work as the contract has it.
type Job struct {
	ID       string              `json:"id"`
	Task     workspace.Task      `json:"task" enum:"import,run,report"`
	State    workspace.JobState  `json:"state" enum:"ordered,queued,running,done,partial,failed,canceled"`
	Progress workspace.Progress  `json:"progress"`
	Attempts int                 `json:"attempts" doc:"How often it was begun; more than once where a worker went away"`
	Program  string              `json:"program"`
	Asked    time.Time           `json:"asked"`
	Started  *time.Time          `json:"started,omitempty"`
	Ended    *time.Time          `json:"ended,omitempty"`
	Fault    *Fault              `json:"fault,omitempty" doc:"Why it failed"`
	Headline *workspace.Headline `json:"headline,omitempty" doc:"Of a run that gave results"`
}

// Fault is why a job failed.
type Fault struct {
	Code     string `json:"code" enum:"refused,lost,internal"`
	Text     string `json:"text"`
	Findings []Told `json:"findings,omitempty"`
}

func jobOf(j workspace.Job) Job { return jobIn(j, "en") }

// jobIn is a job whose findings are told in a language.
func jobIn(j workspace.Job, lang string) Job {
	out := Job{
		ID: j.ID, Task: j.Task, State: j.State, Progress: j.Progress, Attempts: j.Attempts, Program: j.Program, Asked: j.Asked,
		Started: moment(j.Started), Ended: moment(j.Ended), Headline: headline(j),
	}
	if j.Fault != nil {
		out.Fault = &Fault{Code: j.Fault.Code, Text: j.Fault.Text, Findings: told(j.Fault.Findings, lang)}
		if j.Fault.Code == workspace.FaultInternal {
			out.Fault.Text = "something is wrong with the program or the machine; the log of the worker says what"
		}
	}
	return out
}

func moment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// JobIn names a job.
type JobIn struct {
	Job string `path:"job" maxLength:"64"`
}

func (d *door) jobs() {
	add(d, operation{need: role.Look, sifts: true, method: http.MethodGet, path: "/jobs", id: "listJobs", tag: "jobs", summary: "The jobs in a state"}, d.listJobs)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/jobs/{job}", id: "getJob", tag: "jobs", summary: "A job"}, d.getJob)
	add(d, operation{need: role.Plan, method: http.MethodPost, path: "/jobs/{job}/cancel", id: "cancelJob", tag: "jobs", summary: "End a job; what it has finished is kept"}, d.cancelJob)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/jobs/{job}/progress", id: "jobProgress", tag: "jobs", summary: "What becomes of a job, as server-sent events, until it is over", kind: "text/event-stream"}, d.jobProgress)
}

func (d *door) listJobs(ctx context.Context, in *struct {
	PageIn
	State workspace.JobState `query:"state" enum:"ordered,queued,running,done,partial,failed,canceled" default:"running"`
},
) (*List[Job], error) {
	jobs, err := d.Office.Jobs(ctx, in.State, in.page())
	if err != nil {
		return nil, err
	}
	var all []Job
	last := ""
	hidden := map[string]bool{}
	for _, j := range jobs {
		place, err := office.PlaceOf(j)
		if err != nil {
			return nil, err
		}
		hidden[j.ID] = !d.allowed(ctx, role.Look, place)
		all, last = append(all, jobIn(j, callOf(ctx).language)), j.ID
	}
	out := listed("/jobs", in.PageIn, all, last)
	out.Body.Items = slices.DeleteFunc(out.Body.Items, func(j Job) bool { return hidden[j.ID] })
	return out, nil
}

// JobOut is a job.
type JobOut struct{ Body Job }

func (d *door) getJob(ctx context.Context, in *JobIn) (*JobOut, error) {
	job, err := d.Office.Job(ctx, in.Job)
	if err != nil {
		return nil, err
	}
	return &JobOut{jobIn(job, callOf(ctx).language)}, nil
}

func (d *door) cancelJob(ctx context.Context, in *JobIn) (*JobOut, error) {
	job, err := d.Office.Cancel(ctx, by(ctx), in.Job)
	if err != nil {
		return nil, err
	}
	return &JobOut{jobIn(job, callOf(ctx).language)}, nil
}

// progressIn asks what becomes of a job.
type progressIn struct {
	JobIn
	Last string `header:"Last-Event-ID" doc:"Ignored: the first event always tells how things are now"`
}

// beat is how often a silent stream says that it is alive.
const beat = 15 * time.Second

func (d *door) jobProgress(ctx context.Context, in *progressIn) (*huma.StreamResponse, error) {
	return d.stream(ctx, in.Job)
}

// stream tells what becomes of a job as server-sent events, until it is over.
func (d *door) stream(ctx context.Context, id string) (*huma.StreamResponse, error) {
	watching, stop := d.whileServing(ctx)
	notices, err := d.Office.Watch(watching, id)
	if err != nil {
		stop()
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer stop()
		ctx.SetHeader("Content-Type", "text/event-stream")
		ctx.SetHeader("X-Accel-Buffering", "no")
		_, w := humago.Unwrap(ctx)
		send(watching, w, notices)
	}}, nil
}

// whileServing ends with ctx, or when the server is to stop.
func (d *door) whileServing(ctx context.Context) (context.Context, context.CancelFunc) {
	watching, stop := context.WithCancel(ctx)
	go func() {
		select {
		case <-d.Ending:
			stop()
		case <-watching.Done():
		}
	}()
	return watching, stop
}

// send writes each notice as an event, and a comment now and then so that
// nobody between takes the connection for dead.
func send(ctx context.Context, w http.ResponseWriter, notices <-chan workspace.JobNotice) {
	alive := time.NewTicker(beat)
	defer alive.Stop()
	to := http.NewResponseController(w)
	for n := 1; ; n++ {
		text := ": alive\n\n"
		select {
		case notice, open := <-notices:
			if !open {
				return
			}
			data, err := json.Marshal(notice)
			if err != nil {
				return
			}
			text = fmt.Sprintf("id: %d\nevent: progress\ndata: %s\n\n", n, data)
		case <-alive.C:
		case <-ctx.Done():
			return
		}
		if _, err := io.WriteString(w, text); err != nil || to.Flush() != nil {
			return
		}
	}
}

var _ huma.Resolver = (*upload)(nil)
