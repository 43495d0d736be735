package journey

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/demand"
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

// Options are what one boards at a node.
func (p *Plans) Options(node uint32) []Option {
	return p.Option[p.Node[node].First:p.Node[node].End]
}

// Take is a node's option to board a pattern at a place when it leaves as
// scheduled at a time.
func (p *Plans) Take(node uint32, pattern transit.Pattern, on uint16, leaves transit.Seconds) (uint32, bool) {
	n := &p.Node[node]
	for i := n.First; i < n.End; i++ {
		o := &p.Option[i]
		if o.Pattern == pattern && o.On == on && o.Since <= leaves && leaves <= o.Until {
			return i, true
		}
	}
	return 0, false
}

// Append adds other plans to these and returns what their nodes' numbers grow by.
func (p *Plans) Append(more *Plans) uint32 {
	node, option := uint32(len(p.Node)), uint32(len(p.Option))
	for _, n := range more.Node {
		n.First, n.End = n.First+option, n.End+option
		n.Fall.Then += node
		p.Node = append(p.Node, n)
	}
	for _, o := range more.Option {
		o.Then += node
		p.Option = append(p.Option, o)
	}
	return node
}

// planning is the scratch of making plans after a scan.
type planning struct {
	memo    memo
	scratch []Option
	out     *Plans
	to      []demand.Place
}

// spells are how long people have waited before the first departure that they
// can catch, in steps of spell; the last is for all who have waited longer.
const (
	spell  = 5 * transit.Minute
	spells = 4
)

// Begin starts the plans of one lane of the last scan.
func (p *Prices) Begin(out *Plans) {
	p.plans.memo.forget()
	p.plans.out = out
}

// reachAhead is how long after the first vehicle that one boards others are
// looked at that one would board too.
const reachAhead = 40 * transit.Minute

// Plan is the node of somebody who comes to an event's stop so many seconds
// before it leaves, and before nothing else does, and goes to the destination of a
// lane; its Standing must not be Never, and Begin must have been called for the
// lane. The informed, who stay in their queues, get nothing to fall back on.
func (p *Prices) Plan(e Event, lane int, before transit.Seconds) uint32 {
	if p.class.Informed {
		return p.node(e, lane, plain, before)
	}
	return p.node(e, lane, fallen, before)
}

// depth says whether a node knows what else could be done there. What one falls
// back on has nothing to fall back on: else every plan would hold half the city.
type depth int

const (
	plain  depth = iota // without a fall
	fallen              // with one
)

// node is the node of an event, made when it is not known yet.
func (p *Prices) node(e Event, lane int, d depth, before transit.Seconds) uint32 {
	waited := min(int(before/spell), spells-1)
	about := standingAt(e, waited, d)
	if known, ok := p.plans.memo.node(about); ok {
		return known
	}
	n, options := p.compose(e, lane, d, transit.Seconds(waited)*spell)
	if d == fallen {
		n.Fall = p.fall(n.Stop, e, lane)
	}
	out := p.plans.out
	n.First = uint32(len(out.Option))
	out.Option = append(out.Option, options...)
	n.End = uint32(len(out.Option))
	p.plans.scratch = p.plans.scratch[:len(p.plans.scratch)-len(options)]
	out.Node = append(out.Node, n)
	node := uint32(len(out.Node) - 1)
	p.plans.memo.keep(about, node)
	return node
}

// compose gathers the options of a node, which stay on the scratch.
func (p *Prices) compose(e Event, lane int, d depth, waited transit.Seconds) (Node, []Option) {
	start := len(p.plans.scratch)
	s := &p.steps[e]
	price := p.gather(e, lane, d, waited-s.leave)
	options := p.plans.scratch[start:]
	slices.SortFunc(options, func(a, b Option) int {
		return cmp.Or(cmp.Compare(a.Pattern, b.Pattern), cmp.Compare(a.On, b.On))
	})
	return Node{Stop: s.stop, Price: price, Fall: Fall{Via: Nowhere}}, options
}

