package journey

import (
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// aboard is the price of a second on board.
const aboard = 100

// dear is the price of what cannot be done.
const dear = int64(1) << 60

// priced is the least price from each hop of a scan on, as few has the fewest boardings.
type priced struct {
	prefer Weights
	leave  transit.Seconds
	by     transit.Seconds // demand.Free where Leave is given
	first  int
	board  []int64
	wait   []int64
}

// Alternatives are the k cheapest journeys of which no two board the same set
// of lines, the cheapest first; fewer where there are no more, or none is found
// within mostStates. One who leaves at Leave pays for waiting for his first
// vehicle; where Leave is demand.Free, he has to be there by By and pays for
// being early at the price of a wait. Of the weights count Walk, Wait and Change.
// MaxBoardings is not looked at.
func (s *Search) Alternatives(q Query, k int, prefer Weights) []Journey {
	s.set(q.From, q.To)
	p := &s.priced
	p.prefer, p.leave, p.by, p.first = prefer, q.Leave, demand.Free, 0
	if q.Leave == demand.Free {
		p.by = q.By
	} else {
		p.first = s.ix.firstHop(q.Leave)
	}
	s.priceAll()
	return s.explore(q, k)
}

// priceAll scans the day backwards.
func (s *Search) priceAll() {
	p, past := &s.priced, len(s.ix.hops)
	if p.by != demand.Free {
		past = s.ix.firstHop(p.by + 1)
	}
	n := max(past-p.first, 0)
	p.board, p.wait = slices.Grow(p.board[:0], n)[:n], slices.Grow(p.wait[:0], n)[:n]
	for h := past - 1; h >= p.first; h-- {
		i := h - p.first
		p.board[i], p.wait[i] = s.priceOf(h), dear
		if s.ix.hops[h].board {
			p.wait[i] = min(p.board[i], p.letting(s.ix, h)+p.waitAt(s.ix.then[h]))
		}
	}
	s.Work.Scanned += uint64(n)
}

// priceOf is the least price from a hop's departure on for somebody on board.
func (s *Search) priceOf(h int) int64 {
	p, ix, hop := &s.priced, s.ix, &s.ix.hops[h]
	best := p.staying(ix, h)
	if hop.alight {
		if home := s.goal[hop.into]; home >= 0 {
			best = min(best, p.home(hop.arrive.seconds(), home))
		}
		catches := ix.catches[ix.catchAt[h]:ix.catchAt[h+1]]
		for i, c := range catches {
			if wait := p.waitAt(c); wait < dear {
				best = min(best, wait+p.changing(ix, h, i))
			}
		}
		s.Work.Relaxed += uint64(len(catches))
	}
	return min(best+aboard*int64(hop.arrive.seconds()-hop.leave.seconds()), dear)
}

// staying is the least price from a hop's arrival on for somebody who stays on board.
func (p *priced) staying(ix *Index, h int) int64 {
	n := ix.next[h]
	if n == none || int(n)-p.first >= len(p.board) {
		return dear
	}
	return min(p.board[int(n)-p.first]+aboard*int64(ix.hops[n].leave.seconds()-ix.hops[h].arrive.seconds()), dear)
}

// onFoot is the price of a walk, idle that of a wait.
func (p *priced) onFoot(time transit.Seconds) int64 { return int64(p.prefer.Walk) * int64(time) }
func (p *priced) idle(time transit.Seconds) int64   { return int64(p.prefer.Wait) * int64(time) }

// home is the price of the last walk, and of being early.
func (p *priced) home(at, walk transit.Seconds) int64 {
	price := p.onFoot(walk)
	if p.by != demand.Free {
		if at+walk > p.by {
			return dear
		}
		price += p.idle(p.by - at - walk)
	}
	return price
}

// waitAt is the least price from a stop as a hop leaves.
func (p *priced) waitAt(h int32) int64 {
	if h == none || int(h)-p.first >= len(p.wait) {
		return dear
	}
	return p.wait[int(h)-p.first]
}

// letting is the price of waiting for the next departure when a hop leaves.
func (p *priced) letting(ix *Index, h int) int64 {
	if t := ix.then[h]; t != none {
		return p.idle(ix.hops[t].leave.seconds() - ix.hops[h].leave.seconds())
	}
	return 0
}

// changing is the price of getting off a hop and standing at the i-th stop
// that is linked until its catch leaves.
func (p *priced) changing(ix *Index, h, i int) int64 {
	off := &ix.hops[h]
	walk := ix.transfer[ix.Network.Transfers.First[off.into]+uint32(i)]
	caught := &ix.hops[ix.catches[int(ix.catchAt[h])+i]]
	wait := caught.leave.seconds() - off.arrive.seconds() - walk
	return p.onFoot(walk) + p.idle(wait) + aboard*int64(p.prefer.Change)
}
