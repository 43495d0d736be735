package journey

import (
	"container/heap"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// mostStates bounds how many states a search for alternatives looks at.
const mostStates = 1 << 19

// state is a journey so far: on board of a hop, standing at a stop as a hop
// leaves, or there. What it will cost in all is known exactly, because the scan
// knows the rest; so the first state at a place with a set of lines is the
// cheapest that ever comes there with it.
type state struct {
	where  where
	lines  uint32 // the set boarded so far, a row of frontier.sets
	before int32  // the state before, or none
	paid   int64  // so far
	total  int64  // at least, to the goal
}

type where struct {
	kind at
	hop  int32
}

type at uint8

const (
	waitingFor at = iota
	aboardOf
	there
)

// frontier is the states that are known, and those that are to be gone on from.
type frontier struct {
	states []state
	queue  []int32 // a heap
	seen   map[seen]bool
	sets   [][]transit.Route
	known  map[string]uint32 // the sets by their bytes
}

type seen struct {
	where where
	lines uint32
}

func (f *frontier) Len() int { return len(f.queue) }

func (f *frontier) Less(i, j int) bool {
	a, b := f.queue[i], f.queue[j]
	if f.states[a].total != f.states[b].total {
		return f.states[a].total < f.states[b].total
	}
	return a < b
}
func (f *frontier) Swap(i, j int) { f.queue[i], f.queue[j] = f.queue[j], f.queue[i] }
func (f *frontier) Push(x any)    { f.queue = append(f.queue, x.(int32)) }

func (f *frontier) Pop() any {
	last := f.queue[len(f.queue)-1]
	f.queue = f.queue[:len(f.queue)-1]
	return last
}

// offer takes in a state unless it leads nowhere.
func (f *frontier) offer(w where, lines uint32, before int32, paid, rest int64) {
	if rest >= dear {
		return
	}
	f.states = append(f.states, state{w, lines, before, paid, paid + rest})
	heap.Push(f, int32(len(f.states)-1))
}

// with is a set and one line more.
func (f *frontier) with(set uint32, line transit.Route) uint32 {
	lines := f.sets[set]
	i, has := slices.BinarySearch(lines, line)
	if has {
		return set
	}
	return f.set(slices.Insert(slices.Clone(lines), i, line))
}

// set is the row of a sorted set of lines.
func (f *frontier) set(lines []transit.Route) uint32 {
	key := make([]byte, 0, 4*len(lines))
	for _, l := range lines {
		key = append(key, byte(l), byte(l>>8), byte(l>>16), byte(l>>24))
	}
	row, known := f.known[string(key)]
	if !known {
		row = uint32(len(f.sets))
		f.known[string(key)] = row
		f.sets = append(f.sets, lines)
	}
	return row
}

// explore goes on from the cheapest state until k sets of lines have got there.
func (s *Search) explore(q Query, k int) []Journey {
	s.frontier = frontier{
		states: s.frontier.states[:0], queue: s.frontier.queue[:0], seen: map[seen]bool{}, known: map[string]uint32{},
	}
	f := &s.frontier
	f.set(nil)
	s.setOff(q)
	var found []Journey
	for looked := 0; len(f.queue) > 0 && len(found) < k && looked < mostStates; looked++ {
		at := heap.Pop(f).(int32)
		here := f.states[at]
		mark := seen{here.where, here.lines}
		if here.where.kind == there {
			mark.where.hop = 0
		}
		if f.seen[mark] {
			continue
		}
		f.seen[mark] = true
		if here.where.kind == there {
			found = append(found, s.alternative(q, at))
		} else {
			s.goOn(at, here)
		}
	}
	return found
}

// setOff offers every first step: all the way on foot, and the stops around.
func (s *Search) setOff(q Query) {
	f, p := &s.frontier, &s.priced
	if foot, near := s.direct(q.From, q.To); near {
		f.offer(where{there, none}, 0, none, 0, p.onFoot(foot))
	}
	for _, w := range s.starts {
		walk := p.onFoot(w.time)
		if p.by == demand.Free {
			if leaves := s.ix.leavesFrom(w.stop, q.Leave+w.time); len(leaves) > 0 {
				wait := p.idle(s.ix.hops[leaves[0]].leave.seconds() - q.Leave - w.time)
				f.offer(where{waitingFor, leaves[0]}, 0, none, walk+wait, p.waitAt(leaves[0]))
			}
			continue
		}
		for _, h := range s.ix.leavesOf(w.stop) {
			if int(h) < len(p.board) {
				s.boarding(h, 0, none, walk)
			}
		}
	}
}

// boarding offers getting on a hop.
func (s *Search) boarding(h int32, lines uint32, before int32, paid int64) {
	f, p, tt := &s.frontier, &s.priced, s.ix.Network.Timetable
	if rest := p.board[int(h)-p.first]; rest < dear {
		line := tt.RouteOf(s.ix.Day.Trip[s.ix.hops[h].dated])
		f.offer(where{aboardOf, h}, f.with(lines, line), before, paid, rest)
	}
}

// goOn offers every step from a state.
func (s *Search) goOn(at int32, here state) {
	f, p, ix, h := &s.frontier, &s.priced, s.ix, here.where.hop
	s.Work.Scanned++
	if here.where.kind == waitingFor {
		s.boarding(h, here.lines, at, here.paid)
		f.offer(where{waitingFor, ix.then[h]}, here.lines, at, here.paid+p.letting(ix, int(h)), p.waitAt(ix.then[h]))
		return
	}
	hop := &ix.hops[h]
	paid := here.paid + aboard*int64(hop.arrive.seconds()-hop.leave.seconds())
	if n := ix.next[h]; n != none && int(n)-p.first < len(p.board) {
		stand := aboard * int64(ix.hops[n].leave.seconds()-hop.arrive.seconds())
		f.offer(where{aboardOf, n}, here.lines, at, paid+stand, p.board[int(n)-p.first])
	}
	if !hop.alight {
		return
	}
	if home := s.goal[hop.into]; home >= 0 {
		f.offer(where{there, h}, here.lines, at, paid, p.home(hop.arrive.seconds(), home))
	}
	for i, c := range ix.catches[ix.catchAt[h]:ix.catchAt[h+1]] {
		if rest := p.waitAt(c); rest < dear {
			f.offer(where{waitingFor, c}, here.lines, at, paid+p.changing(ix, int(h), i), rest)
		}
	}
}

// alternative is the journey that ends in a state.
func (s *Search) alternative(q Query, at int32) Journey {
	f := &s.frontier
	total := f.states[at].total
	j := s.wayTo(q, at)
	j.Cost = total
	return j
}

// wayTo puts the rides together that lead to a state which is there.
func (s *Search) wayTo(q Query, at int32) Journey {
	f := &s.frontier
	last := f.states[at]
	if last.before == none {
		foot, _ := s.direct(q.From, q.To)
		if q.Leave == demand.Free {
			return walked(q.By-foot, foot)
		}
		return walked(q.Leave, foot)
	}
	s.rides = s.rides[:0]
	off := none
	for i := last.before; i != none; i = f.states[i].before {
		here := f.states[i]
		if here.where.kind != aboardOf {
			off = none
			continue
		}
		if off == none {
			off = here.where.hop
		}
		if b := here.before; b == none || f.states[b].where.kind == waitingFor {
			s.rides = append(s.rides, ride{here.where.hop, off})
			off = none
		}
	}
	slices.Reverse(s.rides)
	return s.journey(s.rides)
}
