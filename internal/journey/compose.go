package journey

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// planning is the scratch of making plans after a scan. Nodes are numbered when they
// are asked for, and composed some at a time: what they read of the day lies far
// apart, and is fetched for several while one alone would wait for it.
type planning struct {
	Plans  // of the lane
	memo   memo
	wanted []wanted // nodes that are still to be composed
	drafts []draft  // options of the node that is being composed
	rides  []riding // options whose rides are still to be followed
	ahead  ahead
	out    *Plans // where they go
	to     []demand.Place
}

// wanted is a node that is to be composed: of who stands at an event's stop just before it.
type wanted struct {
	node   uint32
	event  Event
	waited transit.Seconds
	depth  depth
	lane   int
}

// draft is an option of which it is known what is boarded, and not yet where that leads.
type draft struct {
	Option
	event Event
	last  Event // of its pattern's departures that were looked at
}

// riding is an option that is followed to where one gets off.
type riding struct {
	option uint32        // of the plans
	event  Event         // at first what is boarded, then the last departure before one gets off
	last   Event         // of its pattern's departures that the node looked at
	past   uint32        // where the calls end that the node looked at
	visit  transit.Visit // that the ride begins with
	depth  depth
	lane   int
	choice alight
	caught Event
}

// together is how many nodes are composed at a time.
const together = 16

// want is the node of an event, numbered when it is not known yet.
func (p *Prices) want(e Event, lane int, d depth, before transit.Seconds) uint32 {
	waited := min(int(before/spell), spells-1)
	about := standingAt(e, waited, d)
	if known, ok := p.plans.memo.node(about); ok {
		return known
	}
	node := uint32(len(p.plans.Node))
	p.plans.Node = append(p.plans.Node, Node{})
	p.plans.memo.keep(about, node)
	p.plans.wanted = append(p.plans.wanted, wanted{node, e, transit.Seconds(waited) * spell, d, lane})
	return node
}

// Finish composes all nodes that were asked for since Begin, and those to which they lead.
func (p *Prices) Finish() {
	var some [together]wanted
	for len(p.plans.wanted) > 0 {
		from := max(len(p.plans.wanted)-together, 0)
		now := some[:copy(some[:], p.plans.wanted[from:])]
		p.plans.wanted = p.plans.wanted[:from]
		p.lookAhead(now)
		for i := range now {
			p.compose(&now[i])
		}
		p.follow()
	}
	p.plans.out.Node, p.plans.out.Option = slices.Clone(p.plans.Node), slices.Clone(p.plans.Option)
}

// compose gathers the options of a node.
func (p *Prices) compose(w *wanted) {
	rank, stop := p.steps[w.event].rank, p.tl.Day.Stop[p.steps[w.event].visit]
	price, seen := p.gather(w, p.calls[rank:p.past(stop)])
	slices.SortFunc(p.plans.drafts, func(a, b draft) int {
		return cmp.Or(cmp.Compare(a.Pattern, b.Pattern), cmp.Compare(a.On, b.On))
	})
	out := &p.plans.Plans
	n := Node{Stop: stop, First: uint32(len(out.Option)), Price: price, Fall: Fall{Via: Nowhere}}
	for _, d := range p.plans.drafts {
		p.plans.rides = append(p.plans.rides, riding{option: uint32(len(out.Option)), event: d.event, last: d.last, past: rank + seen, depth: w.depth, lane: w.lane})
		out.Option = append(out.Option, d.Option)
	}
	n.End = uint32(len(out.Option))
	if w.depth == fallen {
		n.Fall = p.fall(stop, w.event, w.lane)
	}
	out.Node[w.node] = n
}

// gather puts the options of a node on the drafts and returns the price of the first, and how
// many calls it has seen. Who boards at a time has waited as long as he had at the node's event, and since.
func (p *Prices) gather(w *wanted, calls []call) (price Cost, seen uint32) {
	p.plans.drafts = p.plans.drafts[:0]
	since, until := w.waited-calls[0].leave, Ever
	price, seen = Never, uint32(len(calls))
	for k := range calls {
		c := &calls[k]
		if c.leave > until {
			seen = uint32(k)
			break
		}
		i := p.known(c)
		if i >= 0 && p.plans.drafts[i].Until != Always {
			p.plans.drafts[i].last = c.event
			continue
		}
		if p.weigh(i, c, p.boards(c.event, w.lane, since+c.leave)) && price == Never {
			price, until = p.boarding(c.event, w.lane), c.leave+reachAhead
		}
	}
	p.plans.drafts = slices.DeleteFunc(p.plans.drafts, func(d draft) bool { return d.Until == Always })
	return price, seen
}

// weigh puts one departure among the options of a node that does not board its pattern
// yet: that is an option from the first departure on that one boards; one that was let go
// before says since when. It reports whether one boards.
func (p *Prices) weigh(i int, c *call, boards bool) bool {
	d := draft{Option{Pattern: c.pattern, On: c.place, Since: Always, Until: Ever}, c.event, c.event}
	switch {
	case i < 0 && !boards:
		d.Until = Always
		p.plans.drafts = append(p.plans.drafts, d)
	case i < 0:
		p.plans.drafts = append(p.plans.drafts, d)
	case boards:
		d.Since = p.steps[c.event].due
		p.plans.drafts[i] = d
	}
	return boards
}

