package contraction

import "slices"

// Search finds shortest ways from few nodes to few. It is the scratch of one
// goroutine.
type Search struct {
	on          *Hierarchy
	forth, back climb
	best, meet  uint32 // of the last question: what it costs, the rank where both climbs met
	crossed     bool   // they did not, but ended at summits
}

// Search makes a scratch for ways in this graph.
func (h *Hierarchy) Search() *Search {
	return &Search{on: h, forth: newClimb(h, &h.up, &h.down), back: newClimb(h, &h.down, &h.up)}
}

// Settled is how many labels all searches so far have settled, a count of the work.
func (s *Search) Settled() uint64 { return s.forth.settled + s.back.settled }

// Between is the cost of the shortest way from one of the first seeds to one of
// the second; false when there is none.
func (s *Search) Between(from, to []Seed) (uint32, bool) {
	s.best, s.crossed = Longest, false
	s.forth.tops, s.back.tops = s.on.tops, s.on.tops
	s.forth.begin(from)
	s.back.begin(to)
	s.meetUp()
	s.cross()
	return s.best, s.best < Longest
}

// meetUp lets both climbs go on until no better way can be found.
func (s *Search) meetUp() {
	for {
		f, b := s.open(&s.forth), s.open(&s.back)
		switch {
		case f && (!b || s.forth.queue.Least() <= s.back.queue.Least()):
			s.step(&s.forth, &s.back)
		case b:
			s.step(&s.back, &s.forth)
		default:
			return
		}
	}
}

// open reports whether a climb may still find a better way.
func (s *Search) open(c *climb) bool { return len(c.queue) > 0 && c.queue.Least() < s.best }

func (s *Search) step(c, other *climb) {
	cost, r, on := c.next()
	if !on {
		return
	}
	if whole := cost + other.cost[r]; whole < s.best {
		s.best, s.meet = whole, r
	}
	c.rise(r, cost, s.best)
}

// Path adds the arcs of the way that Between has just found, by their row in
// the graph, and tells between which nodes they lead.
func (s *Search) Path(arcs []uint32) (first, last uint32, all []uint32) {
	if s.crossed {
		s.climbOn()
	}
	begin := len(arcs)
	r := s.meet
	for came := s.forth.came[r]; came.arc != none; came = s.forth.came[r] {
		// From here down to the seed each arc comes before those that are known,
		// so they are gathered backwards.
		arcs = s.on.unpack(arcs, came.from, r, s.on.up.mid[came.arc], true)
		r = came.from
	}
	slices.Reverse(arcs[begin:])
	first, r = s.on.node[r], s.meet
	for came := s.back.came[r]; came.arc != none; came = s.back.came[r] {
		arcs = s.on.unpack(arcs, r, came.from, s.on.down.mid[came.arc], false)
		r = came.from
	}
	return first, s.on.node[r], arcs
}

// unpack adds the arcs that an arc between two ranks stands for, forwards or
// the last one first.
func (h *Hierarchy) unpack(arcs []uint32, from, into, mid uint32, backwards bool) []uint32 {
	if mid&given != 0 {
		return append(arcs, mid&^given)
	}
	in, out := h.down.midOf(mid, from), h.up.midOf(mid, into)
	if backwards {
		return h.unpack(h.unpack(arcs, mid, into, out, true), from, mid, in, true)
	}
	return h.unpack(h.unpack(arcs, from, mid, in, false), mid, into, out, false)
}

// midOf is what the arc between a node and a more important one stands for.
func (s *side) midOf(r, over uint32) uint32 {
	i := slices.IndexFunc(s.at(r), func(a rung) bool { return a.over == over })
	return s.mid[s.first[r]+uint32(i)]
}
