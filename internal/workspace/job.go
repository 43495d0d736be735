package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/qala-city/qala/internal/finding"
)

// Task says what a job does.
type Task string

// The tasks.
const (
	TaskImport Task = "import" // files of a city -> a network
	TaskRun    Task = "run"    // a network and an event -> an evaluation
	TaskReport Task = "report" // an evaluation -> documents
)

// JobState is how far a job is.
//
//	ordered -> queued -> running -> done | partial | failed | canceled
//	             ^          |
//	             +----------+  its worker went away, once
type JobState string

// The states of a job. Ordered means that the queue does not have it yet.
const (
	Ordered  JobState = "ordered"
	Queued   JobState = "queued"
	Running  JobState = "running"
	Done     JobState = "done"
	Partial  JobState = "partial"  // canceled, with what was finished until then
	Failed   JobState = "failed"   // Job.Fault says why
	Canceled JobState = "canceled" // with nothing to keep
)

// Over reports whether a job in this state has ended.
func (s JobState) Over() bool {
	return s == Done || s == Partial || s == Failed || s == Canceled
}

// MostAttempts is how often a job is begun: once more than workers may go away from it.
const MostAttempts = 2

// Job is one piece of work that depends on its Input alone: the same input
// gives the same results, byte for byte, wherever it is done.
type Job struct {
	ID       string          `json:"id"` // see JobID: of what is asked, so that the same is not done twice
	Task     Task            `json:"task"`
	Program  string          `json:"program"` // that must do it
	Input    json.RawMessage `json:"input"`
	State    JobState        `json:"state"`
	Attempts int             `json:"attempts"`
	Worker   string          `json:"worker,omitempty"`
	Lease    time.Time       `json:"lease,omitzero"` // until when the worker is believed to live
	Cancel   bool            `json:"cancel,omitempty"`
	Progress Progress        `json:"progress"`
	Asked    time.Time       `json:"asked,omitzero"`
	Started  time.Time       `json:"started,omitzero"`
	Ended    time.Time       `json:"ended,omitzero"`
	Result   json.RawMessage `json:"result,omitempty"` // small; contents are named in it
	Fault    *Fault          `json:"fault,omitempty"`
}

// Progress is how far a job is. Total 0 means that nobody knows.
type Progress struct {
	Stage string `json:"stage,omitempty"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Left  int    `json:"left_seconds,omitempty"` // estimated; 0 where nobody knows
}

// JobNotice is what everybody who listens hears of a job that has changed.
type JobNotice struct {
	ID       string   `json:"id"`
	State    JobState `json:"state"`
	Progress Progress `json:"progress"`
}

// Fault is why a job failed.
type Fault struct {
	Code     string            `json:"code"` // refused, lost, internal
	Text     string            `json:"text"`
	Findings []finding.Finding `json:"findings,omitempty"`
}

// The codes of faults.
const (
	FaultRefused  = "refused"  // what was asked makes no sense; the findings say why
	FaultLost     = "lost"     // its workers went away too often
	FaultInternal = "internal" // a fault of the program or of the machine
)

// JobID is the identity of a piece of work. Input must be canonical: of the
// same struct, marshalled.
func JobID(task Task, program string, input []byte) string {
	hash := sha256.New()
	for _, part := range []string{string(task), program, string(input)} {
		sum := sha256.Sum256([]byte(part))
		hash.Write(sum[:])
	}
	return hex.EncodeToString(hash.Sum(nil))[:32]
}
