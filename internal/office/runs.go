package office

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/workspace"
)

// Ask says how a scenario is to be run. The zero value of a field asks for what is usual.
type Ask struct {
	Version string  // of the city; "" for the current one
	Seed    *uint64 // nil for the event's
	Seeds   int     // runs with other seeds and sizes, 1 to 1000
	Rounds  int     // of feedback, at most
	Gap     int     // regret in thousandths at which the rounds end early
	Exact   bool
	Crowd   int // percent of the attendance that the event says, 1 to 1000
}

// The defaults and limits of an Ask.
const (
	DefaultRounds = 18
	DefaultGap    = 30
	MostSeeds     = 1000
	MostRounds    = 100
	MostCrowd     = 1000
)

func (a Ask) withDefaults() (Ask, error) {
	for value, usual := range map[*int]int{&a.Seeds: 1, &a.Rounds: DefaultRounds, &a.Gap: DefaultGap, &a.Crowd: 100} {
		if *value == 0 {
			*value = usual
		}
	}
	for _, limit := range []struct {
		name        string
		value, most int
	}{{"seeds", a.Seeds, MostSeeds}, {"rounds", a.Rounds, MostRounds}, {"gap", a.Gap, 1000}, {"crowd", a.Crowd, MostCrowd}} {
		if limit.value < 1 || limit.value > limit.most {
			return a, fmt.Errorf("%s %d: %w: 1 to %d", limit.name, limit.value, ErrRange, limit.most)
		}
	}
	return a, nil
}

// Outcome is a run with the job that does it.
type Outcome struct {
	Item[workspace.Run]
	Job workspace.Job
}

// AskRun orders a scenario to be run as it is now. What was asked before is not
// run again: the same run is given then.
func (d *Desk) AskRun(ctx context.Context, by By, scenario string, ask Ask) (Outcome, error) {
	var id string
	err := d.Store.Write(ctx, func(w workspace.Writer) (err error) {
		id, err = d.askRun(w, by, scenario, ask)
		return err
	})
	if err != nil {
		return Outcome{}, err
	}
	out, err := d.Run(ctx, id)
	d.announce(ctx, out.Job, err)
	return out, err
}

// stateAsked is the state of every run, so that they can be listed.
const stateAsked = "asked"

// askRun keeps a run and its job, and gives the run's id.
func (d *Desk) askRun(w workspace.Writer, by By, scenario string, ask Ask) (string, error) {
	run, err := d.runOf(w, scenario, ask)
	if err != nil {
		return "", err
	}
	job, err := d.order(w, by, workspace.TaskRun, run.Input)
	if err != nil {
		return "", err
	}
	run.Job = job.ID
	id := runID(scenario, job.ID)
	document := workspace.Document{Kind: workspace.KindRun, ID: id, Parent: scenario, State: stateAsked}
	if err := d.insert(w, by, document, run); err != nil && !errors.Is(err, workspace.ErrExists) {
		return "", err
	}
	return id, nil
}

func runID(scenario, job string) string {
	sum := sha256.Sum256([]byte(scenario + "\n" + job))
	return hex.EncodeToString(sum[:16])
}

// runOf is what a scenario asks for now.
func (d *Desk) runOf(r workspace.Reader, scenario string, ask Ask) (workspace.Run, error) {
	var run workspace.Run
	ask, err := ask.withDefaults()
	if err != nil {
		return run, err
	}
	changed, err := fetch[workspace.Scenario](r, workspace.KindScenario, scenario)
	if err != nil {
		return run, err
	}
	event, err := fetch[workspace.Event](r, workspace.KindEvent, changed.Parent)
	if err != nil {
		return run, err
	}
	id, version, err := versionOf(r, event.Parent, ask.Version)
	if err != nil {
		return run, err
	}
	text, err := combine(event.Content, changed.Content)
	if err != nil {
		return run, err
	}
	return workspace.Run{
		City: event.Parent, Version: id, Event: event.ID, Scenario: scenario, Revision: changed.Revision,
		Input: workspace.RunInput{
			Network: version.Network, Hash: version.Hash, Event: string(text), Tables: tablesOf(event.Content),
			Seed: seedOf(text, ask.Seed), Seeds: ask.Seeds, Rounds: ask.Rounds, Gap: ask.Gap, Exact: ask.Exact, Crowd: ask.Crowd,
		},
	}, nil
}

