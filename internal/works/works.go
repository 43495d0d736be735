// Package works puts the desks together into what the tasks of jobs do: import a
// city, run an event, write a report. Each takes contents and gives contents, and
// knows nothing else of the machine that it is done on.
package works

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/qala-city/qala/internal/job"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/workspace"
)

// Contents are what works read and write.
type Contents interface {
	Put(ctx context.Context, from io.Reader) (workspace.Sum, int64, error)
	Open(ctx context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error)
}

// Shop does the works.
type Shop struct {
	Contents Contents
	Program  string // name and version, which results name
	Workers  int    // processors for one job; results do not depend on it

	mu   sync.Mutex
	last struct { // the network that was decoded last: the runs of a batch share one
		sum workspace.Sum
		net *network.Network
	}
}

// Works are what a job.Worker needs.
func (s *Shop) Works() map[workspace.Task]job.Work {
	return map[workspace.Task]job.Work{
		workspace.TaskImport: typed(s.importCity),
		workspace.TaskRun:    typed(s.runEvent),
		workspace.TaskReport: typed(s.writeReport),
	}
}

// typed is a work that reads its input.
func typed[In any](do func(context.Context, In, func(workspace.Progress)) (job.Outcome, error)) job.Work {
	return func(ctx context.Context, input json.RawMessage, progress func(workspace.Progress)) (job.Outcome, error) {
		var in In
		if err := json.Unmarshal(input, &in); err != nil {
			return job.Outcome{}, fmt.Errorf("reading the input of the job: %w", err)
		}
		return do(ctx, in, progress)
	}
}

// read is a whole content.
func (s *Shop) read(ctx context.Context, sum workspace.Sum) ([]byte, error) {
	body, _, err := s.Contents.Open(ctx, sum)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(body)
	return data, errors.Join(err, body.Close())
}

// keep keeps bytes as a content.
func (s *Shop) keep(ctx context.Context, data []byte) (workspace.Sum, error) {
	sum, _, err := s.Contents.Put(ctx, bytes.NewReader(data))
	return sum, err
}

// keepJSON keeps a value as a content.
func (s *Shop) keepJSON(ctx context.Context, value any) (workspace.Sum, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return "", err
	}
	return s.keep(ctx, data)
}
