package workspace

import (
	"encoding/json"

	"github.com/qala-city/qala/internal/label"
)

// City is the body of a city's document; its id is the one in its description.
type City struct {
	Names       label.Names `json:"names"`
	Description string      `json:"description"` // path of the city file among Files
	Files       []File      `json:"files"`       // by path
	Version     string      `json:"version,omitempty"`
	Import      string      `json:"import,omitempty"` // the last job that was ordered
}

// Version is the body of a version's document; its id is that of the job that made it.
type Version struct {
	ImportResult
	Program string `json:"program"`
}

// Event is the body of an event's document. Text is an event file without
// modifications, as JSON.
type Event struct {
	Names  label.Names     `json:"names"`
	Date   string          `json:"date"`
	Venue  string          `json:"venue"`
	Text   json.RawMessage `json:"text"`
	Tables []File          `json:"tables"`
}

// Scenario is the body of a scenario's document. Modifications are those of an
// event file, as JSON, in the order in which they apply.
type Scenario struct {
	Name          string            `json:"name"`
	Note          string            `json:"note,omitempty"`
	Modifications []json.RawMessage `json:"modifications"`
}

// Run is the body of a run's document: a scenario as it was when somebody asked.
type Run struct {
	Job      string   `json:"job"`
	City     string   `json:"city"`
	Version  string   `json:"version"`
	Event    string   `json:"event"`
	Scenario string   `json:"scenario"`
	Revision int64    `json:"scenario_revision"`
	Input    RunInput `json:"input"`
}

// Batch is the body of a batch's document.
type Batch struct {
	Name string   `json:"name"`
	Runs []string `json:"runs"` // ids of runs, in the order of the table
}

// Report is the body of a report's document.
type Report struct {
	Job  string `json:"job"`
	Run  string `json:"run"`
	Lang string `json:"lang"`
}
