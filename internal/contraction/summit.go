package contraction

// mostSummits is how many of the most important nodes know what the ways between
// them cost: a table of one megabyte. Most of a climb is among these, where each
// node has many arcs, so a climb ends where it comes to one.
const mostSummits = 512

// measureSummits makes the table.
func (h *Hierarchy) measureSummits(tops int) {
	over := make([]uint32, 0, tops*tops)
	c := newClimb(h, &h.up, &h.down)
	for r := range uint32(tops) {
		c.begin([]Seed{{Node: h.node[r]}})
		for len(c.queue) > 0 {
			if cost, at, on := c.next(); on {
				c.rise(at, cost, Longest)
			}
		}
		for to := range uint32(tops) {
			least := c.cost[to]
			for _, a := range h.down.at(to) {
				least = min(least, c.cost[a.over]+a.cost)
			}
			if least < c.cost[to] {
				c.cost[to] = least
				c.touched = append(c.touched, to)
			}
			over = append(over, min(least, Longest))
		}
	}
	h.tops, h.over = uint32(tops), over
}

// cross looks for a better way from summit to summit.
func (s *Search) cross() {
	h := s.on
	for _, a := range s.forth.summits {
		cost := s.forth.cost[a]
		if cost >= s.best {
			continue
		}
		over := h.over[a*h.tops : (a+1)*h.tops]
		for _, b := range s.back.summits {
			if whole := cost + over[b] + s.back.cost[b]; whole < s.best {
				s.best, s.crossed = whole, true
			}
		}
	}
}

// climbOn finds where the climbs would have met, had they not ended at summits.
func (s *Search) climbOn() {
	s.crossed = false
	s.best++
	s.forth.beyond()
	s.back.beyond()
	s.meetUp()
}

// beyond lets a climb go on from its summits.
func (c *climb) beyond() {
	c.tops, c.queue = 0, c.queue[:0]
	for _, r := range c.summits {
		c.queue.Push(c.cost[r], r)
	}
	c.summits = c.summits[:0]
}
