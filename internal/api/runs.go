package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Run is a scenario as it was when somebody asked for it to be run.
type Run struct {
	Kept
	City     string   `json:"city"`
	Version  string   `json:"version" doc:"The network that it runs on"`
	Event    string   `json:"event" doc:"Id of the event, with its city"`
	Scenario string   `json:"scenario" doc:"Id of the scenario, with its event"`
	Asked    int64    `json:"scenario_revision" doc:"The revision of the scenario that is run"`
	Settings Settings `json:"settings"`
	Job      Job      `json:"job"`
}

// Settings are how a scenario is run.
type Settings struct {
	Seed   uint64 `json:"seed"`
	Seeds  int    `json:"seeds"`
	Rounds int    `json:"rounds"`
	Gap    int    `json:"gap_per_mille"`
	Exact  bool   `json:"exact"`
	Crowd  int    `json:"crowd_percent"`
}

func runOf(o office.Outcome, lang string) Run {
	in := o.Content.Input
	return Run{
		kept(o.Document), o.Content.City, o.Content.Version, o.Content.Event, o.Content.Scenario, o.Content.Revision,
		Settings{in.Seed, in.Seeds, in.Rounds, in.Gap, in.Exact, in.Crowd},
		jobIn(o.Job, lang),
	}
}

// headline is a run on one row, where it gave results.
func headline(j workspace.Job) *workspace.Headline {
	if j.Task != workspace.TaskRun || len(j.Result) == 0 {
		return nil
	}
	var result workspace.RunResult
	if json.Unmarshal(j.Result, &result) != nil {
		return nil
	}
	return &result.Headline
}

// Ask says how a scenario is to be run; what is left out is as usual.
type Ask struct {
	Version string  `json:"version,omitempty" maxLength:"64" doc:"Of the city; the current one where left out"`
	Seed    *uint64 `json:"seed,omitempty" maximum:"9007199254740991" doc:"Of all draws of chance; the event's where left out"`
	Seeds   int     `json:"seeds,omitempty" minimum:"0" maximum:"1000" doc:"Runs with other seeds and sizes; 1 where left out"`
	Rounds  int     `json:"rounds,omitempty" minimum:"0" maximum:"100" doc:"Of learning from the queues, at most; 18 where left out"`
	Gap     int     `json:"gap_per_mille,omitempty" minimum:"0" maximum:"1000" doc:"Regret at which the rounds end early; 30 where left out"`
	Exact   bool    `json:"exact,omitempty" doc:"Vehicles keep the timetable to the second"`
	Crowd   int     `json:"crowd_percent,omitempty" minimum:"0" maximum:"1000" doc:"Of the attendance; 100 where left out"`
}

func (a Ask) ask() office.Ask {
	return office.Ask{Version: a.Version, Seed: a.Seed, Seeds: a.Seeds, Rounds: a.Rounds, Gap: a.Gap, Exact: a.Exact, Crowd: a.Crowd}
}

// RunIn names a run.
type RunIn struct {
	Run string `path:"run" maxLength:"64"`
}

// RunOut is a run.
type RunOut struct {
	Status   int
	Location string `header:"Location"`
	Body     Run
}

func (d *door) runs() {
	const ofScenario = "/cities/{city}/events/{event}/scenarios/{scenario}/runs"
	add(d, operation{need: role.Look, method: http.MethodGet, path: ofScenario, id: "listRuns", tag: "runs", summary: "The runs of a scenario"}, d.listRuns)
	add(d, operation{
		need: role.Plan, method: http.MethodPost, path: ofScenario, id: "askRun", tag: "runs",
		summary: "Run a scenario as it is now; 202 while it is worked on, 200 when it is over. The same is not run twice",
		status:  http.StatusAccepted, errors: []int{409, 413, 422},
	}, d.askRun)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/runs/{run}", id: "getRun", tag: "runs", summary: "A run"}, d.getRun)
	add(d, operation{need: role.Plan, method: http.MethodPost, path: "/runs/{run}/cancel", id: "cancelRun", tag: "runs", summary: "End a run; what it has finished is kept"}, d.cancelRun)
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/runs/{run}/progress", id: "runProgress", tag: "runs",
		summary: "What becomes of a run, as server-sent events, until it is over", kind: "text/event-stream",
	}, d.runProgress)
}

func (d *door) listRuns(ctx context.Context, in *struct {
	ScenarioIn
	PageIn
},
) (*List[Run], error) {
	if _, err := d.Office.Scenario(ctx, in.id()); err != nil {
		return nil, err
	}
	runs, err := d.Office.Runs(ctx, in.id(), in.page())
	if err != nil {
		return nil, err
	}
	var out []Run
	last := ""
	for _, r := range runs {
		out, last = append(out, runOf(r, callOf(ctx).language)), r.ID
	}
	return listed("/cities/"+in.City+"/events/"+in.Event+"/scenarios/"+in.Scenario+"/runs", in.PageIn, out, last), nil
}

func (d *door) askRun(ctx context.Context, in *struct {
	ScenarioIn
	Body Ask
},
) (*RunOut, error) {
	out, err := d.Office.AskRun(ctx, by(ctx), in.id(), in.Body.ask())
	if err != nil {
		return nil, err
	}
	return ran(ctx, out), nil
}

func ran(ctx context.Context, o office.Outcome) *RunOut {
	status := http.StatusAccepted
	if o.Job.State.Over() {
		status = http.StatusOK
	}
	return &RunOut{Status: status, Location: Prefix + "/runs/" + o.ID, Body: runOf(o, callOf(ctx).language)}
}

func (d *door) getRun(ctx context.Context, in *RunIn) (*RunOut, error) {
	out, err := d.Office.Run(ctx, in.Run)
	if err != nil {
		return nil, err
	}
	return &RunOut{Status: http.StatusOK, Body: runOf(out, callOf(ctx).language)}, nil
}

func (d *door) cancelRun(ctx context.Context, in *RunIn) (*RunOut, error) {
	out, err := d.Office.Run(ctx, in.Run)
	if err != nil {
		return nil, err
	}
	if _, err := d.Office.Cancel(ctx, by(ctx), out.Job.ID); err != nil {
		return nil, err
	}
	return d.getRun(ctx, in)
}

func (d *door) runProgress(ctx context.Context, in *struct {
	RunIn
	Last string `header:"Last-Event-ID" doc:"Ignored: the first event always tells how things are now"`
},
) (*huma.StreamResponse, error) {
	out, err := d.Office.Run(ctx, in.Run)
	if err != nil {
		return nil, err
	}
	return d.stream(ctx, out.Job.ID)
}
