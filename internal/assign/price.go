package assign

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Side by side, one entry a destination.
type (
	costs [width]Cost
	times [width]transit.Seconds
)

// prices is one worker's scratch for the scan of a block of destinations.
type prices struct {
	tl      *timeline
	weights Weights
	queue   []transit.Seconds // by event: the further wait of who joins just before it

	board []costs // by event: boarding it, from its departure on
	wait  []costs // by event: the best from its stop at its departure, boarding it or waiting
	last  []times // by stop: the walk to the destination, or -1
	near  []bool  // by stop: some destination is a walk away

	// timed blocks also know when journeys end; crowds that only want to get
	// home need it not.
	timed bool
	ends  []times // by event: when boarding it reaches the destination
	reach []times // by event: when the best from there does

	block   *block
	scanned int
}

func newPrices(tl *timeline, w Weights, stops int, queue []transit.Seconds) *prices {
	n := len(tl.day.Departures)
	p := &prices{
		tl: tl, weights: w, queue: queue, board: make([]costs, n), wait: make([]costs, n),
		ends: make([]times, n), reach: make([]times, n), last: make([]times, stops), near: make([]bool, stops),
	}
	for s := range p.last {
		for k := range width {
			p.last[s][k] = -1
		}
	}
	return p
}

// scan prices the departures from a time on towards up to width places, the
// last first. Prices of earlier ones are not to be read.
func (p *prices) scan(to []demand.Place, access *network.Links, since transit.Seconds, timed bool) *block {
	p.timed = timed
	p.block = blockFrom(p.tl.firstAt(since), len(p.board))
	p.mark(to, access, true)
	for e := event(len(p.board) - 1); e >= p.block.first; e-- {
		p.price(e)
	}
	p.mark(to, access, false)
	p.scanned += len(to) * len(p.block.board)
	return p.block
}

// mark notes the walks from stops to the destinations, or forgets them again.
func (p *prices) mark(to []demand.Place, access *network.Links, note bool) {
	for k, place := range to {
		stops, walks := access.Row(uint32(place))
		for i, stop := range stops {
			p.last[stop][k], p.near[stop] = -1, note
			if note {
				p.last[stop][k] = walks[i]
			}
		}
	}
}

// price works out one departure: first what riding on is worth, then whether
// somebody at the stop would rather wait.
func (p *prices) price(e event) {
	v := p.tl.day.Departures[e]
	var best costs
	choice := &p.block.alight[e-p.block.first]
	p.staying(v+1, e, &best)
	if p.tl.day.Boarding[v+1]&transit.MayAlight != 0 {
		p.walking(v+1, e, &best, choice)
		p.changing(v+1, e, &best, choice)
	}
	hop, board := ride.of(p.tl.day.Arrive[v+1]-p.tl.day.Depart[v]), &p.board[e]
	for k := range width {
		board[k] = min(best[k]+hop, never)
	}
	if p.tl.boardable(v) {
		p.waiting(e)
	}
}

// staying is remaining on board through a visit, and when that ends.
func (p *prices) staying(v transit.Visit, e event, best *costs) {
	on := p.tl.at[v]
	if on == noEvent {
		for k := range width {
			best[k] = never
		}
		return
	}
	stand, board := ride.of(p.tl.day.Depart[v]-p.tl.day.Arrive[v]), &p.board[on]
	for k := range width {
		best[k] = min(board[k]+stand, never)
	}
	if p.timed {
		p.ends[e] = p.ends[on]
	}
}

// walking is getting off at a visit and going home on foot, where that is no dearer.
func (p *prices) walking(v transit.Visit, e event, best *costs, choice *[width]alight) {
	stop := p.tl.day.Stop[v]
	if !p.near[stop] {
		return
	}
	for k, walk := range p.last[stop] {
		if walk >= 0 && p.weights.Walk.of(walk) <= best[k] {
			best[k], choice[k] = p.weights.Walk.of(walk), alightHome
			p.ends[e][k] = p.tl.day.Arrive[v] + walk
		}
	}
}

// changing is getting off at a visit for another vehicle, where that is cheaper.
func (p *prices) changing(v transit.Visit, e event, best *costs, choice *[width]alight) {
	for i, c := range p.tl.catchesOf(v) {
		if i >= int(alightMost-alightLink) || c.event == noEvent {
			continue
		}
		wait := &p.wait[c.event]
		for k := range width {
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
func (p *prices) waiting(e event) {
	later, gap := costs{}, never
	next := p.tl.next[e]
	if next != noEvent {
		later, gap = p.wait[next], p.weights.Wait.of(p.tl.leave(next)-p.tl.leave(e))
	}
	board, wait := &p.board[e], &p.wait[e]
	queued, eager := p.weights.Wait.of(p.queue[e]), ride.of(p.weights.Eager)
	bits := uint8(0)
	for k := range width {
		let := min(later[k]+gap, never)
		wait[k] = min(board[k]+queued, let)
		if board[k] < never && board[k] <= let+eager {
			bits |= 1 << k
		}
	}
	p.block.board[e-p.block.first] = bits
	if p.timed {
		p.reaching(e, next)
	}
}

// reaching is when the best from a departure on ends.
func (p *prices) reaching(e, next event) {
	for k := range width {
		_, p.reach[e][k] = p.joining(e, k)
		if next != noEvent && p.wait[e][k] < p.board[e][k]+p.weights.Wait.of(p.queue[e]) {
			p.reach[e][k] = p.reach[next][k]
		}
	}
}

// joining is the price of coming just before a departure and boarding when the
// queue lets one, and when that reaches the destination.
func (p *prices) joining(e event, lane int) (Cost, transit.Seconds) {
	cost := min(p.board[e][lane]+p.weights.Wait.of(p.queue[e]), never)
	return cost, p.ends[e][lane] + p.queue[e]
}