// bound ends options before a departure of their patterns that leads nowhere. Where the last
// one that was seen leads somewhere so do those before it, from which one could change to it.
func (p *Prices) bound(rides []riding) {
	for i := range rides {
		if r := &rides[i]; p.boarding(r.last, r.lane) >= Never {
			p.end(r)
		}
	}
}

// end ends an option before the first departure of its pattern that leads nowhere.
func (p *Prices) end(r *riding) {
	o := &p.plans.Option[r.option]
	for _, c := range p.calls[p.steps[r.event].rank+1 : r.past] {
		if c.pattern == o.Pattern && c.place == o.On && p.boarding(c.event, r.lane) >= Never {
			o.Until = min(o.Until, p.tl.Scheduled[p.tl.Visit(c.event)]-1)
		}
	}
}

// known is where a call's pattern and place stand on the drafts, or -1.
func (p *Prices) known(c *call) int {
	for i := range p.plans.drafts {
		if d := &p.plans.drafts[i]; d.Pattern == c.pattern && d.On == c.place {
			return i
		}
	}
	return -1
}

// follow finds where all options that were just gathered lead: first where one gets
// off, then what is caught there, each for all of them.
func (p *Prices) follow() {
	rides, out := p.plans.rides, &p.plans.Plans
	p.bound(rides)
	p.glanceAlong(rides)
	for i := range rides {
		p.getOff(&rides[i])
	}
	for i := range rides {
		if r := &rides[i]; r.choice != alightHome {
			link := p.steps[r.event].first + uint32(r.choice-alightLink)
			r.caught, out.Option[r.option].Via = p.catches[link].event, p.links[link]
		}
	}
	for i := range rides {
		if r := &rides[i]; r.choice != alightHome {
			p.plans.ahead.read += p.steps[r.caught].rank
		}
	}
	for i := range rides {
		r := &rides[i]
		if r.choice == alightHome {
			out.Option[r.option].Via = Home
			continue
		}
		then := p.want(r.caught, r.lane, r.depth, p.steps[r.caught].leave-p.steps[r.event].arrive)
		out.Option[r.option].Then = then
	}
	p.plans.rides = rides[:0]
}

// farAlong is how many visits of a ride are read ahead, and inLine how many lie in a line of the processor's cache.
const (
	farAlong = 16
	inLine   = 4
)

// glanceAlong reads where rides may end before it is asked: nobody can guess where they do,
// and a processor that guesses wrong waits for each line of memory by itself.
func (p *Prices) glanceAlong(rides []riding) {
	sum, most := uint32(0), transit.Visit(len(p.alight)-1)
	for i := range rides {
		rides[i].visit = p.steps[rides[i].event].visit
	}
	for i := range rides {
		for v := rides[i].visit; v < rides[i].visit+farAlong; v += inLine {
			sum += uint32(p.alight[min(v, most)][0])
		}
	}
	p.plans.ahead.read += sum
}

// getOff rides to where one gets off.
func (p *Prices) getOff(r *riding) {
	from := r.visit
	v := from
	for p.alight[v][r.lane] == alightStay {
		v++
	}
	r.choice, r.event = p.alight[v][r.lane], p.tl.at[v]
	o := &p.plans.Option[r.option]
	o.Off = o.On + uint16(v-from) + 1
}

// ahead is what is read before it is needed, so that it is near then: the
// departures that some nodes look at.
type ahead struct {
	first, past [together]uint32 // of the calls, by node
	read        uint32           // a sum of what was read, for which nobody asks
}

// mostAhead is how many departures are read ahead of each node at most.
const mostAhead = 8

// lookAhead reads what some nodes are going to need. It decides nothing: without it
// they find the same, later.
func (p *Prices) lookAhead(some []wanted) {
	a := &p.plans.ahead
	for i, w := range some {
		a.first[i] = p.steps[w.event].rank
	}
	for i := range some {
		a.past[i] = p.within(a.first[i])
	}
	sum := uint32(0)
	for i, w := range some {
		for k := range p.calls[a.first[i]:a.past[i]] {
			sum += p.glance(p.calls[a.first[i]+uint32(k)].event, w.lane)
		}
	}
	a.read += sum
}

// glance reads what a departure is worth.
func (p *Prices) glance(e Event, lane int) uint32 {
	if p.expect != nil {
		return 0
	}
	o := &p.offers[e]
	return uint32(o.board[lane]) + uint32(o.idle[lane])
}

// within is where the departures end that who comes for one will look at, as far
// as they are worth reading ahead: those of the same stop, up to reachAhead.
func (p *Prices) within(first uint32) uint32 {
	calls := p.calls[first:min(first+mostAhead, uint32(len(p.calls)))]
	n := uint32(1)
	for n < uint32(len(calls)) && calls[n].leave >= calls[0].leave && calls[n].leave <= calls[0].leave+reachAhead {
		n++
	}
	return first + n
}
