package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/journey"
)

// unqueued tells who rode by a headway without minutes and was never left
// behind. How long he had to wait was luck, which he cannot regret. nil where
// all lines have minutes.
func unqueued(p *Problem, o *Outcome) []bool {
	tt := p.Network.Timetable
	if !slices.Contains(tt.Frequencies.Exact, false) {
		return nil
	}
	luck := make([]bool, p.Travellers.Len())
	for _, leg := range o.Legs {
		if tt.Inexact(p.Day.Trip[p.Day.Owner[leg.On]]) {
			luck[leg.Traveller] = true
		}
	}
	for _, leg := range o.Legs {
		if leg.Denied > 0 {
			luck[leg.Traveller] = false
		}
	}
	for t := range luck {
		luck[t] = luck[t] && o.State[t] == Arrived && o.Rethought[t] == 0
	}
	return luck
}

// regretted is how much more a traveller's journey of the round before cost than
// his best one. Where that was luck alone, it is what setting off in the same
// way is expected to cost.
func (s *pricing) regretted(c *chooser, traveller int, best option) journey.Cost {
	had, cost := s.before[traveller], s.paid[traveller]
	if s.luck != nil && s.luck[traveller] && had.link != onFoot && had.link != nowhere {
		if same := c.via(traveller, had.link, dearest); same.link != nowhere {
			cost = same.cost
		}
	}
	return cost - best.cost
}
