package journey

import "github.com/qala-city/qala/internal/transit"

// few is the least that a hop costs to somebody on board, and to somebody who
// stands at its stop as it leaves: boardings to come in the high part, the
// second of arrival in the low one.
type few struct{ board, wait uint64 }

const (
	oneBoarding = uint64(1) << 32
	hopeless    = uint64(1) << 62
)

// setting is a way to set off: a first hop and what follows from it.
type setting struct {
	hop       int32
	value     uint64
	depart    transit.Seconds
	walk      transit.Seconds
	boardings uint64
}

// better reports whether a comes before b: fewer boardings, then a later
// departure, an earlier arrival, a shorter walk.
func (a *setting) better(b *setting) bool {
	switch {
	case a.boardings != b.boardings:
		return a.boardings < b.boardings
	case a.depart != b.depart:
		return a.depart > b.depart
	case a.value != b.value:
		return a.value < b.value
	case a.walk != b.walk:
		return a.walk < b.walk
	}
	return a.hop < b.hop
}

// fewest is the journey with the fewest boardings of those that set off at
// leave or later and arrive by a second. The last pass forwards must have come
// as far; there must be such a journey.
func (s *Search) fewest(leave, by transit.Seconds) Journey {
	first, past := s.ix.firstHop(leave), s.ix.firstHop(by+1)
	if cap(s.few) < past-first {
		s.few = make([]few, past-first)
	}
	s.few = s.few[:past-first]
	s.arrive(s.latest, by)
	fill(s.left, longAgo)
	best := setting{hop: none, boardings: hopeless}
	for h := past - 1; h >= first; h-- {
		p := &s.ix.hops[h]
		if s.reached[p.dated] > int32(h) {
			s.few[h-first] = few{hopeless, hopeless}
			continue
		}
		value := s.onBoard(h, first, by)
		s.few[h-first] = few{value, s.waiting(h, first, value)}
		if value >= hopeless || !p.board {
			continue
		}
		if p.leave > s.left[p.from] {
			s.gather(p, s.latest)
		}
		if walk := s.start[p.from]; walk >= 0 && p.leave.seconds()-walk >= leave {
			set := setting{int32(h), value, p.leave.seconds() - walk, walk, value >> 32}
			if set.better(&best) {
				best = set
			}
		}
	}
	s.Work.Scanned += uint64(past - first)
	return s.follow(int(best.hop), first)
}

// onBoard is the least from a hop on for somebody on board.
func (s *Search) onBoard(h, first int, by transit.Seconds) uint64 {
	ix, p, past := s.ix, &s.ix.hops[h], int32(first+len(s.few))
	value := hopeless
	if n := ix.next[h]; n != none && n < past {
		value = s.few[int(n)-first].board
	}
	if !p.alight || p.arrive > s.latest[p.into] {
		return value
	}
	if home := s.goal[p.into]; home >= 0 && p.arrive.seconds()+home <= by {
		value = min(value, uint64(p.arrive.seconds()+home))
	}
	for _, c := range ix.catches[ix.catchAt[h]:ix.catchAt[h+1]] {
		if c != none && c < past {
			value = min(value, s.few[int(c)-first].wait+oneBoarding)
		}
	}
	s.Work.Relaxed += uint64(ix.catchAt[h+1] - ix.catchAt[h])
	return value
}

// waiting is the least for somebody who stands there as a hop leaves.
func (s *Search) waiting(h, first int, board uint64) uint64 {
	if t := s.ix.then[h]; t != none && int(t) < first+len(s.few) {
		return min(board, s.few[int(t)-first].wait)
	}
	return board
}

// follow is the journey that begins with a hop and costs the least.
func (s *Search) follow(h, first int) Journey {
	ix, on := s.ix, int32(h)
	past := int32(first + len(s.few))
	s.rides = s.rides[:0]
	for {
		value, p := s.few[h-first].board, &ix.hops[h]
		if home := s.goal[p.into]; p.alight && home >= 0 && uint64(p.arrive.seconds()+home) == value {
			s.rides = append(s.rides, ride{on, int32(h)})
			return s.journey(s.rides)
		}
		if n := ix.next[h]; n != none && n < past && s.few[int(n)-first].board == value {
			h = int(n)
			continue
		}
		s.rides = append(s.rides, ride{on, int32(h)})
		h = s.caught(h, first, value-oneBoarding)
		on = int32(h)
	}
}

// caught is the hop that is boarded after getting off another, for a value.
func (s *Search) caught(h, first int, value uint64) int {
	ix, past := s.ix, int32(first+len(s.few))
	for _, c := range ix.catches[ix.catchAt[h]:ix.catchAt[h+1]] {
		if c == none || c >= past || s.few[int(c)-first].wait != value {
			continue
		}
		for s.few[int(c)-first].board != value {
			c = ix.then[c]
		}
		return int(c)
	}
	panic("journey: a value that no hop has") // the scan wrote the value from one
}
