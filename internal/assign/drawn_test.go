package assign_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	_ "time/tzdata"

	"github.com/cockroachdb/datadriven"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// TestDrawnCities plays the cities of testdata and compares what their asks answer.
// go test ./internal/assign -rewrite writes the answers anew.
func TestDrawnCities(t *testing.T) {
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			if d.Cmd != "city" {
				return "unknown command " + d.Cmd
			}
			city, err := drawn.Parse(d.Input)
			if err != nil {
				return err.Error()
			}
			return answer(t, city)
		})
	})
}

// played is a drawn city whose day was played.
type played struct {
	city    *drawn.City
	problem *assign.Problem
	out     *assign.Outcome
}

// plain are weights under which everybody does the cheapest, so that a reader can follow.
var plain = journey.Weights{Walk: 200, Wait: 100, Early: 50, Late: 300, Change: transit.Minute, Window: 3 * transit.Hour}

func answer(t *testing.T, city *drawn.City) string {
	t.Helper()
	changed, findings := scenario.Apply(city.Network, city.Date, city.Changes)
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s %s %s\n", f.Code, f.Field, f.Value)
	}
	day, err := transit.NewDay(changed.Timetable, transit.Horizon{Start: int64(city.Date) * 86400, Length: 28 * transit.Hour}, 1)
	if err != nil {
		return err.Error()
	}
	problem := &assign.Problem{Network: changed, Day: day, Travellers: city.Travellers, Weights: plain, Model: modelOf(city, changed, day), Seed: 1, Workers: 2}
	p := &played{city: city, problem: problem}
	p.play(t)
	for _, ask := range city.Asks {
		if rounds, settle := 0, 0; strings.HasPrefix(ask, "rounds ") {
			if n, err := fmt.Sscanf(ask, "rounds %d settle %d", &rounds, &settle); n == 0 {
				return err.Error()
			}
			problem.Rounds, problem.Settle = rounds, settle
			p.play(t)
			fmt.Fprintf(&b, "rounds %d regret %.1f%%\n", p.out.Rounds, p.out.Gap*100)
			continue
		}
		if model, ok := strings.CutPrefix(ask, "play"); ok {
			p.model(&b, strings.Fields(model))
			p.play(t)
			continue
		}
		if news, ok := strings.CutPrefix(ask, "from "); ok {
			p.from(t, news)
			continue
		}
		p.ask(&b, ask)
	}
	return b.String()
}

// model says what is played from now on: "play dwell blocks crowding replan".
func (p *played) model(b *strings.Builder, words []string) {
	p.problem.Model = assign.Model{}
	for _, word := range words {
		switch word {
		case "dwell":
			p.problem.Model.Dwell = true
		case "blocks":
			p.problem.Model.Blocks = block.Chain(p.problem.Network, p.problem.Day, block.DefaultRules)
		case "crowding":
			p.problem.Model.Crowding = true
		case "replan":
			p.problem.Model.Replan = true
		default:
			fmt.Fprintf(b, "cannot play %q\n", word)
		}
	}
}

// modelOf is what a drawn city says is played.
func modelOf(city *drawn.City, n *network.Network, day *transit.Day) assign.Model {
	m := assign.Model{Dwell: city.Model.Dwell, Crowding: city.Model.Crowding, Replan: city.Model.Replan}
	if city.Model.Blocks {
		m.Blocks = block.Chain(n, day, block.DefaultRules)
	}
	return m
}

func (p *played) play(t *testing.T) {
	t.Helper()
	out, err := assign.Load(context.Background(), p.problem, nil)
	if err != nil {
		t.Fatal(err)
	}
	checkInvariants(t, p.problem, out)
	p.out = out
}
