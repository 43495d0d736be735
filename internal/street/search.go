package street

import "github.com/qala-city/qala/internal/frontier"

// Search finds shortest ways by Dijkstra's algorithm. It is the scratch of one
// goroutine, used again for every search. It settles what lies around, so it is
// made for short ways; a Hierarchy has those across the city.
type Search struct {
	Settled uint64 // labels settled by all searches so far, a count of the work

	on      *Paced
	targets *Targets
	queue   frontier.Frontier
	cost    []Milliseconds // by id: a node, or after the nodes a target
	round   []uint32       // in which the cost was set
	via     []uint32       // by id: the arc that led to a node, the node that led to a target
	now     uint32
	nowhere *Targets // none, for a search to one spot
}

// Reached is a target with the time to it.
type Reached struct {
	Target uint32
	Time   Milliseconds
}

// Search makes a scratch for ways on these streets.
func (p *Paced) Search() *Search { return &Search{on: p, nowhere: p.Targets(nil)} }

// Reach are the targets that lie within a limit from a spot, and at least as
// many as asked for however far, nearest first; of equals the lower index first.
func (s *Search) Reach(from Spot, to *Targets, limit Milliseconds, atLeast int) []Reached {
	s.start(from, to)
	nodes := uint32(len(s.on.Graph.At))
	var reached []Reached
	for len(s.queue) > 0 {
		least, id := s.queue.Pop()
		cost := Milliseconds(least)
		if cost > limit && len(reached) >= atLeast {
			break
		}
		switch {
		case cost > s.cost[id]: // a label that a better one has overtaken
			continue
		case id >= nodes:
			reached = append(reached, Reached{id - nodes, cost})
		default:
			s.settle(Node(id), cost)
		}
		s.Settled++
	}
	return reached
}

// Time is how long the shortest way between two spots takes; false when it takes
// longer than a limit, or there is none.
func (s *Search) Time(from, to Spot, limit Milliseconds) (Milliseconds, bool) {
	s.start(from, s.nowhere)
	g, best := s.on.Graph, Longest
	if from.Edge == to.Edge {
		best = min(best, s.on.between(from, to))
	}
	toFrom, toInto := s.on.toEnds(to)
	for len(s.queue) > 0 {
		least, id := s.queue.Pop()
		cost := Milliseconds(least)
		if cost >= best || cost > limit {
			break
		}
		if cost > s.cost[id] {
			continue
		}
		if Node(id) == g.From[to.Edge] {
			best = min(best, cost+toFrom)
		}
		if Node(id) == g.Into[to.Edge] {
			best = min(best, cost+toInto)
		}
		s.settle(Node(id), cost)
		s.Settled++
	}
	return best, best < Longest && best <= limit
}

// start forgets the last search and labels what is next to the spot.
func (s *Search) start(from Spot, to *Targets) {
	g := s.on.Graph
	nodes := len(g.At)
	if need := nodes + len(to.spots); len(s.cost) < need {
		s.cost, s.round, s.via, s.now = make([]Milliseconds, need), make([]uint32, need), make([]uint32, need), 0
	}
	if s.now++; s.now == 0 {
		clear(s.round)
		s.now = 1
	}
	s.queue, s.targets = s.queue[:0], to
	for _, t := range to.on(from.Edge) {
		s.offer(uint32(nodes)+t, s.on.between(from, to.spots[t]), none)
	}
	toFrom, toInto := s.on.toEnds(from)
	s.offer(uint32(g.From[from.Edge]), toFrom, none)
	s.offer(uint32(g.Into[from.Edge]), toInto, none)
}

// offer labels an id unless it has a label as good.
func (s *Search) offer(id uint32, cost Milliseconds, via uint32) {
	if cost >= Longest || (s.round[id] == s.now && s.cost[id] <= cost) {
		return
	}
	s.round[id], s.cost[id], s.via[id] = s.now, cost, via
	s.queue.Push(uint32(cost), id)
}

// settle goes on from a node whose cost is final.
func (s *Search) settle(n Node, cost Milliseconds) {
	p, nodes := s.on, uint32(len(s.on.Graph.At))
	for i := p.first[n]; i < p.first[n+1]; i++ {
		a := &p.arc[i]
		s.offer(uint32(a.to), cost+a.cost, i)
	}
	for _, e := range s.targets.ends[s.targets.first[n]:s.targets.first[n+1]] {
		s.offer(nodes+e.target, cost+e.cost, uint32(n))
	}
}
