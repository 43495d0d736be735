package assign_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"github.com/cockroachdb/datadriven"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/drawn"
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
var plain = assign.Weights{Walk: 200, Wait: 100, Early: 50, Late: 300, Change: transit.Minute, Window: 3 * transit.Hour}

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
	problem := &assign.Problem{Network: changed, Day: day, Travellers: city.Travellers, Weights: plain, Seed: 1, Workers: 2}
	p := &played{city: city, problem: problem}
	p.play(t)
	for _, ask := range city.Asks {
		if _, err := fmt.Sscanf(ask, "rounds %d", &problem.Rounds); err == nil {
			p.play(t)
			fmt.Fprintf(&b, "rounds %d regret %.1f%%\n", p.out.Rounds, p.out.Gap*100)
			continue
		}
		p.ask(&b, ask)
	}
	return b.String()
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

func (p *played) ask(b *strings.Builder, ask string) {
	switch ask {
	case "assign":
		p.totals(b)
	case "vehicles":
		p.vehicles(b)
	case "journeys":
		p.journeys(b)
	default:
		fmt.Fprintf(b, "cannot answer %q\n", ask)
	}
}

func (p *played) totals(b *strings.Builder) {
	var states [4]int
	last := transit.Seconds(0)
	for i, s := range p.out.State {
		states[s]++
		if s == assign.Arrived {
			last = max(last, p.out.End[i])
		}
	}
	denied := uint32(0)
	for _, n := range p.out.Denied {
		denied += n
	}
	fmt.Fprintf(b, "arrived %d walking %d stranded %d+%d boarded %d denied %d", states[assign.Arrived], states[assign.Walking],
		states[assign.NoService], states[assign.LastGone], len(p.out.Legs), denied)
	if states[assign.Arrived] > 0 {
		fmt.Fprintf(b, " last arrival %s", last.Clock())
	}
	b.WriteByte('\n')
}

// vehicles tells each departure at which somebody got on, off or was left behind.
func (p *played) vehicles(b *strings.Builder) {
	day, tt := p.problem.Day, p.problem.Network.Timetable
	visits := make([]transit.Visit, 0, len(day.Stop))
	for v := range day.Stop {
		if p.out.Boarded[v]+p.out.Alighted[v]+p.out.Denied[v] > 0 {
			visits = append(visits, transit.Visit(v))
		}
	}
	slices.SortStableFunc(visits, func(a, b transit.Visit) int { return int(day.Depart[a] - day.Depart[b]) })
	for _, v := range visits {
		route := tt.Routes.Name[tt.RouteOf(day.Trip[day.Owner[v]])]
		fmt.Fprintf(b, "%s %s %s on %d off %d load %d denied %d\n", tt.Stops.ID[day.Stop[v]], route, day.Depart[v].Clock(),
			p.out.Boarded[v], p.out.Alighted[v], p.out.Load[v], p.out.Denied[v])
	}
}

// journeys tells what travellers did, those who did the same together.
func (p *played) journeys(b *strings.Builder) {
	journeys := p.out.Journeys()
	before, same := "", 0
	flush := func() {
		if same > 0 {
			fmt.Fprintf(b, "%d: %s\n", same, before)
		}
	}
	for i := range p.out.State {
		if text := p.journey(i, journeys); text != before {
			flush()
			before, same = text, 0
		}
		same++
	}
	flush()
}

func (p *played) journey(i int, journeys assign.Journeys) string {
	day, tt := p.problem.Day, p.problem.Network.Timetable
	if p.out.State[i] == assign.NoService {
		return "no service"
	}
	text := "sets off " + p.out.Set[i].Clock()
	for _, l := range journeys.Of(i) {
		leg := p.out.Legs[l]
		text += fmt.Sprintf(", %s %s-%s %s %s", tt.Routes.Name[tt.RouteOf(day.Trip[day.Owner[leg.On]])],
			tt.Stops.ID[day.Stop[leg.On]], tt.Stops.ID[day.Stop[leg.Off]], day.Depart[leg.On].Clock(), day.Arrive[leg.Off].Clock())
		if leg.Denied > 0 {
			text += fmt.Sprintf(" denied %d", leg.Denied)
		}
	}
	switch p.out.State[i] {
	case assign.Arrived:
		return text + ", there " + p.out.End[i].Clock()
	case assign.LastGone:
		return text + ", waits at " + string(tt.Stops.ID[p.out.Stop[i]])
	}
	return text + ", on the way"
}

// checkInvariants are what must hold of every outcome.
func checkInvariants(t testing.TB, p *assign.Problem, o *assign.Outcome) {
	t.Helper()
	checkRoom(t, p, o)
	checkFlows(t, p, o)
	checkQueues(t, p, o)
	checkJourneys(t, p, o)
}

