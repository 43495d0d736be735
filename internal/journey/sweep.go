package journey

import "github.com/qala-city/qala/internal/transit"

// forward finds when one is where: it looks at the departures from a second
// on, the earliest first, until one leaves after the bound, and gives the
// earliest arrival at the goal. A tight bound comes down to that as it is found.
func (s *Search) forward(leave, bound transit.Seconds, tight bool) transit.Seconds {
	s.depart(s.ready, leave)
	return s.sweep(leave, bound, tight, s.ready, s.ready)
}

// forwardWithin is forward with so many boardings at most: each pass over the
// departures boards where the one before got to.
func (s *Search) forwardWithin(leave, bound transit.Seconds, boardings int) transit.Seconds {
	best := bound
	s.depart(s.ready, leave)
	for range boardings {
		s.depart(s.later, leave)
		best = s.sweep(leave, best, true, s.ready, s.later)
		s.ready, s.later = s.later, s.ready
	}
	return best
}

// depart writes when one can be at each stop by walking from the start.
func (s *Search) depart(ready []instant, leave transit.Seconds) {
	fill(ready, never)
	for _, w := range s.starts {
		ready[w.stop] = moment(leave+w.time, 0)
	}
}

// sweep is one pass forwards. It boards where from says that one is and writes
// down in to where one gets.
func (s *Search) sweep(leave, bound transit.Seconds, tight bool, from, to []instant) transit.Seconds {
	fill(s.alit, never)
	fill(s.reached, noHop)
	hops, reached, alit, goal := s.ix.hops, s.reached, s.alit, s.goal
	best, first := bound, s.ix.firstHop(leave)
	if !tight {
		best = tooLate
	}
	h := first
	for ; h < len(hops); h++ {
		p := &hops[h]
		if p.leave.seconds() > bound {
			break
		}
		if reached[p.dated] == noHop {
			if !p.board || from[p.from] >= p.leave {
				continue
			}
			reached[p.dated] = int32(h)
		}
		if !p.alight || p.arrive >= alit[p.into] {
			continue
		}
		alit[p.into] = p.arrive
		if home := goal[p.into]; home >= 0 {
			best = min(best, p.arrive.seconds()+home)
		}
		if tight {
			bound = best
		}
		s.spread(p, to)
	}
	s.Work.Scanned += uint64(h - first)
	return best
}

// spread tells the stops around when somebody who gets off can be there.
func (s *Search) spread(p *hop, ready []instant) {
	links := &s.ix.Network.Transfers
	begin, past := links.First[p.into], links.First[p.into+1]
	to, walks := links.To[begin:past], s.ix.transfer[begin:past]
	for i, walk := range walks {
		if walk >= 0 {
			ready[to[i]] = min(ready[to[i]], p.arrive.after(walk))
		}
	}
	s.Work.Relaxed += uint64(past - begin)
}

// backward finds until when one may be where: it looks at the departures until
// a second, the last first, and gives the latest departure from the start,
// which is best or later.
func (s *Search) backward(by, best transit.Seconds) transit.Seconds {
	s.arrive(s.latest, by)
	return s.retreat(by, best, s.latest, s.latest)
}

// backwardWithin is backward with so many boardings at most.
func (s *Search) backwardWithin(by, best transit.Seconds, boardings int) transit.Seconds {
	s.arrive(s.latest, by)
	for range boardings {
		s.arrive(s.past, by)
		best = s.retreat(by, best, s.latest, s.past)
		s.latest, s.past = s.past, s.latest
	}
	return best
}

// arrive writes until when one may get off at each stop to walk to the goal.
func (s *Search) arrive(latest []instant, by transit.Seconds) {
	fill(latest, longAgo)
	for _, w := range s.goals {
		latest[w.stop] = end(by - w.time)
	}
}

// retreat is one pass backwards. It gets off where from lets one and writes
// down in to until when one may get off to board.
func (s *Search) retreat(by, best transit.Seconds, from, to []instant) transit.Seconds {
	fill(s.left, longAgo)
	fill(s.serves, false)
	hops, serves, left, start := s.ix.hops, s.serves, s.left, s.start
	last := s.ix.firstHop(by + 1)
	h := last - 1
	for ; h >= 0; h-- {
		p := &hops[h]
		if p.leave.seconds() <= best {
			break
		}
		if !serves[p.dated] {
			if !p.alight || p.arrive > from[p.into] {
				continue
			}
			serves[p.dated] = true
		}
		if !p.board || p.leave <= left[p.from] {
			continue
		}
		if walk := start[p.from]; walk >= 0 {
			best = max(best, p.leave.seconds()-walk)
		}
		s.gather(p, to)
	}
	s.Work.Scanned += uint64(last - 1 - h)
	return best
}

// gather tells the stops around until when somebody may get off there to board.
func (s *Search) gather(p *hop, latest []instant) {
	s.left[p.from] = p.leave
	in := &s.ix.into
	begin, past := in.first[p.from], in.first[p.from+1]
	from, walks := in.stop[begin:past], in.walk[begin:past]
	for i, walk := range walks {
		latest[from[i]] = max(latest[from[i]], p.leave.before(walk))
	}
	s.Work.Relaxed += uint64(past - begin)
}