// gather puts the options of a node on the scratch and returns the price of the
// first. Who boards at a time has waited since + that time.
func (p *Prices) gather(e Event, lane int, d depth, since transit.Seconds) Cost {
	start, price, until := len(p.plans.scratch), Never, Ever
	for e != NoEvent && p.steps[e].leave <= until {
		s := &p.steps[e]
		i := p.known(start, s.pattern, uint16(s.place))
		if i >= 0 && p.plans.scratch[i].Until != Always {
			p.bound(i, e, lane)
		} else if boards := p.boards(e, lane, since+s.leave); p.weigh(i, e, lane, d, boards) && price == Never {
			price, until = p.board[e][lane], s.leave+reachAhead
		}
		e = s.next
	}
	p.drop(start)
	return price
}

// weigh puts one departure among the options of a node that does not board its pattern
// yet: that is an option from the first departure on that one boards; one that was let go
// before says since when. It reports whether one boards.
func (p *Prices) weigh(i int, e Event, lane int, d depth, boards bool) bool {
	s := &p.steps[e]
	switch {
	case i < 0 && !boards:
		p.plans.scratch = append(p.plans.scratch, Option{Pattern: s.pattern, On: uint16(s.place), Until: Always})
	case i < 0:
		o := p.option(e, lane, d, Always)
		p.plans.scratch = append(p.plans.scratch, o)
	case boards:
		o := p.option(e, lane, d, p.tl.Scheduled[s.visit])
		p.plans.scratch[i] = o
	}
	return boards
}

// bound ends an option before a departure of its pattern that leads nowhere.
func (p *Prices) bound(i int, e Event, lane int) {
	if p.board[e][lane] >= Never {
		o := &p.plans.scratch[i]
		o.Until = min(o.Until, p.tl.Scheduled[p.steps[e].visit]-1)
	}
}

// drop takes away the patterns that were only let go.
func (p *Prices) drop(start int) {
	kept := slices.DeleteFunc(p.plans.scratch[start:], func(o Option) bool { return o.Until == Always })
	p.plans.scratch = p.plans.scratch[:start+len(kept)]
}

// known is where a pattern's place stands on the scratch, or -1.
func (p *Prices) known(start int, pattern transit.Pattern, on uint16) int {
	for i := start; i < len(p.plans.scratch); i++ {
		if o := &p.plans.scratch[i]; o.Pattern == pattern && o.On == on {
			return i
		}
	}
	return -1
}

// option is what one does on board of an event.
func (p *Prices) option(e Event, lane int, d depth, since transit.Seconds) Option {
	on := &p.steps[e]
	o := Option{Pattern: on.pattern, On: uint16(on.place), Since: since, Until: Ever}
	v := on.visit
	for p.alight[e][lane] == alightStay {
		v++
		e = p.tl.at[v]
	}
	o.Off = uint16(on.place + uint32(v+1-on.visit))
	if choice := p.alight[e][lane]; choice == alightHome {
		o.Via = Home
	} else {
		s := &p.steps[e]
		i := s.first + uint32(choice-alightLink)
		caught := p.catches[i].event
		o.Via, o.Then = p.links[i], p.node(caught, lane, d, p.steps[caught].leave-s.arrive)
	}
	return o
}

func (p *Prices) patternOf(v transit.Visit) transit.Pattern {
	return p.net.Timetable.Trips.Pattern[p.tl.Day.Trip[p.tl.Day.Owner[v]]]
}

// fall is the best other thing to do for somebody who stands at an event's stop:
// walk to another stop, or all the way.
func (p *Prices) fall(stop transit.Stop, e Event, lane int) Fall {
	best, event, cost := Fall{Via: Nowhere}, NoEvent, Never
	if walk := p.last[stop][lane]; walk >= 0 {
		cost = p.weights.Walk.Of(walk)
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
		best.Then = p.node(event, lane, plain, 0)
	}
	return best
}
