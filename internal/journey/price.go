package journey

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/transit"
)

// Width is how many destinations one scan prices side by side: what it reads of
// the day it reads once for all of them.
const Width = headway.Abreast

// Side by side, one entry a destination.
type (
	costs = [Width]Cost
	times = [Width]transit.Seconds
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
	again.caught, again.idling = f.catches, again.weights.idle()
	for e := range again.steps {
		again.steps[e] = again.step(Event(e))
	}
	for i := range f.calls {
		again.steps[f.calls[i].event].rank = uint32(i)
	}
	again.expect = newExpecting(again)
	return again
}

// Plainly makes prices scan as on a processor without vectors, or not: what they are is the same.
func (p *Prices) Plainly(plainly bool) *Prices {
	p.vector = vectors && !plainly
	return p
}

// Scan prices the departures from a time on towards up to Width places, the
// last first. Prices of earlier ones are not to be read. Timed scans also tell
// when journeys end.
func (p *Prices) Scan(to []demand.Place, since transit.Seconds, timed bool) {
	p.forget()
	p.timed, p.begin = timed, p.tl.First(since)
	p.mark(to)
	p.expect.forget()
	p.backwards()
	p.Scanned += len(to) * (len(p.board) - int(p.begin))
}

// backwards prices one departure after the other, the last first: many at once
// where none has to be asked about.
func (p *Prices) backwards() {
	e := Event(len(p.steps) - 1)
	for ; p.expect != nil && e >= p.begin; e-- {
		p.price(e)
	}
	for e >= p.begin {
		until := max(p.begin, e-stretch+1)
		if e = p.scan(e, until); e >= until {
			p.waiting(e)
			e--
		}
	}
}

// stretch is how many departures are priced before others may use the processor.
const stretch = 1024

// mark notes the walks from stops to the destinations.
func (p *Prices) mark(to []demand.Place) {
	p.plans.to = append(p.plans.to[:0], to...)
	for k, place := range to {
		p.eachLast(place, func(stop transit.Stop, walk transit.Seconds) {
			p.last[stop][k], p.home[stop][k], p.near[stop] = walk, p.weights.Walk.Of(walk), true
		})
	}
}

