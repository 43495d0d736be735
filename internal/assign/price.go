package assign

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// alight says what somebody does when his vehicle arrives: stay on board, walk
// to the destination, or (from alightLink on) take a link of the stop to change.
type alight uint8

const (
	alightStay alight = iota
	alightHome
	alightLink
	alightMost = 255 // links past this many are not used
)

// strategy is what travellers to one destination do, wherever they are, from
// the first event on that any of them may take: which departures they board and
// what they do when the vehicle reaches its next stop.
type strategy struct {
	first  event
	board  []uint64 // bit by event
	alight []alight // by event
}

// strategyFrom lets nobody board anything from an event on.
func strategyFrom(first event, events int) strategy {
	n := events - int(first)
	return strategy{first: first, board: make([]uint64, (n+63)/64), alight: make([]alight, n)}
}

func (s *strategy) boards(e event) bool {
	i := uint(e - s.first)
	return s.board[i>>6]>>(i&63)&1 != 0
}

func (s *strategy) takes(e event) {
	i := uint(e - s.first)
	s.board[i>>6] |= 1 << (i & 63)
}

// after is what one does at the end of an event's ride.
func (s *strategy) after(e event) alight { return s.alight[e-s.first] }

// prices is one worker's scratch for the scan of one destination.
type prices struct {
	tl      *timeline
	weights Weights
	board   []Cost            // by event: boarding it, from its departure on
	wait    []Cost            // by event: the best from its stop at its departure, boarding it or waiting
	reach   []transit.Seconds // by event: when the best from there reaches the destination
	ends    []transit.Seconds // by event: when boarding it reaches the destination
	last    []transit.Seconds // by stop: the walk to the destination, or -1
	queue   []transit.Seconds // by event: the further wait of who joins just before it
	scanned int
}

func newPrices(tl *timeline, w Weights, stops int, queue []transit.Seconds) *prices {
	n := len(tl.day.Departures)
	p := &prices{
		tl: tl, weights: w, board: make([]Cost, n), wait: make([]Cost, n),
		reach: make([]transit.Seconds, n), ends: make([]transit.Seconds, n), last: make([]transit.Seconds, stops), queue: queue,
	}
	for s := range p.last {
		p.last[s] = -1
	}
	return p
}

// scan prices the departures from a time on towards one place, the last first.
// Prices of earlier ones are not to be read.
func (p *prices) scan(to demand.Place, access *network.Links, since transit.Seconds) strategy {
	stops, walks := access.Row(uint32(to))
	for i, stop := range stops {
		p.last[stop] = walks[i]
	}
	s := strategyFrom(p.tl.firstAt(since), len(p.board))
	for e := event(len(p.board) - 1); e >= s.first; e-- {
		p.price(e, &s)
		p.scanned++
	}
	for _, stop := range stops {
		p.last[stop] = -1
	}
	return s
}

// price works out one departure: first what riding on is worth, then whether
// somebody at the stop would rather wait.
func (p *prices) price(e event, s *strategy) {
	v := p.tl.day.Departures[e]
	onward, ends, choice := p.arriving(v + 1)
	s.alight[e-s.first] = choice
	cost := never
	if onward < never {
		cost = onward + ride.of(p.tl.day.Arrive[v+1]-p.tl.day.Depart[v])
	}
	p.board[e], p.ends[e] = cost, ends
	if !p.tl.boardable(v) {
		return
	}
	p.wait[e], p.reach[e] = p.joining(e)
	waiting := p.waitFor(e)
	if waiting < p.wait[e] {
		p.wait[e], p.reach[e] = waiting, p.reach[p.tl.next[e]]
	}
	if cost < never && cost <= waiting+ride.of(p.weights.Eager) {
		s.takes(e)
	}
}

// joining is the price of coming just before a departure and boarding when the
// queue lets one, and when that reaches the destination.
func (p *prices) joining(e event) (Cost, transit.Seconds) {
	if p.board[e] >= never {
		return never, 0
	}
	return p.board[e] + p.weights.Wait.of(p.queue[e]), p.ends[e] + p.queue[e]
}

// waitFor is the price of letting a departure go.
func (p *prices) waitFor(e event) Cost {
	next := p.tl.next[e]
	if next == noEvent || p.wait[next] >= never {
		return never
	}
	return p.wait[next] + p.weights.Wait.of(p.tl.leave(next)-p.tl.leave(e))
}

// arriving is the best that somebody on board can do when his vehicle reaches a
// visit, when that ends at the destination, and what it is.
func (p *prices) arriving(v transit.Visit) (Cost, transit.Seconds, alight) {
	best, ends, choice := p.staying(v)
	if p.tl.day.Boarding[v]&transit.MayAlight == 0 {
		return best, ends, choice
	}
	if walk := p.last[p.tl.day.Stop[v]]; walk >= 0 && p.weights.Walk.of(walk) <= best {
		best, ends, choice = p.weights.Walk.of(walk), p.tl.day.Arrive[v]+walk, alightHome
	}
	for i, c := range p.tl.catchesOf(v) {
		if i >= int(alightMost-alightLink) || c.event == noEvent {
			continue
		}
		if cost := p.wait[c.event] + c.cost; cost < best {
			best, ends, choice = cost, p.reach[c.event], alightLink+alight(i)
		}
	}
	return best, ends, choice
}

// staying is the price of remaining on board through a visit.
func (p *prices) staying(v transit.Visit) (Cost, transit.Seconds, alight) {
	e := p.tl.at[v]
	if e == noEvent || p.board[e] >= never {
		return never, 0, alightStay
	}
	return p.board[e] + ride.of(p.tl.day.Depart[v]-p.tl.day.Arrive[v]), p.ends[e], alightStay
}
