package assign

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// paid is what each traveller's journey cost in the end, with his taste for the
// way he chose. Who did not arrive pays his wait until the horizon's end.
func paid(p *Problem, choices []choice, o *Outcome) []journey.Cost {
	b := bill{problem: p, outcome: o, journeys: o.Journeys(), crowd: p.crowding(o)}
	costs := make([]journey.Cost, len(choices))
	each(p.Workers, (len(costs)+someBills-1)/someBills, func(part int) {
		for t := part * someBills; t < min((part+1)*someBills, len(costs)); t++ {
			costs[t] = b.journey(t) + b.taste(t, choices[t])
		}
	})
	return costs
}

// someBills are made by one worker in one go.
const someBills = 1 << 13

// bill adds up what journeys cost.
type bill struct {
	problem  *Problem
	outcome  *Outcome
	journeys Journeys
	crowd    []uint16
}

// journey is the price of a traveller's rides, waits and walks as they were.
func (b *bill) journey(t int) journey.Cost {
	p, o, w := b.problem, b.outcome, &b.problem.Weights
	legs := b.journeys.Of(t)
	// Who is held up on foot stands in a queue, and does not walk.
	cost, at := w.Wait.Of(o.Held[t])-w.Walk.Of(o.Held[t]), o.Set[t]
	for i, l := range legs {
		leg := o.Legs[l]
		cost += w.Walk.Of(leg.Join-at) + w.Between(leg.Join, o.Depart[leg.On]) + b.ride(t, leg)
		if i > 0 {
			cost += journey.Ride.Of(w.Change)
		}
		at = o.Arrive[leg.Off]
	}
	switch {
	case o.State[t] == NoService:
		return journey.Never
	case o.State[t] != Arrived:
		return cost + b.stranded(max(p.Day.Horizon.Length-at, 0))
	}
	cost += w.Walk.Of(o.End[t] - at)
	if due := p.Travellers.Due[t]; due != demand.Free && len(legs) > 0 {
		cost += w.OffTime(o.End[t] - due)
	}
	return cost
}

// stranded is what it costs somebody whom nothing takes home until the horizon
// ends in so many seconds: his wait, or the other way that he finds.
func (b *bill) stranded(left transit.Seconds) journey.Cost {
	w := &b.problem.Weights
	if w.Stranded == 0 {
		return w.Waiting(left)
	}
	return min(w.Waiting(left), journey.Ride.Of(w.Stranded))
}

// ride is what a leg's time on board cost, by how crowded it was.
func (b *bill) ride(t int, leg Leg) journey.Cost {
	o := b.outcome
	if b.crowd == nil {
		return journey.Ride.Of(o.Arrive[leg.Off] - o.Depart[leg.On])
	}
	cost, who := journey.Cost(0), b.problem.Travellers.ClassOf(t)
	for v := leg.On; v < leg.Off; v++ {
		cost += journey.Felt(o.Arrive[v+1]-o.Depart[v], b.crowd[v], who)
		if v > leg.On {
			cost += journey.Ride.Of(o.Depart[v] - o.Arrive[v])
		}
	}
	return cost
}

// taste is a traveller's taste for the way he set off.
func (b *bill) taste(t int, c choice) journey.Cost {
	if c.link == onFoot || c.link == nowhere {
		return b.problem.taste(t, footOption)
	}
	return b.problem.taste(t, stopOption(b.problem.Network.Access.To[c.link]))
}
