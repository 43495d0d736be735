package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/claim"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/plan"
	"github.com/qala-city/qala/internal/plantest"
	"github.com/qala-city/qala/internal/rehearsal"
	"github.com/qala-city/qala/internal/store/networkfile"
	"github.com/qala-city/qala/internal/transit"
)

// stageTests is the stage of qala test.
const stageTests = "tests"

// openNetwork is a network that was read once for all tests.
type openNetwork struct {
	network *network.Network
	hash    string
}

// openEvent is an event file that was read once for all tests.
type openEvent struct {
	file     eventfile.File
	findings []finding.Finding
}

// play runs a case; on a terminal a bar tells how far all of them are.
func (t *trial) play(ctx context.Context, file string, c plantest.Case) (rehearsal.Result, error) {
	if t.order.network != "" && c.City == nil {
		c.Variants = t.elsewhere(c.Variants)
	}
	p := &progress{h: t.h}
	defer p.close()
	began := t.played
	result, err := rehearsal.Run(ctx, file, c, func(ctx context.Context, o rehearsal.Order) (rehearsal.Played, error) {
		request, err := t.request(ctx, o)
		if err != nil {
			return rehearsal.Played{}, err
		}
		if t.h.terminal {
			request.Progress = t.progress(p)
		}
		return t.run(ctx, request, o)
	})
	t.played = began + playsOf(c)
	return result, err
}

// elsewhere are variants on the network of the command line; one that names a
// network of its own keeps it.
func (t *trial) elsewhere(variants []plantest.Variant) []plantest.Variant {
	out, usual := slices.Clone(variants), variants[0].Network
	for i := range out {
		if out[i].Network == usual {
			out[i].Network = t.order.network
			if absolute, err := filepath.Abs(t.order.network); err == nil && isFile(absolute) {
				out[i].Network = absolute
			}
		}
	}
	return out
}

