package assign_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// oracle searches the cheapest journey by trying everything: slow, and written
// without anything of the engine's.
type oracle struct {
	p     *assign.Problem
	to    demand.Place
	class demand.Class
	ride  map[transit.Visit]int64 // cost from a departure on, when it is boarded
}

const unreachable = int64(1) << 40

// from is the least cost of a traveller who may leave a place at a time.
func (o *oracle) from(place demand.Place, ready transit.Seconds) int64 {
	best := unreachable
	n := o.p.Network
	if walk, near := n.Direct(place, o.to); near {
		best = int64(o.p.Weights.Walk) * int64(paced(walk, o.class))
	}
	stops, walks := o.row(&n.Access, uint32(place))
	for i, stop := range stops {
		best = min(best, int64(o.p.Weights.Walk)*int64(walks[i])+o.waiting(stop, ready+walks[i], 0))
	}
	return best
}

// waiting is the least cost from standing at a stop.
func (o *oracle) waiting(stop transit.Stop, since transit.Seconds, step uint16) int64 {
	day, best := o.p.Day, unreachable
	for v := range day.Stop {
		visit := transit.Visit(v)
		leaves := day.Depart[v]
		later := leaves > since || leaves == since && day.DepartStep(visit) > step
		if day.Stop[v] == stop && later && day.Boarding[v]&transit.MayBoard != 0 {
			best = min(best, waited(o.p, since, leaves)+o.riding(visit))
		}
	}
	return best
}

// waited is what a wait costs: whole seconds on board, as METHOD says, read off a clock
// that runs at the wait's weight.
func waited(p *assign.Problem, from, to transit.Seconds) int64 {
	clock := func(at transit.Seconds) int64 {
		return int64(math.Floor(float64(p.Weights.Wait) * float64(at) / 100))
	}
	return 100 * (clock(to) - clock(from))
}

// riding is the least cost from a departure on.
func (o *oracle) riding(v transit.Visit) int64 {
	if cost, known := o.ride[v]; known {
		return cost
	}
	day, next := o.p.Day, v+1
	best := unreachable
	if _, last := day.Visits(day.Owner[v]); next < last-1 {
		best = 100*int64(day.Depart[next]-day.Arrive[next]) + o.riding(next)
	}
	if day.Boarding[next]&transit.MayAlight != 0 {
		best = min(best, o.off(next))
	}
	o.ride[v] = best + 100*int64(day.Arrive[next]-day.Depart[v])
	return o.ride[v]
}

// off is the least cost from getting off at a visit.
func (o *oracle) off(v transit.Visit) int64 {
	best, day, n := unreachable, o.p.Day, o.p.Network
	homes, lasts := o.row(&n.Access, uint32(o.to))
	for i, stop := range homes {
		if stop == day.Stop[v] {
			best = int64(o.p.Weights.Walk) * int64(lasts[i])
		}
	}
	stops, walks := o.row(&n.Transfers, uint32(day.Stop[v]))
	for i, stop := range stops {
		step := uint16(0)
		if walks[i] == 0 {
			step = day.Step[v]
		}
		cost := int64(o.p.Weights.Walk)*int64(walks[i]) + 100*int64(o.p.Weights.Change)
		best = min(best, cost+o.waiting(stop, day.Arrive[v]+walks[i], step))
	}
	return best
}

// row are the walks of a row that the class can go, at its own pace.
func (o *oracle) row(l *network.Links, row uint32) (stops []transit.Stop, walks []transit.Seconds) {
	walk := l.Walk
	if o.class.StepFree && l.FreeWalk != nil {
		walk = l.FreeWalk
	}
	for i := l.First[row]; i < l.First[row+1]; i++ {
		if walk[i] >= 0 {
			stops, walks = append(stops, l.To[i]), append(walks, paced(walk[i], o.class))
		}
	}
	return stops, walks
}

// unlimited lets everything in a city take everybody at once, and nobody walk
// faster than facilities take, which move everybody alike.
func unlimited(p *assign.Problem) {
	n := p.Network
	for v := range n.Timetable.Vehicles.Room {
		n.Timetable.Vehicles.Room[v] = 1 << 30
	}
	f, platforms := &n.Stations.Facilities, &n.Stations.Platforms
	clear(f.Service)
	clear(f.Width)
	clear(platforms.Holds)
	clear(platforms.Stands)
	for v := range n.Venues {
		for g := range n.Venues[v].Gates {
			n.Venues[v].Gates[g].PerMinute, n.Venues[v].Gates[g].InPerMin = 0, 0
		}
	}
	for c := range p.Travellers.Classes {
		p.Travellers.Classes[c].Speed = min(p.Travellers.Classes[c].Speed, 100)
	}
}

// led reports whether signs lead a traveller, who then does not decide by price.
func led(p *assign.Problem, traveller int) bool {
	if p.Travellers.ClassOf(traveller).Informed {
		return false
	}
	for _, v := range p.Network.Venues {
		for _, g := range v.Gates {
			if g.Place == p.Travellers.From[traveller] {
				return true
			}
		}
	}
	return false
}

// paid is what a traveller's journey really cost.
func paid(p *assign.Problem, o *assign.Outcome, traveller int, journeys assign.Journeys) int64 {
	cost, at := int64(0), o.Set[traveller]
	for i, l := range journeys.Of(traveller) {
		leg := o.Legs[l]
		cost += int64(p.Weights.Walk) * int64(leg.Join-at)
		cost += waited(p, leg.Join, o.Depart[leg.On])
		cost += 100 * int64(o.Arrive[leg.Off]-o.Depart[leg.On])
		if i > 0 {
			cost += 100 * int64(p.Weights.Change)
		}
		at = o.Arrive[leg.Off]
	}
	return cost + int64(p.Weights.Walk)*int64(o.End[traveller]-at)
}

// aim is where a kind of traveller wants to go.
type aim struct {
	to    demand.Place
	class string
}

// TestUnlimitedRoomIsTheUnconstrainedSearch: where everybody fits everywhere,
// knows all minutes and decides by price alone, each journey costs what an exhaustive search finds.
func TestUnlimitedRoomIsTheUnconstrainedSearch(t *testing.T) {
	compared := 0
	rapid.Check(t, func(rt *rapid.T) {
		_, _, p := posed(rt)
		p.Weights.Eager, p.Weights.Spread, p.Weights.Patience = 0, 0, 0
		unlimited(p)
		for f := range p.Network.Timetable.Frequencies.Exact {
			p.Network.Timetable.Frequencies.Exact[f] = true // what was drawn is told
		}
		out := load(rt, p)
		journeys := out.Journeys()
		oracles := map[aim]*oracle{}
		for i, ready := range p.Travellers.Ready {
			if ready == demand.Free || out.State[i] == assign.Walking || led(p, i) {
				continue
			}
			class := p.Travellers.ClassOf(i)
			to := aim{p.Travellers.To[i], class.Name}
			if oracles[to] == nil {
				oracles[to] = &oracle{p, to.to, class, map[transit.Visit]int64{}}
			}
			want := oracles[to].from(p.Travellers.From[i], ready)
			switch out.State[i] {
			case assign.Arrived:
				compared++
				if got := paid(p, out, i, journeys); got != want {
					rt.Fatalf("traveller %d paid %d, the search finds %d", i, got, want)
				}
			default:
				if want < unreachable {
					rt.Fatalf("traveller %d is stranded (%d), the search finds a journey for %d", i, out.State[i], want)
				}
			}
		}
	})
	if compared < 1000 {
		t.Errorf("only %d journeys were compared", compared)
	}
}
