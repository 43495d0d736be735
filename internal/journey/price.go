package journey

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// Width is how many destinations one scan prices side by side: what it reads of
// the day it reads once for all of them.
const Width = 8

// Side by side, one entry a destination.
type (
	costs [Width]Cost
	times [Width]transit.Seconds
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
	memory Memory

	board []costs // by event: boarding it, from its departure on
	wait  []costs // by event: the best from its stop at its departure, boarding it or waiting
	last  []times // by stop: the walk to the destination, or -1
	near  []bool  // by stop: some destination is a walk away

	// timed blocks also know when journeys end; crowds that only want to get
	// home need it not.
	timed bool
	ends  []times // by event: when boarding it reaches the destination
	reach []times // by event: when the best from there does

	begin  Event           // the first event that is priced
	boards []uint8         // by event: who boards it when he is offered a place, a bit for each destination
	alight [][Width]alight // by event: what one does at the end of its ride
	plans  planning

	Scanned int // departures priced, summed over destinations
}

// NewPrices makes scratch for scans on a footing.
func NewPrices(f *Footing, m Memory) *Prices {
	n, stops := len(f.tl.Day.Departures), len(f.tl.stopAt)-1
	p := &Prices{
		Footing: f, memory: m, board: make([]costs, n), wait: make([]costs, n), boards: make([]uint8, n), alight: make([][Width]alight, n),
		ends: make([]times, n), reach: make([]times, n), last: make([]times, stops), near: make([]bool, stops),
	}
	for s := range p.last {
		for k := range Width {
			p.last[s][k] = -1
		}
	}
	p.plans.memo = [2][]uint32{make([]uint32, n), make([]uint32, n)}
	return p
}

// Scan prices the departures from a time on towards up to Width places, the
// last first. Prices of earlier ones are not to be read. Timed scans also tell
// when journeys end.
func (p *Prices) Scan(to []demand.Place, since transit.Seconds, timed bool) {
	p.forget()
	p.timed, p.begin = timed, p.tl.First(since)
	p.mark(to)
	for e := Event(len(p.board) - 1); e >= p.begin; e-- {
		p.price(e)
	}
	p.Scanned += len(to) * (len(p.board) - int(p.begin))
}

// mark notes the walks from stops to the destinations.
func (p *Prices) mark(to []demand.Place) {
	p.plans.to = append(p.plans.to[:0], to...)
	for k, place := range to {
		p.eachLast(place, func(stop transit.Stop, walk transit.Seconds) {
			p.last[stop][k], p.near[stop] = walk, true
		})
	}
}

