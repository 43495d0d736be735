package assign_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// from plays the day on from a moment with what is known or ordered then:
// "from 18:25 late red@18:20 10m", "from 18:25:30 cancel red@18:20; extra red every 5m 18:30-18:30".
func (p *played) from(t *testing.T, text string) {
	t.Helper()
	clock, news, _ := strings.Cut(text, " ")
	at, err := transit.ParseClock(clock)
	if err != nil {
		t.Fatal(err)
	}
	p.problem.SnapshotAt = []transit.Seconds{at}
	p.play(t)
	problem := *p.problem
	for _, one := range strings.Split(news, ";") {
		p.hear(t, &problem, strings.Fields(one))
	}
	s, moved, err := p.out.Snapshots[0].Onto(&problem)
	if err != nil {
		t.Fatal(err)
	}
	p.problem, p.out = moved, resume(t, moved, s, moved.Day.Horizon.Length)
	checkPlayedOn(t, p.problem, p.out)
}

// hear takes in one piece of news.
func (p *played) hear(t *testing.T, problem *assign.Problem, words []string) {
	t.Helper()
	if words[0] == "late" {
		problem.Delays = append(problem.Delays, p.delay(t, problem, words[1], words[2]))
		return
	}
	p.order(t, problem, words)
	if problem.Model.Blocks != nil {
		problem.Model.Blocks = block.Chain(problem.Network, problem.Day, block.DefaultRules)
	}
}

func (p *played) delay(t *testing.T, problem *assign.Problem, trip, by string) assign.Delay {
	t.Helper()
	length, err := time.ParseDuration(by)
	if err != nil {
		t.Fatal(err)
	}
	id, found := problem.Network.Timetable.FindTrip(trip)
	for d, on := range problem.Day.Trip {
		if found && on == id && problem.Day.Date[d] == p.city.Date {
			return assign.Delay{Trip: transit.Dated(d), By: transit.Seconds(length / time.Second)}
		}
	}
	t.Fatalf("there is no trip %s", trip)
	return assign.Delay{}
}

func (p *played) order(t *testing.T, problem *assign.Problem, words []string) {
	t.Helper()
	change, err := drawn.Change(words)
	if err != nil {
		t.Fatal(err)
	}
	changed, findings := scenario.Apply(problem.Network, p.city.Date, []scenario.Modification{change})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	problem.Network = changed
	if problem.Day, err = transit.NewDay(changed.Timetable, problem.Day.Horizon, problem.Seed); err != nil {
		t.Fatal(err)
	}
}

// TestEverySecond: played on from each second of the time in which vehicles stand
// while people get on, wait for a loading area, and people are held up, the day stays the same.
func TestEverySecond(t *testing.T) {
	city, err := drawn.Parse(`
A----B----C----D
line red A B C D at 18:20 18:21 18:23 room 60 seats 20 doors 1 board 5s alight 2s hop 3m
line blue A B C D at 18:20 18:24 room 60 doors 1 board 5s alight 2s hop 3m
line green C B A at 18:35 18:40 room 60 doors 1 board 5s alight 2s hop 3m
gate G at A rate 20/min random
stairs S at B width 1 length 10
platform B holds 25
stands B 1
venue A out 60/min
crowd 30 at A 18:16 over 3m to C
crowd 60 at B 18:18 over 12m to C
crowd 40 at C 18:22 over 12m to D
crowd 12 at B 18:22 over 2m to A
crowd 120 at C 18:30 over 15m to A
crowd 70 at A 18:10 to B
class slow speed 50% uninformed
crowd 20 at B 18:20 over 9m to C class slow`)
	if err != nil {
		t.Fatal(err)
	}
	day, err := transit.NewDay(city.Network.Timetable, transit.Horizon{Start: int64(city.Date) * 86400, Length: 20 * transit.Hour}, 1)
	if err != nil {
		t.Fatal(err)
	}
	p := &assign.Problem{Network: city.Network, Day: day, Travellers: city.Travellers, Weights: plain, Seed: 1, Workers: 1, Rounds: 2}
	p.Model = assign.Model{Dwell: true, Crowding: true, Replan: true, Blocks: block.Chain(p.Network, p.Day, block.DefaultRules)}
	full := load(t, p)
	for at := 18*transit.Hour + 15*transit.Minute; at < 18*transit.Hour+45*transit.Minute; at++ {
		p.SnapshotAt = append(p.SnapshotAt, at)
	}
	watched := load(t, p)
	if len(watched.Snapshots) != len(p.SnapshotAt) {
		t.Fatalf("%d snapshots, want %d", len(watched.Snapshots), len(p.SnapshotAt))
	}
	q := *p
	q.SnapshotAt = nil
	var seen sights
	for _, s := range watched.Snapshots {
		same(t, "from "+s.At.Clock(), full, resume(t, &q, s, 20*transit.Hour))
		seen.count(p, full, s.At)
		checkWaiting(t, p, full, s)
	}
	if min(seen.aboard, seen.queued, seen.outside, seen.behind, seen.held) == 0 {
		t.Errorf("in mid-course of %+v", seen)
	}
}

// checkWaiting: a snapshot has in each queue who joined before it and had not left it.
func checkWaiting(t rapid.TB, p *assign.Problem, full *assign.Outcome, s *assign.Snapshot) {
	t.Helper()
	stays := atStops(staysOf(t, p, full))
	for stop := range p.Network.Timetable.Stops.ID {
		want := uint32(0)
		for _, w := range stays[transit.Stop(stop)] {
			if !w.outside && w.join < s.At && s.At <= w.until {
				want++
			}
		}
		if got := s.Waiting(transit.Stop(stop)); got != want {
			t.Fatalf("%d wait at stop %d at %s, want %d", got, stop, s.At.Clock(), want)
		}
	}
}
