package approval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// Set is what a plan consists of: copies, so that it stays when what it was made
// of is changed, and the hashes of what is too long to copy.
type Set struct {
	City          string            `json:"city"`
	Event         string            `json:"event"`
	EventText     json.RawMessage   `json:"event_text"`
	Tables        []workspace.File  `json:"tables,omitempty"` // that the event's text names
	Scenario      string            `json:"scenario"`
	Modifications []json.RawMessage `json:"modifications"`
	Runs          []Run             `json:"runs"`
}

// Run is a run of a set, as far as it says what was computed.
type Run struct {
	ID       string             `json:"id"`
	Version  string             `json:"version"` // of the city
	Program  string             `json:"program"`
	Network  string             `json:"network"` // hash of it
	Input    workspace.Sum      `json:"input_sha256"`
	Results  workspace.Sum      `json:"results_sha256"`
	Headline workspace.Headline `json:"headline"`
}

// Sum is the SHA-256 of the set in the one form in which it is kept.
func (s Set) Sum() workspace.Sum {
	text, err := json.Marshal(s)
	if err != nil {
		return "" // a text that is no JSON: nothing fits it
	}
	return ledger.Sum(text)
}

const mostRuns = 100

// gather makes the set of what is there now. It also tells who changed the scenario last.
func gather(r workspace.Reader, event string, ask Ask) (Set, string, error) {
	var of workspace.Event
	document, err := read(r, workspace.KindEvent, event, &of)
	if err != nil {
		return Set{}, "", err
	}
	var changes workspace.Scenario
	scenario, err := read(r, workspace.KindScenario, ask.Scenario, &changes)
	if err == nil && scenario.Parent != event {
		err = fmt.Errorf("scenario %q of event %q: %w", ask.Scenario, event, workspace.ErrNotFound)
	}
	if err != nil {
		return Set{}, "", err
	}
	set := Set{City: document.Parent, Event: event, Scenario: ask.Scenario, Modifications: []json.RawMessage{}, Runs: []Run{}}
	set.EventText = plain(of.Text)
	for _, m := range changes.Modifications {
		set.Modifications = append(set.Modifications, plain(m))
	}
	if len(ask.Runs) < 1 || len(ask.Runs) > mostRuns {
		return Set{}, "", ErrRuns
	}
	for _, id := range ask.Runs {
		run, tables, err := runOf(r, id, set)
		if err != nil {
			return Set{}, "", err
		}
		set.Runs, set.Tables = append(set.Runs, run), tables
	}
	return set, scenario.By, nil
}

func read(r workspace.Reader, kind workspace.Kind, id string, into any) (workspace.Document, error) {
	document, err := r.Document(kind, id)
	if err != nil {
		return document, err
	}
	if err := json.Unmarshal(document.Body, into); err != nil {
		return document, fmt.Errorf("reading %s %s: %w", kind, id, err)
	}
	return document, nil
}

// runOf is a run that is done, of the very text that the set has.
func runOf(r workspace.Reader, id string, set Set) (Run, []workspace.File, error) {
	var body workspace.Run
	document, err := read(r, workspace.KindRun, id, &body)
	if err != nil {
		return Run{}, nil, err
	}
	var job workspace.Job
	if _, err := read(r, workspace.KindJob, body.Job, &job); err != nil {
		return Run{}, nil, err
	}
	var result workspace.RunResult
	if document.Parent != set.Scenario || job.State != workspace.Done || json.Unmarshal(job.Result, &result) != nil {
		return Run{}, nil, fmt.Errorf("run %q: %w", id, ErrRuns)
	}
	if !set.is(body.Input.Event) {
		return Run{}, nil, fmt.Errorf("run %q: %w", id, ErrOutdated)
	}
	return Run{
		ID: id, Version: body.Version, Program: job.Program, Network: body.Input.Hash,
		Input: ledger.Sum(plain(job.Input)), Results: result.Results, Headline: result.Headline,
	}, body.Input.Tables, nil
}

// is reports whether the text that was run is the event of the set with its modifications.
func (s Set) is(text string) bool {
	var ran, event map[string]json.RawMessage
	if errors.Join(json.Unmarshal([]byte(text), &ran), json.Unmarshal(s.EventText, &event)) != nil {
		return false
	}
	if len(s.Modifications) > 0 {
		list, err := json.Marshal(s.Modifications)
		if err != nil {
			return false
		}
		event["modifications"] = list
	}
	a, err := json.Marshal(ran)
	b, err2 := json.Marshal(event)
	return errors.Join(err, err2) == nil && bytes.Equal(a, b)
}

// plain is a JSON text without spaces between its words; itself when it is none.
func plain(text json.RawMessage) json.RawMessage {
	short, err := json.Marshal(text)
	if err != nil {
		return text
	}
	return short
}
