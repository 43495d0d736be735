package works

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"math"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/job"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/plan"
	"github.com/qala-city/qala/internal/report"
	"github.com/qala-city/qala/internal/workspace"
)

// eventName is what findings call the event of a run.
const eventName = "event"

// runEvent plays the day of a run.
func (s *Shop) runEvent(ctx context.Context, in workspace.RunInput, progress func(workspace.Progress)) (job.Outcome, error) {
	request, err := s.request(ctx, in)
	if err != nil {
		return job.Outcome{}, err
	}
	request.Progress = func(stage string, done, total int) {
		progress(workspace.Progress{Stage: stage, Done: done, Total: total})
	}
	var details *evaluation.Details
	request.Detailed = func(d *evaluation.Details) { details = d }
	e, err := plan.RunSeeds(ctx, request, in.Seeds)
	var refused *plan.Refused
	switch {
	case errors.As(err, &refused):
		return job.Outcome{}, &job.Refused{Text: refused.Error(), Findings: refused.Findings}
	case e == nil:
		return job.Outcome{}, err
	}
	result, keeping := s.keepResults(context.WithoutCancel(ctx), e, details)
	return job.Outcome{Result: result, Partial: err != nil}, keeping
}

// request is a run as package plan asks for it.
func (s *Shop) request(ctx context.Context, in workspace.RunInput) (plan.Request, error) {
	file, findings, err := s.event(ctx, in)
	if err != nil {
		return plan.Request{}, err
	}
	net, err := s.network(ctx, in.Network)
	if err != nil {
		return plan.Request{}, err
	}
	return plan.Request{
		Network: net, Hash: in.Hash, City: file.City, Event: crowd(file.Event, in.Crowd), Modifications: file.Modifications,
		Findings: findings, Seed: in.Seed, Weights: journey.DefaultWeights, Rounds: in.Rounds, Gap: float64(in.Gap) / 1000,
		Exact: in.Exact, Workers: s.Workers, Program: s.Program,
	}, nil
}

// event reads the event file of a run, and the tables that it names.
func (s *Shop) event(ctx context.Context, in workspace.RunInput) (eventfile.File, []finding.Finding, error) {
	file, findings, err := eventfile.Read(eventName, []byte(in.Event))
	if err == nil {
		var more []finding.Finding
		more, err = file.Complete(eventName, func(path string) ([]byte, error) { return s.table(ctx, in.Tables, path) })
		findings = append(findings, more...)
	}
	if err != nil {
		return file, nil, &job.Refused{Text: err.Error(), Findings: findings}
	}
	return file, findings, nil
}

func (s *Shop) table(ctx context.Context, tables []workspace.File, path string) ([]byte, error) {
	for _, t := range tables {
		if t.Path == path {
			return s.read(ctx, t.Sum)
		}
	}
	return nil, fs.ErrNotExist
}

// crowd is an event with another attendance, in percent of what its file says.
func crowd(e demand.Event, percent int) demand.Event {
	if percent == 100 {
		return e
	}
	part := float64(percent) / 100
	sessions := append([]demand.Session(nil), e.Sessions...)
	for i := range sessions {
		session := &sessions[i]
		session.Attendance = uint32(max(1, math.Round(float64(session.Attendance)*part)))
		session.AttendanceSpan.Low *= part
		session.AttendanceSpan.High *= part
	}
	e.Sessions = sessions
	return e
}

// network is a network by its content. Runs never change it.
func (s *Shop) network(ctx context.Context, sum workspace.Sum) (*network.Network, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last.net != nil && s.last.sum == sum {
		return s.last.net, nil
	}
	data, err := s.read(ctx, sum)
	if err != nil {
		return nil, err
	}
	net, err := network.Decode(data)
	if err != nil {
		return nil, err
	}
	s.last.sum, s.last.net = sum, net
	return net, nil
}

// keepResults keeps what a run found out, and its details beside it.
func (s *Shop) keepResults(ctx context.Context, e *evaluation.Evaluation, details *evaluation.Details) (workspace.RunResult, error) {
	data, err := report.JSON(e)
	if err != nil {
		return workspace.RunResult{}, err
	}
	out := workspace.RunResult{Bytes: int64(len(data)), Headline: headline(e)}
	if out.Results, err = s.keep(ctx, data); err != nil || details == nil {
		return out, err
	}
	if out.Vehicles, out.VehiclesBytes, err = s.keepMeasured(ctx, details.Vehicles); err != nil {
		return out, err
	}
	out.Diaries, out.DiariesBytes, err = s.keepMeasured(ctx, details.Diaries)
	return out, err
}

// keepMeasured keeps a value as JSON and tells how long it is.
func (s *Shop) keepMeasured(ctx context.Context, value any) (workspace.Sum, int64, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return "", 0, err
	}
	sum, err := s.keep(ctx, data)
	return sum, int64(len(data)), err
}
