package contraction

import "github.com/qala-city/qala/internal/frontier"

// Seed is where a way may begin or end, and what it costs to get there.
type Seed struct{ Node, Cost uint32 }

// climb is a search that only goes to more and more important nodes: from where
// ways begin, or against the arcs from where they end.
type climb struct {
	on       *Hierarchy
	up, down *side     // the arcs that it climbs, and those of the other direction
	cost     []uint32  // by rank, Longest where it has not been
	came     []footing // by rank
	touched  []uint32
	tops     uint32   // it ends at nodes below this rank
	summits  []uint32 // where it ended
	queue    frontier.Frontier
	settled  uint64
}

// footing is how a climb came to a node: over which arc from where. The arc is
// none at a seed.
type footing struct{ from, arc uint32 }

const none = 1<<32 - 1

func newClimb(h *Hierarchy, up, down *side) climb {
	c := climb{on: h, up: up, down: down, cost: make([]uint32, h.Nodes()), came: make([]footing, h.Nodes())}
	for r := range c.cost {
		c.cost[r] = Longest
	}
	return c
}

// begin forgets the last search and labels the seeds.
func (c *climb) begin(seeds []Seed) {
	for _, r := range c.touched {
		c.cost[r] = Longest
	}
	c.touched, c.summits, c.queue = c.touched[:0], c.summits[:0], c.queue[:0]
	for _, s := range seeds {
		if r := c.on.rank[s.Node]; s.Cost < c.cost[r] {
			c.reach(r, s.Cost, footing{none, none})
		}
	}
}

func (c *climb) reach(r, cost uint32, came footing) {
	first := c.cost[r] == Longest
	if first {
		c.touched = append(c.touched, r)
	}
	c.cost[r], c.came[r] = cost, came
	switch {
	case r >= c.tops:
		c.queue.Push(cost, r)
	case first:
		c.summits = append(c.summits, r)
	}
}

// next settles a node and tells whether the climb should go on from there.
func (c *climb) next() (cost, r uint32, on bool) {
	cost, r = c.queue.Pop()
	if cost > c.cost[r] {
		return cost, r, false // a better label has overtaken this one
	}
	c.settled++
	return cost, r, !c.stalled(cost, r)
}

// stalled reports whether a node is reached for less from above: then no
// shortest way climbs through it.
func (c *climb) stalled(cost, r uint32) bool {
	for _, a := range c.down.at(r) {
		if c.cost[a.over]+a.cost < cost {
			return true
		}
	}
	return false
}

// rise labels the more important nodes next to one, where that costs less than
// a limit.
func (c *climb) rise(r, cost, limit uint32) {
	first := c.up.first[r]
	for i, a := range c.up.at(r) {
		if next := cost + a.cost; next < c.cost[a.over] && next < limit {
			c.reach(a.over, next, footing{r, first + uint32(i)})
		}
	}
}
