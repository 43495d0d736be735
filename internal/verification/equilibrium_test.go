package verification

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/transit"
)

// equilibrium: people who know what happens and cannot do better.
func equilibrium(t *testing.T) verified {
	blind := settled(t, tightTown+tightCrowds(3000), 1)
	p := settled(t, tightTown+tightCrowds(3000), equilibriumRounds)
	over, states := 0, [4]int{}
	for v := range p.Load {
		over += max(int(p.Load[v])-int(p.roomOf(transit.Visit(v))), 0)
	}
	for _, s := range p.State {
		states[s]++
	}
	crowded := settled(t, tightTown+tightCrowds(5000), equilibriumRounds)
	return verified{
		name: "Hard-capacity equilibrium",
		source: "the definition: nobody could switch to a strictly better journey all of whose vehicles he finds with a free place when he boards; " +
			"loads never exceed room; everybody is accounted for",
		posed: fmt.Sprintf("A town of twelve stops with eight lines, both ways, every 5 to 15 minutes, with 20 to 60 places a vehicle. 3,000 people set out within "+
			"an hour, each second one from the same stop. Everybody is informed and takes what is cheapest, without any taste of his own; %d rounds, of which the second half settles. "+
			"Then a search apart from the engine tries, for each of them, all journeys whose boardings are at departures that left with a free place, at the times "+
			"at which vehicles came and left; who finds one that is more than a second on board cheaper than his own has regret. "+
			"With 5,000 the town is so crowded that nothing says that such a state exists at all.", equilibriumRounds),
		answers: []answer{
			between("percent without regret", 99, 100, p.content(), 2),
			exactly("people beyond the room of a vehicle, over all departures", 0, float64(over)),
			exactly("arrived, on the way and stranded", 3000, float64(states[0]+states[1]+states[2]+states[3])),
			exactly("of these arrived", 3000, float64(states[assign.Arrived])),
			between("percent without regret when nobody knows of queues", 0, 90, blind.content(), 2),
			between("percent without regret of 5,000 people", 95, 100, crowded.content(), 2),
		},
	}
}

const equilibriumRounds = 30

// content is the percentage of people who could not have done better by more than a second.
func (p played) content() float64 {
	content := 0
	for _, seconds := range p.regrets() {
		if seconds <= 1 {
			content++
		}
	}
	return 100 * float64(content) / float64(p.problem.Travellers.Len())
}

// tightTown is twelve stops, two lines along and four across; between most
// stops several journeys compete.
const tightTown = `
A-------B-------C-------D

E-------F-------G-------H

I-------J-------K-------L
walking access 250 transfer 250 direct 0
line north A B C D every 8m 17:55-22:00 room 30 hop 4m dwell 20s both
line middle E F G H every 5m 17:57-22:00 room 45 hop 5m dwell 20s both
line south I J K L every 10m 17:58-22:00 room 60 hop 4m dwell 20s both
line west A E I every 6m 17:55-22:00 room 20 hop 3m dwell 20s both
line center B F J every 7m 17:56-22:00 room 25 hop 3m dwell 20s both
line east D H L every 9m 17:59-22:00 room 30 hop 3m dwell 20s both
line ring A B C G K J I E A every 12m 17:55-22:00 room 40 hop 3m dwell 20s
line express A C G L every 15m 17:59-22:00 room 50 hop 5m dwell 20s both
`

// tightCrowds are people who leave within an hour, each second one from the
// town's middle, in crowds of one so that a seed draws them.
func tightCrowds(people int) string {
	var b strings.Builder
	who := draw.Seed(1)
	for i := range uint64(people) {
		from := "ABCDEFGHIJKL"[who.Below(4*i, 12)]
		if i%2 == 0 {
			from = 'F'
		}
		to := "ABCDEFGHIJKL"[who.Below(4*i+1, 12)]
		for n := uint64(1); to == from; n++ {
			to = "ABCDEFGHIJKL"[(who.Below(4*i+1, 12)+n)%12]
		}
		at := 18*hour + transit.Seconds(who.Below(4*i+2, 60))*minute
		fmt.Fprintf(&b, "crowd 1 at %c %s to %c\n", from, at.Clock()[:5], to)
	}
	return b.String()
}

