package workspace

import (
	"context"
	"time"
)

// Delivery is a job that a queue hands to one worker. Nobody else gets it while
// the worker says often enough that it is alive.
type Delivery interface {
	Job() string // its id
	// Alive says that the worker still works on it.
	Alive(ctx context.Context) error
	// Done takes the job out of the queue; it returns when that is kept.
	Done(ctx context.Context) error
	// Again gives it back, for any worker to take after a while.
	Again(ctx context.Context, after time.Duration) error
}

// The topics of notices that one process gives to all: they are for who listens
// at that moment, and are not kept.
const (
	TopicJobs   = "jobs"   // a JobNotice
	TopicCancel = "cancel" // the id of a job that shall end
)
