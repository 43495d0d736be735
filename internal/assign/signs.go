package assign

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
)

// signShare is how much dearer, as one part in so many, the journey from the
// stop that signs lead to may be than the best one: nobody is led to a night bus
// because its stop is the nearest.
const signShare = 4

// gates tells for each place whether it is a venue's gate, where signs lead strangers.
func gates(venues []demand.Venue, places int) []bool {
	gate := make([]bool, places)
	for i := range venues {
		for _, g := range venues[i].Gates {
			gate[g.Place] = true
		}
	}
	return gate
}

// led is what somebody does who does not know the city and comes out of a gate:
// he follows the signs to the nearest stop that is a sensible way to his destination.
func (c *chooser) led(traveller int) option {
	best := c.best(traveller)
	if best.link == onFoot || best.link == nowhere {
		return best
	}
	access, nearest := &c.problem.Network.Access, best
	from := c.problem.Travellers.From[traveller]
	for l := access.First[from]; l < access.First[from+1]; l++ {
		o := c.via(traveller, l, dearest)
		if o.link != nowhere && o.walk < nearest.walk && o.cost-best.cost <= max(best.cost, 0)/signShare {
			nearest = o
		}
	}
	return nearest
}

// start is the start of a traveller by what he knows.
func (c *chooser) start(traveller int) option {
	t, o := c.problem.Travellers, option{}
	if !c.class.Informed && c.gate[t.From[traveller]] {
		o = c.led(traveller)
	} else {
		o = c.best(traveller)
	}
	if t.Ready[traveller] == demand.Free && o.link != nowhere && o.link != onFoot {
		o.event = c.tl.From(c.problem.Network.Access.To[o.link], o.there(), 0)
	}
	return o
}

// plan is the node of somebody who sets off in such a way; who rides nothing has none.
func (c *chooser) plan(o option) uint32 {
	if o.event == journey.NoEvent {
		return noNode
	}
	return c.Plan(o.event, c.lane, c.tl.Leave(o.event)-o.there())
}