// forget clears the walks of the scan before.
func (p *Prices) forget() {
	for k, place := range p.plans.to {
		p.eachLast(place, func(stop transit.Stop, _ transit.Seconds) {
			p.last[stop][k], p.home[stop][k], p.near[stop] = -1, noHome, false
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

// price works out one departure of a city in which some lines have no minutes:
// first what riding on is worth, then whether somebody at the stop would rather wait.
func (p *Prices) price(e Event) {
	s, at := &p.steps[e], p.staying(&p.steps[e])
	if s.off >= 0 {
		p.walking(s, &at)
		p.changingExpectantly(e, &at)
	}
	p.ride(e, s, &at)
	switch {
	case s.kind == passes:
	case p.Promises(p.tl.Day.Stop[p.tl.Visit(e)]):
		p.expectant(e)
	default:
		p.waiting(e)
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
// thousandths, as in Memory) for a class.
func Felt(ride transit.Seconds, crowd uint16, c demand.Class) Cost {
	more := (int64(crowd) - 1000) * int64(c.Crowding) / 100
	return Cost(int64(Ride.Of(ride)) * (1000 + more) / 1000)
}

// laterOf is when the best from an event's stop ends, for who waits a little or long.
func (l *rows) laterOf(e Event, lane int, little bool) transit.Seconds {
	if little {
		return l.reach[e][lane]
	}
	return l.after[e][lane]
}

// stay is what not boarding a departure is worth, for who waits a little and
// for who waits long, and when that ends.
type stay struct {
	wait, idle   costs
	reach, after times
}

// waiting weighs joining the queue for a departure against letting it go.
func (p *Prices) waiting(e Event) {
	turns := p.memory.Queues.of(p.tl.Day.Departures[e])
	s := p.following(e, turns)
	if joins(turns, e) {
		board := &p.board[e]
		for k := range Width {
			if board[k] <= s.wait[k] {
				s.wait[k], s.reach[k] = board[k], p.ends[e][k]
			}
			if board[k] <= s.idle[k] {
				s.idle[k], s.after[k] = board[k], p.ends[e][k]
			}
		}
	}
	p.wait[e], p.idle[e] = s.wait, s.idle
	p.least[e] = lowest(&s.wait, &s.idle, p.weights.idle())
	if p.timed {
		p.reach[e], p.after[e] = s.reach, s.after
	}
}

// following is what comes when a departure has been let go: the next one or,
// where there is a queue, the vehicles on which one's turn comes.
func (p *Prices) following(e Event, turns []Turn) stay {
	var s stay
	next := p.tl.next[e]
	if len(turns) == 0 && next != NoEvent {
		p.next(e, next, &s)
		return s
	}
	for k := range Width {
		s.wait[k], s.idle[k] = Never, Never
	}
	for _, t := range turns {
		if t.Event != e && t.Event != NoEvent {
			p.turn(e, t, &s)
		}
	}
	return s
}

// next is waiting for the next departure.
func (p *Prices) next(e, next Event, s *stay) {
	gap := p.tl.Leave(next) - p.tl.Leave(e)
	wait, idle := &p.wait[next], &p.idle[next]
	for k := range Width {
		s.wait[k] = min(wait[k]+p.weights.Wait.Of(gap), Never)
		s.idle[k] = min(idle[k]+Ride.Of(gap), Never)
	}
	if p.timed {
		s.reach, s.after = p.reach[next], p.after[next]
	}
}

// turn is waiting for one's turn. Which of two is cheaper is a coin's toss for a
// processor that guesses, so nothing is guessed.
func (p *Prices) turn(e Event, t Turn, s *stay) {
	board, steep, flat := &p.board[t.Event], p.weights.Wait.Of(t.Wait), Ride.Of(t.Wait)
	if !p.timed {
		for k := range Width {
			s.wait[k], s.idle[k] = min(s.wait[k], board[k]+steep), min(s.idle[k], board[k]+flat)
		}
		return
	}
	ends, late := &p.ends[t.Event], p.tl.Leave(e)+t.Wait-p.tl.Leave(t.Event)
	for k := range Width {
		end := ends[k] + late
		s.wait[k], s.reach[k] = cheaper(board[k]+steep, s.wait[k], end, s.reach[k])
		s.idle[k], s.after[k] = cheaper(board[k]+flat, s.idle[k], end, s.after[k])
	}
}

// cheaper is a cost and its end, or another where the first is not below it.
func cheaper(cost, than Cost, end, other transit.Seconds) (Cost, transit.Seconds) {
	less := (cost - than) >> 31 // all ones where it is
	return than + (cost-than)&less, other + (end-other)&transit.Seconds(less)
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

// Joining is the price of coming just before a departure to board it, or what
// comes when the queue lets one, and when that reaches the destination of a lane;
// Never where it does not, and where nobody knows the departure's minute.
func (p *Prices) Joining(e Event, lane int) (Cost, transit.Seconds) {
	if p.expect != nil && p.expect.slot[e] != transit.None {
		return Never, 0
	}
	if len(p.memory.Queues.of(p.tl.Day.Departures[e])) > 0 {
		return p.Standing(e, lane, 0), p.laterOf(e, lane, p.wait[e][lane] <= p.idle[e][lane]+p.weights.idle())
	}
	return p.board[e][lane], p.ends[e][lane]
}

// Boarded is the departure that somebody gets on first who stands at an event's
// stop just before it leaves; NoEvent where none is.
func (p *Prices) Boarded(e Event, lane int) Event {
	for e != NoEvent {
		turns := p.memory.Queues.of(p.tl.Day.Departures[e])
		switch {
		case joins(turns, e) && p.board[e][lane] <= p.wait[e][lane]:
			return e
		case len(turns) > 0:
			return p.bestTurn(e, turns, lane)
		}
		e = p.tl.next[e]
	}
	return NoEvent
}

// bestTurn is the departure of somebody who waits for his turn.
func (p *Prices) bestTurn(e Event, turns []Turn, lane int) Event {
	best, least := NoEvent, Never
	for _, t := range turns {
		if t.Event == e || t.Event == NoEvent {
			continue
		}
		if cost := p.board[t.Event][lane] + p.weights.Wait.Of(t.Wait); cost < least {
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
	part, before := p.before(e, before)
	wait, idle := p.wait[e][lane], p.idle[e][lane]
	if part > 0 {
		wait, idle = between(wait, p.expect.little.past[e][lane], part), between(idle, p.expect.long.past[e][lane], part)
	}
	return min(wait+p.weights.Wait.Of(before), idle+p.weights.idle()+Ride.Of(before), Never)
}

// AtLeast is no more than Standing towards any destination of the block.
func (p *Prices) AtLeast(e Event, before transit.Seconds) Cost {
	if p.expect != nil {
		return 0
	}
	return p.least[e] + min(p.weights.Wait, Ride).Of(before)
}

// boards reports whether somebody who has waited so long boards a departure when
// he is offered a place: when that is no dearer than letting it go, or not by much.
func (p *Prices) boards(e Event, lane int, waited transit.Seconds) bool {
	board, w := p.board[e][lane], &p.weights
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
	if p.memory.Queues == nil || p.steps[e].kind != asks {
		// The best at a departure is the cheaper of boarding and letting it go.
		return p.wait[e][lane], p.idle[e][lane]
	}
	wait, idle = Never, Never
	for _, t := range p.memory.Queues.of(p.tl.Day.Departures[e]) {
		if t.Event != e && t.Event != NoEvent {
			price := p.board[t.Event][lane]
			wait, idle = min(wait, price+p.weights.Wait.Of(t.Wait)), min(idle, price+Ride.Of(t.Wait))
		}
	}
	return wait, idle
}