// versionOf is a version of a city, the current one for "".
func versionOf(r workspace.Reader, city, id string) (string, workspace.Version, error) {
	item, err := fetch[workspace.City](r, workspace.KindCity, city)
	if err != nil {
		return "", workspace.Version{}, err
	}
	if id == "" {
		id = item.Content.Version
	}
	if id == "" {
		return "", workspace.Version{}, ErrNoNetwork
	}
	version, err := fetch[workspace.Version](r, workspace.KindVersion, id)
	if err == nil && version.Parent != city {
		err = fmt.Errorf("version %q of %s: %w", id, city, workspace.ErrNotFound)
	}
	return id, version.Content, err
}

func seedOf(text []byte, asked *uint64) uint64 {
	if asked != nil {
		return *asked
	}
	file, _, _ := eventfile.Read(eventName, text) // it was read before without mistakes
	return file.Seed
}

// Run is one run with its job.
func (d *Desk) Run(ctx context.Context, id string) (Outcome, error) {
	var out Outcome
	err := d.Store.Read(ctx, func(r workspace.Reader) (err error) {
		out, err = runWith(r, id)
		return err
	})
	return out, err
}

func runWith(r workspace.Reader, id string) (Outcome, error) {
	item, err := fetch[workspace.Run](r, workspace.KindRun, id)
	if err != nil {
		return Outcome{Item: item}, err
	}
	job, err := fetch[workspace.Job](r, workspace.KindJob, item.Content.Job)
	return Outcome{item, job.Content}, err
}

// Runs are those of a scenario.
func (d *Desk) Runs(ctx context.Context, scenario string, page workspace.Page) ([]Outcome, error) {
	var runs []Outcome
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		runs = nil
		documents, err := r.Children(workspace.KindRun, scenario, page)
		if err != nil {
			return err
		}
		for _, document := range documents {
			run, err := runWith(r, document.ID)
			if err != nil {
				return err
			}
			runs = append(runs, run)
		}
		return nil
	})
	return runs, err
}

// Result is what a run gave: a run that is done, or that was canceled with something finished.
func (o Outcome) Result() (workspace.RunResult, error) {
	var result workspace.RunResult
	if len(o.Job.Result) == 0 {
		return result, fmt.Errorf("run %s is %s: %w", o.ID, o.Job.State, ErrNoResults)
	}
	return result, json.Unmarshal(o.Job.Result, &result)
}

// OpenResults is the results file of a run, to be closed by the caller.
func (d *Desk) OpenResults(ctx context.Context, run string) (io.ReadSeekCloser, workspace.RunResult, error) {
	out, err := d.Run(ctx, run)
	if err != nil {
		return nil, workspace.RunResult{}, err
	}
	result, err := out.Result()
	if err != nil {
		return nil, result, err
	}
	body, _, err := d.Contents.Open(ctx, result.Results)
	return body, result, err
}

// LastRuns are the runs that gave results, at most so many, the ones whose
// jobs ended last first. It looks at the first thousand runs that are kept.
func (d *Desk) LastRuns(ctx context.Context, most int) ([]Outcome, error) {
	var ended []Outcome
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		ended = nil
		documents, err := r.InState(workspace.KindRun, stateAsked, workspace.Page{Limit: workspace.MostPage})
		for _, document := range documents {
			run, err := runWith(r, document.ID)
			if err != nil {
				return err
			}
			if len(run.Job.Result) > 0 {
				ended = append(ended, run)
			}
		}
		return err
	})
	slices.SortFunc(ended, func(a, b Outcome) int {
		return cmp.Or(b.Job.Ended.Compare(a.Job.Ended), cmp.Compare(a.ID, b.ID))
	})
	return ended[:min(most, len(ended))], err
}