func isFile(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// progress tells one play as a part of all.
func (t *trial) progress(p *progress) func(string, int, int) {
	const one = 1000
	now := t.played
	t.played++
	return func(_ string, done, total int) {
		p.report(stageTests, now*one+one*done/max(total, 1), max(t.plays, now+1)*one)
	}
}

// request is the plan of a variant.
func (t *trial) request(ctx context.Context, o rehearsal.Order) (plan.Request, error) {
	request := plan.Request{Workers: t.order.workers, Program: program, Rounds: o.Variant.Rounds, Whole: true}
	if o.City != nil {
		drawnRequest(&request, o)
		return request, nil
	}
	opened, err := t.network(ctx, o)
	if err != nil {
		return request, err
	}
	event, err := t.event(o)
	if err != nil {
		return request, err
	}
	request.Network, request.Hash = opened.network, opened.hash
	request.City, request.Event, request.Findings = event.file.City, event.file.Event, event.findings
	request.Modifications = slices.Concat(event.file.Modifications, o.Variant.Changes)
	request.Seed = seedOf(o, event.file.Seed)
	request.Weights, request.Gap = journey.DefaultWeights, assign.DefaultGap
	if request.Rounds == 0 {
		request.Rounds = assign.DefaultRounds
	}
	return request, nil
}

// seedOf is the seed of one play: the variant's, else the event's, and those after it.
func seedOf(o rehearsal.Order, usual uint64) uint64 {
	if o.Variant.Seed != nil {
		usual = *o.Variant.Seed
	}
	return usual + uint64(o.Seed)
}

// plainWeights are those of drawn cities: everybody does the cheapest, so that a reader can follow.
var plainWeights = journey.Weights{Walk: 200, Wait: 100, Early: 50, Late: 300, Change: transit.Minute, Window: 3 * transit.Hour}

// drawnRequest is the plan of a drawn city; where nothing else is said, vehicles
// keep the timetable to the second and nobody foresees queues.
func drawnRequest(r *plan.Request, o rehearsal.Order) {
	r.Network, r.Hash, r.City = o.City.Network, network.Hash(o.City.Network), o.City.Network.City.ID
	r.Event = demand.Event{ID: r.City, Date: o.City.Date, TransitShare: 1, Sessions: o.City.Sessions}
	r.Travellers, r.Modifications = o.City.Travellers, o.Variant.Changes
	r.Exact, r.Still = true, evaluation.Model(o.City.Model)
	r.Seed, r.Weights, r.Rounds = seedOf(o, eventfile.DefaultSeed), plainWeights, max(r.Rounds, 1)
}

// run runs a plan; a refused one is an outcome too.
func (t *trial) run(ctx context.Context, request plan.Request, o rehearsal.Order) (rehearsal.Played, error) {
	out := rehearsal.Played{Outcome: claim.Outcome{Timetable: request.Network.Timetable}}
	var err error
	if o.City != nil {
		out.Outcome.Evaluation, out.Trace, err = plan.RunTraced(ctx, request)
	} else {
		out.Outcome.Evaluation, err = plan.Run(ctx, request)
	}
	var refused *plan.Refused
	if errors.As(err, &refused) {
		for _, f := range t.placed(refused.Findings, o, len(request.Modifications)-len(o.Variant.Changes)) {
			if f.Rejects() {
				out.Outcome.Refused = append(out.Outcome.Refused, string(f.Code))
				sentence, _ := t.h.words.Finding(f)
				out.Reasons = append(out.Reasons, place(f)+sentence)
			}
		}
		return out, nil
	}
	return out, err
}

// placed names in findings the file and the line that they are about: of the
// test for its own modifications, which follow the event's, else of the event.
func (t *trial) placed(findings []finding.Finding, o rehearsal.Order, events int) []finding.Finding {
	path := beside(o.File, o.Variant.Event)
	out := eventText{path, t.events[path].file.Lines}.place(findings)
	for i := range out {
		number, _, found := strings.Cut(strings.TrimPrefix(findings[i].Field, "modifications["), "]")
		n, err := strconv.Atoi(number)
		if found && err == nil && n >= events && n-events < len(o.Variant.Lines) {
			out[i].File, out[i].Line, out[i].Field = o.File, o.Variant.Lines[n-events], ""
		}
	}
	return out
}

// beside is a path that a test file names.
func beside(file, named string) string {
	named = filepath.FromSlash(named)
	if filepath.IsAbs(named) {
		return named
	}
	return filepath.Join(filepath.Dir(filepath.FromSlash(file)), named)
}

// network opens the network that a variant names: a network file, a city file,
// of which one is made in memory, or a kept city.
func (t *trial) network(ctx context.Context, o rehearsal.Order) (openNetwork, error) {
	path := beside(o.File, o.Variant.Network)
	if !isFile(path) {
		kept, err := t.h.networkFile(o.Variant.Network)
		if err != nil {
			return openNetwork{}, err
		}
		if isFile(kept) {
			path = kept
		}
	}
	if opened, done := t.networks[path]; done {
		return opened, nil
	}
	var opened openNetwork
	var err error
	if ending := strings.ToLower(filepath.Ext(path)); ending == ".yaml" || ending == ".yml" {
		opened, err = t.h.importedNetwork(ctx, path)
	} else {
		opened.network, opened.hash, err = networkfile.Open(path)
	}
	if err == nil {
		t.networks[path] = opened
	}
	return opened, err
}

// importedNetwork makes a network of a city file, for this run alone.
func (h *house) importedNetwork(ctx context.Context, city string) (openNetwork, error) {
	result, err := h.readCity(ctx, city, nil)
	if err != nil {
		return openNetwork{}, err
	}
	return openNetwork{result.Network, network.Hash(result.Network)}, nil
}

// event reads the event file that a variant names.
func (t *trial) event(o rehearsal.Order) (openEvent, error) {
	path := beside(o.File, o.Variant.Event)
	if event, done := t.events[path]; done {
		return event, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return openEvent{}, fmt.Errorf("reading the event: %w", err)
	}
	file, findings, err := eventfile.Read(path, data)
	if err != nil {
		for _, f := range findings[:min(len(findings), examples)] {
			sentence, _ := t.h.words.Finding(f)
			err = fmt.Errorf("%w\n%s%s", err, place(f), sentence)
		}
		return openEvent{}, rejected(err)
	}
	t.events[path] = openEvent{file, findings}
	return t.events[path], nil
}
