package journey

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// alight says what somebody does when his vehicle arrives: stay on board, walk
// to the destination, or (from alightLink on) take what can be caught there.
type alight uint8

const (
	alightStay alight = iota
	alightHome
	alightLink
	mostLinks = 256 - uint32(alightLink) // links past this many are not used
)

// Memory is what is known of a day from having played it. The zero Memory knows nothing yet.
type Memory struct {
	Queues *Queues
	// Crowd is how much longer than it is the ride from a visit to the next stop
	// feels, in thousandths: 1000 where everybody sits with room around him; nil: everywhere.
	Crowd []uint16
}

// Prices is one worker's scratch for the scan of a block of destinations.
type Prices struct {
	*Footing
	rows
	memory Memory

	begin  Event // the first event that is priced
	plans  planning
	expect *expecting // nil where all departures have minutes

	Scanned int // departures priced, summed over destinations
}

// NewPrices makes scratch for scans on a footing.
func NewPrices(f *Footing, m Memory) *Prices { return new(Prices).Again(f, m) }

// Again is NewPrices in the room of prices that are no longer used.
func (p *Prices) Again(f *Footing, m Memory) *Prices {
	events, stops := len(f.tl.Day.Departures), len(f.tl.stopAt)-1
	again := &Prices{Footing: f, memory: m}
	if len(p.steps) == events && len(p.near) == stops && len(p.alight) == len(f.tl.Day.Stop) {
		p.forget()
		again.rows, again.plans = p.rows, p.plans
		again.plans.to = again.plans.to[:0]
	} else {
		again.rows, again.plans = newRows(events, len(f.tl.Day.Stop), stops), planning{}
	}
	again.caught, again.queued, again.idling = f.catches, again.queued[:0], whole(again.weights.idle())
	for e := range again.steps {
		again.steps[e] = again.step(Event(e))
	}
	for i := range f.calls {
		again.steps[f.calls[i].event].rank = uint32(i)
	}
	again.expect = newExpecting(again)
	return again
}

// step gathers what pricing a departure takes, and the turns of its queue.
func (p *Prices) step(e Event) step {
	day, v, now := p.tl.Day, p.tl.Visit(e), p.tl.Leave(e)
	s := step{
		on: p.tl.at[v+1], off: -1, arrive: day.Arrive[v+1], rode: span(day.Arrive[v+1] - now),
		first: p.first[e], count: uint16(p.first[e+1] - p.first[e]), next: p.tl.next[e],
		visit: v, leave: now, due: p.tl.Scheduled[v],
	}
	s.hop = whole(p.felt(v, day.Arrive[v+1]-day.Depart[v]))
	if s.on != NoEvent {
		s.stand, s.onward = span(day.Depart[v+1]-day.Arrive[v+1]), span(p.tl.Leave(s.on)-now)
	}
	if day.Boarding[v+1]&transit.MayAlight != 0 {
		s.off = int32(day.Stop[v+1])
	}
	if s.next != NoEvent {
		s.little, s.gap = p.weights.waited(now, p.tl.Leave(s.next)), span(p.tl.Leave(s.next)-now)
	}
	if p.tl.boardable(v) {
		s.kind = leaves
		p.lineUp(e, &s)
	}
	return s
}

// lineUp lists the turns of who comes just before a departure.
func (p *Prices) lineUp(e Event, s *step) {
	turns := p.memory.Queues.of(s.visit)
	if len(turns) == 0 {
		return
	}
	s.kind, s.turn = asks, uint32(len(p.queued))
	for _, t := range turns {
		switch t.Event {
		case e:
			s.kind = shares
		case NoEvent:
		default:
			p.queued = append(p.queued, queued{t.Event, whole(p.weights.Wait.Of(t.Wait)), span(t.Wait)})
			s.turns++
		}
	}
}

// Plainly makes prices scan as on a processor without vectors, or not: what they are is the same.
func (p *Prices) Plainly(plainly bool) *Prices {
	p.vector = vectors && !plainly
	return p
}

