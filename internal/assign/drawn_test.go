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
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/demand"
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
		if _, err := fmt.Sscanf(ask, "rounds %d", &problem.Rounds); err == nil {
			p.play(t)
			fmt.Fprintf(&b, "rounds %d regret %.1f%%\n", p.out.Rounds, p.out.Gap*100)
			continue
		}
		p.ask(&b, ask)
	}
	return b.String()
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
	slices.SortStableFunc(visits, func(a, b transit.Visit) int { return int(p.out.Depart[a] - p.out.Depart[b]) })
	for _, v := range visits {
		route := tt.Routes.Name[tt.RouteOf(day.Trip[day.Owner[v]])]
		fmt.Fprintf(b, "%s %s %s on %d off %d load %d denied %d\n", tt.Stops.ID[day.Stop[v]], route, p.out.Depart[v].Clock(),
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
			tt.Stops.ID[day.Stop[leg.On]], tt.Stops.ID[day.Stop[leg.Off]], p.out.Depart[leg.On].Clock(), p.out.Arrive[leg.Off].Clock())
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

// wait is a time that somebody stood in a stop's queue: until the leg that is
// the n-th of all, or until he gave up, or for good.
type wait struct {
	traveller   uint32
	join, until transit.Seconds
	accept      uint32
	on          transit.Visit // noVisit for who boarded nothing
}

const noVisit = transit.Visit(transit.None)

// waitsOf lists all waits by stop.
func waitsOf(p *assign.Problem, o *assign.Outcome) map[transit.Stop][]wait {
	waits := map[transit.Stop][]wait{}
	add := func(stop transit.Stop, w wait) { waits[stop] = append(waits[stop], w) }
	for _, l := range o.Legs {
		add(p.Day.Stop[l.On], wait{l.Traveller, l.Join, o.Depart[l.On], l.Accept, l.On})
	}
	for _, t := range o.Thoughts {
		add(t.Stop, wait{t.Traveller, t.Since, t.At, t.Accept, noVisit})
	}
	for i, s := range o.State {
		if s == assign.LastGone && uint32(i) != kept(o, uint32(i)) {
			add(o.Stop[i], wait{uint32(i), o.Join[i], p.Day.Horizon.Length, o.Accept[i], noVisit})
		}
	}
	return waits
}

// kept is the traveller himself when a full platform kept him outside to the end.
func kept(o *assign.Outcome, traveller uint32) uint32 {
	for _, k := range o.Kept {
		if k.Traveller == traveller && k.To == o.Join[traveller] {
			return transit.None
		}
		if k.Traveller == traveller && k.From == o.Join[traveller] {
			return traveller
		}
	}
	return transit.None
}

// checkQueues: nobody boards what somebody who came earlier, and would have
// boarded it too, is left behind by; nobody waits while a vehicle that he would
// take leaves with room; nobody boards before he came.
func checkQueues(t testing.TB, p *assign.Problem, o *assign.Outcome) {
	waits := waitsOf(p, o)
	for _, v := range o.Departed {
		d := p.Day.Owner[v]
		pattern, on := p.Network.Timetable.Trips.Pattern[p.Day.Trip[d]], uint16(p.Day.Place(v))
		lastIn, firstOut := transit.Seconds(-1), transit.Seconds(1<<30)
		for _, w := range waits[p.Day.Stop[v]] {
			if w.on == v {
				lastIn = max(lastIn, w.join)
				if w.join > o.Depart[v] {
					t.Fatalf("traveller %d boards before joining the queue", w.traveller)
				}
				continue
			}
			if w.join < o.Depart[v] && o.Depart[v] < w.until && o.Accepts[w.accept].Takes(pattern, on, p.Day.Depart[v]) {
				firstOut = min(firstOut, w.join)
			}
		}
		if firstOut < lastIn {
			t.Fatalf("visit %d takes somebody who came at %d, and leaves behind who came at %d", v, lastIn, firstOut)
		}
		room := p.Network.Timetable.Vehicles.Room[p.Network.Timetable.Trips.Vehicle[p.Day.Trip[d]]]
		if open := p.Day.Boarding[v]&transit.MayBoard != 0 && p.Day.Within(o.Depart[v]); open && firstOut < 1<<30 && o.Load[v] < room {
			t.Fatalf("visit %d leaves with %d of %d places taken, and somebody waits since %d", v, o.Load[v], room, firstOut)
		}
		if o.Denied[v] > 0 && o.Load[v] != room {
			t.Fatalf("visit %d denies %d people with %d of %d places taken", v, o.Denied[v], o.Load[v], room)
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
			at = o.Arrive[leg.Off]
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
