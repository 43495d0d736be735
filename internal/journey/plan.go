package journey

import (
	"github.com/qala-city/qala/internal/transit"
)

// Plans are what travellers mean to do, as nodes that they share. A node is
// standing at a stop with the set of vehicles that one would board there; an
// option of it says where one gets off and what one does then. A plan is followed
// by line, not by the clock: who is late, or is left behind, takes the next one.
type Plans struct {
	Node   []Node
	Option []Option
}

// Node is standing at a stop. Its options are Option[First:End], sorted by pattern and place.
type Node struct {
	Stop       transit.Stop
	First, End uint32
	Price      Cost // from boarding on, at best
	Fall       Fall
}

// Option is a pattern that one boards at its place On and leaves at Off. Only
// departures that are scheduled from Since to Until are taken.
type Option struct {
	Pattern      transit.Pattern
	On, Off      uint16
	Since, Until transit.Seconds
	Via          uint32 // the link of Transfers to the next node, or Home
	Then         uint32 // the next node
}

// Fall is what else one could do at a node, without the vehicles that it waits for.
type Fall struct {
	Via  uint32 // the link of Transfers to another stop; Home: to the destination on foot; Nowhere
	Then uint32 // the node there
	Walk Cost   // the price of getting there
}

// Home as a link is the walk to one's destination; Nowhere is no link at all.
const (
	Home    = transit.None
	Nowhere = transit.None - 1
)

// Bounds of an option that knows none.
const (
	Always = transit.Seconds(-1 << 31)
	Ever   = transit.Seconds(1<<31 - 1)
)

// spells are how long people have waited before the first departure that they
// can catch, in steps of spell; the last is for all who have waited longer.
const (
	spell  = 5 * transit.Minute
	spells = 4
)

// reachAhead is how long after the first vehicle that one boards others are
// looked at that one would board too.
const reachAhead = 40 * transit.Minute

// Begin starts the plans of one lane of the last scan. They stand in out when Finish was called.
func (p *Prices) Begin(out *Plans) {
	p.plans.memo.forget()
	p.plans.out = out
	p.plans.Node, p.plans.Option = p.plans.Node[:0], p.plans.Option[:0]
}

// Plan is the node of somebody who comes to an event's stop so many seconds
// before it leaves, and before nothing else does, and goes to the destination of a
// lane; its Standing must not be Never, and Begin must have been called for the
// lane. Finish writes what the node holds. The informed, who stay in their queues, get
// nothing to fall back on.
func (p *Prices) Plan(e Event, lane int, before transit.Seconds) uint32 {
	if p.class.Informed {
		return p.want(e, lane, plain, before)
	}
	return p.want(e, lane, fallen, before)
}

// depth says whether a node knows what else could be done there. What one falls
// back on has nothing to fall back on: else every plan would hold half the city.
type depth int

const (
	plain  depth = iota // without a fall
	fallen              // with one
)

func (p *Prices) patternOf(v transit.Visit) transit.Pattern {
	return p.net.Timetable.Trips.Pattern[p.tl.Day.Trip[p.tl.Day.Owner[v]]]
}

// fall is the best other thing to do for somebody who stands at an event's stop:
// walk to another stop, or all the way.
func (p *Prices) fall(stop transit.Stop, e Event, lane int) Fall {
	best, event, cost := Fall{Via: Nowhere}, NoEvent, Never
	if walk := p.last[stop][lane]; walk != lost {
		cost = p.weights.Walk.Of(transit.Seconds(walk))
		best = Fall{Via: Home, Walk: cost}
	}
	links, now := &p.net.Transfers, p.tl.Leave(e)
	for l := links.First[stop]; l < links.First[stop+1]; l++ {
		walk, _, ok := links.WalkOf(l, p.class)
		if !ok || links.To[l] == stop {
			continue
		}
		there := p.tl.From(links.To[l], now+walk, 0)
		if there == NoEvent {
			continue
		}
		price := p.weights.Walk.Of(walk)
		if all := price + p.Standing(there, lane, p.tl.Leave(there)-now-walk); all < min(cost, Never) {
			cost, event, best = all, there, Fall{Via: l, Walk: price}
		}
	}
	if event != NoEvent {
		best.Then = p.want(event, lane, plain, 0)
	}
	return best
}