// Scan prices the departures from a time on towards up to WidthOf places, the
// last first. Prices of earlier ones are not to be read. Timed scans also tell
// when journeys end.
func (p *Prices) Scan(to []demand.Place, since transit.Seconds, timed bool) {
	p.forget()
	p.begin = p.tl.First(since)
	p.endsWith(timed)
	p.mark(to)
	p.backwards()
	p.Scanned += len(to) * (len(p.steps) - int(p.begin))
}

// backwards prices one departure after the other, the last first: many at once
// where none has to be asked about.
func (p *Prices) backwards() {
	e := Event(len(p.steps) - 1)
	if p.expect != nil {
		p.expect.forget()
		for ; e >= p.begin; e-- {
			p.finely(e)
		}
		return
	}
	for ; e >= p.begin; e -= stretch {
		p.scan(e, max(p.begin, e-stretch+1))
	}
}

// stretch is how many departures are priced before others may use the processor.
const stretch = 1024

// mark notes the walks from stops to the destinations. Lanes that are left over go to the
// first destination too: a lane that leads nowhere would make every change worth a look.
func (p *Prices) mark(to []demand.Place) {
	p.plans.to = append(p.plans.to[:0], to...)
	for k := range Width {
		place := to[0]
		if k < len(to) {
			place = to[k]
		}
		p.eachLast(place, func(stop transit.Stop, walk transit.Seconds) {
			p.last[stop][k], p.home[stop][k], p.near[stop] = span(walk), whole(p.weights.Walk.Of(walk)), true
		})
	}
}

// forget clears the walks of the scan before.
func (p *Prices) forget() {
	for _, place := range p.plans.to {
		p.eachLast(place, func(stop transit.Stop, _ transit.Seconds) {
			p.last[stop], p.home[stop], p.near[stop] = noWay, noWay, false
		})
	}
}

// eachLast hands over the stops from which a place is a walk away.
func (p *Prices) eachLast(place demand.Place, hand func(transit.Stop, transit.Seconds)) {
	access := &p.net.Access
	for l := access.First[place]; l < access.First[place+1]; l++ {
		if walk, _, ok := access.WalkOf(l, p.class); ok {
			hand(access.To[l], walk)
		}
	}
}

// felt is what the ride from a visit to the next one costs.
func (p *Prices) felt(v transit.Visit, ride transit.Seconds) Cost {
	if p.memory.Crowd == nil {
		return Ride.Of(ride)
	}
	return Felt(ride, p.memory.Crowd[v], p.class)
}

// Felt is what a ride of so many seconds costs in a vehicle so crowded (in
// thousandths, as in Memory) for a class, in whole seconds.
func Felt(ride transit.Seconds, crowd uint16, c demand.Class) Cost {
	more := (int64(crowd) - 1000) * int64(c.Crowding) / 100
	return whole(Cost(int64(Ride.Of(ride)) * (1000 + more) / 1000)).cost()
}

// joins reports whether who comes just before a departure gets on it.
func joins(turns []Turn, e Event) bool {
	for _, t := range turns {
		if t.Event == e {
			return true
		}
	}
	return len(turns) == 0
}

// boarding is the price of boarding a departure towards the destination of a lane.
func (p *Prices) boarding(e Event, lane int) Cost {
	if p.expect != nil {
		return p.expect.board[e][lane]
	}
	return p.offers[e].board[lane].cost()
}

// stands is the price of standing at a departure's stop as it leaves, for who waits
// a little and for who has waited long.
func (p *Prices) stands(e Event, lane int) (wait, idle Cost) {
	if x := p.expect; x != nil {
		return x.little.at[e][lane], x.long.at[e][lane]
	}
	o := &p.offers[e]
	return o.wait[lane].cost(), o.idle[lane].cost()
}

// boardedEnds is when boarding a departure reaches the destination of a lane; timed scans only.
func (p *Prices) boardedEnds(e Event, lane int) transit.Seconds {
	if p.expect != nil {
		return p.expect.ends[e][lane]
	}
	return p.tl.Leave(e) + transit.Seconds(p.endings[e].board[lane])
}

// laterOf is when the best from an event's stop ends, for who waits a little or long.
func (p *Prices) laterOf(e Event, lane int, little bool) transit.Seconds {
	if p.expect != nil {
		return p.expect.column(little).reach[e][lane]
	}
	return p.tl.Leave(e) + transit.Seconds(p.endings[e].ofWait(lane, little))
}