// forget clears the walks of the scan before.
func (p *Prices) forget() {
	for k, place := range p.plans.to {
		p.eachLast(place, func(stop transit.Stop, _ transit.Seconds) {
			p.last[stop][k], p.near[stop] = -1, false
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

// price works out one departure: first what riding on is worth, then whether
// somebody at the stop would rather wait.
func (p *Prices) price(e Event) {
	v := p.tl.Day.Departures[e]
	var best costs
	choice := &p.alight[e]
	*choice = [Width]alight{}
	p.staying(v+1, e, &best)
	if p.tl.Day.Boarding[v+1]&transit.MayAlight != 0 {
		p.walking(v+1, e, &best, choice)
		p.changing(v+1, e, &best, choice)
	}
	hop, board := p.felt(v, p.tl.Day.Arrive[v+1]-p.tl.Day.Depart[v]), &p.board[e]
	for k := range Width {
		board[k] = min(best[k]+hop, Never)
	}
	p.boards[e] = 0
	if p.tl.boardable(v) {
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

// staying is remaining on board through a visit, and when that ends.
func (p *Prices) staying(v transit.Visit, e Event, best *costs) {
	on := p.tl.at[v]
	if on == NoEvent {
		for k := range Width {
			best[k] = Never
		}
		return
	}
	stand, board := Ride.Of(p.tl.Day.Depart[v]-p.tl.Day.Arrive[v]), &p.board[on]
	for k := range Width {
		best[k] = min(board[k]+stand, Never)
	}
	if p.timed {
		p.ends[e] = p.ends[on]
	}
}

// walking is getting off at a visit and going home on foot, where that is no dearer.
func (p *Prices) walking(v transit.Visit, e Event, best *costs, choice *[Width]alight) {
	stop := p.tl.Day.Stop[v]
	if !p.near[stop] {
		return
	}
	for k, walk := range p.last[stop] {
		if walk >= 0 && p.weights.Walk.Of(walk) <= best[k] {
			best[k], choice[k] = p.weights.Walk.Of(walk), alightHome
			p.ends[e][k] = p.tl.Day.Arrive[v] + walk
		}
	}
}

// changing is getting off at a visit for another vehicle, where that is cheaper.
func (p *Prices) changing(v transit.Visit, e Event, best *costs, choice *[Width]alight) {
	for i, c := range p.of(v) {
		wait := &p.wait[c.event]
		for k := range Width {
			if cost := wait[k] + c.cost; cost < best[k] {
				best[k], choice[k] = cost, alightLink+alight(i)
				if p.timed {
					p.ends[e][k] = p.reach[c.event][k]
				}
			}
		}
	}
}

// waiting weighs joining the queue for a departure against letting it go, and
// marks who boards it when he is offered a place.
func (p *Prices) waiting(e Event) {
	turns := p.memory.Queues.of(p.tl.Day.Departures[e])
	let, later := p.letting(e, turns)
	board, wait := &p.board[e], &p.wait[e]
	*wait = let
	if p.timed {
		p.reach[e] = later
	}
	eager, own := Ride.Of(p.weights.Eager), joins(turns, e)
	bits := uint8(0)
	for k := range Width {
		if board[k] < Never && board[k] <= let[k]+eager {
			bits |= 1 << k
		}
		if own && board[k] <= let[k] {
			wait[k] = board[k]
			if p.timed {
				p.reach[e][k] = p.ends[e][k]
			}
		}
	}
	p.boards[e] = bits
}

// letting is what letting a departure go is worth, and when that ends: what
// follows at the stop or, where there is a queue, the vehicles on which one's turn comes.
func (p *Prices) letting(e Event, turns []Turn) (let costs, later times) {
	if len(turns) == 0 {
		return p.following(e)
	}
	for k := range Width {
		let[k] = Never
	}
	for _, t := range turns {
		if t.Event == e || t.Event == NoEvent {
			continue
		}
		gap, board := p.weights.Wait.Of(t.Wait), &p.board[t.Event]
		for k := range Width {
			if cost := min(board[k]+gap, Never); cost < let[k] {
				let[k] = cost
				later[k] = p.ends[t.Event][k] + p.tl.Leave(e) + t.Wait - p.tl.Leave(t.Event)
			}
		}
	}
	return let, later
}

// following is what standing at the stop is worth when a departure has been let go.
func (p *Prices) following(e Event) (let costs, later times) {
	next := p.tl.next[e]
	if next == NoEvent {
		for k := range Width {
			let[k] = Never
		}
		return let, later
	}
	gap, wait := p.weights.Wait.Of(p.tl.Leave(next)-p.tl.Leave(e)), &p.wait[next]
	for k := range Width {
		let[k] = min(wait[k]+gap, Never)
	}
	if p.timed {
		later = p.reach[next]
	}
	return let, later
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
// Never where it does not.
func (p *Prices) Joining(e Event, lane int) (Cost, transit.Seconds) {
	if len(p.memory.Queues.of(p.tl.Day.Departures[e])) > 0 {
		return p.wait[e][lane], p.reach[e][lane]
	}
	return p.board[e][lane], p.ends[e][lane]
}

// Standing is the price of standing at an event's stop when it leaves, towards
// the destination of a lane: boarding or waiting, whichever is better.
func (p *Prices) Standing(e Event, lane int) Cost { return p.wait[e][lane] }
