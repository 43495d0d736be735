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
	before  []choice     // by traveller: the round before; nil in the first
	early   journey.Cost // as early

	ahead []coming // what stands at the stops around, of who leaves at once; by link
	read  journey.Cost
}

// coming is what leaves first from a stop to which somebody walks at once.
type coming struct {
	event  journey.Event
	leaves transit.Seconds
}

// best is a traveller's cheapest start: by when he may leave, or by when he wants
// to be there. Of equals it is walking all the way, then the first link. What he did
// before is looked at first: few other ways can be better, and most are not asked.
func (c *chooser) best(traveller int) option {
	t, access := c.problem.Travellers, &c.problem.Network.Access
	best := c.walking(traveller)
	from := t.From[traveller]
	first, end := access.First[from], access.First[from+1]
	c.weighed += int(end - first)
	c.lookAround(traveller, first, end)
	known := c.known(traveller)
	if first <= known && known < end {
		best = c.better(traveller, known, best)
	}
	for l := first; l < end; l++ {
		if l != known {
			best = c.better(traveller, l, best)
		}
	}
	return best
}

// lookAround finds what leaves first from all stops around for who leaves at once, and reads
// what standing there is worth: one stop after the other would be waited for.
func (c *chooser) lookAround(traveller int, first, end uint32) {
	ready, access := c.problem.Travellers.Ready[traveller], &c.problem.Network.Access
	c.ahead = c.ahead[:0]
	if ready == demand.Free {
		return
	}
	for l := first; l < end; l++ {
		walk, _, _ := access.WalkOf(l, c.class)
		e, leaves := c.tl.Coming(access.To[l], ready+walk)
		c.ahead = append(c.ahead, coming{e, leaves})
		if e != journey.NoEvent {
			c.read += c.AtLeast(e, 0)
		}
	}
}

// known is the link that a traveller set off by in the round before, if any.
func (c *chooser) known(traveller int) uint32 {
	if c.before == nil {
		return nowhere
	}
	return c.before[traveller].link
}

// better is the cheaper of an option and the journey by a link.
func (c *chooser) better(traveller int, link uint32, best option) option {
	below := dearest
	switch {
	case best.link == nowhere:
	case best.link == onFoot || best.link < link:
		below = best.cost
	default:
		below = best.cost + 1
	}
	if o := c.via(traveller, link, below); o.link != nowhere && o.cost < below {
		return o
	}
	return best
}

// dearest is above the cost of every option.
const dearest = journey.Cost(1 << 30)

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

// via is the best journey that boards first at the stop of a link, with the
// traveller's taste for it; of one that costs no less than a bound nothing is promised.
func (c *chooser) via(traveller int, link uint32, below journey.Cost) option {
	t, access := c.problem.Travellers, &c.problem.Network.Access
	walk, _, ok := access.WalkOf(link, c.class)
	if !ok {
		return noOption
	}
	var o option
	taste := c.problem.taste(traveller, stopOption(access.To[link]))
	if t.Ready[traveller] != demand.Free {
		o = c.leavingAt(traveller, link, walk, below-taste)
	} else {
		o = c.arrivingBy(traveller, link, walk, below-taste)
	}
	if o.link != nowhere {
		o.cost += taste
	}
	return o
}

// leavingAt walks to the stop at once, as far as one is let, and waits there.
func (c *chooser) leavingAt(traveller int, link uint32, walk transit.Seconds, below journey.Cost) option {
	t, w := c.problem.Travellers, &c.problem.Weights
	if w.Walk.Of(walk) >= below {
		return noOption
	}
	ready := t.Ready[traveller]
	held := c.heldOn(traveller, link, ready)
	there := ready + walk + held
	e, leaves := c.first(traveller, link, there)
	if e == journey.NoEvent {
		return noOption
	}
	cost, before := w.Walk.Of(walk)+w.Wait.Of(held), leaves-there
	if cost+c.AtLeast(e, before) >= below {
		return noOption
	}
	standing := c.Standing(e, c.lane, before)
	if standing >= journey.Never {
		return noOption
	}
	return option{start{link, ready}, e, walk, held, cost + standing}
}

// first is what leaves first from a link's stop for who is there at a time.
func (c *chooser) first(traveller int, link uint32, there transit.Seconds) (journey.Event, transit.Seconds) {
	access := &c.problem.Network.Access
	if seen := &c.ahead[link-access.First[c.problem.Travellers.From[traveller]]]; seen.event == journey.NoEvent || there <= seen.leaves {
		return seen.event, seen.leaves
	}
	return c.tl.Coming(access.To[link], there)
}

// heldOn is how long a traveller who sets off at a time expects to be held up on a link.
func (c *chooser) heldOn(traveller int, link uint32, set transit.Seconds) transit.Seconds {
	return c.held.onWay(c.ground.outward(link, c.class, c.problem.Travellers.From[traveller], set))
}

// arrivingBy comes just before the departure whose journey suits the wanted
// arrival best, or at a moment when a line without minutes does; of equals the latest.
// Departures are looked at from the latest on, until coming so early costs too much.
func (c *chooser) arrivingBy(traveller int, link uint32, walk transit.Seconds, below journey.Cost) option {
	best, w := noOption, &c.problem.Weights
	stop, due := c.problem.Network.Access.To[link], c.problem.Travellers.Due[traveller]
	earliest := max(due-w.Window, walk+w.Buffer)
	out, in := c.ground.outward(link, c.class, c.problem.Travellers.From[traveller], 0), c.ground.inward(c.problem.Travellers.To[traveller], 0)
	events, least := c.tl.Between(stop, earliest, due), w.Walk.Of(walk)+w.Waiting(w.Buffer)
	c.weighed += len(events)
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		leave := c.tl.Leave(e)
		if least+c.early.Of(due-leave) >= below {
			break
		}
		price, reach := c.Joining(e, c.lane)
		if price >= journey.Never {
			continue
		}
		set := leave - w.Buffer - walk
		held, after := c.held.onWay(out.by(set)), c.held.atEnd(in.by(reach))
		cost := least + w.Wait.Of(held+after) + price + w.OffTime(reach+after-due)
		if best.link == nowhere || cost < best.cost {
			best = option{start{link, set - held}, e, walk, held, cost}
			below = min(below, cost)
		}
	}
	return c.byHeadway(traveller, link, walk, best)
}

// early is the least that a second between a departure and the wanted arrival
// costs: on the way, waiting, or at the destination too early.
func early(w *journey.Weights) journey.Cost {
	return max(min(w.Early, w.Wait, w.Walk, journey.Ride), 0)
}

// there is when somebody stands at the stop.
func (o *option) there() transit.Seconds { return o.set + o.walk + o.held }
