package assign

import "github.com/qala-city/qala/internal/demand"

// paid is what each traveller's journey cost in the end, with his taste for the
// way he chose. Who did not arrive pays his wait until the horizon's end.
func paid(p *Problem, choices []choice, o *Outcome) []Cost {
	journeys := o.Journeys()
	costs := make([]Cost, len(choices))
	for t := range costs {
		costs[t] = journey(p, o, t, journeys) + chosenTaste(p, t, choices[t])
	}
	return costs
}

// journey is the price of a traveller's rides, waits and walks as they were.
func journey(p *Problem, o *Outcome, t int, journeys Journeys) Cost {
	w, day := p.Weights, p.Day
	cost, at := Cost(0), o.Set[t]
	for i, l := range journeys.Of(t) {
		leg := o.Legs[l]
		leaves, ends := day.Depart[leg.On], day.Arrive[leg.Off]
		cost += w.Walk.of(leg.Join-at) + w.Wait.of(leaves-leg.Join) + ride.of(ends-leaves)
		if i > 0 {
			cost += ride.of(w.Change)
		}
		at = ends
	}
	switch {
	case o.State[t] == NoService:
		return never
	case o.State[t] != Arrived:
		return cost + w.Wait.of(day.Horizon.Length-at)
	}
	cost += w.Walk.of(o.End[t] - at)
	if due := p.Travellers.Due[t]; due != demand.Free && len(journeys.Of(t)) > 0 {
		cost += w.offTime(o.End[t] - due)
	}
	return cost
}

// chosenTaste is a traveller's taste for the way he set off.
func chosenTaste(p *Problem, t int, c choice) Cost {
	option := footOption
	if c.stop != noStop {
		option = stopOption(c.stop)
	}
	return p.Weights.taste(p.Seed.For(p.Travellers.Key[t]), option)
}