// checkRoom: no vehicle ever carries more than its room.
func checkRoom(t testing.TB, p *assign.Problem, o *assign.Outcome) {
	tt := p.Network.Timetable
	for v, load := range o.Load {
		if room := tt.Vehicles.Room[tt.Trips.Vehicle[p.Day.Trip[p.Day.Owner[v]]]]; load > room {
			t.Fatalf("visit %d leaves with %d on board, its room is %d", v, load, room)
		}
	}
}

// checkFlows: what gets on gets off or stays on board, at every visit.
func checkFlows(t testing.TB, p *assign.Problem, o *assign.Outcome) {
	for d := range p.Day.Trip {
		from, to := p.Day.Visits(transit.Dated(d))
		load := uint32(0)
		for v := from; v < to; v++ {
			load = load + o.Boarded[v] - o.Alighted[v]
			if v < to-1 && load != o.Load[v] {
				t.Fatalf("visit %d: load %d, boarded less alighted %d", v, o.Load[v], load)
			}
		}
		if load != 0 {
			t.Fatalf("dated trip %d ends with %d on board", d, load)
		}
	}
}

// wait is a time that somebody stood at a stop for a destination.
type wait struct {
	traveller int
	join, on  transit.Seconds // on is past the horizon for those who wait in vain
	event     int             // place in the order of departures
}

// checkQueues: at one stop, for one destination and of one mind nobody overtakes,
// and whoever is denied was denied by a full vehicle.
func checkQueues(t testing.TB, p *assign.Problem, o *assign.Outcome) {
	order := map[transit.Visit]int{}
	for i, v := range p.Day.Departures {
		order[v] = i
	}
	type key struct {
		stop    transit.Stop
		to      demand.Place
		follows int
	}
	lines := map[key][]wait{}
	for _, l := range o.Legs {
		k := key{p.Day.Stop[l.On], p.Travellers.To[l.Traveller], o.Follows[l.Traveller]}
		lines[k] = append(lines[k], wait{int(l.Traveller), l.Join, p.Day.Depart[l.On], order[l.On]})
		if l.Join > p.Day.Depart[l.On] {
			t.Fatalf("traveller %d boards before joining the queue", l.Traveller)
		}
	}
	for i, s := range o.State {
		if s == assign.LastGone {
			k := key{o.Stop[i], p.Travellers.To[i], o.Follows[i]}
			lines[k] = append(lines[k], wait{i, o.Join[i], p.Day.Horizon.Length, len(order)})
		}
	}
	for k, line := range lines {
		slices.SortStableFunc(line, func(a, b wait) int { return int(a.join - b.join) })
		last := -1
		for i, w := range line {
			if i > 0 && w.join > line[i-1].join && w.event < last {
				t.Fatalf("stop %d: traveller %d came at %d and left before somebody who came earlier", k.stop, w.traveller, w.join)
			}
			last = max(last, w.event)
		}
	}
	for v, n := range o.Denied {
		room := p.Network.Timetable.Vehicles.Room[p.Network.Timetable.Trips.Vehicle[p.Day.Trip[p.Day.Owner[v]]]]
		if n > 0 && o.Load[v] != room {
			t.Fatalf("visit %d denies %d people with %d of %d places taken", v, n, o.Load[v], room)
		}
	}
}

// checkJourneys: everybody is in one place, rides follow one another in time,
// and the travellers' own denials are the vehicles'.
func checkJourneys(t testing.TB, p *assign.Problem, o *assign.Outcome) {
	journeys := o.Journeys()
	byTravellers, byVehicles := uint64(0), uint64(0)
	for i, s := range o.State {
		at := transit.Seconds(-1 << 30)
		for _, l := range journeys.Of(i) {
			leg := o.Legs[l]
			byTravellers += uint64(leg.Denied)
			if leg.Join < at || p.Day.Owner[leg.On] != p.Day.Owner[leg.Off] || leg.Off <= leg.On {
				t.Fatalf("traveller %d: leg %+v after %d", i, leg, at)
			}
			at = p.Day.Arrive[leg.Off]
		}
		byTravellers += uint64(o.Left[i])
		if (s == assign.Arrived) != (o.End[i] != demand.Free) || s == assign.Arrived && o.End[i] < at {
			t.Fatalf("traveller %d is in state %d and ends at %d after %d", i, s, o.End[i], at)
		}
	}
	for _, n := range o.Denied {
		byVehicles += uint64(n)
	}
	if byTravellers != byVehicles {
		t.Fatalf("travellers count %d denials, vehicles %d", byTravellers, byVehicles)
	}
}