// Joining is the price of coming just before a departure to board it, or what
// comes when the queue lets one, and when that reaches the destination of a lane;
// Never where it does not, and where nobody knows the departure's minute.
func (p *Prices) Joining(e Event, lane int) (Cost, transit.Seconds) {
	if p.expect != nil && p.expect.slot[e] != transit.None {
		return Never, 0
	}
	if p.memory.Queues != nil && p.steps[e].kind > leaves {
		wait, idle := p.stands(e, lane)
		return min(wait, idle+p.weights.idle(), Never), p.laterOf(e, lane, wait <= idle+p.weights.idle())
	}
	return p.boarding(e, lane), p.boardedEnds(e, lane)
}

// Boarded is the departure that somebody gets on first who stands at an event's
// stop just before it leaves; NoEvent where none is.
func (p *Prices) Boarded(e Event, lane int) Event {
	for e != NoEvent {
		turns := p.memory.Queues.of(p.tl.Day.Departures[e])
		switch {
		case joins(turns, e) && p.isBest(e, lane):
			return e
		case len(turns) > 0:
			return p.bestTurn(e, turns, lane)
		}
		e = p.tl.next[e]
	}
	return NoEvent
}

// isBest reports whether waiting a little is not cheaper than boarding a departure.
func (p *Prices) isBest(e Event, lane int) bool {
	wait, _ := p.stands(e, lane)
	return p.boarding(e, lane) <= wait
}

// bestTurn is the departure of somebody who waits for his turn.
func (p *Prices) bestTurn(e Event, turns []Turn, lane int) Event {
	best, least := NoEvent, Never
	for _, t := range turns {
		if t.Event == e || t.Event == NoEvent {
			continue
		}
		if cost := p.boarding(t.Event, lane) + p.weights.Wait.Of(t.Wait); cost < least {
			best, least = t.Event, cost
		}
	}
	return best
}

// Standing is the price of standing at an event's stop so many seconds before it
// leaves, and after all others have, towards the destination of a lane: boarding or
// waiting, whichever is better; Never where nothing leads there. Where lines have
// no minutes it is a mean.
func (p *Prices) Standing(e Event, lane int, before transit.Seconds) Cost {
	if p.expect != nil {
		return p.expectedAt(e, lane, before)
	}
	o, leave := &p.offers[e], p.tl.Leave(e)
	little := o.wait[lane].and(p.weights.waited(leave-before, leave))
	return min(little, o.idle[lane].and(p.idling).and(span(before))).cost()
}

// AtLeast is no more than Standing towards any destination of the block.
func (p *Prices) AtLeast(e Event, before transit.Seconds) Cost {
	if p.expect != nil {
		return 0
	}
	return p.least[e].and(p.weights.leastOf(before)).cost()
}

// boards reports whether somebody who has waited so long boards a departure when
// he is offered a place: when that is no dearer than letting it go, or not by much.
func (p *Prices) boards(e Event, lane int, waited transit.Seconds) bool {
	board, w := p.boarding(e, lane), &p.weights
	if board >= Never {
		return false
	}
	if p.expect != nil && p.Promises(p.tl.Day.Stop[p.tl.Visit(e)]) {
		return p.accepts(e, lane, waited)
	}
	wait, idle := p.let(e, lane)
	return board <= min(wait, idle+w.stillIdle(waited), Never)+Ride.Of(w.Eager)
}

// let is what letting a departure go is worth, for who waits a little and for who
// waits long; where that is no cheaper than boarding it may be less than it is.
func (p *Prices) let(e Event, lane int) (wait, idle Cost) {
	if p.memory.Queues == nil || p.steps[e].kind <= leaves {
		// The best at a departure is the cheaper of boarding and letting it go.
		return p.stands(e, lane)
	}
	wait, idle = Never, Never
	for _, t := range p.memory.Queues.of(p.tl.Day.Departures[e]) {
		if t.Event != e && t.Event != NoEvent {
			price := p.boarding(t.Event, lane)
			wait, idle = min(wait, price+p.weights.Wait.Of(t.Wait)), min(idle, price+Ride.Of(t.Wait))
		}
	}
	return wait, idle
}
