package contraction

// Sweep finds the shortest ways from few nodes to all. It is the scratch of one
// goroutine.
type Sweep struct {
	climb climb
	cost  []uint32 // by node
}

// Sweep makes a scratch for ways from few nodes of this graph to all.
func (h *Hierarchy) Sweep() *Sweep {
	return &Sweep{climb: newClimb(h, &h.up, &h.down), cost: make([]uint32, h.Nodes())}
}

// Settled is how many labels all climbs so far have settled; each sweep looks at
// every node once besides.
func (s *Sweep) Settled() uint64 { return s.climb.settled }

// From is the cost of the shortest way from one of the seeds to each node,
// Longest where there is none. It is good until the next question.
func (s *Sweep) From(seeds []Seed) []uint32 {
	c := &s.climb
	c.begin(seeds)
	for len(c.queue) > 0 {
		if cost, r, on := c.next(); on {
			c.rise(r, cost, Longest)
		}
	}
	s.descend()
	c.touched = c.touched[:0]
	for r := range c.cost {
		c.cost[r] = Longest
	}
	return s.cost
}

// descend goes through the nodes from the most important one down. What lies
// above a node is final when it comes to it, so one look at each arc is enough.
func (s *Sweep) descend() {
	h := s.climb.on
	cost, arcs, first := s.climb.cost, h.down.arc, h.down.first[1:]
	i := 0
	for r, end := range first[:len(cost)] {
		least := cost[r]
		for _, a := range arcs[i:end] {
			least = min(least, cost[a.over]+a.cost)
		}
		i = int(end)
		cost[r] = least
		s.cost[h.node[r]] = least
	}
}