// settled plays a drawn town for so many rounds, of which the second half settles.
func settled(t *testing.T, text string, rounds int) played {
	t.Helper()
	city, err := drawn.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	d, err := transit.NewDay(city.Network.Timetable, transit.Horizon{Start: int64(city.Date) * 86400, Length: 23 * hour}, 1)
	if err != nil {
		t.Fatal(err)
	}
	p := &assign.Problem{Network: city.Network, Day: d, Travellers: city.Travellers, Weights: plain, Seed: 1, Workers: 2, Rounds: rounds, Settle: rounds / 2}
	out, err := assign.Load(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return played{p, out}
}

// roomy searches journeys all of whose boardings are at vehicles that left with
// a free place, at the times at which they left: by trying everything, and
// without anything of the engine's.
type roomy struct {
	played
	to   uint32
	best map[transit.Visit]int64
}

const unreachable = int64(1) << 40

// cheapest is the least cost of somebody who may leave a place at a time.
func (r *roomy) cheapest(from uint32, ready transit.Seconds) int64 {
	best := unreachable
	stops, walks := r.problem.Network.Access.Row(from)
	for i, stop := range stops {
		best = min(best, int64(r.problem.Weights.Walk)*int64(walks[i])+r.standing(stop, ready+walks[i]))
	}
	return best
}

func (r *roomy) standing(stop transit.Stop, since transit.Seconds) int64 {
	best, day := unreachable, r.problem.Day
	for v := range day.Stop {
		visit := transit.Visit(v)
		if day.Stop[v] == stop && day.Boarding[v]&transit.MayBoard != 0 && r.Depart[v] >= since && r.free(visit) {
			best = min(best, int64(r.problem.Weights.Wait)*int64(r.Depart[v]-since)+r.riding(visit))
		}
	}
	return best
}

// free reports whether a vehicle left a stop with a free place.
func (r *roomy) free(v transit.Visit) bool { return r.Load[v] < r.roomOf(v) }

func (r *roomy) riding(v transit.Visit) int64 {
	if cost, known := r.best[v]; known {
		return cost
	}
	best, day, next := unreachable, r.problem.Day, v+1
	if !day.Last(next) {
		best = 100*int64(r.Depart[next]-r.Arrive[next]) + r.riding(next)
	}
	if day.Boarding[next]&transit.MayAlight != 0 {
		best = min(best, r.alighting(next))
	}
	r.best[v] = best + 100*int64(r.Arrive[next]-r.Depart[v])
	return r.best[v]
}

func (r *roomy) alighting(v transit.Visit) int64 {
	best, day, n, w := unreachable, r.problem.Day, r.problem.Network, &r.problem.Weights
	homes, lasts := n.Access.Row(r.to)
	for i, stop := range homes {
		if stop == day.Stop[v] {
			best = int64(w.Walk) * int64(lasts[i])
		}
	}
	stops, walks := n.Transfers.Row(uint32(day.Stop[v]))
	for i, stop := range stops {
		cost := int64(w.Walk)*int64(walks[i]) + 100*int64(w.Change)
		best = min(best, cost+r.standing(stop, r.Arrive[v]+walks[i]))
	}
	return best
}

// roomOf is the room of a visit's vehicle.
func (p played) roomOf(v transit.Visit) uint32 {
	tt := p.problem.Network.Timetable
	return tt.Vehicles.Room[tt.Trips.Vehicle[p.problem.Day.Trip[p.problem.Day.Owner[v]]]]
}

// regrets are by how many seconds of cost each traveller could have done better.
func (p played) regrets() []int64 {
	journeys, searches := p.Journeys(), map[uint32]*roomy{}
	out := make([]int64, p.problem.Travellers.Len())
	for i := range out {
		to := uint32(p.problem.Travellers.To[i])
		if searches[to] == nil {
			searches[to] = &roomy{p, to, map[transit.Visit]int64{}}
		}
		best := searches[to].cheapest(uint32(p.problem.Travellers.From[i]), p.problem.Travellers.Ready[i])
		out[i] = max(p.cost(i, journeys)-best, 0) / 100
	}
	return out
}

// cost is what a traveller's journey came to, in hundredths of a second on board.
func (p played) cost(traveller int, journeys assign.Journeys) int64 {
	if p.State[traveller] != assign.Arrived {
		return unreachable
	}
	w := &p.problem.Weights
	cost, at := int64(0), p.Set[traveller]
	for i, l := range journeys.Of(traveller) {
		leg := p.Legs[l]
		cost += int64(w.Walk)*int64(leg.Join-at) + int64(w.Wait)*int64(p.Depart[leg.On]-leg.Join) + 100*int64(p.Arrive[leg.Off]-p.Depart[leg.On])
		if i > 0 {
			cost += 100 * int64(w.Change)
		}
		at = p.Arrive[leg.Off]
	}
	return cost + int64(w.Walk)*int64(p.End[traveller]-at)
}
