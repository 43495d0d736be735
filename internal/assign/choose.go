package assign

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// start is how a traveller sets off.
type start struct {
	link uint32          // of Access, to where he joins a queue; onFoot; or nowhere
	set  transit.Seconds // when he leaves his origin
}

// Links that are none.
const (
	onFoot  = journey.Home    // he walks all the way
	nowhere = journey.Nowhere // there is no way at all
)

// option is one way to set off and what it costs a traveller.
type option struct {
	start
	event journey.Event // the first departure that he can catch at the stop
	walk  transit.Seconds
	held  transit.Seconds // held up on the way
	cost  journey.Cost
}

var noOption = option{start: start{link: nowhere}, event: journey.NoEvent, cost: journey.Never}

// chooser picks the start of travellers to the destination of a lane, whose prices it reads.
type chooser struct {
	*journey.Prices
	problem *Problem
	class   demand.Class
	tl      *journey.Timeline
	gate    []bool // by place: signs lead strangers away from there
	lane    int
	ground  *ground
	held    *heldup
	weighed int
}

// best is a traveller's cheapest start: by when he may leave, or by when he wants to be there.
func (c *chooser) best(traveller int) option {
	t, access := c.problem.Travellers, &c.problem.Network.Access
	best := c.walking(traveller)
	from := t.From[traveller]
	for l := access.First[from]; l < access.First[from+1]; l++ {
		c.weighed++
		if o := c.via(traveller, l); o.link != nowhere && (best.link == nowhere || o.cost < best.cost) {
			best = o
		}
	}
	return best
}

// walking is walking all the way, where that is near enough.
func (c *chooser) walking(traveller int) option {
	t, w := c.problem.Travellers, &c.problem.Weights
	walk, near := c.problem.Network.Direct(t.From[traveller], t.To[traveller])
	if !near {
		return noOption
	}
	walk = network.Pace(walk, c.class)
	set := t.Ready[traveller]
	if set == demand.Free {
		set = t.Due[traveller] - walk
	}
	cost := w.Walk.Of(walk) + c.problem.taste(traveller, footOption)
	return option{start{onFoot, set}, journey.NoEvent, walk, 0, cost}
}

// via is the best journey that boards first at the stop of a link, with the traveller's taste for it.
func (c *chooser) via(traveller int, link uint32) option {
	t, access := c.problem.Travellers, &c.problem.Network.Access
	walk, _, ok := access.WalkOf(link, c.class)
	if !ok {
		return noOption
	}
	var o option
	if t.Ready[traveller] != demand.Free {
		o = c.leavingAt(traveller, link, walk)
	} else {
		o = c.arrivingBy(traveller, link, walk)
	}
	if o.link != nowhere {
		o.cost += c.problem.taste(traveller, stopOption(access.To[link]))
	}
	return o
}

// leavingAt walks to the stop at once, as far as one is let, and waits there.
func (c *chooser) leavingAt(traveller int, link uint32, walk transit.Seconds) option {
	t, w := c.problem.Travellers, &c.problem.Weights
	ready := t.Ready[traveller]
	held := c.heldOn(traveller, link, ready)
	there := ready + walk + held
	e := c.tl.From(c.problem.Network.Access.To[link], there, 0)
	if e == journey.NoEvent {
		return noOption
	}
	standing := c.Standing(e, c.lane, c.tl.Leave(e)-there)
	if standing >= journey.Never {
		return noOption
	}
	return option{start{link, ready}, e, walk, held, w.Walk.Of(walk) + w.Wait.Of(held) + standing}
}

// heldOn is how long a traveller who sets off at a time expects to be held up on a link.
func (c *chooser) heldOn(traveller int, link uint32, set transit.Seconds) transit.Seconds {
	return c.held.onWay(c.ground.outward(link, c.class, c.problem.Travellers.From[traveller], set))
}

// arrivingBy comes just before the departure whose journey suits the wanted
// arrival best, or at a moment when a line without minutes does; of equals the latest.
func (c *chooser) arrivingBy(traveller int, link uint32, walk transit.Seconds) option {
	best, w := noOption, &c.problem.Weights
	stop, due := c.problem.Network.Access.To[link], c.problem.Travellers.Due[traveller]
	earliest := max(due-w.Window, walk+w.Buffer)
	out, in := c.ground.outward(link, c.class, c.problem.Travellers.From[traveller], 0), c.ground.inward(c.problem.Travellers.To[traveller], 0)
	for e := c.tl.From(stop, earliest, 0); e != journey.NoEvent && c.tl.Leave(e) <= due; e = c.tl.Next(e) {
		c.weighed++
		price, reach := c.Joining(e, c.lane)
		if price >= journey.Never {
			continue
		}
		set := c.tl.Leave(e) - w.Buffer - walk
		held, after := c.held.onWay(out.by(set)), c.held.atEnd(in.by(reach))
		cost := w.Walk.Of(walk) + w.Waiting(w.Buffer) + w.Wait.Of(held+after) + price + w.OffTime(reach+after-due)
		if best.link == nowhere || cost <= best.cost {
			best = option{start{link, set - held}, e, walk, held, cost}
		}
	}
	best = c.byHeadway(traveller, link, walk, best)
	if best.link != nowhere {
		best.event = c.tl.From(stop, best.there(), 0)
	}
	return best
}

// there is when somebody stands at the stop.
func (o *option) there() transit.Seconds { return o.set + o.walk + o.held }
