// Package plan turns an event, a scenario and the demand into an evaluation: it
// checks what is asked, has the engines play the day, and measures the outcome.
package plan

import (
	"context"
	"fmt"
	"time"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// Request is one run.
type Request struct {
	Network *network.Network
	Hash    string // content hash of Network
	City    string // the city that the event file names
	Event   demand.Event
	// Travellers stand in place of the people that the event would make; then
	// its venue, its share and its origins are not asked. Their crowds name the
	// event's sessions.
	Travellers    *demand.Travellers
	Modifications []scenario.Modification
	Findings      []finding.Finding // of the event file; they go into the evaluation
	Seed          uint64
	Weights       journey.Weights
	Rounds        int     // of feedback, at most; 1: nobody foresees queues
	Gap           float64 // regret at which the rounds end early
	// Exact lets vehicles keep the timetable to the second, and nobody mind a crowd
	// on board or change his mind in a queue; what Still names is played nevertheless.
	Exact bool
	Still evaluation.Model
	// Whole tells everything of the city's other travellers; see evaluation.LeftOut.
	Whole    bool
	Workers  int
	Program  string // name and version, for the evaluation
	Progress assign.Progress
	Finished func(done, runs int) // of RunSeeds, after each run; may be nil
	// Detailed hears what single vehicles and people did, of the first run of several; may be nil.
	Detailed func(*evaluation.Details)

	underWay *demand.Travellers // the people of a day that has begun, in place of those that the event would make
}

// Refused is the error of a request that cannot be run; at least one of its
// findings is of level error and says why.
type Refused struct{ Findings []finding.Finding }

func (r *Refused) Error() string {
	for _, f := range r.Findings {
		if f.Rejects() {
			return fmt.Sprintf("the plan cannot be run: %s %s %q", f.Code, f.Field, f.Value)
		}
	}
	return "the plan cannot be run"
}

// Run checks a request, plays its day and measures the outcome. It returns a
// *Refused for a request that makes no sense, and ctx's error when it is
// interrupted.
func Run(ctx context.Context, r Request) (*evaluation.Evaluation, error) {
	d, err := played(ctx, r)
	if err != nil {
		return nil, err
	}
	if r.Detailed != nil {
		r.Detailed(d.details())
	}
	return d.evaluate(), nil
}

// played is the day of a request that was played.
func played(ctx context.Context, r Request) (*day, error) {
	d, err := prepare(r)
	if err != nil {
		return nil, err
	}
	d.outcome, err = assign.Load(ctx, &d.problem, r.Progress)
	return d, err
}

// day is one request on its way to an evaluation.
type day struct {
	request  Request
	zone     *time.Location
	net      *network.Network // with the modifications
	problem  assign.Problem
	fleets   []evaluation.Fleet
	findings []finding.Finding
	outcome  *assign.Outcome
}

// prepare checks the request and builds the problem.
func prepare(r Request) (*day, error) {
	d := &day{request: r, findings: append([]finding.Finding(nil), r.Findings...)}
	d.checkReferences()
	if d.refused() {
		return nil, &Refused{d.findings}
	}
	if err := d.build(); err != nil {
		return nil, err
	}
	d.checkService()
	d.checkFleets()
	if d.refused() {
		return nil, &Refused{d.findings}
	}
	return d, nil
}

// refused reports whether a finding forbids the run.
func (d *day) refused() bool {
	for _, f := range d.findings {
		if f.Rejects() {
			return true
		}
	}
	return false
}

func (d *day) add(f finding.Finding) { d.findings = append(d.findings, f) }

// build applies the modifications, lists the dated trips and makes the travellers.
func (d *day) build() error {
	r := &d.request
	net, findings := scenario.Apply(r.Network, r.Event.Date, r.Modifications)
	d.net, d.findings = net, append(d.findings, findings...)
	dated, err := transit.NewDay(net.Timetable, d.horizon(), draw.Seed(r.Seed))
	if err != nil {
		return err
	}
	d.problem = assign.Problem{
		Network: net, Day: dated, Travellers: d.people(dated), Weights: r.Weights, Model: r.model(net, dated), Seed: draw.Seed(r.Seed),
		Workers: r.Workers, Rounds: r.Rounds, Gap: r.Gap, Settle: r.settle(), Ask: r.ask(),
	}
	return nil
}

// people are the request's travellers, or those that its event makes and the
// everyday ones beside them.
func (d *day) people(dated *transit.Day) *demand.Travellers {
	r := &d.request
	switch {
	case r.underWay != nil:
		return r.underWay
	case r.Travellers != nil:
		return r.Travellers
	}
	people, err := demand.People(&r.Event, &d.net.Places, d.net.Venues, 0, draw.Seed(r.Seed))
	if err != nil {
		d.add(finding.Finding{Level: finding.Error, Code: codeNobody, Field: "origins", Value: r.Event.Venue})
		people = &demand.Travellers{}
	}
	d.addEveryday(people, dated)
	return people
}

// settle is how many of the rounds settle. Where a whole city rides, too many regret a
// little: all who would move at once would only move the queues.
func (r *Request) settle() int {
	if r.Event.Everyday.Journeys > 0 {
		return 0
	}
	return assign.DefaultSettle(r.Rounds)
}

// ask is how much of what is regretted a round asks about: of a whole city few regret much.
func (r *Request) ask() float64 {
	if r.Event.Everyday.Journeys > 0 {
		return assign.DefaultAsk
	}
	return 0
}

// model is what is played of the day.
func (r *Request) model(net *network.Network, day *transit.Day) assign.Model {
	played := evaluation.Model{Dwell: true, Blocks: true, Crowding: true, Replan: true}
	if r.Exact {
		played = r.Still
	}
	out := assign.Model{Dwell: played.Dwell, Crowding: played.Crowding, Replan: played.Replan}
	if played.Blocks {
		out.Blocks = block.Chain(net, day, block.DefaultRules)
	}
	return out
}

// dayLength is how far a day is played: to four in the morning, when the last
// trips are over and the first of the next day have not begun.
const dayLength = 28 * transit.Hour

// afterLast is how long the day goes on at least after the last session's end.
const afterLast = 5 * transit.Hour

// horizon is the event's service day and the night after it; travellers who
// were given make no day longer.
func (d *day) horizon() transit.Horizon {
	length := dayLength
	for _, s := range d.request.Event.Sessions {
		if d.request.Travellers == nil {
			length = max(length, s.End+afterLast)
		}
	}
	return transit.Horizon{Start: d.request.Event.Date.Origin(d.zone), Length: length}
}

// numbers are the assumptions and facts that the outcome rests on.
func (d *day) numbers() []basis.Number {
	out := append([]basis.Number(nil), d.net.Numbers...)
	out = append(out, weightNumbers(d.request.Weights)...)
	out = append(out, modelNumbers(d.problem.Model)...)
	if d.request.Travellers != nil {
		return out
	}
	return append(out, eventNumbers(&d.request.Event)...)
}
