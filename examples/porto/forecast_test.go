package porto_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/plan"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// halfPastTen is when the match night is halted: the stadium is emptying.
const halfPastTen = 22*transit.Hour + 30*transit.Minute

// matchNight is the match as the program plays it.
func matchNight(t testing.TB) plan.Request {
	t.Helper()
	data, err := os.ReadFile("events/match-2023-09-23.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := eventfile.Read("match", data)
	if err != nil {
		t.Fatal(err)
	}
	return plan.Request{
		Network: imported(t, os.DirFS("."), nil).Network, Hash: "x", City: file.City, Event: file.Event, Seed: file.Seed,
		Weights: journey.DefaultWeights, Rounds: 1, Workers: 1,
	}
}

// problemOf is what the engine is asked for a request.
func problemOf(t testing.TB, r plan.Request) *assign.Problem {
	t.Helper()
	n := r.Network
	zone, err := time.LoadLocation(n.City.Zone)
	if err != nil {
		t.Fatal(err)
	}
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: r.Event.Date.Origin(zone), Length: 28 * transit.Hour}, draw.Seed(r.Seed))
	if err != nil {
		t.Fatal(err)
	}
	people, err := demand.People(&r.Event, &n.Places, n.Venues, 0, draw.Seed(r.Seed))
	if err != nil {
		t.Fatal(err)
	}
	model := assign.Model{Dwell: true, Blocks: block.Chain(n, day, block.DefaultRules), Crowding: true, Replan: true}
	return &assign.Problem{Network: n, Day: day, Travellers: people, Weights: r.Weights, Model: model, Seed: draw.Seed(r.Seed), Rounds: 1, Workers: 1}
}

// BenchmarkResume plays the match night on from half past ten: restores it and
// takes a snapshot, plays three hours, plays to four in the morning.
func BenchmarkResume(b *testing.B) {
	p := problemOf(b, matchNight(b))
	p.SnapshotAt = []transit.Seconds{halfPastTen}
	out, err := assign.Load(context.Background(), p, nil)
	if err != nil {
		b.Fatal(err)
	}
	s := out.Snapshots[0]
	for name, until := range map[string]transit.Seconds{"snapshot": halfPastTen, "3h": halfPastTen + 3*transit.Hour, "end": 28 * transit.Hour} {
		b.Run(name, func(b *testing.B) {
			var end *assign.Outcome
			for b.Loop() {
				if end, err = assign.Resume(context.Background(), p, s, until, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(end.Departed)-len(s.Outcome.Departed)), "departures/op")
			b.ReportMetric(float64(end.Work.Boardings-s.Outcome.Work.Boardings), "boardings/op")
			b.ReportMetric(float64(end.Work.Joins-s.Outcome.Work.Joins), "joins/op")
		})
	}
}

// BenchmarkForecast asks what five more trams at eleven would do: with them
// applied, blocks, and the evaluation.
func BenchmarkForecast(b *testing.B) {
	r := matchNight(b)
	_, snapshots, err := plan.RunKept(context.Background(), r, halfPastTen)
	if err != nil {
		b.Fatal(err)
	}
	news := plan.News{Changes: []scenario.Modification{
		scenario.ExtraTrips{Route: "metro:D", Direction: -1, From: 23 * transit.Hour, To: 23*transit.Hour + 20*transit.Minute, Every: 5 * transit.Minute},
	}}
	for b.Loop() {
		e, err := plan.Forecast(context.Background(), r, snapshots[0], news)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(e.Work.Boardings), "boardings/op")
	}
}
