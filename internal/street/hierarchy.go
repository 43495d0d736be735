package street

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/contraction"
)

// Hierarchy is paced streets prepared for many questions about ways of any
// length. Preparing takes as long as some thousand searches of a neighborhood;
// where ways are short or few, a Search alone is quicker. Several goroutines may
// use one at the same time.
type Hierarchy struct {
	on    *Paced
	ranks *contraction.Hierarchy
}

// Hierarchy prepares these streets.
func (p *Paced) Hierarchy() (*Hierarchy, error) {
	g := p.Graph
	arcs := make([]contraction.Arc, 0, 2*len(g.From))
	for e := range g.From {
		a, b, cost := uint32(g.From[e]), uint32(g.Into[e]), uint32(p.along(Edge(e), g.Length[e]))
		arcs = append(arcs, contraction.Arc{From: a, Into: b, Cost: cost}, contraction.Arc{From: b, Into: a, Cost: cost})
	}
	ranks, err := contraction.Build(len(g.At), arcs)
	if err != nil {
		return nil, err
	}
	return &Hierarchy{p, ranks}, nil
}

// Arcs is how many pieces of street and shortcuts a hierarchy has, both ways.
func (h *Hierarchy) Arcs() int { return h.ranks.Arcs() }

// seeds are the ends of a spot's edge with the time to them.
func (p *Paced) seeds(s Spot) [2]contraction.Seed {
	from, into := p.toEnds(s)
	g := p.Graph
	return [2]contraction.Seed{{Node: uint32(g.From[s.Edge]), Cost: uint32(from)}, {Node: uint32(g.Into[s.Edge]), Cost: uint32(into)}}
}

// Climb finds ways on prepared streets, the same as a Search finds. It is the
// scratch of one goroutine.
type Climb struct {
	on     *Hierarchy
	search *contraction.Search
	sweep  *contraction.Sweep // nil until it is asked for
	path   []uint32
}

// Climb makes a scratch for ways on these streets.
func (h *Hierarchy) Climb() *Climb { return &Climb{on: h, search: h.ranks.Search()} }

// Settled is how many labels all questions so far have settled, a count of the work.
func (c *Climb) Settled() uint64 {
	if c.sweep == nil {
		return c.search.Settled()
	}
	return c.search.Settled() + c.sweep.Settled()
}

// Time is how long the shortest way between two spots takes; false when there is none.
func (c *Climb) Time(from, to Spot) (Milliseconds, bool) {
	time, _ := c.time(from, to)
	return time, time < Longest
}

// time also tells whether the way never leaves the edge that both spots lie on.
func (c *Climb) time(from, to Spot) (time Milliseconds, beside bool) {
	p := c.on.on
	a, b := p.seeds(from), p.seeds(to)
	round, ok := c.search.Between(a[:], b[:])
	if time = Longest; ok {
		time = Milliseconds(round)
	}
	if from.Edge == to.Edge {
		if straight := p.between(from, to); straight <= time {
			return min(straight, Longest), true
		}
	}
	return time, false
}

// Way is the shortest way between two spots; false when there is none. Of ways
// that take equally long it may be another than a Search finds.
func (c *Climb) Way(from, to Spot) (Walk, bool) {
	time, beside := c.time(from, to)
	if time >= Longest {
		return Walk{}, false
	}
	g := c.on.on.Graph
	w := Walk{Time: time, Length: from.Off + to.Off}
	if beside {
		w.follow(g, from.Edge, from.Along, to.Along)
		return w, true
	}
	first, last, arcs := c.search.Path(c.path[:0])
	c.path = arcs
	edges := make([]Edge, len(arcs))
	for i, a := range arcs {
		edges[i] = Edge(a / 2)
	}
	w.along(g, from, to, Node(first), Node(last), edges)
	return w, true
}

// ToAll is the time from a spot to each node, Longest where there is no way. It
// is good until the next question.
func (c *Climb) ToAll(from Spot) []uint32 {
	if c.sweep == nil {
		c.sweep = c.on.ranks.Sweep()
	}
	seeds := c.on.on.seeds(from)
	return c.sweep.From(seeds[:])
}

// Prepared are targets on prepared streets.
type Prepared struct {
	on    *Paced
	spots *Targets
	left  *contraction.Targets
}

// Targets prepares spots of this graph.
func (h *Hierarchy) Targets(spots []Spot) *Prepared {
	ends := make([][]contraction.Seed, len(spots))
	for i, s := range spots {
		seeds := h.on.seeds(s)
		ends[i] = seeds[:]
	}
	return &Prepared{h.on, h.on.Targets(spots), h.ranks.Targets(ends)}
}

// Gather finds ways to prepared targets. It is the scratch of one goroutine.
type Gather struct {
	to      *Prepared
	reach   *contraction.Reach
	time    []Milliseconds // by target: what is reached without leaving the edge, else Longest
	reached []Reached
}

// Gather makes a scratch for ways to these targets.
func (t *Prepared) Gather() *Gather {
	g := &Gather{to: t, reach: t.left.Reach(), time: make([]Milliseconds, len(t.spots.spots))}
	for i := range g.time {
		g.time[i] = Longest
	}
	return g
}

// Settled is how many labels all questions so far have settled, a count of the work.
func (g *Gather) Settled() uint64 { return g.reach.Settled() }

// Reach are the targets that lie within a limit from a spot, and at least as
// many as asked for however far, nearest first; of equals the lower index
// first. They are good until the next question.
func (g *Gather) Reach(from Spot, limit Milliseconds, atLeast int) []Reached {
	g.gather(from, limit)
	if len(g.reached) < atLeast && limit < Longest {
		if g.gather(from, Longest-1); len(g.reached) > atLeast {
			g.reached = g.reached[:atLeast]
		}
	}
	return g.reached
}

// gather finds all within a limit, sorted.
func (g *Gather) gather(from Spot, limit Milliseconds) {
	limit, g.reached = min(limit, Longest-1), g.reached[:0]
	beside := g.to.spots.on(from.Edge)
	for _, t := range beside {
		g.time[t] = g.to.on.between(from, g.to.spots.spots[t])
	}
	seeds := g.to.on.seeds(from)
	for _, f := range g.reach.From(seeds[:], uint32(limit)) {
		g.reached = append(g.reached, Reached{f.Target, min(Milliseconds(f.Cost), g.time[f.Target])})
		g.time[f.Target] = Longest
	}
	for _, t := range beside {
		if g.time[t] <= limit {
			g.reached = append(g.reached, Reached{t, g.time[t]})
		}
		g.time[t] = Longest
	}
	slices.SortFunc(g.reached, func(a, b Reached) int {
		return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Target, b.Target))
	})
}
